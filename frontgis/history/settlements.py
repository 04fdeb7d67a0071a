"""Settlements: who holds each one, which changed hands, and how sure that is near the line."""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.catalog import Settlements
from frontgis.geo import arrangement
from frontgis.geo.plane import Plane
from frontgis.history import spells
from frontgis.history.composite import CODES, Composite, Edges, code_at
from frontgis.history.lines import lines
from frontgis.model import Status

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

METHOD: Final = "status of the polygon under the settlement's point; undecided within its precision + 500 m of a line"

LINE_M: Final = 500.0
"""How far a source's line may lie from the ground: a place nearer than this and its own precision is undecided."""


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """Say which status a settlement has; `undecided` where the line is too near to tell."""

    id: str
    name: str
    name_uk: str
    name_ru: str
    unit: str
    lon: float
    lat: float
    precision_m: float
    status: Status
    undecided: bool


@dataclass(frozen=True, slots=True)
class SettlementChange:
    """Say from which status a settlement passed to which; `undecided` where either line is too near to tell."""

    id: str
    name: str
    name_uk: str
    name_ru: str
    unit: str
    lon: float
    lat: float
    precision_m: float
    before: Status
    after: Status
    undecided: bool


@dataclass(frozen=True, slots=True)
class SettlementSpells:
    """Hold row by row a stretch of versions, `first` to `last`, in which a settlement kept its status and was decided.

    `settlement` is its place in the layer; `undecided` rows are those in which a line was too near to tell.
    """

    settlement: Numbers
    first: Numbers
    last: Numbers
    code: NDArray[np.uint8]
    undecided: Bools


def statuses(composite: Composite, version: int, settlements: Settlements, plane: Plane) -> list[SettlementRow]:
    """Return the status in a version of every settlement whose position is known, in the layer's order."""
    known, now = _known(settlements), composite.edges_at(version)
    code = code_at(_lonlat(settlements, known), now)
    unsure = _undecided(now, settlements, known, plane)
    return [
        SettlementRow(**_identity(settlements, index), status=CODES[what], undecided=bool(near))
        for index, what, near in zip(known, code, unsure, strict=True)
    ]


def changed(composite: Composite, a: int, b: int, settlements: Settlements, plane: Plane) -> list[SettlementChange]:
    """Return the settlements whose status differs between versions a and b, in the layer's order."""
    known = _known(settlements)
    ends = [composite.edges_at(version) for version in (a, b)]
    old, new = (code_at(_lonlat(settlements, known), end) for end in ends)
    moved = known[old != new]
    unsure = np.logical_or(*(_undecided(end, settlements, moved, plane) for end in ends))
    return [
        SettlementChange(**_identity(settlements, index), before=CODES[x], after=CODES[y], undecided=bool(near))
        for index, x, y, near in zip(moved, old[old != new], new[old != new], unsure, strict=True)
    ]


def through(composite: Composite, settlements: Settlements, plane: Plane) -> SettlementSpells:
    """Return the spells of every settlement whose position is known, split where status or `undecided` changes.

    >>> from frontgis.catalog.world.strip import growing
    >>> from frontgis.history import History
    >>> told = History.of(growing(37.4, 37.5)).settlement_spells().set_index("id").loc["dolynivka-novohrodivka"]
    >>> told[["status", "undecided", "from_by", "to_after"]].to_numpy().tolist()
    [['contested', False, '2025-01-01', '2025-01-01'], ['occupied', False, '2025-01-02', '2025-01-02']]
    """
    known = _known(settlements)
    code = spells.at(composite, _lonlat(settlements, known))
    near = lines(composite, plane).near(*_reaches(settlements, known, plane))
    found = spells.of(2 * code + near)
    return SettlementSpells(known[found.owner], found.first, found.last, found.code // 2, found.code % 2 == 1)


def _undecided(now: Edges, settlements: Settlements, which: Numbers, plane: Plane) -> Bools:
    """Tell for the chosen settlements whether a line of a version, given by its edges, runs too near to decide."""
    segments = [arrangement.segments(edge.start, edge.end) for edge in now.values()]
    index = shapely.STRtree(plane.project_all(np.concatenate([np.zeros(0, dtype=object), *segments])))
    points, reach = _reaches(settlements, which, plane)
    near = np.zeros(len(which), dtype=bool)
    near[index.query(points, predicate="dwithin", distance=reach)[0]] = True
    return near


def _reaches(settlements: Settlements, which: Numbers, plane: Plane) -> tuple[NDArray[np.object_], Floats]:
    """Return the points of settlements in metres, and how near a line must be to leave each one undecided."""
    points = np.asarray(shapely.points(_lonlat(settlements, which)), dtype=object)
    return plane.project_all(points), settlements.precision_m[which] + LINE_M


def _lonlat(settlements: Settlements, which: Numbers) -> Floats:
    return np.column_stack([settlements.lon[which], settlements.lat[which]])


def _known(settlements: Settlements) -> Numbers:
    return np.flatnonzero(np.isfinite(settlements.lon) & np.isfinite(settlements.lat))


def _identity(settlements: Settlements, index: int) -> dict[str, Any]:
    texts = {name: getattr(settlements, name)[index] for name in ("id", "name", "name_uk", "name_ru", "unit")}
    numbers = {name: float(getattr(settlements, name)[index]) for name in ("lon", "lat", "precision_m")}
    return texts | numbers
