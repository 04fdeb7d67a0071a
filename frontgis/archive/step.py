"""How far two maps of a source lie apart: a cheap bound first, the exact figures where it is not enough."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.geo import edges
from frontgis.geo.area import areas_km2, edge_areas_km2
from frontgis.geo.arrangement import components
from frontgis.geo.edges import EdgeSet
from frontgis.model import HELD, Region, Status

HELD_BY_ANY: Final = frozenset(chain.from_iterable(HELD.values()))
WHOLLY: Final = 0.99
"""Share of a part's ground that must be gone for its whole outline to count as gone."""

_KM_A_DEGREE: Final = 111.7
"""No degree of the ellipsoid is longer, so that lengths and areas with it are never too small."""

_MANY: Final = 3000
"""Changed edges beyond which the exact figures come as soon as the bound."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Hold one map for comparison: its regions, and the boundary of each status made when first asked for."""

    regions: tuple[Region, ...]

    @cached_property
    def courses(self) -> dict[Status, edges.Course]:
        """Return the boundary of each status."""
        return {
            status: edges.course([region.geometry for region in self.regions if region.status is status])
            for status in sorted({region.status for region in self.regions})
        }

    @cached_property
    def held_km2(self) -> float:
        """Return the km² that any side holds abroad or occupies."""
        return self.km2_of(HELD_BY_ANY)

    def km2_of(self, statuses: Iterable[Status]) -> float:
        """Return the km² under some of the statuses."""
        wanted = set(statuses)
        return float(areas_km2([region.geometry for region in self.regions if region.status in wanted]).sum())


@dataclass(frozen=True, slots=True)
class Lost:
    """Name ground that is in the earlier map and wholly without a word in the later: a ring, or all of one label."""

    words: str
    km2: float


@dataclass(frozen=True, slots=True)
class Step:
    """Measure the way from one map to another in km².

    `moved` is all ground whose status is another one; `gained` and `lost` are held ground; `gone` are parts that
    vanished along their whole outline.
    """

    moved: float
    gained: float
    lost: float
    gone: tuple[Lost, ...] = ()


def differences(before: Ground, after: Ground) -> dict[Status, EdgeSet]:
    """Return by status what must be added to the edges of one map to make the other."""
    none = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    return {
        status: edges.between(before.courses.get(status, none), after.courses.get(status, none))
        for status in sorted(before.courses.keys() | after.courses.keys())
    }


def net_km2(changed: dict[Status, EdgeSet]) -> float:
    """Return the km² of held ground gained less those lost."""
    held = [part for status, part in changed.items() if status in HELD_BY_ANY and len(part)]
    return float(sum((edge_areas_km2(part.start, part.end) * part.count).sum() for part in held))


def at_most_km2(changed: dict[Status, EdgeSet]) -> float:
    """Return km² that the changed ground cannot exceed; infinite where so much changed that only measuring helps.

    Changed ground lies within closed chains of edges. A chain of length L winds round no more than L² / 4π, and round
    nothing outside its box; both are taken in a plane that makes nothing smaller.
    """
    parts = [part for part in changed.values() if len(part)]
    if not parts:
        return 0.0
    if sum(map(len, parts)) > _MANY:
        return math.inf
    low, high, count = (np.concatenate([getattr(part, name) for part in parts]) for name in ("low", "high", "count"))
    start, end = edges.unpack(low), edges.unpack(high)
    scale = np.array([math.cos(math.radians(min(abs(start[:, 1]).min(), abs(end[:, 1]).min()))), 1.0]) * _KM_A_DEGREE
    start, end = start * scale, end * scale
    length = np.hypot(*(end - start).T) * abs(count)
    nodes, place = np.unique(np.concatenate([low, high]), return_inverse=True)
    label = components(len(nodes), place.reshape(2, -1).T)
    _, chain_of = np.unique(label[place[: len(low)]], return_inverse=True)
    size = int(chain_of.max()) + 1
    total = np.bincount(chain_of, length, minlength=size)
    box = np.ones(size)
    for axis in (0, 1):
        least, most = np.full(size, np.inf), np.full(size, -np.inf)
        np.minimum.at(least, chain_of, np.minimum(start[:, axis], end[:, axis]))
        np.maximum.at(most, chain_of, np.maximum(start[:, axis], end[:, axis]))
        box *= most - least
    return float(np.minimum(box, total**2 / (4 * math.pi)).sum())


def step(before: Ground, after: Ground, changed: dict[Status, EdgeSet]) -> Step:
    """Measure exactly, on the grid: the faces that the changed edges bound, with their status on either map."""
    low, high = edges.ends(list(changed.values()))
    lines = shapely.linestrings(np.stack([edges.unpack(low), edges.unpack(high)], axis=1))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
    km2, inside = areas_km2(faces), shapely.point_on_surface(faces)
    was, part_of = _statuses(before, inside)
    now, _ = _statuses(after, inside)
    held_then, held_now = np.isin(was, list(HELD_BY_ANY)), np.isin(now, list(HELD_BY_ANY))
    return Step(
        moved=float(km2[was != now].sum()),
        gained=float(km2[held_now & ~held_then].sum()),
        lost=float(km2[held_then & ~held_now].sum()),
        gone=_gone(before, part_of, np.where(now == Status.UNMAPPED, km2, 0.0)),
    )


def _statuses(ground: Ground, points: NDArray[np.object_]) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Return the status at each point, and the number of the polygon that it lies in (−1: in none)."""
    parts, region_of = _parts(ground)
    shapely.prepare(parts)
    point, part = shapely.STRtree(parts).query(points)
    inside = shapely.intersects(parts[part], points[point])
    part_of = np.full(len(points), -1, dtype=np.int64)
    part_of[point[inside]] = part[inside]
    words = np.array([*(str(region.status) for region in ground.regions), str(Status.UNMAPPED)])
    return words[np.append(region_of, -1)[part_of]], part_of


def _parts(ground: Ground) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    return shapely.get_parts([region.geometry for region in ground.regions], return_index=True)


def _gone(ground: Ground, part_of: NDArray[np.int64], unmapped_km2: NDArray[np.float64]) -> tuple[Lost, ...]:
    parts, region_of = _parts(ground)
    inside = part_of >= 0
    gone = np.bincount(part_of[inside], unmapped_km2[inside], minlength=len(parts))
    found = []
    for region in np.unique(region_of[gone > 0]):
        own = region_of == region
        whole, words = areas_km2(parts[own]), ground.regions[region].words
        if gone[own].sum() >= WHOLLY * whole.sum():
            found.append(Lost(words, float(whole.sum())))
        else:
            wholly = gone[own] >= WHOLLY * whole
            found += [Lost(words, float(km2)) for km2 in whole[wholly]]
    return tuple(found)
