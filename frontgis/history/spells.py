"""Spells: from when to when ground had a status, as intervals between versions."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontgis.geo import edges
from frontgis.history.composite import Codes, Composite, code_at

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
    face, point = edges.tree(points).query(composite.geometry, predicate="intersects")
    code[:, point] = composite.code[:, face]
    return code


def in_version(composite: Composite, points: Floats, version: Numbers) -> tuple[Codes, Numbers]:
    """Return the code of each point (n × 2, lon/lat) in its own version, and the first version since when."""
    code, since = code_at(points, composite.first), np.zeros(len(points), dtype=np.int64)
    face, point = edges.tree(points).query(composite.geometry, predicate="intersects")
    code[point] = composite.code[version[point], face]
    met, place = np.unique(face, return_inverse=True)
    history = composite.code[:, met]
    turned = np.zeros(history.shape, dtype=np.int32)
    turned[1:] = np.where(history[1:] != history[:-1], np.arange(1, len(history))[:, None], 0)
    since[point] = np.maximum.accumulate(turned, axis=0)[version[point], place]
    return code, since


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
