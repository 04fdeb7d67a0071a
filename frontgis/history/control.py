"""Who holds how much: km² by status, in all and by unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.geo.area import Method, area_km2
from frontgis.history.division import NOISE, Division
from frontgis.model import Snapshot, Status

Floats: TypeAlias = NDArray[np.float64]

ALL = "all"
WHOLE_MAP = "whole map"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """Say how many km² of a unit have a status; `share` is that over the unit's own area, None where it has none."""

    unit: str
    name: str
    status: Status
    km2: float
    share: float | None


def area(snapshot: Snapshot, division: Division | None = None, *, method: Method = "exact") -> list[AreaRow]:
    """Return km² by status of a snapshot as it stands, in all or with a division by unit, `sea`, `outside`, `noise`.

    >>> from frontgis.catalog.world.strip import growing
    >>> [(row.status.value, round(row.km2)) for row in area(growing(37.4)[0])]
    [('contested', 413), ('occupied', 1652)]
    """
    whole = {status: area_km2(ground, method=method) for status, ground in snapshot.by_status.items()}
    if division is None:
        return [AreaRow(ALL, WHOLE_MAP, status, km2, None) for status, km2 in whole.items()]
    return divided(whole, by_unit(snapshot.by_status, division, method=method), division)


def by_unit(
    grounds: Mapping[Status, BaseGeometry], division: Division, *, method: Method = "exact"
) -> dict[Status, Floats]:
    """Return by status the km² of ground in each unit, in the sea and outside."""
    shares = division.shares(np.array(list(grounds.values()), dtype=object), method=method)
    return dict(zip(grounds, shares, strict=True))


def divided(whole: Mapping[Status, float], by_unit: Mapping[Status, Floats], division: Division) -> list[AreaRow]:
    """Return the rows of every status by unit, `sea`, `outside` and `noise`, which sum to its whole.

    `noise` is what rounding to the grid and cutting at the units' borders gained or lost.
    """
    rows = []
    for status in sorted(whole):
        sizes = [*division.km2, None, None]
        shares = by_unit.get(status, np.zeros(len(sizes)))
        for unit, name, km2, size in zip(division.ids, division.names, shares, sizes, strict=True):
            if km2 > 0 or size is None:
                rows.append(AreaRow(unit, name, status, float(km2), None if size is None else float(km2 / size)))
        rows.append(
            AreaRow(NOISE, "noise of the grid and of cutting", status, whole[status] - float(shares.sum()), None)
        )
    return rows
