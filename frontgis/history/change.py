"""What changed between two versions: the full transition table, gains and losses, and noise apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from frontgis.geo.area import areas_km2
from frontgis.geo.polygons import THIN_M, multipolygon, polygons_of, thickness_m
from frontgis.history.composite import CODES, held
from frontgis.history.control import ALL, WHOLE_MAP
from frontgis.history.division import Division
from frontgis.history.later import Later
from frontgis.history.moments import Dated
from frontgis.model import HELD, Side, Snapshot, Status

Floats: TypeAlias = NDArray[np.float64]

NOTHING_KM2: Final = 1e-9
"""Ground no larger than this is a hair that the rounding of nodes left."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one connected part that passed from one status to another; `noise` where it is thinner than 0.1 m."""

    before: Status
    after: Status
    geometry: BaseGeometry
    km2: float
    noise: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Say how many km² of a unit passed from one status to another, and how many more are only noise."""

    unit: str
    name: str
    before: Status
    after: Status
    km2: float
    noise_km2: float


@dataclass(frozen=True)
class Moved:
    """Hold the km² that passed between two versions: units × before × after (codes), and what of it is only noise."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    real: Floats
    noise: Floats

    def gains(self, side: Side) -> Floats:
        """Return the km² held after and not before, by unit."""
        return _gains(self.real, held(side))

    def losses(self, side: Side) -> Floats:
        """Return the km² held before and not after, by unit."""
        return _losses(self.real, held(side))

    def gained(self, side: Side) -> float:
        """Return the km² held after and not before."""
        return float(self.gains(side).sum())

    def lost(self, side: Side) -> float:
        """Return the km² held before and not after."""
        return float(self.losses(side).sum())

    def whole(self) -> "Moved":
        """Return the same of all units together."""
        real, noise = (km2.sum(axis=0, keepdims=True) for km2 in (self.real, self.noise))
        return Moved((ALL,), (WHOLE_MAP,), real, noise)

    def rows(self) -> list[ChangeRow]:
        """Return the transition table: a row a unit, status before and status after, in order."""
        real, noise = (km2[:, _BY_WORD][:, :, _BY_WORD] for km2 in (self.real, self.noise))
        cells = np.nonzero(real + noise > NOTHING_KM2)
        columns = (*(axis.tolist() for axis in cells), real[cells].tolist(), noise[cells].tolist())
        return [
            ChangeRow(self.ids[unit], self.names[unit], _WORDS[before], _WORDS[after], km2, noise_km2)
            for unit, before, after, km2, noise_km2 in zip(*columns, strict=True)
        ]


_BY_WORD: Final = sorted(range(len(CODES)), key=lambda code: CODES[code])
_WORDS: Final = tuple(CODES[code] for code in _BY_WORD)


def _gains(km2: Floats, mine: NDArray[np.bool_]) -> Floats:
    return np.asarray(km2[:, ~mine][:, :, mine].sum(axis=(1, 2)))


def _losses(km2: Floats, mine: NDArray[np.bool_]) -> Floats:
    return np.asarray(km2[:, mine][:, :, ~mine].sum(axis=(1, 2)))


