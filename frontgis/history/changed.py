"""The faces that differ between two versions, and the connected parts that they make."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.geo.arrangement import components
from frontgis.geo.polygons import THIN_M
from frontgis.history.change import NOTHING_KM2, Piece
from frontgis.history.composite import CODES, Composite

Numbers: TypeAlias = NDArray[np.int64]

_N: Final = len(CODES)
_STRAIGHT_DEG: Final = 1e-10
"""A node this near to the line of its neighbours is where other versions' lines meet it: no corner of this ground."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Hold the faces that differ between two versions: from which code to which, and of which connected part.

    A part is of one pair of codes; `thin` where it is thinner than 0.1 m, and so only noise.
    """

    face: Numbers
    before: Numbers
    after: Numbers
    part: Numbers
    thin: NDArray[np.bool_]


def changed(composite: Composite, a: int, b: int) -> Changed:
    """Return the faces that differ between versions a and b (positions in `as_of`)."""
    face = np.flatnonzero(composite.code[a] != composite.code[b])
    before, after = (composite.code[version, face].astype(np.int64) for version in (a, b))
    part, thin = parts(composite, np.zeros_like(face), face, before * _N + after)
    return Changed(face, before, after, part, thin)


def parts(composite: Composite, group: Numbers, face: Numbers, kind: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return the connected part, of one group and kind, of each changed face, and whether that is thinner than 0.1 m.

    Faces come in order of group and number.
    """
    count, faces = len(face), len(composite.km2)
    key = group * faces + face
    owner, other, length = composite.neighbours.of(face)
    wanted = group[owner] * faces + other
    place = np.minimum(np.searchsorted(key, wanted), count - 1)
    met = (key[place] == wanted) & (kind[place] == kind[owner]) if count else np.zeros(0, dtype=bool)
    part = components(count, np.column_stack([owner[met], place[met]]))
    rim = composite.neighbours.perimeter_m[face] - np.bincount(owner[met], length[met], minlength=count)
    perimeter = np.bincount(part, rim, minlength=count)
    area = np.bincount(part, composite.km2[face] * 1e6, minlength=count)
    thin: NDArray[np.bool_] = 2 * area[part] < THIN_M * perimeter[part]
    return part, thin


def pieces(composite: Composite, found: Changed) -> tuple[Piece, ...]:
    """Return the connected parts as polygons, in order of their codes and places."""
    km2 = np.bincount(found.part, composite.km2[found.face], minlength=len(found.part))
    order = np.argsort(found.part, kind="stable")
    order = order[km2[found.part[order]] > NOTHING_KM2]
    first, start = np.unique(found.part[order], return_index=True)
    groups = np.split(composite.geometry[found.face[order]], start[1:]) if len(first) else []
    shapes = np.array([_joined(faces) for faces in groups], dtype=object)
    drawn = shapely.normalize(shapely.simplify(shapes, _STRAIGHT_DEG))
    made = [
        Piece(CODES[found.before[row]], CODES[found.after[row]], shape, float(km2[row]), bool(found.thin[row]))
        for row, shape in zip(first, drawn, strict=True)
    ]
    return tuple(sorted(made, key=lambda piece: (piece.before, piece.after, piece.geometry.bounds)))


def _joined(faces: NDArray[np.object_]) -> BaseGeometry:
    """Return the union of faces; where one is a hair that rounding left, they are no coverage."""
    try:
        return shapely.coverage_union_all(faces)
    except shapely.errors.GEOSException:
        return shapely.union_all(faces)
