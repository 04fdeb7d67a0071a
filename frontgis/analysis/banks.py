"""The theatre divided by a river: its centre line to the sea, through reservoirs, and what lies on each bank."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.analysis.target import home_units, main_places
from frontgis.catalog import Catalog, Units
from frontgis.geo.area import areas_km2
from frontgis.geo.plane import length_km
from frontgis.history import History
from frontgis.model import AsOf, InputError, Snapshot, Status

METHOD: Final = (
    "the state cut at the river's centre line (one line for all dates, through the middle of reservoirs, 1-3 km off), "
    "areas exact on the ellipsoid"
)

_FAR_DEG: Final = 25.0
_JOIN_DEG: Final = 1e-6


@dataclass(frozen=True, slots=True)
class BankRow:
    """Say how much of a bank (and unit) has a status: km², settlements, and people where known."""

    bank: str
    unit: str
    name: str
    status: Status
    km2: float
    share: float | None
    settlements: int
    population: int


@dataclass(frozen=True, eq=False)
class Banks:
    """Hold a dividing line (lon/lat, upstream end first) and the words for its two banks."""

    line: shapely.LineString
    left: str
    right: str
    lefthand: BaseGeometry

    def cut(self, shapes: NDArray[np.object_]) -> dict[str, NDArray[np.object_]]:
        """Return the part of each shape on each bank."""
        return {
            self.left: np.asarray(shapely.intersection(shapes, self.lefthand), dtype=object),
            self.right: np.asarray(shapely.difference(shapes, self.lefthand), dtype=object),
        }

    def of(self, lonlat: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which positions (n × 2) lie on the left bank, looking downstream."""
        shapely.prepare(self.lefthand)
        return np.asarray(shapely.contains_xy(self.lefthand, lonlat), dtype=bool)


@lru_cache(maxsize=4)
def banks_of(catalog: Catalog) -> Banks:
    """Return the banks of the theatre's dividing river; InputError where its card names none, or no whole line."""
    banks = catalog.theatre().banks
    if banks is None:
        raise InputError(f"{catalog.root}/theatre.toml names no river that parts the theatre: give it a table [banks]")
    rivers = catalog.layer("rivers")
    named = np.array([name == banks.river for name in rivers.column("name")], dtype=bool)
    course = _course(rivers.geometry[named], shapely.Point(banks.mouth[0]))
    line = shapely.LineString([*shapely.get_coordinates(course), *banks.mouth[1:]])
    return user_banks(line, left=banks.left, right=banks.right)


def user_banks(line: shapely.LineString, *, left: str = "left", right: str = "right") -> Banks:
    """Return the banks of a line, drawn on straight north and south of its ends; InputError where it crosses itself."""
    ends = shapely.get_coordinates(line)[[0, -1]]
    up, down = (np.sign(ends[1 - n][1] - ends[n][1]) * -_FAR_DEG for n in (0, 1))
    beyond = [ends[0] + (0, up), *shapely.get_coordinates(line), ends[1] + (0, down)]
    east = max(x for x, _ in beyond) + _FAR_DEG
    ring = shapely.Polygon([*beyond, (east, beyond[-1][1]), (east, beyond[0][1])])
    if not ring.is_valid:
        raise InputError("a line that divides must run from one end of the theatre to the other and not cross itself")
    whole = ring if ends[0][1] > ends[1][1] else shapely.difference(shapely.box(-180, -90, 180, 90), ring)
    return Banks(line, left, right, whole)


def banks_from_file(path: Path) -> Banks:
    """Return the banks of a line in a GeoJSON file; InputError where it holds no one line."""
    try:
        shape = shapely.from_geojson(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, shapely.errors.GEOSException) as error:
        raise InputError(f"{path} cannot be read as GeoJSON: {error}") from None
    lines = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and not part.is_empty]
    if len(lines) != 1:
        raise InputError(f"{path} holds {len(lines)} lines: give one LineString, from north to south")
    return user_banks(lines[0])


def _course(lines: NDArray[np.object_], mouth: shapely.Point) -> shapely.LineString:
    """Return the shortest way along lines from their northernmost end to the end or vertex nearest the mouth."""
    whole = shapely.line_merge(shapely.union_all(lines))
    links = [shapely.get_coordinates(part) for part in shapely.get_parts(whole)]
    start = max((tuple(end) for link in links for end in (link[0], link[-1])), key=lambda end: end[1])
    way = _walk(links, start, mouth)
    near = int(np.argmin(np.hypot(*(way - shapely.get_coordinates(mouth)[0]).T)))
    return shapely.LineString(way[: near + 1])


