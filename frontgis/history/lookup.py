"""Questions to a composite, each a look-up in its table of faces: change, transitions, series, spells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontgis.geo.arrangement import components
from frontgis.geo.polygons import THIN_M
from frontgis.history.change import ChangeRow
from frontgis.history.composite import CODES, Composite
from frontgis.model import HELD, Side

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_N: Final = len(CODES)


def held(side: Side) -> NDArray[np.bool_]:
    """Return for each code whether the side holds it."""
    return np.array([status in HELD[side] for status in CODES])


@dataclass(frozen=True)
class Moved:
    """Hold the km² that passed between two versions: units × before × after, and what of it is only noise."""

    composite: Composite
    real: Floats
    noise: Floats

    def gains(self, side: Side) -> Floats:
        """Return the km² held after and not before, by unit."""
        mine = held(side)
        found: Floats = self.real[:, ~mine][:, :, mine].sum(axis=(1, 2))
        return found

    def losses(self, side: Side) -> Floats:
        """Return the km² held before and not after, by unit."""
        mine = held(side)
        found: Floats = self.real[:, mine][:, :, ~mine].sum(axis=(1, 2))
        return found

    def gained(self, side: Side) -> float:
        """Return the km² held after and not before."""
        return float(self.gains(side).sum())

    def lost(self, side: Side) -> float:
        """Return the km² held before and not after."""
        return float(self.losses(side).sum())

    def rows(self) -> Iterator[ChangeRow]:
        """Yield the transition table by unit, in the order of the units."""
        for unit, before, after in np.argwhere(self.real + self.noise > 0):
            real, noise = float(self.real[unit, before, after]), float(self.noise[unit, before, after])
            name = self.composite.names[unit]
            yield ChangeRow(self.composite.ids[unit], name, CODES[before], CODES[after], real, noise)


def moved(composite: Composite, a: int, b: int) -> Moved:
    """Return what passed between versions a and b (positions in `as_of`)."""
    before, after = composite.code[a], composite.code[b]
    face = np.flatnonzero(before != after)
    kind = before[face].astype(np.int64) * _N + after[face]
    thin = thin_parts(composite, np.zeros_like(face), face, kind)
    cell = composite.unit[face] * _N * _N + kind
    shape = (len(composite.ids), _N, _N)
    real, noise = (np.zeros(shape) for _ in range(2))
    np.add.at(real.ravel(), cell[~thin], composite.km2[face[~thin]])
    np.add.at(noise.ravel(), cell[thin], composite.km2[face[thin]])
    return Moved(composite, real, noise)


def thin_parts(composite: Composite, group: Numbers, face: Numbers, kind: Numbers) -> NDArray[np.bool_]:
    """Tell which changed faces belong to a connected part of one group and kind that is thinner than 0.1 m."""
    count, faces = len(face), len(composite.km2)
    sort = group * _N * _N + kind
    key = sort * faces + face
    order = np.argsort(key)
    owner, other, length = composite.neighbours.of(face)
    wanted = sort[owner] * faces + other
    place = np.minimum(np.searchsorted(key, wanted, sorter=order), count - 1)
    met = key[order[place]] == wanted if count else np.zeros(0, dtype=bool)
    part = components(count, np.column_stack([owner[met], order[place[met]]]))
    rim = composite.neighbours.perimeter_m[face] - np.bincount(owner[met], length[met], minlength=count)
    perimeter = np.bincount(part, rim, minlength=count)
    area = np.bincount(part, composite.km2[face] * 1e6, minlength=count)
    thin: NDArray[np.bool_] = 2 * area[part] < THIN_M * perimeter[part]
    return thin


@dataclass(frozen=True)
class Series:
    """Hold km² through time (versions × units × codes), and what a side gained and lost at each step."""

    composite: Composite
    km2: Floats
    gained: Floats
    lost: Floats


def series(composite: Composite, *, side: Side = Side.RU) -> Series:
    """Return km² by version, unit and code, with gained and lost by version and unit (NaN in the first)."""
    version, face = composite.flips
    before, after = composite.code[version - 1, face], composite.code[version, face]
    versions, units = len(composite.as_of), len(composite.ids)
    step = np.zeros((versions, units, _N))
    np.add.at(step, (version, composite.unit[face], after), composite.km2[face])
    np.add.at(step, (version, composite.unit[face], before), -composite.km2[face])
    step[0] = composite.base
    thin = thin_parts(composite, version, face, before.astype(np.int64) * _N + after)
    mine = held(side)
    come, went = mine[after] & ~mine[before] & ~thin, mine[before] & ~mine[after] & ~thin
    flow = [np.zeros((versions, units)) for _ in range(2)]
    for total, chosen in zip(flow, (come, went), strict=True):
        np.add.at(total, (version[chosen], composite.unit[face[chosen]]), composite.km2[face[chosen]])
        total[0] = np.nan
    return Series(composite, np.cumsum(step, axis=0), flow[0], flow[1])


Steps: TypeAlias = tuple[Numbers, Floats, Floats]
"""Version, km² gained and km² lost, one of each unit and step that has any."""


def steps(composite: Composite, *, side: Side = Side.RU) -> Steps:
    """Return what a side gained and lost in every unit at every step."""
    return steps_by_unit(composite, side=side)[:3]


def steps_by_unit(composite: Composite, *, side: Side = Side.RU) -> tuple[Numbers, Floats, Floats, Numbers]:
    """Return the steps with a column more, the unit (a place in `ids`)."""
    found = series(composite, side=side)
    version, unit = np.nonzero(np.nan_to_num(found.gained + found.lost))
    return version, found.gained[version, unit], found.lost[version, unit], unit


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
