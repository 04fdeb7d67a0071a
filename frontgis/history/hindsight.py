"""How wrong a pace was in the past: on every past date, the pace of a window against what followed.

The error is a factor: the larger of the two paces over the smaller. It is what a number of days was wrong by, because
the ground that remains is the same in both. Where nothing was gained in what followed, it has no bound.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
N = TypeVar("N", int, NDArray[np.int64])

LEAST: Final = 10
"""Fewer past dates than this cannot tell what happens one time in ten."""

NOTHING_KM2: Final = 0.01
"""Rounding to the grid can move this much between two versions: a net change no larger is no pace."""

LEAST_HORIZONS: Final = 3
"""Dates whose windows overlap tell little more than one: they must lie over so many horizons."""

LATE: Final = 1.25
"""A span that gaps make longer than this many times its window is another window."""

_NOMINAL: Final = 8


@dataclass(frozen=True)
class Hindsight:
    """Hold the errors of a window's pace: on how many past dates, in how many horizons that do not overlap.

    No more than 50, 20 and 10 % of the errors were larger than `factor_50`, `factor_80` and `factor_90` (inf where
    nothing was gained in what followed; None on too few dates). `coverage` is how often, on the dates that had errors
    enough behind them, a range of 80 % made from those alone held what followed.
    """

    dates: int
    horizons: int
    factor_50: float | None = None
    factor_80: float | None = None
    factor_90: float | None = None
    coverage: float | None = None


def hindsight(day: Numbers, km2: Floats, window: int) -> Hindsight:
    """Return what the past says of the pace of a window, from the km² held on each day (ordinals, increasing).

    >>> day = np.arange(200)
    >>> hindsight(day, 3.0 * day, 30)
    Hindsight(dates=140, horizons=5, factor_50=1.0, factor_80=1.0, factor_90=1.0, coverage=1.0)
    """
    origin, end, factor = errors(day, km2, window)
    horizons = _apart(origin, end)
    if len(factor) < LEAST or horizons < LEAST_HORIZONS:
        return Hindsight(len(factor), horizons)
    ordered = np.sort(factor)
    half, most, nearly_all = (float(ordered[_rank(tenths, len(factor)) - 1]) for tenths in (5, _NOMINAL, 9))
    return Hindsight(len(factor), horizons, half, most, nearly_all, _coverage(origin, end, factor))


def errors(day: Numbers, km2: Floats, window: int) -> tuple[Numbers, Numbers, Floats]:
    """Return the past dates on which the window had a pace, the dates by which it was known to err, and the factors."""
    start, origin, end = _spans(day, window)
    before, after = km2[origin] - km2[start], km2[end] - km2[origin]
    paced = before > NOTHING_KM2
    start, origin, end = start[paced], origin[paced], end[paced]
    told = before[paced] / (day[origin] - day[start])
    came = after[paced] / (day[end] - day[origin])
    factor = np.full(len(origin), np.inf)
    went = after[paced] > NOTHING_KM2
    factor[went] = np.maximum(told[went] / came[went], came[went] / told[went])
    return origin, end, factor


def _spans(day: Numbers, window: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return where a window begins and ends, and where what followed ends.

    A span that a gap makes another window is left out.
    """
    start = np.searchsorted(day, day - window, side="right") - 1
    end = np.searchsorted(day, day + window)
    origin = np.flatnonzero((start >= 0) & (end < len(day)))
    start, end = start[origin], end[origin]
    longest = np.maximum(day[origin] - day[start], day[end] - day[origin])
    near = longest <= LATE * window
    return start[near], origin[near], end[near]


def _apart(origin: Numbers, end: Numbers) -> int:
    """Return how many of the spans, in order, do not overlap."""
    found, last = 0, -1
    for begins, ends in zip(origin.tolist(), end.tolist(), strict=True):
        if begins >= last:
            found, last = found + 1, ends
    return found


def _coverage(origin: Numbers, end: Numbers, factor: Floats) -> float | None:
    """Return how often an error was no larger than the 80 % of those known by its date; no bound counts as missed."""
    known = end[None, :] <= origin[:, None]
    rank = _rank(_NOMINAL, known.sum(axis=1))
    smaller = (known & (factor[None, :] < factor[:, None])).sum(axis=1)
    bounded = (known & np.isfinite(factor)[None, :]).sum(axis=1) >= rank
    judged = known.sum(axis=1) >= LEAST
    return float((bounded & (smaller < rank))[judged].mean()) if judged.any() else None


def _rank(tenths: int, count: N) -> N:
    """Return the rank of the smallest value that so many tenths of the values do not exceed."""
    return -(-tenths * count // 10)
