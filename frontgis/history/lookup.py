"""Questions to a composite, each a look-up in its table of faces: change, transitions, series, spells."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontgis.history.change import Change, Moved
from frontgis.history.changed import Changed, changed, parts, pieces
from frontgis.history.composite import CODES, Composite, Steps, held
from frontgis.history.moments import Dated
from frontgis.model import Side

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_N: Final = len(CODES)
_SOME: Final = 1e-6
"""Sums of km² smaller than this are what rounding leaves of nothing."""


def moved(composite: Composite, a: int, b: int) -> Moved:
    """Return what passed between versions a and b (positions in `as_of`)."""
    return _moved(composite, changed(composite, a, b))


def compare(composite: Composite, before: Dated, after: Dated, *, side: Side) -> Change:
    """Return the change between two versions of a composite, by its units; pieces are joined when asked for.

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> told = History.of(growing(37.4, 37.5, 37.45)).compare("first", "latest")
    >>> [(row.before.value, row.after.value, round(row.km2)) for row in told.table()]
    [('contested', 'occupied', 206), ('unmapped', 'contested', 206)]
    """
    found = changed(composite, *(composite.as_of.index(version.as_of) for version in (before, after)))
    return Change(before, after, side, _moved(composite, found), composite.division, lambda: pieces(composite, found))


def _moved(composite: Composite, found: Changed) -> Moved:
    cell = (composite.unit[found.face], found.before, found.after)
    real, noise = (np.zeros((len(composite.ids), _N, _N)) for _ in range(2))
    for km2, chosen in ((real, ~found.thin), (noise, found.thin)):
        np.add.at(km2, tuple(place[chosen] for place in cell), composite.km2[found.face[chosen]])
    return Moved(composite.ids, composite.names, real, noise)


@dataclass(frozen=True)
class Series:
    """Hold km² through time (versions × units × codes), and what a side gained and lost at each step."""

    composite: Composite
    km2: Floats
    gained: Floats
    lost: Floats


def areas(composite: Composite) -> Floats:
    """Return km² by version, unit and code: those of the first version, and what every flip adds and takes.

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> from frontgis.model import Status
    >>> km2 = areas(History.of(growing(37.4, 37.5, 37.45)).composite())
    >>> km2[:, :, CODES.index(Status.OCCUPIED)].sum(axis=1).round()
    array([1652., 2064., 1858.])
    """
    version, face = composite.flips
    step = np.zeros((len(composite.as_of), len(composite.ids), _N))
    for code, sign in ((composite.code[version, face], 1), (composite.code[version - 1, face], -1)):
        np.add.at(step, (version, composite.unit[face], code), sign * composite.km2[face])
    step[0] = composite.base
    summed = np.cumsum(step, axis=0)
    summed[np.abs(summed) < _SOME] = 0.0
    return summed


def series(composite: Composite, *, side: Side = Side.RU) -> Series:
    """Return km² by version, unit and code, with gained and lost by version and unit (NaN in the first).

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> told = series(History.of(growing(37.4, 37.5, 37.45)).composite())
    >>> told.gained.sum(axis=1).round(), told.lost.sum(axis=1).round()
    (array([ nan, 413.,   0.]), array([ nan,   0., 206.]))
    """
    version, face = composite.flips
    before, after = composite.code[version - 1, face], composite.code[version, face]
    versions, units = len(composite.as_of), len(composite.ids)
    _, thin = parts(composite, version, face, before.astype(np.int64) * _N + after)
    mine = held(side)
    come, went = mine[after] & ~mine[before] & ~thin, mine[before] & ~mine[after] & ~thin
    flow = [np.zeros((versions, units)) for _ in range(2)]
    for total, chosen in zip(flow, (come, went), strict=True):
        np.add.at(total, (version[chosen], composite.unit[face[chosen]]), composite.km2[face[chosen]])
        total[0] = np.nan
    return Series(composite, areas(composite), flow[0], flow[1])


def steps(composite: Composite, *, side: Side = Side.RU) -> Steps:
    """Return what a side gained and lost from one version to the next, by unit."""
    if composite.steps is not None:
        return composite.steps[side]
    found = series(composite, side=side)
    version, unit = np.nonzero(np.nan_to_num(found.gained) + np.nan_to_num(found.lost))
    return Steps(version, unit, found.gained[version, unit], found.lost[version, unit])


@dataclass(frozen=True)
class Spells:
    """Hold stretches of versions in which a face keeps its status: `first` to `last`, face after face."""

    face: Numbers
    first: Numbers
    last: Numbers


def spells(composite: Composite) -> Spells:
    """Return the spells of every face, in order of face and time."""
    version, face = composite.flips
    faces, versions = composite.code.shape[1], len(composite.as_of)
    every = np.concatenate([np.arange(faces), face])
    first = np.concatenate([np.zeros(faces, dtype=np.int64), version])
    order = np.lexsort((first, every))
    every, first = every[order], first[order]
    last = np.append(first[1:], 0) - 1
    return Spells(every, first, np.where(last < first, versions - 1, last))
