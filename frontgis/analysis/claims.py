"""Claims: dated statements that a settlement has a status, with what they rest on; wrong ones are refused together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.analysis.entered import Box, Fault, Row, groundless, misplaced, no_day, unknown, whole
from frontgis.catalog import Catalog, Settlements
from frontgis.model import NotFoundError, Status

COLUMNS: Final = ("settlement_id", "date", "status", "evidence", "source", "note")
_WAYPOINT: Final = ("date", "from_id", "to_id", "fraction", "note")
_RULE: Final = ("name", "status", "valid_from", "valid_to", "where", "evidence", "source", "note")
_RING_MIN: Final = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """Say that a settlement (its place in the gazetteer) had a status on a day, and what that rests on."""

    place: int
    day: date
    status: Status
    evidence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Waypoint:
    """Pin the line between two settlements on some days: it passes at this fraction of the way between them."""

    one: int
    other: int
    fraction: float
    days: frozenset[date]


@dataclass(frozen=True, slots=True)
class Rule:
    """Give ground far from any claim a status, from one day to another (None: open), in lon/lat."""

    name: str
    status: Status
    first: date | None
    last: date | None
    ground: BaseGeometry

    def holds(self, day: date) -> bool:
        """Tell whether the rule speaks of a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Claims:
    """Hold what is claimed, what pins the line, and what stands for the rest, the first rule that fits going first."""

    settlements: Settlements
    claims: tuple[Claim, ...]
    waypoints: tuple[Waypoint, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days that have claims, in order."""
        return tuple(sorted({claim.day for claim in self.claims}))

    def on(self, day: date) -> tuple[Claim, ...]:
        """Return the claims of the last day that has any, at or before a day; NotFoundError before the first."""
        latest = self.latest(day)
        return tuple(claim for claim in self.claims if claim.day == latest)

    def latest(self, day: date) -> date:
        """Return the last day with claims at or before a day; NotFoundError before the first."""
        days = [claimed for claimed in self.days if claimed <= day]
        if not days:
            raise NotFoundError(f"nothing is claimed on {day} or before: the first claims are of {self.days[0]}")
        return days[-1]


def read(path: Path, catalog: Catalog, *, waypoints: Path | None = None, rules: Path | None = None) -> Claims:
    """Return the claims of CSV files; InputError names every wrong line of a file, and what is wrong with it."""
    known = catalog.settlements()
    claims = tuple(whole(path, COLUMNS, lambda rows: _claims(rows, known, catalog.theatre().box)))
    pins = tuple(whole(waypoints, _WAYPOINT, lambda rows: _waypoints(rows, known))) if waypoints else ()
    ground = catalog.units(catalog.theatre().units)
    areas = dict(zip(ground.ids, ground.geometry, strict=True))
    rest = tuple(whole(rules, _RULE, lambda rows: _rules(rows, areas))) if rules else ()
    return Claims(known, claims, pins, rest)


def of(catalog: Catalog) -> Claims:
    """Return a catalog's own claims, waypoints and rules."""
    return read(
        catalog.path("claims"), catalog, waypoints=catalog.path("claim_waypoints"), rules=catalog.path("claim_rules")
    )


def _claims(rows: Iterable[tuple[int, Row]], known: Settlements, box: Box) -> Iterator[Claim | Fault]:
    seen: dict[tuple[int, date], tuple[int, Status]] = {}
    for line, row in rows:
        faults = list(_claim_faults(row, known, box))
        if faults:
            yield from ((line, fault) for fault in faults)
            continue
        place, day = known.find(row["settlement_id"])[0], date.fromisoformat(row["date"])
        status = Status(row["status"])
        before = seen.setdefault((place, day), (line, status))
        if before[0] != line:
            said = f"line {before[0]} already says {before[1].value}"
            yield line, f"{row['settlement_id']} has one status a day: {said} of {day}"
            continue
        yield Claim(place, day, status, row["evidence"], row["source"], row["note"])


def _claim_faults(row: Row, known: Settlements, box: Box) -> Iterator[str]:
    if fault := misplaced(row["settlement_id"], known, box):
        yield fault
    if fault := no_day(row["date"]):
        yield fault
    if row["status"] not in list(Status):
        yield f"status {row['status']!r} is none of {', '.join(Status)}"
    yield from groundless(row)


def _waypoints(rows: Iterable[tuple[int, Row]], known: Settlements) -> Iterator[Waypoint | Fault]:
    days: dict[tuple[int, int, float], set[date]] = {}
    for line, row in rows:
        ends = row["from_id"], row["to_id"]
        faults = [fault for fault in (*(unknown(end, known) for end in ends), no_day(row["date"])) if fault]
        fraction = _number(row["fraction"])
        if not 0 < fraction < 1:
            faults.append(f"fraction {row['fraction']!r} is not between 0 and 1")
        if faults:
            yield from ((line, fault) for fault in faults)
        else:
            one, other = (known.positions[end] for end in ends)
            days.setdefault((one, other, fraction), set()).add(date.fromisoformat(row["date"]))
    yield from (Waypoint(*pin, frozenset(on)) for pin, on in days.items())


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _rules(rows: Iterable[tuple[int, Row]], areas: dict[str, BaseGeometry]) -> Iterator[Rule | Fault]:
    for line, row in rows:
        days = [row[name] for name in ("valid_from", "valid_to")]
        faults = [fault for day in days if day and (fault := no_day(day))]
        ground = _ground(row["where"], areas)
        if ground is None:
            faults.append(f"where {row['where']!r} is neither unit ids nor a ring of positions 'lon lat;lon lat;…'")
        if row["status"] not in list(Status):
            faults.append(f"status {row['status']!r} is none of {', '.join(Status)}")
        if faults or ground is None:
            yield from ((line, fault) for fault in faults)
            continue
        first, last = (date.fromisoformat(day) if day else None for day in days)
        yield Rule(row["name"], Status(row["status"]), first, last, ground)


def _ground(where: str, areas: dict[str, BaseGeometry]) -> BaseGeometry | None:
    """Return the ground that unit ids or a ring of positions name; None where they name none."""
    if ";" not in where:
        names = where.split()
        known = bool(names) and all(name in areas for name in names)
        return shapely.union_all([areas[name] for name in names]) if known else None
    pairs = [[_number(number) for number in position.split()] for position in where.split(";") if position.strip()]
    if len(pairs) < _RING_MIN or any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - longitude, latitude
        return None
    return shapely.make_valid(shapely.Polygon(pairs)) if np.isfinite(pairs).all() else None
