"""The space-time composite: all that ever changed, noded once into faces, each with its flips.

Every edge that two consecutive versions do not share, with the unit borders that it meets, bounds the faces. What a
face was in each version follows from how the edges wind round a point inside it. Then every question is a look-up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.geo import arrangement, edges
from frontgis.geo.area import areas_km2
from frontgis.geo.arrangement import Sides
from frontgis.geo.edges import EdgeSet
from frontgis.history.division import Division
from frontgis.model import PRECEDENCE, AsOf, Snapshot, Status

Shapes: TypeAlias = NDArray[np.object_]
Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

CODES: Final[tuple[Status, ...]] = (*PRECEDENCE, Status.UNMAPPED)
"""A status is kept as its place here: where two would hold, the lesser goes first; the last is no status."""

_UNMAPPED: Final = len(CODES) - 1
_CHUNK: Final = 4_000

Edges: TypeAlias = dict[Status, EdgeSet]


@dataclass(frozen=True)
class Composite:
    """Hold the faces of all change and the code of each in every version (versions × faces).

    `unit` is a column of the division's ids; `base` holds the km² of each unit and code in the first version;
    `last` are the edges of the last version, from which another can be appended.
    """

    as_of: tuple[AsOf, ...]
    geometry: Shapes
    km2: Floats
    unit: Numbers
    code: NDArray[np.uint8]
    base: Floats
    sides: Sides
    ids: tuple[str, ...]
    names: tuple[str, ...]

    @cached_property
    def flips(self) -> tuple[Numbers, Numbers]:
        """Return (version, face) of every flip, in order of versions: the face differs there from the version before."""
        version, face = np.nonzero(self.code[1:] != self.code[:-1])
        return version + 1, face


def edges_of(snapshot: Snapshot) -> Edges:
    """Return the boundary edges of a snapshot by status."""
    found = {}
    for status in {region.status for region in snapshot.regions}:
        shapes = [region.geometry for region in snapshot.regions if region.status is status]
        found[status] = edges.of(shapely.GeometryCollection(shapes))
    return found


def build(snapshots: Iterable[Snapshot], division: Division) -> Composite:
    """Return the composite of snapshots in order of their as-of dates, cut by units."""
    as_of, first, deltas = _read(snapshots)
    geometry = _faces(deltas, division)
    points = arrangement.inside(geometry)
    code = _codes(points, first, deltas)
    kept = (code[1:] != code[:-1]).any(axis=0)
    geometry, points, code = geometry[kept], points[kept], np.ascontiguousarray(code[:, kept])
    return Composite(
        as_of=tuple(as_of),
        geometry=geometry,
        km2=areas_km2(geometry),
        unit=division.places(points),
        code=code,
        base=_base(first, division),
        sides=arrangement.sides(geometry),
        ids=division.ids,
        names=division.names,
    )


def _read(snapshots: Iterable[Snapshot]) -> tuple[list[AsOf], Edges, list[Edges]]:
    as_of: list[AsOf] = []
    deltas: list[Edges] = []
    first: Edges = {}
    before: Edges = {}
    known = ""
    for snapshot in snapshots:
        as_of.append(snapshot.as_of)
        if snapshot.geometry_hash == known:
            deltas.append({})
            continue
        known, after = snapshot.geometry_hash, edges_of(snapshot)
        if len(as_of) == 1:
            first = after
        deltas.append(_delta(before, after) if len(as_of) > 1 else {})
        before = after
    return as_of, first, deltas


def _delta(before: Edges, after: Edges) -> Edges:
    none = edges.empty()
    found = {
        status: edges.difference(before.get(status, none), after.get(status, none)) for status in before | after
    }
    return {status: edge for status, edge in found.items() if len(edge)}


def _faces(deltas: Sequence[Edges], division: Division) -> Shapes:
    every = [edge for delta in deltas for edge in delta.values()]
    if not every:
        return np.zeros(0, dtype=object)
    ends = np.unique(np.concatenate([np.stack([edge.low, edge.high], axis=1) for edge in every]), axis=0)
    lines = arrangement.segments(edges.unpack(ends[:, 0]), edges.unpack(ends[:, 1]))
    whole = arrangement.faces(lines)
    met = np.unique(division.border_tree.query(whole, predicate="intersects")[1])
    return arrangement.faces(np.concatenate([lines, division.borders[met]]))


def _codes(points: Floats, first: Edges, deltas: Sequence[Edges]) -> NDArray[np.uint8]:
    statuses = [status for status in PRECEDENCE if any(status in edge for edge in (first, *deltas))]
    code = np.full((len(deltas), len(points)), _UNMAPPED, dtype=np.uint8)
    for status in reversed(statuses):
        turns = np.zeros((len(deltas), len(points)), dtype=np.int16)
        turns[0] = edges.winding(points, first.get(status, edges.empty()))
        _turn(turns, points, [delta.get(status) for delta in deltas])
        code[np.cumsum(turns, axis=0) > 0] = PRECEDENCE.index(status)
    return code


def _turn(turns: NDArray[np.int16], points: Floats, deltas: Sequence[EdgeSet | None]) -> None:
    """Add what each version's edges change of the winding, all versions at once."""
    some = [(version, edge) for version, edge in enumerate(deltas) if edge is not None]
    if not some:
        return
    start, end = (np.concatenate([getattr(edge, name) for _, edge in some]) for name in ("start", "end"))
    count = np.concatenate([edge.count for _, edge in some])
    version = np.concatenate([np.full(len(edge), number) for number, edge in some])
    for chunk in range(0, len(count), _CHUNK):
        part = slice(chunk, chunk + _CHUNK)
        point, which = edges.near(points, start[part], end[part])
        crossed = edges.crossings(points[point], start[part][which], end[part][which], count[part][which])
        np.add.at(turns, (version[part][which], point), crossed.astype(np.int16))


def _base(first: Edges, division: Division) -> Floats:
    """Return km² by unit and code of the first version on the grid."""
    base = np.zeros((len(division.ids), len(CODES)))
    for status, edge in first.items():
        ground = np.array([edges.polygons(edge)], dtype=object)
        base[:, CODES.index(status)] = division.shares(ground)[0]
    return base
