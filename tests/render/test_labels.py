"""Names never cover each other, and never vanish on zooming in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.render import labels, mercator, naming
from frontgis.site.maps import draw

places = st.lists(
    st.tuples(st.floats(0, 60), st.floats(0, 60), st.sampled_from(["city", "town", "village", "country"])),
    min_size=1,
    max_size=25,
)


def boxes(xy: np.ndarray, spots: list[labels.Spot | None], level: int) -> list[tuple[float, float, float, float]]:
    return [
        (x + spot.box[0], y + spot.box[1], x + spot.box[2], y + spot.box[3])
        for (x, y), spot in zip(xy, spots, strict=True)
        if spot is not None and spot.first <= level
    ]


def overlaps(found: list[tuple[float, float, float, float]]) -> int:
    return sum(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for index, a in enumerate(found)
        for b in found[:index]
    )


@given(places)
def test_no_two_names_overlap_at_any_level(found: list[tuple[float, float, str]]) -> None:
    points = np.array([(x, y) for x, y, _ in found])
    levels = [labels.Level(level, points * 2.0**level) for level in range(5)]
    asked = [labels.Candidate("Novotroitske", style, 0, 9) for _, _, style in found]
    spots = labels.place(asked, levels)
    for level in levels:
        assert overlaps(boxes(level.xy, spots, level.number)) == 0


def test_the_first_name_takes_its_spot_and_a_later_one_goes_aside() -> None:
    level = labels.Level(0, np.array([[0.0, 0.0], [30.0, 0.0]]))
    first, second = labels.place([labels.Candidate("Kherson", "seat", 0, 0)] * 2, [level])
    assert first is not None
    assert second is not None
    assert first.dx < 0 < second.dx  # not over the mark of the place to come


def test_a_name_stays_off_the_front_where_it_can() -> None:
    line = np.column_stack([np.linspace(0, 120, 50), np.zeros(50)])
    level = labels.Level(0, np.array([[0.0, 0.0]]), labels.cells(line))
    (spot,) = labels.place([labels.Candidate("Kherson", "seat", 0, 0)], [level])
    assert spot is not None
    assert not spot.box[1] < 0 < spot.box[3] or spot.box[2] < 0


def test_a_name_without_room_is_left_out() -> None:
    level = labels.Level(0, np.zeros((1, 2)), window=(-5, -5, 5, 5))
    assert labels.place([labels.Candidate("Kherson", "seat", 0, 0)], [level]) == [None]


@pytest.mark.parametrize("zoom", range(5, 13))
def test_no_two_names_of_a_map_overlap(history: History, zoom: int) -> None:
    named = naming.by_zoom(draw(history, Recipe()), range(5, 13))
    shown = [name for name in named if name.spot.first <= zoom <= name.last]
    xy = mercator.pixels(np.array([(name.lon, name.lat) for name in shown]), zoom)
    assert len(shown) > 3
    assert overlaps(boxes(xy, [name.spot for name in shown], zoom)) == 0


def test_pixels_are_leaflets() -> None:
    # Leaflet's own: L.CRS.EPSG3857.latLngToPoint([50.45, 30.52], 5)
    found = mercator.pixels(np.array([[30.52, 50.45]]), 5)
    assert found[0].tolist() == pytest.approx([4790.49955, 2762.26818], abs=1e-4)
