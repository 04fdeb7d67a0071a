"""The space-time composite: all that ever changed, noded once into faces, each with its flips.

Every edge that two consecutive versions do not share, with the unit borders that it meets, bounds the faces. What a
face was in each version follows from how the edges wind round a point inside it. Then every question is a look-up.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.geo import arrangement, edges
from frontgis.geo.area import areas_km2
from frontgis.geo.arrangement import Neighbours, Sides
from frontgis.geo.edges import EdgeSet
from frontgis.history import grid
from frontgis.history.division import Division
from frontgis.history.later import Later
from frontgis.model import HELD, PRECEDENCE, AsOf, Region, Side, Snapshot, Status

Shapes: TypeAlias = NDArray[np.object_]
Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.uint8]

CODES: Final[tuple[Status, ...]] = (*PRECEDENCE, Status.UNMAPPED)
"""A status is kept as its place here: where two would hold, the lesser goes first; the last is no status."""

_UNMAPPED: Final = len(CODES) - 1
_CHUNK: Final = 4_000

Edges: TypeAlias = dict[Status, EdgeSet]
Courses: TypeAlias = dict[Status, edges.Course]


def held(side: Side) -> NDArray[np.bool_]:
    """Return for each code whether the side holds it."""
    return np.array([status in HELD[side] for status in CODES])


@dataclass(frozen=True, slots=True)
class Steps:
    """Hold what a side gained and lost from one version to the next: a row a version and unit that has any."""

    version: Numbers
    unit: Numbers
    gained: Floats
    lost: Floats


@dataclass(frozen=True)
class Composite:
    """Hold the faces of all change and the code of each in every version (versions × faces).

    `unit` is a column of the division's ids; `first` and `deltas` are the edges of the first version and what each
    further one changes of them, `last` those of the last; `base` holds the km² of each unit and code in the first
    version on the grid; `steps` are those of each side where they are known.
    """

    division: Division
    as_of: tuple[AsOf, ...]
    km2: Floats
    unit: Numbers
    code: Codes
    base: Floats
    sides: Sides
    geometry: Later[Shapes] = Later()
    first: Later[Edges] = Later()
    deltas: Later[tuple[Edges, ...]] = Later()
    last: Later[Edges] = Later()
    steps: Later[Mapping[Side, Steps] | None] = Later()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the units, then `sea` and `outside`."""
        return self.division.ids

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the units, then those of `sea` and `outside`."""
        return self.division.names

    @cached_property
    def flips(self) -> tuple[Numbers, Numbers]:
        """Return (version, face) of every flip in order of versions: the face differs from the version before."""
        version, face = np.nonzero(self.code[1:] != self.code[:-1])
        return version + 1, face

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Return an index of the faces."""
        return shapely.STRtree(self.geometry)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Return which faces share a side."""
        return arrangement.neighbours(self.sides, len(self.km2))

    def edges_at(self, version: int) -> Edges:
        """Return the edges of a version, by its position."""
        return summed([self.first, *self.deltas[1 : version + 1]])

    def on(self, version: int) -> dict[Status, BaseGeometry]:
        """Return the ground of each status in a version, on the grid."""
        return {status: edges.polygons(edge) for status, edge in sorted(self.edges_at(version).items())}


def edges_of(snapshot: Snapshot) -> Edges:
    """Return the boundary edges of a snapshot by status."""
    return _along(_courses(snapshot))


def _courses(snapshot: Snapshot) -> Courses:
    return {status: grid.course_of(snapshot, status) for status in {region.status for region in snapshot.regions}}


def _along(drawn: Courses) -> Edges:
    return {status: edges.along(course) for status, course in drawn.items()}


def build(snapshots: Iterable[Snapshot], division: Division) -> Composite:
    """Return the composite of snapshots in order of their as-of dates, cut by units."""
    as_of, first, deltas, last = _read(snapshots)
    with ThreadPoolExecutor(1) as beside:  # both are GEOS' work, outside the interpreter's lock
        base = beside.submit(base_of, first, division)
        geometry = _faces(deltas, division)
    points = arrangement.inside(geometry)
    code = codes(points, first, deltas)
    kept = (code[1:] != code[:-1]).any(axis=0)
    geometry, points, code = geometry[kept], points[kept], np.ascontiguousarray(code[:, kept])
    return Composite(
        division=division,
        as_of=tuple(as_of),
        first=first,
        deltas=tuple(deltas),
        last=last,
        geometry=geometry,
        km2=areas_km2(geometry),
        unit=division.places(points),
        code=code,
        base=base.result(),
        sides=arrangement.sides(geometry),
        steps=None,
    )


def _read(snapshots: Iterable[Snapshot]) -> tuple[list[AsOf], Edges, list[Edges], Edges]:
    as_of: list[AsOf] = []
    deltas: list[Edges] = []
    before: Courses | None = None
    first: Edges = {}
    known: tuple[Region, ...] | None = None
    for snapshot in snapshots:
        as_of.append(snapshot.as_of)
        if snapshot.regions == known:
            deltas.append({})
            continue
        known, after = snapshot.regions, _courses(snapshot)
        if before is None:
            first = _along(after)
        deltas.append(_between(before, after) if before is not None else {})
        before = after
    return as_of, first, deltas, _along(before or {})


def _between(before: Courses, after: Courses) -> Edges:
    """Return what `delta` does, of boundaries as they are drawn: what two draw alike is left unsorted."""
    none = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    found = {status: edges.between(before.get(status, none), after.get(status, none)) for status in before | after}
    return {status: edge for status, edge in found.items() if len(edge)}


def summed(parts: Sequence[Edges]) -> Edges:
    """Return the edges of a version by status: those of the first and all changes up to it, added."""
    statuses = {status for part in parts for status in part}
    found = {status: edges.total([part[status] for part in parts if status in part]) for status in statuses}
    return {status: edge for status, edge in found.items() if len(edge)}


def delta(before: Edges, after: Edges) -> Edges:
    """Return by status the edges that make one version of another."""
    none = edges.total([])
    found = {status: edges.difference(before.get(status, none), after.get(status, none)) for status in before | after}
    return {status: edge for status, edge in found.items() if len(edge)}


def _faces(deltas: Sequence[Edges], division: Division) -> Shapes:
    """Return the faces between all lines of change, those that a unit border meets cut along it."""
    whole = arrangement.faces(lines_of(deltas))
    cut, border = division.border_tree.query(whole, predicate="intersects")
    cut = np.unique(cut)
    lines = [arrangement.borders(whole[cut]), division.borders[np.unique(border)]] if len(cut) else []
    parts = arrangement.faces(np.concatenate([np.zeros(0, dtype=object), *lines]))
    within, _ = shapely.STRtree(whole[cut]).query(shapely.point_on_surface(parts), predicate="within")
    return np.concatenate([np.delete(whole, cut), parts[np.unique(within)]])


def lines_of(deltas: Iterable[Edges]) -> Shapes:
    """Return the segments of all that changes, each once."""
    low, high = edges.ends([edge for changed in deltas for edge in changed.values()])
    return arrangement.segments(edges.unpack(low), edges.unpack(high))


def borders_in(ground: Shapes, division: Division) -> Shapes:
    """Return the border segments that meet any of the given polygons."""
    met = np.unique(division.border_tree.query(ground, predicate="intersects")[1])
    return np.asarray(division.borders[met], dtype=object)


def code_at(points: Floats, version: Edges) -> Codes:
    """Return the code of each point (n × 2) in the version that has these edges."""
    code = np.full(len(points), _UNMAPPED, dtype=np.uint8)
    tree = edges.tree(points)
    for status in reversed(PRECEDENCE):
        if status in version:
            code[edges.winding(points, version[status], tree) > 0] = PRECEDENCE.index(status)
    return code


def codes(points: Floats, first: Edges, deltas: Sequence[Edges]) -> Codes:
    """Return the code of each point (n × 2) in every version (versions × points), by how its edges wind round it."""
    statuses = [status for status in PRECEDENCE if any(status in edge for edge in (first, *deltas))]
    code = np.full((len(deltas), len(points)), _UNMAPPED, dtype=np.uint8)
    tree = edges.tree(points)
    for status in reversed(statuses):
        turns = np.zeros((len(deltas), len(points)), dtype=np.int16)
        turns[0] = edges.winding(points, first.get(status, edges.total([])), tree)
        _turn(turns, points, tree, [changed.get(status) for changed in deltas])
        np.cumsum(turns, axis=0, dtype=np.int16, out=turns)
        code[turns > 0] = PRECEDENCE.index(status)
    return code


def _turn(turns: NDArray[np.int16], points: Floats, tree: shapely.STRtree, deltas: Sequence[EdgeSet | None]) -> None:
    """Add what each version's edges change of the winding, all versions at once."""
    some = [(version, edge) for version, edge in enumerate(deltas) if edge is not None]
    if not some:
        return
    start, end = (np.concatenate([getattr(edge, name) for _, edge in some]) for name in ("start", "end"))
    count = np.concatenate([edge.count for _, edge in some])
    version = np.concatenate([np.full(len(edge), number) for number, edge in some])
    for chunk in range(0, len(count), _CHUNK):
        part = slice(chunk, chunk + _CHUNK)
        point, which = edges.near(tree, start[part], end[part])
        crossed = edges.crossings(points[point], start[part][which], end[part][which], count[part][which])
        np.add.at(turns, (version[part][which], point), crossed.astype(np.int16))


def base_of(first: Edges, division: Division) -> Floats:
    """Return km² by unit and code of the first version on the grid."""
    base = np.zeros((len(division.ids), len(CODES)))
    for status, edge in first.items():
        ground = np.array([edges.polygons(edge)], dtype=object)
        base[:, CODES.index(status)] = division.shares(ground)[0]
    return base
