"""The gate: what a reading must be before it is stored, and what is mended on the way."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from frontgis.geo.area import area_km2
from frontgis.geo.polygons import mend, multipolygon
from frontgis.model import PRECEDENCE, Note, Region, RejectedError, Status
from frontgis.sources import Reading

Box = tuple[float, float, float, float]
_SHELL_MIN: Final = 4


class Outcome(StrEnum):
    """Name what the gate decided."""

    ACCEPT = "ACCEPT"
    REPAIR = "REPAIR"
    HOLD = "HOLD"
    REJECT = "REJECT"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold the regions that may be stored, what was done to them, and the word for it."""

    outcome: Outcome
    regions: tuple[Region, ...]
    notes: tuple[Note, ...]


def judge(reading: Reading, box: Box, sound: Container[int] = ()) -> Verdict:
    """Mend a reading and decide on it: polygons valid, inside the theatre's box, no ground of two statuses.

    `sound` has the ids of geometries that are known to be valid. Raises RejectedError where nothing of the reading lies
    in the theatre (west, south, east, north in degrees).
    """
    _in_theatre(reading.regions, box)
    regions, cut = _cut_by_place(reading.regions, box)
    regions, mended = _mended(regions, sound)
    regions, moved = _ranked(regions)
    notes = (*reading.notes, *cut, *mended, *moved)
    outcome = Outcome.REPAIR if any(note.repair for note in notes) else Outcome.ACCEPT
    return Verdict(outcome, regions, notes)


def _in_theatre(regions: tuple[Region, ...], box: Box) -> None:
    west, south, east, north = shapely.total_bounds([region.geometry for region in regions])
    if _boxes_meet((west, south, east, north), box):
        return
    if _boxes_meet((south, west, north, east), box):
        raise RejectedError("swapped", "latitude and longitude are swapped: positions must be longitude, latitude")
    where = f"{west:.2f} {south:.2f} to {east:.2f} {north:.2f}"
    theatre = "{:g} {:g} to {:g} {:g}".format(*box)
    raise RejectedError("outside-theatre", f"all ground lies at {where}, outside the theatre ({theatre})")


def _boxes_meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _cut_by_place(regions: tuple[Region, ...], box: Box) -> tuple[tuple[Region, ...], list[Note]]:
    west, south, east, north = box
    kept, notes = [], []
    for region in regions:
        bounds = region.geometry.bounds
        if bounds[0] >= west and bounds[1] >= south and bounds[2] <= east and bounds[3] <= north:
            kept.append(region)
            continue
        inside = MultiPolygon([near for part in region.geometry.geoms if (near := _near(part, box))])
        km2 = area_km2(mend(region.geometry)) - area_km2(mend(inside))
        notes.append(
            Note(
                "cut-by-place",
                km2,
                f"vertices outside the theatre dropped from {region.words!r}",
                repair=True,
            )
        )
        if not inside.is_empty:
            kept.append(replace(region, geometry=inside))
    return tuple(kept), notes


def _near(polygon: Polygon, box: Box) -> Polygon | None:
    """Return a polygon without its vertices outside the box; None where less than a ring is left."""
    shell, *holes = (_near_ring(ring, box) for ring in (polygon.exterior, *polygon.interiors))
    if len(shell) < _SHELL_MIN:
        return None
    return Polygon(shell, [hole for hole in holes if len(hole) >= _SHELL_MIN])


def _near_ring(ring: shapely.LinearRing, box: Box) -> NDArray[np.float64]:
    points = shapely.get_coordinates(ring)[:-1]
    kept = points[((points >= box[:2]) & (points <= box[2:])).all(axis=1)]
    return np.vstack([kept, kept[:1]])


def _mended(regions: tuple[Region, ...], sound: Container[int]) -> tuple[tuple[Region, ...], list[Note]]:
    kept, notes = [], []
    for region in regions:
        if id(region.geometry) in sound or region.geometry.is_valid:
            kept.append(region)
            continue
        parts, reasons = [], []
        for part in region.geometry.geoms:
            if part.is_valid:
                parts.append(part)
                continue
            reasons.append(shapely.is_valid_reason(part).split("[")[0])
            parts.extend(multipolygon(mend(part)).geoms)
        geometry = MultiPolygon(parts)
        if not geometry.is_valid:
            reasons = reasons or ["polygons of one feature overlap"]
            geometry = multipolygon(shapely.union_all(parts))
        if reasons:
            km2 = abs(area_km2(geometry) - area_km2(region.geometry))
            notes.append(Note("make_valid", km2, f"{', '.join(sorted(set(reasons)))} in {region.words!r}", repair=True))
        kept.append(replace(region, geometry=geometry))
    return tuple(kept), notes


def _ranked(regions: tuple[Region, ...]) -> tuple[tuple[Region, ...], list[Note]]:
    """Give ground of two statuses to the one of higher precedence; unlike statuses are compared pair by pair."""
    shapes = np.array([region.geometry for region in regions], dtype=object)
    rank = np.array([PRECEDENCE.index(region.status) for region in regions])
    lower, higher = _overlapping(shapes, rank)
    cut = shapes.copy()
    lost: dict[Status, list[BaseGeometry]] = defaultdict(list)
    for index in np.unique(lower):
        over = shapely.union_all(shapes[higher[lower == index]])
        cut[index] = multipolygon(shapely.difference(shapes[index], over))
        lost[regions[index].status].append(shapely.intersection(shapes[index], over))
    kept = (replace(region, geometry=shape) for region, shape in zip(regions, cut, strict=True))
    return tuple(region for region in kept if not region.geometry.is_empty), list(_moved(lost))


def _overlapping(shapes: NDArray[np.object_], rank: NDArray[np.int_]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = rank[one] > rank[other]
    one, other = one[pairs], other[pairs]
    inside = ~shapely.touches(shapes[one], shapes[other])
    return one[inside], other[inside]


def _moved(lost: dict[Status, list[BaseGeometry]]) -> Iterator[Note]:
    for status, pieces in sorted(lost.items()):
        km2 = area_km2(_union(pieces))
        if km2 > 0:
            yield Note("precedence", km2, f"{status} ground that is also of a status that goes before it")


def _union(pieces: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all([multipolygon(piece) for piece in pieces])
