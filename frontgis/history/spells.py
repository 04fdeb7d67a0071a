"""Spells: from when to when ground had a status, as intervals between versions."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.geo import edges
from frontgis.history.composite import Codes, Composite, code_at, codes

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spells:
    """Hold spells row by row: whose it is, the first and the last version with the code; in order of both.

    A spell began after version `first` − 1 and by `first`, and ended after `last` and by `last` + 1.
    """

    owner: Numbers
    first: Numbers
    last: Numbers
    code: Codes


def at(composite: Composite, points: Floats) -> Codes:
    """Return the code of each point (n × 2, lon/lat) in every version (versions × points)."""
    code = np.tile(code_at(points, composite.first), (len(composite.as_of), 1))
    face, point, rim = _faces(composite, points)
    code[:, point] = composite.code[:, face]
    code[:, rim] = codes(points[rim], composite.first, composite.deltas)
    return code


def in_version(composite: Composite, points: Floats, version: Numbers) -> tuple[Codes, Numbers]:
    """Return the code of each point (n × 2, lon/lat) in its own version, and the first version since when."""
    code, since = code_at(points, composite.first), np.zeros(len(points), dtype=np.int64)
    face, point, rim = _faces(composite, points)
    met, place = np.unique(face, return_inverse=True)
    for some, history, column in (
        (point, composite.code[:, met], place),
        (rim, codes(points[rim], composite.first, composite.deltas), np.arange(len(rim))),
    ):
        code[some] = history[version[some], column]
        since[some] = _since(history)[version[some], column]
    return code, since


def _faces(composite: Composite, points: Floats) -> tuple[Numbers, Numbers, Numbers]:
    """Return the (face, point) pairs of points inside faces, and the points that lie on the rim of one."""
    tree = edges.tree(points)
    face, point = tree.query(composite.geometry, predicate="intersects")
    inside = shapely.contains_properly(composite.geometry[face], tree.geometries[point])
    return face[inside], point[inside], np.unique(point[~inside])


def _since(code: Codes) -> Numbers:
    """Return for every version the first one since which each column has had its code."""
    turned = np.zeros(code.shape, dtype=np.int64)
    turned[1:] = np.where(code[1:] != code[:-1], np.arange(1, len(code))[:, None], 0)
    return np.asarray(np.maximum.accumulate(turned, axis=0))


def of(code: Codes) -> Spells:
    """Return the spells of columns of codes (versions × owners).

    >>> found = of(np.array([[1, 0], [1, 0], [2, 0]], dtype=np.uint8))
    >>> list(zip(found.owner.tolist(), found.first.tolist(), found.last.tolist(), found.code.tolist()))
    [(0, 0, 1, 1), (0, 2, 2, 2), (1, 0, 2, 0)]
    """
    begins = np.ones_like(code, dtype=bool)
    begins[1:] = code[1:] != code[:-1]
    owner, first = np.nonzero(begins.T)
    last = np.append(first[1:] - 1, len(code) - 1)
    last[np.append(owner[1:] != owner[:-1], True)] = len(code) - 1
    return Spells(owner, first, last, code[first, owner])
