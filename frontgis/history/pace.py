"""Pace: km² a day over windows, what remains of named ground, and how long that is at each pace.

It is arithmetic: what remains over the net pace. How far it errs is taken from the archive's own past (`hindsight`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from frontgis.history.composite import CODES, Composite, held
from frontgis.history.control import ALL
from frontgis.history.hindsight import LATE, LEAST, LEAST_HORIZONS, NOTHING_KM2, Hindsight, hindsight
from frontgis.history.lookup import moved, series
from frontgis.model import Side, Status

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

WINDOWS: Final = (7, 30, 90, 365)
METHOD: Final = "remaining ground / net km² a day of the window: arithmetic, not a forecast"
LEAST_COVERAGE: Final = 0.7
"""A range that held less often than this in the past is not given."""


@dataclass(frozen=True)
class Ground:
    """Name ground by the columns of a composite's ids; `km2` is its area, None where it has no bounds."""

    unit: str
    columns: Numbers
    km2: float | None


@dataclass(frozen=True, slots=True)
class PaceRow:
    """Say the pace of a window in a unit, how long what remains would take at it, and how wrong that was in the past.

    A figure is None where the archive cannot tell it; `days` also where the net pace is not positive. A factor is inf
    where, that often, nothing was gained in what followed.
    """

    unit: str
    window_days: int
    gross_km2_per_day: float | None
    net_km2_per_day: float | None
    remaining_km2: float | None
    days: float | None
    low_days: float | None
    high_days: float | None
    past_error_factor_50: float | None
    past_error_factor_90: float | None
    coverage: float | None


@dataclass(frozen=True)
class Pace:
    """Hold the rows of an answer, the version (its position) at which each window begins, and what must be said."""

    rows: tuple[PaceRow, ...]
    starts: Mapping[int, int]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """Hold the km² gained and lost in each column over some days."""

    days: int
    gained: Floats
    lost: Floats


@dataclass(frozen=True)
class Past:
    """Hold the last version of every date up to the one asked for: its day, position, and km² by column.

    `net` is what a side had gained less lost by then, without noise; `held` and `contested` are as the map shows them.
    """

    composite: Composite
    side: Side
    day: Numbers
    at: Numbers
    net: Floats
    held: Floats
    contested: Floats

    def start(self, window: int) -> int | None:
        """Return which date begins a window, the last one at least so many days ago; None before the first."""
        found = int(np.searchsorted(self.day, self.day[-1] - window, side="right")) - 1
        return None if found < 0 else found

    def span(self, start: int) -> int:
        """Return the days from a date to the last."""
        return int(self.day[-1] - self.day[start])

    def errors(self, ground: Ground, window: int) -> Hindsight:
        """Return the past errors of a window; none where a gap makes it another one."""
        start = self.start(window)
        if start is None or self.span(start) > LATE * window:
            return Hindsight(0, 0)
        return hindsight(self.day, self.net[:, ground.columns].sum(axis=1), window)

    def flow(self, window: int) -> Flow | None:
        """Return what was gained and lost by column, by direct comparison of a window's ends."""
        start = self.start(window)
        if start is None:
            return None
        passed = moved(self.composite, int(self.at[start]), int(self.at[-1]))
        return Flow(self.span(start), passed.gains(self.side), passed.losses(self.side))


def past(composite: Composite, version: int, *, side: Side = Side.RU) -> Past:
    """Return what a composite tells up to a version (a position in `as_of`)."""
    found = series(composite, side=side)
    day = np.array([as_of.date.toordinal() for as_of in composite.as_of[: version + 1]], dtype=np.int64)
    at = np.flatnonzero(np.append(np.diff(day) > 0, True))
    net = np.nan_to_num(found.gained - found.lost).cumsum(axis=0)
    mine = found.km2[:, :, held(side)].sum(axis=2)
    return Past(composite, side, day[at], at, net[at], mine[at], found.km2[at, :, CODES.index(Status.CONTESTED)])


def grounds(told: Past, chosen: Sequence[int], name: str | None, *, each: bool) -> tuple[Ground, ...]:
    """Return the ground of the chosen units as a whole, then with `each` one by one; no name means the whole map.

    Of the whole map, the units are those in which the side ever held any.
    """
    km2 = told.composite.division.km2
    if name is not None:
        whole = Ground(name, np.array(chosen, dtype=np.int64), float(km2[list(chosen)].sum()))
    else:
        whole = Ground(ALL, np.arange(len(told.composite.ids)), None)
    if not each or len(whole.columns) == 1:
        return (whole,)
    ever = whole.columns if name is not None else np.flatnonzero(told.held.max(axis=0) > NOTHING_KM2)
    areas = [float(km2[column]) if column < len(km2) else None for column in ever]
    parts = (Ground(told.composite.ids[c], np.array([c]), area) for c, area in zip(ever, areas, strict=True))
    return (whole, *parts)


