"""What changed between two snapshots: the full transition table, gains and losses, and noise apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from frontgis.geo.area import areas_km2
from frontgis.geo.polygons import THIN_M, multipolygon, polygons_of, thickness_m
from frontgis.history.control import ALL, WHOLE_MAP
from frontgis.history.division import Division
from frontgis.model import HELD, Side, Snapshot, Status


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one connected part that passed from one status to another; `noise` where it is thinner than 0.1 m."""

    before: Status
    after: Status
    geometry: shapely.Polygon
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
class Change:
    """Hold everything that differs between two snapshots, counted for one side (direct comparison A → B)."""

    before: Snapshot
    after: Snapshot
    side: Side
    pieces: tuple[Piece, ...]

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
        return MultiPolygon([piece.geometry for piece in self.pieces if self.gains(piece) and not piece.noise])

    @cached_property
    def lost(self) -> MultiPolygon:
        """Return the ground lost, without noise."""
        return MultiPolygon([piece.geometry for piece in self.pieces if self.losses(piece) and not piece.noise])

    @property
    def gained_km2(self) -> float:
        """Return Σ km² held after and not before."""
        return _sum(piece for piece in self.pieces if self.gains(piece) and not piece.noise)

    @property
    def lost_km2(self) -> float:
        """Return Σ km² held before and not after."""
        return _sum(piece for piece in self.pieces if self.losses(piece) and not piece.noise)

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
        return _sum(piece for piece in self.pieces if self.gains(piece) and piece.noise)

    @property
    def noise_lost_km2(self) -> float:
        """Return losses thinner than 0.1 m."""
        return _sum(piece for piece in self.pieces if self.losses(piece) and piece.noise)

    @property
    def span_days(self) -> int:
        """Return the days between the two as-of dates."""
        return (self.after.as_of.date - self.before.as_of.date).days

    def _gained_from(self, status: Status) -> float:
        found = (piece for piece in self.pieces if self.gains(piece) and not piece.noise)
        return _sum(piece for piece in found if piece.before is status)

    def table(self, division: Division | None = None) -> list[ChangeRow]:
        """Return the transition table: km² by unit, status before and status after, in order."""
        if not self.pieces:
            return []
        km2 = np.array([piece.km2 for piece in self.pieces])
        if division is None:
            return list(self._rows((ALL,), (WHOLE_MAP,), km2[:, None]))
        geometries = np.array([piece.geometry for piece in self.pieces], dtype=object)
        return list(self._rows(division.ids, division.names, division.shares(geometries)))

    def _rows(self, ids: tuple[str, ...], names: tuple[str, ...], shares: NDArray[np.float64]) -> Iterator[ChangeRow]:
        noise = np.array([piece.noise for piece in self.pieces])
        kinds = [(piece.before, piece.after) for piece in self.pieces]
        for column, (unit, name) in enumerate(zip(ids, names, strict=True)):
            for before, after in sorted(set(kinds)):
                chosen = np.array([kind == (before, after) for kind in kinds]) & (shares[:, column] > 0)
                if chosen.any():
                    real = float(shares[chosen & ~noise, column].sum())
                    yield ChangeRow(unit, name, before, after, real, float(shares[chosen & noise, column].sum()))


def between(before: Snapshot, after: Snapshot, *, side: Side = Side.RU) -> Change:
    """Return what differs between two snapshots, by direct overlay of their polygons as they stand."""
    pieces = []
    for status_before, status_after, ground in _transitions(before, after):
        polygons = polygons_of(ground)
        for polygon, km2, width in zip(polygons, areas_km2(polygons), thickness_m(polygons), strict=True):
            pieces.append(Piece(status_before, status_after, polygon, float(km2), bool(width < THIN_M)))
    return Change(before, after, side, tuple(pieces))


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


def _sum(pieces: Iterable[Piece]) -> float:
    return float(sum(piece.km2 for piece in pieces))
