"""Who holds how much: km² by status, in all and by unit."""

from dataclasses import dataclass

import numpy as np

from frontgis.geo.area import Method, area_km2
from frontgis.history.division import NOISE, Division
from frontgis.model import Snapshot, Status

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
    """Return km² by status, one row `all` each, or with a division one row a unit, `sea`, `outside` and `noise`.

    The rows of a status sum to its whole: `noise` is what cutting at the units' borders gained or lost.
    """
    rows = []
    for status, ground in snapshot.by_status.items():
        whole = area_km2(ground, method=method)
        if division is None:
            rows.append(AreaRow(ALL, WHOLE_MAP, status, whole, None))
            continue
        shares = division.shares(np.array([ground], dtype=object), method=method)[0]
        sizes = [*division.km2, None, None]
        for unit, name, km2, size in zip(division.ids, division.names, shares, sizes, strict=True):
            if km2 > 0 or size is None:
                rows.append(AreaRow(unit, name, status, float(km2), None if size is None else float(km2 / size)))
        rows.append(AreaRow(NOISE, "noise of cutting", status, whole - float(shares.sum()), None))
    return rows
