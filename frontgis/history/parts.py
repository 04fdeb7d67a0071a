"""The parts of which control is made: each connected piece of a status, and the settlements inside."""

from dataclasses import dataclass

import numpy as np
import shapely

from frontgis.catalog import Settlements
from frontgis.geo.area import Method, areas_km2
from frontgis.geo.polygons import polygons_of
from frontgis.model import Snapshot, Status


@dataclass(frozen=True, slots=True)
class Part:
    """Say how large one connected part of a status is, where it lies, and which settlements are in it."""

    part: int
    status: Status
    km2: float
    lon: float
    lat: float
    settlements: tuple[str, ...]


def parts(snapshot: Snapshot, settlements: Settlements, *, method: Method = "exact") -> list[Part]:
    """Return the parts of every status, the largest first; settlements by name, the most populous first."""
    found = [(status, polygon) for status, ground in snapshot.by_status.items() for polygon in polygons_of(ground)]
    polygons = np.array([polygon for _, polygon in found], dtype=object)
    km2 = areas_km2(polygons, method=method)
    inside = shapely.get_coordinates(shapely.point_on_surface(polygons))
    names = _settlements(polygons, settlements)
    order = sorted(range(len(found)), key=lambda index: (-km2[index], *inside[index]))
    return [
        Part(number, found[index][0], float(km2[index]), float(inside[index][0]), float(inside[index][1]), names[index])
        for number, index in enumerate(order, 1)
    ]


def _settlements(polygons: np.ndarray, settlements: Settlements) -> list[tuple[str, ...]]:
    known = np.flatnonzero(np.isfinite(settlements.lon) & np.isfinite(settlements.lat))
    points = np.asarray(shapely.points(settlements.lon[known], settlements.lat[known]), dtype=object)
    part, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    held: list[list[int]] = [[] for _ in polygons]
    for number, index in zip(part, known[point], strict=True):
        held[number].append(int(index))
    return [
        tuple(settlements.name[index] for index in sorted(rows, key=lambda row: (-settlements.population[row], row)))
        for rows in held
    ]
