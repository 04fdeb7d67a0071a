"""What can touch on a map is told apart by every eye, and texts are read on their ground."""

import itertools

import pytest

from frontgis.maps.style import DARK, HELD_ALPHA, INCURSION_ALPHA, LIGHT, Palette
from tests.maps.colour import EYES, apart, over, rgb

TOUCHING = [
    *itertools.combinations(("held", "land", "gained", "lost", "contested"), 2),
    *itertools.product(("incursion",), ("abroad", "land", "held", "lost")),
    *itertools.product(("front",), ("land", "abroad", "held", "contested", "incursion", "gained", "lost")),
    ("held", "sea"),
]
NOT_BY_COLOUR = {("held", "contested"), ("contested", "held")}
"""Grey ground is a hatch with an outline, no fill: a pattern tells it from held ground."""


def colours(palette: Palette) -> dict[str, object]:
    plain = {name: rgb(getattr(palette, name)) for name in ("land", "abroad", "sea", "gained", "lost", "front")}
    return plain | {
        "contested": rgb(palette.contested),
        "held": over(palette.held, palette.land, HELD_ALPHA),
        "incursion": over(palette.incursion, palette.abroad, INCURSION_ALPHA),
    }


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_what_can_touch_is_told_apart(palette: Palette, eye: str) -> None:
    seen = colours(palette)
    least = {
        (one, other): 26 if one == "front" and other in ("gained", "lost") else 17
        for one, other in TOUCHING
        if (one, other) not in NOT_BY_COLOUR
    }
    near = {pair: apart(seen[pair[0]], seen[pair[1]], eye) for pair in least}
    assert {pair: round(near[pair], 1) for pair in least if near[pair] < least[pair]} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_colour_or_border_parts_held_ground_from_land_abroad(palette: Palette, eye: str) -> None:
    border, seen = rgb(palette.state_border), colours(palette)
    by_colour = apart(seen["held"], seen["abroad"], eye)
    by_border = min(apart(border, seen["held"], eye), apart(border, seen["abroad"], eye))
    assert by_colour >= 17 or (by_colour >= 15 and by_border >= 15)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_are_read_on_their_ground(palette: Palette) -> None:
    for ink, ground in (
        ("ink", "paper"), ("quiet_ink", "paper"), ("gained", "paper"), ("lost", "paper"),
        ("ink", "land"), ("quiet_ink", "land"), ("quiet_ink", "abroad"), ("water_ink", "sea"),
    ):  # fmt: skip
        assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    """Return the contrast of WCAG 2."""
    lights = []
    for code in (one, other):
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in rgb(code)]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_the_ruler_is_right() -> None:
    # worked values of an independent implementation (colorspacious 1.1.2)
    assert apart(rgb("#ffffff"), rgb("#000000"), "normal") == pytest.approx(100.0, abs=0.2)
    assert apart(rgb("#1d1512"), rgb("#c2181f"), "protan") == pytest.approx(26.5, abs=0.1)
    assert apart(rgb("#c2181f"), rgb("#1f6fb2"), "deutan") == pytest.approx(49.6, abs=0.1)
    assert apart(rgb("#2f7fbf"), rgb("#1f6fb2"), "tritan") == pytest.approx(5.655, abs=0.01)