def pace(told: Past, asked: Sequence[Ground]) -> Pace:
    """Return the rows of every ground and window, in order; the notes speak of the first ground.

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> told = past(History.of(growing(*np.linspace(37.1, 37.5, 41))).composite(), 40)
    >>> found = pace(told, grounds(told, (), None, each=False))
    >>> [(row.window_days, row.net_km2_per_day and round(row.net_km2_per_day)) for row in found.rows]
    [(7, 41), (30, 41), (90, None), (365, None)]
    """
    rows: list[PaceRow] = []
    notes: list[str] = []
    flows = {window: told.flow(window) for window in WINDOWS}
    for number, ground in enumerate(asked):
        for window, flow in flows.items():
            errors = told.errors(ground, window)
            rows.append(_row(told, ground, window, flow, errors))
            if number == 0:
                notes += _window_notes(told, ground, window, errors)
    starts = {window: start for window in WINDOWS if (start := told.start(window)) is not None}
    positions = {window: int(told.at[start]) for window, start in starts.items()}
    return Pace(tuple(rows), positions, (*_notes(told, asked[0], rows), *notes))


def _row(told: Past, ground: Ground, window: int, flow: Flow | None, errors: Hindsight) -> PaceRow:
    gross, net = (None, None) if flow is None else _paces(flow, ground)
    remaining = None if ground.km2 is None else max(0.0, ground.km2 - float(told.held[-1, ground.columns].sum()))
    days = None if remaining is None or net is None or net <= 0 else remaining / net
    low, high = _range(days, window, errors)
    factors = (errors.factor_50, errors.factor_90, errors.coverage)
    return PaceRow(ground.unit, window, gross, net, remaining, days, low, high, *factors)


def _paces(flow: Flow, ground: Ground) -> tuple[float, float]:
    """Return km² gained a day and net km² a day."""
    gained, lost = (float(km2[ground.columns].sum()) for km2 in (flow.gained, flow.lost))
    net = gained - lost if abs(gained - lost) > NOTHING_KM2 else 0.0
    return gained / flow.days, net / flow.days


def _range(days: float | None, window: int, errors: Hindsight) -> tuple[float | None, float | None]:
    """Return the days over and times the factor of 80 %, where that held often enough, as far ahead as it was seen."""
    factor = errors.factor_80
    if days is None or factor is None or errors.coverage is None or not np.isfinite(factor):
        return None, None
    if days > window or errors.coverage < LEAST_COVERAGE:
        return None, None
    return days / factor, days * factor


def _notes(told: Past, ground: Ground, rows: Sequence[PaceRow]) -> Iterator[str]:
    yield "this is arithmetic, not a forecast: no pace lasts, and no date follows from it"
    if ground.km2 is None:
        yield "no ground was named, so nothing is said of what remains of it"
    else:
        yield (
            "what remains is the area of the units, with the waters in them, less what is held there;"
            " contested ground counts as remaining"
        )
        grey = float(told.contested[-1, ground.columns].sum())
        if grey > NOTHING_KM2:
            yield f"{grey:.1f} km² of what remains of {ground.unit} is contested"
    yield (
        "an error factor is the larger over the smaller of the net pace of a window on a past date, where positive, and"
        " that of as many days after it; nothing is measured beyond that horizon"
    )
    yield (
        f"a range of days is given only within that horizon, and only if in the past a nominal 80 % range held at least"
        f" {LEAST_COVERAGE:.0%} of the time"
    )
    if any(row.net_km2_per_day is not None and row.net_km2_per_day <= 0 for row in rows):
        yield "where the net pace is not positive there is no number of days"
    if any(row.past_error_factor_90 == np.inf for row in rows):
        yield "a factor without bound (null): at least that often nothing was gained in what followed"


def _window_notes(told: Past, ground: Ground, window: int, errors: Hindsight) -> Iterator[str]:
    start = told.start(window)
    as_of = [told.composite.as_of[position] for position in told.at]
    if start is None:
        yield f"{window} days: the archive begins on {as_of[0]}, too late for this window"
        return
    if told.span(start) != window:
        yield f"{window} days: the window is {told.span(start)} days long, from {as_of[start]}, the last version before"
    low, high = _timing(told, ground, start)
    yield (
        f"{window} days: with either end a version earlier or later, net {low:.2f} to {high:.2f} km² a day;"
        f" {_checked(told.span(start), window, errors)}"
    )


def _checked(span: int, window: int, errors: Hindsight) -> str:
    if span > LATE * window:
        return "not checked: a gap makes it another window"
    if errors.factor_50 is not None:
        return f"checked on {errors.dates} past dates over {errors.horizons} horizons that do not overlap"
    return (
        f"not checked: that takes {LEAST} past dates over {LEAST_HORIZONS} horizons that do not overlap,"
        f" there are {errors.dates} over {errors.horizons}"
    )


def _timing(told: Past, ground: Ground, start: int) -> tuple[float, float]:
    """Return the least and the greatest net pace with either end of the window moved by one version."""
    net, last = told.net[:, ground.columns].sum(axis=1), len(told.day) - 1
    ends = [(a, b) for a in (start - 1, start, start + 1) for b in (last - 1, last) if 0 <= a < b]
    found = [(net[b] - net[a]) / (told.day[b] - told.day[a]) for a, b in ends]
    return float(min(found)), float(max(found))
