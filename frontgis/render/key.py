"""A picture's legend: the corner where it hides least, and how its lines are drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.maps.legend import FRONT_LAYERS
from frontgis.maps.parts import Entry
from frontgis.maps.scene import Scene
from frontgis.maps.style import HELD_ALPHA, INCURSION_ALPHA, LIGHT
from frontgis.render import labels, symbols
from frontgis.render.escape import markup, plain
from frontgis.render.sheet import Sheet, outline

HATCHES: Final = (
    ("contested", LIGHT.contested, 45),
    ("before", LIGHT.held, -45),
    ("incursion", LIGHT.incursion, 45),
    ("claimed", LIGHT.held, 45),
    ("left", LIGHT.incursion, 45),
)
_LINE: Final = labels.Style("regular", 13.5)
_NOTE: Final = labels.Style("regular", 12)
_LINE_PX: Final = 20
_NOTE_PX: Final = 16
_LEAST_PX: Final = 176
_MARGIN_PX: Final = 12
_PLACE_PX: Final = 400
"""What it costs to hide a place that the map is about, against so many pixels of the front."""


@dataclass(frozen=True, slots=True)
class Key:
    """Hold a legend: its box on the picture, its lines with a swatch, and the notes below them."""

    box: labels.Pixels
    rows: tuple[Entry, ...]
    notes: tuple[str, ...]


def key(scene: Scene, sheet: Sheet, window: labels.Pixels) -> Key:
    """Return the legend of a scene in that corner of a window which hides least of the front and the change."""
    rows = tuple(entry for entry in scene.legend if entry.swatch and _seen(entry, scene, sheet))
    wide = max([_LEAST_PX, *(56 + labels.width(entry.words, _LINE) for entry in rows)])
    said = [*(entry.words for entry in scene.legend if not entry.swatch), *([scene.graded] if scene.graded else [])]
    notes = tuple(line for words in said for line in _wrapped(words, wide - 20))
    high = _LINE_PX * len(rows) + _NOTE_PX * len(notes) + 12
    names = (*FRONT_LAYERS, "gained", "lost")
    lines = [sheet.lay(shape) for name in names if (shape := scene.ground(name)) is not None]
    asked = np.array([(place.lon, place.lat) for place in scene.places if place.asked], dtype=np.float64)
    spots = sheet.pixels(asked.reshape(-1, 2))
    return Key(min(_corners(wide, high, window), key=lambda box: _hidden(lines, spots, box)), rows, notes)


def _seen(entry: Entry, scene: Scene, sheet: Sheet) -> bool:
    """Tell whether a picture shows what a line of the legend explains: ground, a story, or what always is there."""
    grounds = [outline(ground, sheet) for ground in scene.grounds if ground.name in entry.layers]
    reports = [story.marks for story in scene.stories if story.name in entry.layers]
    return any([*grounds, *reports]) or not [*grounds, *reports]


def _corners(wide: float, high: float, window: labels.Pixels) -> list[labels.Pixels]:
    """Return the boxes that a legend may fill, the likeliest first; the scale stands in the fourth corner."""
    left, top, right, low = (
        window[0] + _MARGIN_PX, window[1] + _MARGIN_PX, window[2] - _MARGIN_PX, window[3] - _MARGIN_PX,
    )  # fmt: skip
    spots = ((left, low - high), (left, top), (right - wide, top))
    return [(x, y, x + wide, y + high) for x, y in spots]


def _hidden(lines: Sequence[BaseGeometry], spots: NDArray[np.float64], box: labels.Pixels) -> float:
    """Return how many pixels of lines a box would hide, each spot that the map is about counting as many."""
    x, y = spots.T
    hidden = (box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3])
    return float(sum(shapely.clip_by_rect(line, *box).length for line in lines)) + _PLACE_PX * int(hidden.sum())


def _wrapped(text: str, room: float) -> list[str]:
    """Return a text in lines of so many pixels at most."""
    lines = [""]
    for word in plain(text).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and labels.width(longer, _NOTE) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def lines(legend: Key) -> Iterator[str]:
    """Yield a legend as SVG."""
    left, top, right, low = legend.box
    size = f'width="{right - left:.0f}" height="{low - top:.0f}"'
    yield f'<g transform="translate({left:.0f} {top:.0f})"><rect {size} rx="3" fill="{LIGHT.paper}"/>'
    for index, entry in enumerate(legend.rows):
        y = 6 + _LINE_PX * index
        yield from _swatch(entry.swatch, y + 4)
        yield f'<text x="44" y="{y + 14}" font-size="13.5" fill="{LIGHT.ink}">{markup(entry.words)}</text>'
    for index, note in enumerate(legend.notes):
        y = _LINE_PX * len(legend.rows) + _NOTE_PX * index + 18
        yield f'<text x="10" y="{y}" font-size="12" fill="{LIGHT.quiet_ink}">{markup(note)}</text>'
    yield "</g>"


def _swatch(name: str, y: int) -> Iterator[str]:
    box = f'x="10" y="{y}" width="26" height="12"'
    fills = {
        "held": f'fill="{LIGHT.held}" fill-opacity="{HELD_ALPHA}" stroke="{LIGHT.unit_border_held}"',
        "gained": f'fill="{LIGHT.gained}"',
        "lost": f'fill="{LIGHT.lost}"',
        "claimed": f'fill="{LIGHT.held}" fill-opacity="0.14" stroke="{LIGHT.held}" stroke-dasharray="3 3"',
        "presence": f'fill="{LIGHT.held}" fill-opacity="0.14" stroke="{LIGHT.held}" stroke-dasharray="3 3"',
        "former": f'fill="none" stroke="{LIGHT.former_water}" stroke-dasharray="4 3"',
        "before": f'fill="{LIGHT.held}" fill-opacity="{HELD_ALPHA}"',
        "incursion": f'fill="{LIGHT.incursion}" fill-opacity="{INCURSION_ALPHA}"',
        "contested": f'fill="none" stroke="{LIGHT.contested}"',
        "left": f'fill="none" stroke="{LIGHT.incursion}" stroke-dasharray="4 3"',
    }
    if name in symbols.SHAPES:
        yield symbols.path(name, 23, y + 6, 5)
        return
    if name in ("front", "sketched"):
        dashes = ' stroke-dasharray="7 5"' if name == "sketched" else ""
        yield f'<path d="M10 {y + 6}h26" stroke="{LIGHT.front}" stroke-width="2.2"{dashes}/>'
        return
    if name == "place":
        yield f'<circle cx="23" cy="{y + 6}" r="6.5" fill="none" stroke="{LIGHT.ink}" stroke-dasharray="3 2"/>'
        yield f'<circle cx="23" cy="{y + 6}" r="2.2" fill="#fff" stroke="{LIGHT.ink}" stroke-width="1.1"/>'
        return
    yield f"<rect {box} {fills[name]}/>"
    if name in {hatch for hatch, _, _ in HATCHES}:
        at = f'transform="translate(10 {y}) scale(0.1)"'
        yield f'<rect width="260" height="120" {at} fill="url(#frontgis-{name})"/>'
