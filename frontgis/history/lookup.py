"""Questions to a composite, each a look-up in its table of faces: change, transitions, series, spells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontgis.geo.arrangement import components
from frontgis.geo.polygons import THIN_M
from frontgis.history.change import ChangeRow
from frontgis.history.composite import CODES, Composite, Steps
from frontgis.model import HELD, Side, Status

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_N: Final = len(CODES)
_SOME: Final = 1e-6


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


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """Say how many km² of a unit have a status in a version, and what the side gained and lost since the one before.

    Gained and lost are the unit's, alike in the rows of all its statuses; None in the first version.
    """

    date: str
    unit: str
    status: Status
    km2: float
    gained: float | None
    lost: float | None


def series_rows(found: Series) -> list[SeriesRow]:
    """Return a row a version, unit and status, where the unit ever has that status."""
    whole = found.composite
    shown = [CODES.index(status) for status in CODES if status is not Status.UNMAPPED]
    ever = (found.km2[:, :, shown] > _SOME).any(axis=0)
    rows = []
    for version, unit, code in ((v, u, shown[c]) for v in range(len(whole.as_of)) for u, c in np.argwhere(ever)):
        flow = (None, None) if version == 0 else (float(x[version, unit]) for x in (found.gained, found.lost))
        km2 = max(0.0, float(found.km2[version, unit, code]))
        rows.append(SeriesRow(str(whole.as_of[version]), whole.ids[unit], CODES[code], km2, *flow))
    return rows
