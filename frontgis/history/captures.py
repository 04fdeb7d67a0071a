"""How often ground changed hands, when it was first and last taken, and for how long it has been held."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontgis.history.composite import Composite, held
from frontgis.model import Side

Numbers: TypeAlias = NDArray[np.int64]

NEVER = -1


@dataclass(frozen=True, slots=True)
class Captures:
    """Hold one row a face: positions of versions, −1 where there is none.

    A capture is a version in which the side holds the face and did not in the one before: it happened after that one
    and by this one. `flips` counts every change of status, `age_days` the days that the last status has stood.
    """

    first: Numbers
    last: Numbers
    count: Numbers
    flips: Numbers
    age_days: Numbers


def captures(composite: Composite, *, side: Side = Side.RU) -> Captures:
    """Return the captures of every face by a side.

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> told = captures(History.of(growing(37.4, 37.5, 37.45)).composite())
    >>> sorted(zip(told.count.tolist(), told.flips.tolist(), told.age_days.tolist()))
    [(0, 1, 1), (0, 2, 0), (1, 1, 1), (1, 2, 0)]
    """
    mine = held(side)[composite.code]
    taken = np.zeros_like(mine)
    taken[1:] = mine[1:] & ~mine[:-1]
    turned = np.zeros_like(mine)
    turned[1:] = composite.code[1:] != composite.code[:-1]
    ever = taken.any(axis=0)
    days = np.array([as_of.date.toordinal() for as_of in composite.as_of])
    return Captures(
        first=np.where(ever, taken.argmax(axis=0), NEVER),
        last=np.where(ever, _last(taken), NEVER),
        count=taken.sum(axis=0),
        flips=turned.sum(axis=0),
        age_days=days[-1] - days[np.where(turned.any(axis=0), _last(turned), 0)],
    )


def _last(found: NDArray[np.bool_]) -> Numbers:
    """Return the last row in which each column is true; the last of all where none is."""
    return np.asarray(len(found) - 1 - found[::-1].argmax(axis=0), dtype=np.int64)