@dataclass(frozen=True)
class Change:
    """Hold everything that differs between two versions, counted for one side (direct comparison A → B).

    `moved` is by the units of `division`, or of the whole map where that is None.
    """

    before: Dated
    after: Dated
    side: Side
    moved: Moved
    division: Division | None
    pieces: Later[tuple[Piece, ...]] = Later()

    def gains(self, piece: Piece) -> bool:
        """Tell whether the side holds this piece after and did not before."""
        held = HELD[self.side]
        return piece.after in held and piece.before not in held

    def losses(self, piece: Piece) -> bool:
        """Tell whether the side held this piece before and does not after."""
        held = HELD[self.side]
        return piece.before in held and piece.after not in held

    @cached_property
    def gained(self) -> MultiPolygon:
        """Return the ground gained, without noise."""
        return _whole(piece for piece in self.pieces if self.gains(piece) and not piece.noise)

    @cached_property
    def lost(self) -> MultiPolygon:
        """Return the ground lost, without noise."""
        return _whole(piece for piece in self.pieces if self.losses(piece) and not piece.noise)

    @property
    def gained_km2(self) -> float:
        """Return Σ km² held after and not before."""
        return self.moved.gained(self.side)

    @property
    def lost_km2(self) -> float:
        """Return Σ km² held before and not after."""
        return self.moved.lost(self.side)

    @property
    def net_km2(self) -> float:
        """Return gained less lost."""
        return self.gained_km2 - self.lost_km2

    @property
    def gained_from_contested_km2(self) -> float:
        """Return the gains that were contested before."""
        return self._gained_from(Status.CONTESTED)

    @property
    def gained_from_unmapped_km2(self) -> float:
        """Return the gains on which the source had no polygon before."""
        return self._gained_from(Status.UNMAPPED)

    @property
    def noise_gained_km2(self) -> float:
        """Return gains thinner than 0.1 m."""
        return float(_gains(self.moved.noise, held(self.side)).sum())

    @property
    def noise_lost_km2(self) -> float:
        """Return losses thinner than 0.1 m."""
        return float(_losses(self.moved.noise, held(self.side)).sum())

    @property
    def span_days(self) -> int:
        """Return the days between the two as-of dates."""
        return (self.after.as_of.date - self.before.as_of.date).days

    def _gained_from(self, status: Status) -> float:
        return float(self.moved.real[:, CODES.index(status), held(self.side)].sum())

    def table(self, division: Division | None = None) -> list[ChangeRow]:
        """Return the transition table: km² by unit, status before and status after, in order."""
        if division is None:
            return self.moved.whole().rows()
        return (self.moved if division is self.division else _cut(self.pieces, division)).rows()


def _whole(pieces: Iterable[Piece]) -> MultiPolygon:
    return MultiPolygon([polygon for piece in pieces for polygon in polygons_of(piece.geometry)])


def _cut(pieces: Sequence[Piece], division: Division) -> Moved:
    """Return what passed by units, the pieces cut along their borders."""
    shares = division.shares(np.array([piece.geometry for piece in pieces], dtype=object))
    return _summed(pieces, shares, division.ids, division.names)


def _summed(pieces: Sequence[Piece], km2: Floats, ids: tuple[str, ...], names: tuple[str, ...]) -> Moved:
    """Return what passed from the km² of pieces by unit (pieces × units)."""
    real, noise = (np.zeros((len(ids), len(CODES), len(CODES))) for _ in range(2))
    for piece, shares in zip(pieces, km2, strict=True):
        (noise if piece.noise else real)[:, CODES.index(piece.before), CODES.index(piece.after)] += shares
    return Moved(ids, names, real, noise)


def between(before: Snapshot, after: Snapshot, *, side: Side = Side.RU) -> Change:
    """Return what differs between two snapshots, by direct overlay of their polygons as they stand.

    It knows nothing of a composite, and proves one (`verify`).
    """
    pieces = []
    for status_before, status_after, ground in _transitions(before, after):
        polygons = polygons_of(ground)
        for polygon, km2, width in zip(polygons, areas_km2(polygons), thickness_m(polygons), strict=True):
            pieces.append(Piece(status_before, status_after, polygon, float(km2), bool(width < THIN_M)))
    km2 = np.array([piece.km2 for piece in pieces]).reshape(-1, 1)
    return Change(before, after, side, _summed(pieces, km2, (ALL,), (WHOLE_MAP,)), None, tuple(pieces))


def _transitions(before: Snapshot, after: Snapshot) -> Iterator[tuple[Status, Status, BaseGeometry]]:
    if before.geometry_hash == after.geometry_hash:
        return
    old, new = before.by_status, after.by_status
    left = {status: _less(ground, new.get(status)) for status, ground in old.items()}
    entered = {status: _less(ground, old.get(status)) for status, ground in new.items()}
    for status, ground in left.items():
        rest = ground
        for other, arrived in entered.items():
            if other is not status and not rest.is_empty:
                yield status, other, shapely.intersection(ground, arrived)
                rest = _less(rest, arrived)
        yield status, Status.UNMAPPED, rest
    for status, ground in entered.items():
        rest = ground
        for departed in left.values():
            rest = _less(rest, departed)
        yield Status.UNMAPPED, status, rest


def _less(ground: BaseGeometry, other: BaseGeometry | None) -> BaseGeometry:
    if other is None or ground.is_empty:
        return ground
    return multipolygon(shapely.difference(ground, other))
