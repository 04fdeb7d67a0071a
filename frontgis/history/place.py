"""One place through time: its statuses as intervals, and its distance to the edge of held ground."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point

from frontgis.geo.plane import Plane
from frontgis.history import spells
from frontgis.history.composite import CODES, Composite, held
from frontgis.history.edge import SLIT_M, Edge
from frontgis.history.lines import Lines, Stands, lines
from frontgis.model import AsOf, Side, Snapshot, Status

Floats: TypeAlias = NDArray[np.float64]

_SAME_KM = 0.001


@dataclass(frozen=True, slots=True)
class Spell:
    """Say that a status began after one version and by the next, and ended likewise; None where a version lacks.

    `from_after` is the last version without the status, `from_by` the first with it, `to_after` the last with it,
    `to_by` the first without. `front_km_first` and `front_km_last` are the km to the edge of held ground in the first
    and the last version with it, negative inside.
    """

    from_after: AsOf | None
    from_by: AsOf
    to_after: AsOf
    to_by: AsOf | None
    status: Status
    status_source_words: str
    front_km_first: float | None
    front_km_last: float | None


@dataclass(frozen=True, slots=True)
class Distance:
    """Say how many km a place lay from the edge of held ground from a version on, negative inside; None without one."""

    as_of: AsOf
    front_km: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """Hold what a place was in each version: its status and the km to the edge of held ground, NaN where there is none.

    `far_km` is how far each of the `lines` lies from it.
    """

    as_of: tuple[AsOf, ...]
    status: tuple[Status, ...]
    front_km: Floats
    lines: Lines
    far_km: Floats

    def line_km(self, version: int) -> float | None:
        """Return the km to the nearest line of any status in a version; None where there is none."""
        there = self.far_km[self.lines.every.at(version)]
        return float(there.min()) if len(there) else None

    def spells(self, words: Sequence[str]) -> list[Spell]:
        """Return the spells of a status under the same words of the source, version by version."""
        told = list(zip(self.status, words, strict=True))
        runs = [list(run) for _, run in groupby(range(len(told)), key=told.__getitem__)]
        ends = [(run[0], run[-1]) for run in runs]
        return [
            Spell(
                from_after=self.as_of[first - 1] if first else None,
                from_by=self.as_of[first],
                to_after=self.as_of[last],
                to_by=self.as_of[last + 1] if last + 1 < len(told) else None,
                status=told[first][0],
                status_source_words=told[first][1],
                front_km_first=_some(self.front_km[first]),
                front_km_last=_some(self.front_km[last]),
            )
            for first, last in ends
        ]

    def distances(self) -> Iterator[Distance]:
        """Yield the distance to the edge of held ground of the first version, and of each that moved it by a metre."""
        told = np.inf
        for as_of, km in zip(self.as_of, self.front_km, strict=True):
            if not (abs(km - told) < _SAME_KM or (np.isnan(km) and np.isnan(told))):
                told = km
                yield Distance(as_of, _some(km))


def through(composite: Composite, lonlat: tuple[float, float], plane: Plane, *, side: Side = Side.RU) -> Place:
    """Return what a place was in every version of a composite.

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> history = History.of(growing(37.4, 37.5))
    >>> told = through(history.composite(), (37.45, 48.25), history.catalog.plane())
    >>> [status.value for status in told.status], told.front_km.round(1)
    (['contested', 'occupied'], array([ 3.7, -3.7]))
    """
    code = spells.at(composite, np.array([lonlat]))[:, 0]
    drawn, point = lines(composite, plane), plane.project(Point(lonlat))
    far = shapely.distance(point, drawn.shapes) / 1000
    front_km = _front_km(Edge(composite, drawn, side), point, far, held(side)[code])
    return Place(composite.as_of, tuple(CODES[number] for number in code), front_km, drawn, far)


def _front_km(edge: Edge, point: Point, far_km: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Return the km to the edge in each version, negative inside."""
    line = edge.outer.nearest(far_km, len(inside))
    found = np.where(line >= 0, far_km[line], np.nan) if len(far_km) else np.full(len(inside), np.nan)
    within = np.flatnonzero(inside & (line >= 0))
    rim = np.zeros(len(inside), dtype=bool)
    rim[within] = edge.rims(np.full(len(within), point), line[within], within)
    stirred = _stirred(edge.outer, far_km, len(inside))
    for version in np.flatnonzero(rim).tolist():
        if version and rim[version - 1] and stirred[version] > found[version - 1] + 2 * SLIT_M / 1000:
            found[version] = found[version - 1]
        else:
            found[version] = edge.past_slits(point, version, 1000 * found[version]) / 1000
    return np.where(inside, -found, found)


def _stirred(outer: Stands, far_km: Floats, versions: int) -> Floats:
    """Return how far the nearest line lay that came or went with each version."""
    found = np.full(versions + 1, np.inf)
    for ends in (outer.first, outer.last + 1):
        np.minimum.at(found, ends, far_km[outer.line])
    return found


def words(snapshots: Iterable[Snapshot], lonlat: tuple[float, float], status: Iterable[Status]) -> list[str]:
    """Return what the source calls a place in each snapshot, where it has the status."""
    return [_words(snapshot, Point(lonlat), what) for snapshot, what in zip(snapshots, status, strict=True)]


def _words(snapshot: Snapshot, point: Point, status: Status) -> str:
    under = (region for region in snapshot.regions if region.status is status)
    return next((region.words for region in under if shapely.intersects(region.geometry, point)), "")


def _some(km: float) -> float | None:
    return None if np.isnan(km) else float(km)
