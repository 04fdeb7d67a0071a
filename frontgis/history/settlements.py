"""Settlements: who holds each one, which changed hands, and how sure that is near the line."""

from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.catalog import Settlements
from frontgis.geo.plane import Plane
from frontgis.model import Snapshot, Status

METHOD: Final = "status of the polygon under the settlement's point; undecided within its precision + 500 m of a line"

LINE_M: Final = 500.0
"""How far a source's line may lie from the ground: a place nearer than this and its own precision is undecided."""


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """Say which status a settlement has; `undecided` where the line is too near to tell."""

    id: str
    name: str
    name_uk: str
    name_ru: str
    unit: str
    lon: float
    lat: float
    precision_m: float
    status: Status
    undecided: bool


@dataclass(frozen=True, slots=True)
class SettlementChange:
    """Say from which status a settlement passed to which; `undecided` where either line is too near to tell."""

    id: str
    name: str
    name_uk: str
    name_ru: str
    unit: str
    lon: float
    lat: float
    precision_m: float
    before: Status
    after: Status
    undecided: bool


def statuses(snapshot: Snapshot, settlements: Settlements, plane: Plane) -> list[SettlementRow]:
    """Return the status of every settlement whose position is known, in the layer's order."""
    known = _known(settlements)
    found = status_at(snapshot, _points(settlements, known))
    unsure = undecided(snapshot, settlements, known, plane)
    return [
        SettlementRow(**_identity(settlements, index), status=what, undecided=bool(near))
        for index, what, near in zip(known, found, unsure, strict=True)
    ]


def changed(before: Snapshot, after: Snapshot, settlements: Settlements, plane: Plane) -> list[SettlementChange]:
    """Return the settlements whose status differs between two snapshots, in the layer's order."""
    known = _known(settlements)
    points = _points(settlements, known)
    old, new = status_at(before, points), status_at(after, points)
    moved = np.array([number for number in range(len(known)) if old[number] is not new[number]], dtype=np.int64)
    unsure = np.zeros(len(moved), dtype=np.bool_)
    for snapshot in (before, after):
        unsure = unsure | undecided(snapshot, settlements, known[moved], plane)
    return [
        SettlementChange(
            **_identity(settlements, known[number]), before=old[number], after=new[number], undecided=bool(near)
        )
        for number, near in zip(moved, unsure, strict=True)
    ]


def undecided(snapshot: Snapshot, settlements: Settlements, which: NDArray[np.int_], plane: Plane) -> NDArray[np.bool_]:
    """Tell for the chosen settlements (indices into the layer) whether a line runs too near to decide."""
    reach = settlements.precision_m[which] + LINE_M
    edges = plane.project_all(np.array([ground.boundary for ground in snapshot.by_status.values()], dtype=object))
    metric = plane.project_all(_points(settlements, which))
    near: NDArray[np.bool_] = np.zeros(len(which), dtype=np.bool_)
    for edge in edges:
        shapely.prepare(edge)
        near = near | shapely.dwithin(edge, metric, cast("float", reach))  # an array: a distance a point
    return near


def status_at(snapshot: Snapshot, points: NDArray[np.object_]) -> list[Status]:
    """Return the status under each lon/lat point; `unmapped` where the source has no polygon."""
    found = [Status.UNMAPPED] * len(points)
    for status, ground in snapshot.by_status.items():
        shapely.prepare(ground)
        for index in np.flatnonzero(shapely.intersects(ground, points)):
            found[index] = status
    return found


def _points(settlements: Settlements, which: NDArray[np.int_]) -> NDArray[np.object_]:
    lonlat = np.column_stack([settlements.lon[which], settlements.lat[which]])
    return np.asarray(shapely.points(lonlat), dtype=object)


def _known(settlements: Settlements) -> NDArray[np.int_]:
    return np.flatnonzero(np.isfinite(settlements.lon) & np.isfinite(settlements.lat))


def _identity(settlements: Settlements, index: int) -> dict[str, Any]:
    texts = {name: getattr(settlements, name)[index] for name in ("id", "name", "name_uk", "name_ru", "unit")}
    numbers = {name: float(getattr(settlements, name)[index]) for name in ("lon", "lat", "precision_m")}
    return texts | numbers
