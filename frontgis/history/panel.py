"""The series as rows: one a version, unit and status, with what the side held of the unit and how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from frontgis.history.composite import CODES
from frontgis.history.lookup import Series
from frontgis.history.sure import ground
from frontgis.model import Side, Status

OfUnit: TypeAlias = tuple[float | None, float | None, float, float, float, float]
"""The columns of a row that are alike in all rows of a unit and version, in their order."""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """Say how many km² of a unit have a status in a version, and what the side held, gained and lost there.

    All after `km2` is the unit's, alike in the rows of all its statuses; gained and lost, since the version before, are
    None in the first version.
    """

    date: str
    unit: str
    status: Status
    km2: float
    gained: float | None
    lost: float | None
    held: float
    held_or_contested: float
    held_timing_low: float
    held_timing_high: float


def series_rows(found: Series, *, side: Side = Side.RU) -> list[SeriesRow]:
    """Return a row a version, unit and status, where the unit ever has that status."""
    whole = found.composite
    shown = [CODES.index(status) for status in CODES if status is not Status.UNMAPPED]
    ever = np.argwhere((found.km2[:, :, shown] > 0).any(axis=0)).tolist()
    km2 = found.km2.tolist()
    of_unit = list(_of_unit(found, side))
    return [
        SeriesRow(date, whole.ids[unit], CODES[shown[place]], km2[version][unit][shown[place]], *of_unit[version][unit])
        for version, date in enumerate(map(str, whole.as_of))
        for unit, place in ever
    ]


def _of_unit(found: Series, side: Side) -> Iterator[list[OfUnit]]:
    """Yield a version the columns that are alike in all rows of a unit."""
    by = ground(found.composite, side=side)
    for version, flows in enumerate(zip(found.gained.tolist(), found.lost.tolist(), strict=True)):
        gained, lost = flows if version else [[None] * len(flow) for flow in flows]
        sure = (column[version].tolist()[:-1] for column in (by.held, by.wide, by.low, by.high))
        yield list(zip(gained, lost, *sure, strict=True))
