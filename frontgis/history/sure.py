"""How sure a figure is: its range by definition and by timing.

By *definition*: held ground alone, or held and contested ground together. By *timing*: the same question asked of the
version before and after each date, since a line drawn on one day may be of the day before or after.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.geo.area import area_km2
from frontgis.history.grid import on_grid
from frontgis.history.history import History, Moment
from frontgis.model import HELD, Side, Snapshot, Status


@dataclass(frozen=True, slots=True)
class Range:
    """Hold the least and the greatest km² that a figure can say."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sure:
    """Hold the ranges of one figure."""

    definition: Range
    timing: Range


def area(history: History, on: Moment, *, side: Side = Side.RU) -> Sure:
    """Return the ranges of the ground that a side holds on a date."""
    near = [history.snapshot(as_of) for as_of in history.around(on)]
    here = history.snapshot(on)
    both = area_km2(_held(here, side)), area_km2(_held(here, side, {Status.CONTESTED}))
    return Sure(_range(both), _range(area_km2(_held(snapshot, side)) for snapshot in near))


def change(history: History, a: Moment, b: Moment, *, side: Side = Side.RU) -> tuple[Sure, Sure]:
    """Return the ranges of what a side gained and of what it lost between two dates, compared directly."""
    before, after = (history.snapshot(version.as_of) for version in history.pair(a, b))
    grey = {Status.CONTESTED}
    wide = _flow(_measured(_held(before, side, grey)), _measured(_held(after, side, grey)))
    first, last = (
        {as_of: _measured(_held(history.snapshot(as_of), side)) for as_of in history.around(end.as_of)}
        for end in (before, after)
    )
    plain = _flow(first[before.as_of], last[after.as_of])
    flows = [_flow(x, y) for x in first.values() for y in last.values()]
    gained, lost = (Sure(_range((plain[n], wide[n])), _range(flow[n] for flow in flows)) for n in range(2))
    return gained, lost


def _held(snapshot: Snapshot, side: Side, more: Iterable[Status] = ()) -> BaseGeometry:
    return on_grid(snapshot).ground({*HELD[side], *more})


def _measured(ground: BaseGeometry) -> tuple[BaseGeometry, float]:
    return ground, area_km2(ground)


def _flow(before: tuple[BaseGeometry, float], after: tuple[BaseGeometry, float]) -> tuple[float, float]:
    """Return the km² in `after` and not in `before`, and the reverse."""
    shared = area_km2(shapely.intersection(before[0], after[0]))
    return max(0.0, after[1] - shared), max(0.0, before[1] - shared)


def _range(values: Iterable[float]) -> Range:
    found = list(values)
    return Range(min(found), max(found))
