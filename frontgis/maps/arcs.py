"""A history's ground as arcs: every line that ever parted two statuses, each once, with what lies on either side."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.geo import arrangement, edges
from frontgis.history.composite import CODES, Composite, code_at
from frontgis.history.front import Setting, without_slits
from frontgis.model import HELD, Side, Status

Shapes: TypeAlias = NDArray[np.object_]
Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_EDGE_M: Final = 1.0
_UNMAPPED: Final = CODES.index(Status.UNMAPPED)

SEA, ABROAD, STATE, RIVER = 1, 2, 4, 8
"""What an arc lies near to, added up: the sea, foreign land, the state (1 km), a dividing river (5 km).

The rim of a lasting slit within held ground counts as near the sea: it is no front either."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Hold chains of lon/lat positions; arc n is `points[start[n]:start[n + 1]]`.

    `left` and `right` name the ground beside an arc: a face of the composite, or −1 − code for ground that always had
    that code. `near` is what lies close by.
    """

    points: Floats
    start: Numbers
    left: Numbers
    right: Numbers
    near: Numbers

    def __len__(self) -> int:
        return len(self.left)


def arcs(composite: Composite, setting: Setting) -> Arcs:
    """Return the arcs of a composite's faces and of its first version's ground, seen in a setting."""
    parts = _parts(composite)
    begin, end, left, right = _segments(parts, _labels(parts, composite))
    near = _near((begin + end) / 2, setting)
    near[_rims(composite, (begin + end) / 2, setting) & (left < 0) & (right < 0)] |= SEA
    return _chained(begin, end, np.column_stack([left, right, near]))


def _parts(composite: Composite) -> Shapes:
    """Return the faces, and the parts of all other ground that the first version's lines make."""
    low, high = edges.ends(list(composite.first.values()))
    lasting = arrangement.segments(edges.unpack(low), edges.unpack(high))
    return arrangement.faces(np.concatenate([arrangement.borders(composite.geometry), lasting]))


def _labels(parts: Shapes, composite: Composite) -> Numbers:
    inside = arrangement.inside(parts)
    label = -1 - code_at(inside, composite.first).astype(np.int64)
    which, face = composite.tree.query(np.asarray(shapely.points(inside), dtype=object), predicate="within")
    label[which] = face
    return label


def _segments(parts: Shapes, label: Numbers) -> tuple[Floats, Floats, Numbers, Numbers]:
    """Return where each segment between two labels begins and ends, and what lies left and right of it."""
    rings, part = shapely.get_rings(shapely.orient_polygons(parts, exterior_cw=False), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    begin, end, left = points[:-1][follows], points[1:][follows], label[part[ring[:-1][follows]]]
    lesser = (begin[:, 0] < end[:, 0]) | ((begin[:, 0] == end[:, 0]) & (begin[:, 1] < end[:, 1]))
    low, high = np.where(lesser[:, None], begin, end), np.where(lesser[:, None], end, begin)
    _, first, which = np.unique(np.hstack([low, high]), axis=0, return_index=True, return_inverse=True)
    sides = np.full((len(first), 2), -1 - _UNMAPPED, dtype=np.int64)
    sides[which.ravel(), np.where(lesser, 0, 1)] = left
    sides, low, high = (rows[sides[:, 0] != sides[:, 1]] for rows in (sides, low[first], high[first]))
    back = (sides[:, 0] > sides[:, 1])[:, None]
    begin, end = np.where(back, high, low), np.where(back, low, high)
    return begin, end, sides.min(axis=1), sides.max(axis=1)


def _near(middle: Floats, setting: Setting) -> Numbers:
    points = setting.plane.project_all(np.asarray(shapely.points(middle), dtype=object))
    found = np.zeros(len(middle), dtype=np.int64)
    zones = {SEA: setting.near_sea, ABROAD: setting.near_abroad, STATE: setting.near_state, RIVER: setting.near_rivers}
    for bit, zone in zones.items():
        shapely.prepare(zone)
        found[shapely.contains(zone, points)] += bit
    return found


def _rims(composite: Composite, middle: Floats, setting: Setting) -> NDArray[np.bool_]:
    """Tell which positions lie within the first version's held ground once its slits are filled: on no front."""
    parts = [shape for status, shape in composite.on(0).items() if status in HELD[Side.RU]]
    if not parts:
        return np.zeros(len(middle), dtype=bool)
    ground = without_slits(setting.plane.project(shapely.union_all(parts))).buffer(-_EDGE_M)
    shapely.prepare(ground)
    return np.asarray(
        shapely.contains(ground, setting.plane.project_all(np.asarray(shapely.points(middle), dtype=object)))
    )


def _chained(begin: Floats, end: Floats, beside: Numbers) -> Arcs:
    """Join segments that follow each other between the same grounds."""
    nodes, place = np.unique(np.concatenate([begin, end]), axis=0, return_inverse=True)
    ends = place.ravel().reshape(2, -1)
    chains = _walks(_following(ends, beside, len(nodes)))
    paths = [np.append(ends[0, chain], ends[1, chain[-1]]) for chain in chains]
    none = np.zeros(0, dtype=np.int64)
    start = np.cumsum([0, *(len(path) for path in paths)])
    left, right, near = beside[np.array([chain[0] for chain in chains], dtype=np.int64)].T
    return Arcs(nodes[np.concatenate([none, *paths])], start, left, right, near)


def _following(ends: Numbers, beside: Numbers, nodes: int) -> Numbers:
    """Return for each segment the only one that goes on from its end between the same grounds, −1 for none."""
    _, kind = np.unique(beside, axis=0, return_inverse=True)
    tail, head = (kind.ravel() * nodes + end for end in ends)
    order = np.argsort(tail, kind="stable")
    first, last = (np.searchsorted(tail[order], head, side=side) for side in ("left", "right"))
    arriving = np.sort(head)
    alone = (last - first == 1) & (
        np.searchsorted(arriving, head, side="right") - np.searchsorted(arriving, head, side="left") == 1
    )
    return np.where(alone, order[np.minimum(first, len(order) - 1)], -1)


def _walks(following: Numbers) -> list[list[int]]:
    """Return chains of segments: those with a beginning first, then rings."""
    after = following.tolist()
    led = np.zeros(len(after), dtype=bool)
    led[following[following >= 0]] = True
    seen = np.zeros(len(after), dtype=bool)
    chains = []
    for first in [*np.flatnonzero(~led).tolist(), *np.flatnonzero(led).tolist()]:
        chain, at = [], first
        while at >= 0 and not seen[at]:
            seen[at] = True
            chain.append(at)
            at = after[at]
        if chain:
            chains.append(chain)
    return chains
