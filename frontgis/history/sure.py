"""How sure a figure is: its range by definition and by timing, in all and by the units that a history is cut by.

By *definition*: held ground alone, or held and contested ground together; of a side that holds ground only abroad, the
contested ground of units in which it ever held any. By *timing*: the same question asked of the version before and
after each date, since a line drawn on one day may be of the day before or after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontgis.history import lookup
from frontgis.history.composite import CODES, Composite, held
from frontgis.history.control import ALL
from frontgis.model import HELD, Side, Status

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.bool_]

TOTALS_ONLY: Final = "ranges are given for the totals only; by unit they can be told for {units}"
"""What is said where an answer is by units that the history is not cut by."""

_ABROAD: Final = frozenset({Status.INCURSION_RU, Status.INCURSION_UA})
_CONTESTED: Final = np.array([code is Status.CONTESTED for code in CODES])


@dataclass(frozen=True, slots=True)
class Range:
    """Hold the least and the greatest km² that a figure can say."""

    low: float
    high: float

    def holding(self, *figures: float) -> "Range":
        """Return the range widened to hold figures too."""
        return Range(min(self.low, *figures), max(self.high, *figures))


@dataclass(frozen=True, slots=True)
class Sure:
    """Hold the ranges of one figure."""

    definition: Range
    timing: Range

    @property
    def whole(self) -> Range:
        """Return the range over both reasons."""
        return self.definition.holding(self.timing.low, self.timing.high)

    def holding(self, figure: float) -> "Sure":
        """Return the ranges widened to hold the figure: what is measured off the grid may differ in its last digits."""
        return Sure(self.definition.holding(figure), self.timing.holding(figure))


@dataclass(frozen=True, slots=True)
class SureChange:
    """Hold the ranges of what a side gained and lost, and of their difference."""

    gained: Sure
    lost: Sure
    net: Sure

    def holding(self, gained: float, lost: float) -> "SureChange":
        """Return the ranges widened to hold the figures."""
        net = self.net.holding(gained - lost)
        return SureChange(self.gained.holding(gained), self.lost.holding(lost), net)


@dataclass(frozen=True)
class Ground:
    """Hold the km² that a side holds, by version and unit, the last column for all units together.

    `wide` counts contested ground too; `low` and `high` are over the version and those next to it.
    """

    held: Floats
    wide: Floats
    low: Floats
    high: Floats


def ground(whole: Composite, *, side: Side = Side.RU) -> Ground:
    """Return what a side holds through time, with its ranges; the first and last version have one neighbour."""
    km2 = lookup.areas(whole)
    alone, wide = (_with_all((km2 * codes).sum(axis=2)) for codes in _definitions(whole, side))
    padded = np.pad(alone, ((1, 1), (0, 0)), mode="edge")
    near = np.stack([padded[:-2], alone, padded[2:]])
    return Ground(alone, wide, near.min(axis=0), near.max(axis=0))


def area(whole: Composite, on: int, *, side: Side = Side.RU) -> dict[str, Sure]:
    """Return the ranges of the ground that a side holds in a version (its place), by unit and in `all`."""
    by = ground(whole, side=side)
    columns = zip(_names(whole), by.held[on], by.wide[on], by.low[on], by.high[on], strict=True)
    return {name: Sure(_range(alone, wide), _range(low, high)) for name, alone, wide, low, high in columns}


def change(whole: Composite, a: int, b: int, *, side: Side = Side.RU) -> dict[str, SureChange]:
    """Return the ranges of what a side gained and lost from version a to version b (places), by unit and in `all`."""
    definitions, last = _definitions(whole, side), len(whole.as_of) - 1
    ends = [range(max(0, end - 1), min(last, end + 1) + 1) for end in (a, b)]
    near = np.stack([_flows(whole, x, y, definitions[0]) for x, y in product(*ends)])
    both = np.stack([_flows(whole, a, b, codes) for codes in definitions])
    sure = (both.min(axis=0), both.max(axis=0), near.min(axis=0), near.max(axis=0))
    return {
        name: SureChange(*(_sure(*(bound[figure, column] for bound in sure)) for figure in range(3)))
        for column, name in enumerate(_names(whole))
    }


def _definitions(whole: Composite, side: Side) -> tuple[Codes, Codes]:
    """Return which codes count as held in each unit (units × codes): held ground alone, and contested ground too."""
    mine = held(side)
    alone: Codes = np.tile(mine, (len(whole.ids), 1))
    both = alone | _CONTESTED
    if HELD[side] <= _ABROAD:
        both[~np.any(lookup.areas(whole)[:, :, mine] > 0, axis=(0, 2))] = mine
    return alone, both


def _flows(whole: Composite, a: int, b: int, mine: Codes) -> Floats:
    """Return the km² of the codes `mine` gained, lost, and their difference (rows), by unit and in all (columns)."""
    km2 = lookup.moved(whole, a, b).real
    gained, lost = (
        _with_all((km2 * before[:, :, None] * after[:, None, :]).sum(axis=(1, 2)))
        for before, after in ((~mine, mine), (mine, ~mine))
    )
    return np.stack([gained, lost, gained - lost])


def _with_all(km2: Floats) -> Floats:
    """Return km² by unit (last axis) with a column more for their sum."""
    return np.concatenate([km2, km2.sum(axis=-1, keepdims=True)], axis=-1)


def _names(whole: Composite) -> Iterable[str]:
    return (*whole.ids, ALL)


def _sure(least: float, most: float, low: float, high: float) -> Sure:
    return Sure(_range(least, most), _range(low, high))


def _range(low: float, high: float) -> Range:
    return Range(float(low), float(high))