def _walk(links: Sequence[NDArray[np.float64]], start: tuple[float, ...], mouth: shapely.Point) -> NDArray[np.float64]:
    """Follow links from a start, depth first, and return the way that comes nearest to the mouth."""
    best, best_off = np.array([start]), math.inf
    open_ = [(np.array([start]), frozenset[int]())]
    while open_:
        way, used = open_.pop()
        off = float(shapely.distance(shapely.linestrings(way), mouth)) if len(way) > 1 else math.inf
        if off < best_off:
            best, best_off = way, off
        open_ += [
            (np.vstack([way, ahead[1:]]), used | {number})
            for number, link in enumerate(links)
            for ahead in (link, link[::-1])
            if number not in used and np.hypot(*(ahead[0] - way[-1])) < _JOIN_DEG
        ]
    return best


def rows(snapshot: Snapshot, banks: Banks, units: Units, catalog: Catalog) -> list[BankRow]:
    """Return km², settlements and people by bank, unit and status; ground without a word of the source is unmapped."""
    found = []
    grounds = {**snapshot.by_status, Status.UNMAPPED: shapely.Polygon()}
    places = _Places.of(units, banks, grounds, catalog)
    for bank, shapes in banks.cut(units.geometry).items():
        whole = areas_km2(shapes)
        known = {status: areas_km2(shapely.intersection(shapes, ground)) for status, ground in grounds.items()}
        known[Status.UNMAPPED] = whole - np.sum(list(known.values()), axis=0)
        for row in np.flatnonzero(whole > 0).tolist():
            for status, km2 in known.items():
                settlements, people = places.count(row, bank == banks.left, status)
                if km2[row] > _JOIN_DEG or settlements:
                    key = bank, units.ids[row], units.names[row], status
                    share = float(km2[row] / whole[row])
                    found.append(BankRow(*key, float(max(km2[row], 0.0)), share, settlements, people))
    return found


@dataclass(frozen=True, eq=False)
class _Places:
    unit: NDArray[np.int64]
    is_left: NDArray[np.bool_]
    status: list[Status]
    people: NDArray[np.int64]

    @classmethod
    def of(cls, units: Units, banks: Banks, grounds: dict[Status, BaseGeometry], catalog: Catalog) -> "_Places":
        lonlat, people, unit = main_places(units, catalog)
        status = [Status.UNMAPPED] * len(lonlat)
        for word, ground in grounds.items():
            shapely.prepare(ground)
            for place in np.flatnonzero(shapely.intersects_xy(ground, lonlat)):
                status[place] = word
        return cls(unit, banks.of(lonlat), status, people)

    def count(self, unit: int, left: bool, status: Status) -> tuple[int, int]:  # noqa: FBT001
        chosen = (self.unit == unit) & (self.is_left == left) & np.array([word is status for word in self.status])
        return int(chosen.sum()), int(self.people[chosen].sum())


def summed(found: Sequence[BankRow], name: str) -> list[BankRow]:
    """Return rows of all units together, by bank and status."""
    whole = {bank: sum(row.km2 for row in found if row.bank == bank) for bank in {row.bank for row in found}}
    keys = dict.fromkeys((row.bank, row.status) for row in found)
    return [
        BankRow(
            bank,
            "all",
            name,
            status,
            km2 := sum(row.km2 for row in found if (row.bank, row.status) == (bank, status)),
            km2 / whole[bank],
            sum(row.settlements for row in found if (row.bank, row.status) == (bank, status)),
            sum(row.population for row in found if (row.bank, row.status) == (bank, status)),
        )
        for bank, status in keys
    ]


def divided(
    history: History, moment: str | AsOf, *, by: str | None = None, of: str | None = None, banks: Banks | None = None
) -> list[BankRow]:
    """Return the rows of a date, in all or by unit; `of` names a set of the theatre's units, or one."""
    catalog = history.catalog
    division = history.division(by)
    units, name = home_units(catalog) if division is None else (division.units, "")
    if of is not None:
        units, name = units.chosen(units.find(of, catalog.theatre().presets)), of
    found = rows(history.snapshot(moment), banks or banks_of(catalog), units, catalog)
    return found if by else summed(found, name)


def river_front_km(history: History, moment: str | AsOf, *, tolerance_m: float = 1000) -> float:
    """Return the length of the front that runs along the dividing rivers, at a tolerance."""
    line = history.front_line(moment, tolerance_m=tolerance_m)
    return float(sum(length_km(part.geometry) for part in line.parts if part.kind == "river"))
