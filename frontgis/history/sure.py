"""How sure a figure is: its range by definition and by timing.

By *definition*: held ground alone, or held and contested ground together. By *timing*: the same question asked of the
version before and after each date, since a line drawn on one day may be of the day before or after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.geo.area import area_km2
from frontgis.history import lookup
from frontgis.history.change import Change
from frontgis.history.composite import CODES, Composite, held
from frontgis.history.grid import on_grid
from frontgis.history.history import History, Moment
from frontgis.model import HELD, Side, Snapshot, Status

_CONTESTED: Final = np.array([code is Status.CONTESTED for code in CODES])


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


def change(history: History, found: Change) -> tuple[Sure, Sure]:
    """Return the ranges of what a side gained and of what it lost in a change, both of which lie within."""
    whole, mine = history.composite(), held(found.side)
    before, after = (whole.as_of.index(snapshot.as_of) for snapshot in (found.before, found.after))
    plain, wide = (found.gained_km2, found.lost_km2), _flow(whole, before, after, mine | _CONTESTED)
    near = [[whole.as_of.index(as_of) for as_of in history.around(whole.as_of[end])] for end in (before, after)]
    flows = [plain, *(_flow(whole, x, y, mine) for x, y in product(*near))]
    gained, lost = (Sure(_range((plain[n], wide[n])), _range(flow[n] for flow in flows)) for n in range(2))
    return gained, lost


def _held(snapshot: Snapshot, side: Side, more: Iterable[Status] = ()) -> BaseGeometry:
    return on_grid(snapshot).ground({*HELD[side], *more})


def _flow(whole: Composite, before: int, after: int, mine: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the km² of the codes `mine` after and not before, and the reverse."""
    km2 = lookup.moved(whole, before, after).real.sum(axis=0)
    return float(km2[~mine][:, mine].sum()), float(km2[mine][:, ~mine].sum())


def _range(values: Iterable[float]) -> Range:
    found = list(values)
    return Range(min(found), max(found))
