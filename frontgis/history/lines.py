"""Every boundary segment that a history ever had, in metres, and the versions in which it was one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.geo import arrangement, edges
from frontgis.geo.plane import Plane
from frontgis.history.composite import CODES, Composite
from frontgis.model import Status

Shapes: TypeAlias = NDArray[np.object_]
Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stands:
    """Hold, row by row in order of lines, the first and the last of the versions in which a line stood."""

    line: Numbers
    first: Numbers
    last: Numbers

    def at(self, version: int) -> Numbers:
        """Return the lines that stood in a version; one that bounded ground of several statuses comes as often."""
        return self.line[(self.first <= version) & (version <= self.last)]

    def nearest(self, far: Floats, versions: int) -> Numbers:
        """Return the line that lay nearest in each version, from how far every line lies; −1 where none stood."""
        found = np.full(versions, -1, dtype=np.int64)
        for row in np.argsort(far[self.line], kind="stable")[::-1]:
            found[self.first[row] : self.last[row] + 1] = self.line[row]
        return found

    def stood(self, line: Numbers, version: Numbers) -> Bools:
        """Tell row by row whether a line stood in a version."""
        owner, stand = self.of(line)
        there = (self.first[stand] <= version[owner]) & (version[owner] <= self.last[stand])
        found = np.zeros(len(line), dtype=bool)
        found[owner[there]] = True
        return found

    def of(self, line: Numbers) -> tuple[Numbers, Numbers]:
        """Return for every stand of the given lines: whose it is (a place in `line`), and its row."""
        begin, end = (np.searchsorted(self.line, line, side=side) for side in ("left", "right"))
        count = end - begin
        owner = np.repeat(np.arange(len(line)), count)
        return owner, np.arange(len(owner)) + np.repeat(begin - np.cumsum(count) + count, count)


@dataclass(frozen=True)
class Lines:
    """Hold segments in metres of a plane, and what each version changed of the status (code) that each bounds."""

    plane: Plane
    shapes: Shapes
    versions: int
    line: Numbers
    code: Numbers
    version: Numbers
    count: Numbers

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Return an index of the segments."""
        return shapely.STRtree(self.shapes)

    @cached_property
    def every(self) -> Stands:
        """Return when each segment bounded ground of any status; times of several statuses overlap."""
        found = _stands(self.line * len(CODES) + self.code, self.version, self.count, self.versions)
        return Stands(found.line // len(CODES), found.first, found.last)

    @cached_property
    def statuses(self) -> frozenset[Status]:
        """Return the statuses whose ground any segment bounds."""
        return frozenset(CODES[code] for code in np.unique(self.code))

    def near(self, points: Shapes, reach_m: Floats) -> Bools:
        """Tell of points in metres in which versions a line lies within each one's reach (versions × points)."""
        point, line = self.tree.query(points, predicate="dwithin", distance=reach_m)
        owner, stand = self.every.of(line)
        turns = np.zeros((self.versions + 1, len(points)), dtype=np.int32)
        for version, turn in ((self.every.first[stand], 1), (self.every.last[stand] + 1, -1)):
            np.add.at(turns.ravel(), version * len(points) + point[owner], turn)
        for earlier, row in pairwise(turns):
            np.add(row, earlier, out=row)
        return np.asarray(turns[:-1] > 0)

    def near_in(self, points: Shapes, version: Numbers, reach_m: float) -> Bools:
        """Tell of points in metres whether a line of each one's own version lies within reach."""
        point, line = self.tree.query(points, predicate="dwithin", distance=reach_m)
        found = np.zeros(len(points), dtype=bool)
        found[point[self.every.stood(line, version[point])]] = True
        return found

    def around(self, statuses: Iterable[Status]) -> Stands:
        """Return when each segment was an outer edge of ground of the given statuses taken together."""
        mine = np.isin(self.code, [CODES.index(status) for status in statuses])
        return _stands(self.line[mine], self.version[mine], self.count[mine], self.versions)


def lines(composite: Composite, plane: Plane) -> Lines:
    """Return the lines of a composite, in a plane."""
    parts = [
        (version, CODES.index(status), edge)
        for version, changed in enumerate((composite.first, *composite.deltas[1:]))
        for status, edge in changed.items()
    ]
    sizes = [len(edge) for _, _, edge in parts]
    low, high = (
        np.concatenate([np.zeros(0, dtype=np.uint64), *(getattr(edge, end) for _, _, edge in parts)])
        for end in ("low", "high")
    )
    order = np.lexsort((high, low))
    fresh = np.append(True, (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0))[: len(order)]
    line = np.empty(len(order), dtype=np.int64)
    line[order] = np.cumsum(fresh) - 1
    once = order[fresh]
    return Lines(
        plane=plane,
        shapes=plane.project_all(arrangement.segments(edges.unpack(low[once]), edges.unpack(high[once]))),
        versions=len(composite.as_of),
        line=line,
        code=np.repeat(np.array([code for _, code, _ in parts], dtype=np.int64), sizes),
        version=np.repeat(np.array([version for version, _, _ in parts], dtype=np.int64), sizes),
        count=np.concatenate([np.zeros(0, dtype=np.int64), *(edge.count for _, _, edge in parts)]),
    )


def _stands(key: Numbers, version: Numbers, count: Numbers, versions: int) -> Stands:
    """Return when the sum of the counts of a key is not zero."""
    order = np.lexsort((version, key))
    key, version = key[order], version[order]
    once = np.flatnonzero(np.diff(key * versions + version, prepend=-1))
    total = np.add.reduceat(count[order], once) if len(once) else count
    key, version = key[once], version[once]
    fresh = np.diff(key, prepend=-1) != 0
    running = np.cumsum(total)
    running -= np.repeat((running - total)[fresh], np.diff(np.append(np.flatnonzero(fresh), len(key))))
    stood = np.append(False, running[:-1] != 0) & ~fresh
    begin, end = np.flatnonzero((running != 0) & ~stood), np.flatnonzero((running == 0) & stood)
    following = np.searchsorted(end, begin)
    ended = following < len(end)
    ended[ended] = key[end[following[ended]]] == key[begin[ended]]
    last = np.full(len(begin), versions - 1, dtype=np.int64)
    last[ended] = version[end[following[ended]]] - 1
    return Stands(key[begin], version[begin], last)
