"""Stories drawn: small symbols with a light edge, the text each carries, and the table beside a map."""

from collections.abc import Iterator
from datetime import date
from math import pi
from typing import Any, Final

import numpy as np

from frontgis.maps.parts import Mark, Story, Told
from frontgis.maps.stories import caption
from frontgis.maps.style import LIGHT
from frontgis.render.escape import markup, plain
from frontgis.render.sheet import Sheet

SHAPES: Final = ("triangle", "ring", "square")

_HEADS: Final = {"triangle": "place", "ring": "place", "square": "unit"}
_EPOCH: Final = date(1970, 1, 1).toordinal()
_SMALL_BELOW_ZOOM: Final = 7
_RADIUS: Final = 5.5
_SMALL: Final = 3.5


def data(story: Story) -> dict[str, Any]:
    """Return a story for the page's script: marks with all that is ever told there, and what a day shows of it.

    Days are counted since 1970. A mark is lon, lat and its reports: what, when, evidence, the rest, first and last day.
    """
    first, last = story.span
    return {
        "symbol": story.symbol,
        "shown": story.shown,
        "title": plain(story.title),
        "day": _day(last),
        "until": _day(story.until),
        "back": (last - first).days,
        "marks": [[round(mark.lon, 4), round(mark.lat, 4), [_told(told) for told in mark.told]] for mark in story.ever],
    }


def _told(told: Told) -> list[Any]:
    return [*_row(told), _day(told.first), told.last and _day(told.last)]


def _day(moment: date) -> int:
    return moment.toordinal() - _EPOCH


def table(story: Story) -> dict[str, Any]:
    """Return a story as a table: its title, the head of its first column, its rows."""
    rows = [_row(told) for mark in story.marks for told in mark.told]
    return {"name": story.name, "title": plain(caption(story)), "head": _HEADS[story.symbol], "rows": rows}


def svg(story: Story, sheet: Sheet) -> Iterator[str]:
    """Yield a story's symbols on a picture, each with its text as the title that a reader's pointer brings up."""
    radius = _SMALL if sheet.zoom < _SMALL_BELOW_ZOOM else _RADIUS
    lonlat = np.array([(mark.lon, mark.lat) for mark in story.marks], dtype=np.float64).reshape(-1, 2)
    yield f'<g class="{story.name}">'
    for mark, (x, y) in zip(story.marks, sheet.pixels(lonlat).tolist(), strict=True):
        if 0 <= x <= sheet.width and 0 <= y <= sheet.height:
            yield path(story.symbol, x, y, radius, title=_title(mark))
    yield "</g>"


def path(symbol: str, x: float, y: float, radius: float, *, title: str = "") -> str:
    """Return a symbol round a point: an open shape over its own light edge."""
    outline = _outline(symbol, x, y, radius)
    edge = f'<path d="{outline}" fill="none" stroke="{LIGHT.casing}" stroke-width="4" stroke-linejoin="round"/>'
    line = f'<path d="{outline}" fill="none" stroke="{LIGHT.ink}" stroke-width="1.6" stroke-linejoin="round"/>'
    return f"<g>{f'<title>{markup(title)}</title>' if title else ''}{edge}{line}</g>"


def _outline(symbol: str, x: float, y: float, radius: float) -> str:
    if symbol == "ring":
        wide = radius + 1
        return (
            f"M{x - wide:.1f} {y:.1f}a{wide:g} {wide:g} 0 1 0 {2 * wide:g} 0a{wide:g} {wide:g} 0 1 0 {-2 * wide:g} 0z"
        )
    corners, first = (3, -pi / 2) if symbol == "triangle" else (4, -pi / 4)
    angles = first + 2 * pi * np.arange(corners) / corners
    points = np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)])
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points.tolist()) + "z"


def _row(told: Told) -> tuple[str, str, str, str]:
    rest = f"{told.source}: {told.note}" if told.note else told.source
    return plain(told.what), plain(told.when), plain(told.evidence), plain(rest)


def _title(mark: Mark) -> str:
    rows = map(_row, mark.told)
    return "; ".join(f"{what}. {when}, evidence {evidence}. {rest}" for what, when, evidence, rest in rows)
