"""Stories: tables of what was reported at settlements and when: attacks, places spoken of, units of long ago."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from frontgis.analysis.entered import Box, Fault, Row, groundless, misplaced, no_day, whole
from frontgis.catalog import Catalog, Settlements
from frontgis.model import InputError, Side

ATTACKS: Final = "attacks"
PLACES: Final = "places"
UNITS: Final = "units"
NAMES: Final = (ATTACKS, PLACES, UNITS)
"""What there are tables of; each is the layer `story_NAME`."""

RECENT_DAYS: Final = 30
"""An attack is on the maps of this many days after it."""

UNIT_AGE_DAYS: Final = 30
"""Units are shown as they were at least this long before the newest map there is."""

_COLUMNS: Final = ("settlement_id", "valid_from", "valid_to", "evidence", "source", "note")
_UNIT_COLUMNS: Final = ("unit", "side", *_COLUMNS, "lon", "lat")


@dataclass(frozen=True, slots=True)
class Report:
    """Say what was reported at a settlement (its place in the gazetteer) from one day to another (None: open).

    `unit` and `side` are of a unit, else empty; a unit's lon and lat are those of its 0.1° cell.
    """

    place: int
    lon: float
    lat: float
    first: date
    last: date | None
    evidence: str
    source: str
    note: str
    unit: str = ""
    side: Side | None = None


def layer(name: str) -> str:
    """Return the name of the layer that holds a story."""
    return f"story_{name}"


def of(name: str, catalog: Catalog) -> tuple[Report, ...]:
    """Return a story of the catalog; InputError where there is none, or names every wrong line of its table."""
    if layer(name) not in catalog.names():
        raise InputError(f"stories: the catalog has no layer {layer(name)!r}")
    return read(catalog.path(layer(name)), name, catalog)


def read(path: Path, name: str, catalog: Catalog) -> tuple[Report, ...]:
    """Return the story of a CSV file; InputError names every wrong line, and what is wrong with it."""
    known, box = catalog.settlements(), catalog.theatre().box
    columns = _UNIT_COLUMNS if name == UNITS else _COLUMNS
    parse = _unit if name == UNITS else _report
    return tuple(whole(path, columns, lambda rows: _reports(rows, known, box, parse)))


def until(name: str, latest: date) -> date:
    """Return the last day that a story may ever speak of, where the newest map is of the day `latest`.

    There is no clock: the newest map stands for today, so units are at least UNIT_AGE_DAYS older than it.
    """
    return latest - timedelta(UNIT_AGE_DAYS) if name == UNITS else latest


def span(name: str, day: date, *, latest: date) -> tuple[date, date]:
    """Return the first and the last day that a story speaks of on a map of a day; `latest` is the newest map's."""
    last = min(day, until(name, latest))
    return last - timedelta(RECENT_DAYS if name == ATTACKS else 0), last


def within(reports: Iterable[Report], first: date, last: date) -> tuple[Report, ...]:
    """Return the reports that speak of any day from the first to the last."""
    return tuple(report for report in reports if report.first <= last and (report.last is None or first <= report.last))


def _reports(
    rows: Iterable[tuple[int, Row]], known: Settlements, box: Box, parse: Callable[[Row, Settlements], Report]
) -> Iterator[Report | Fault]:
    for line, row in rows:
        faults = list(_faults(row, known, box))
        if parse is _unit:
            faults += _unit_faults(row, known)
        if faults:
            yield from ((line, fault) for fault in faults)
        else:
            yield parse(row, known)


def _report(row: Row, known: Settlements) -> Report:
    place = known.positions[row["settlement_id"]]
    return Report(
        place=place,
        lon=float(known.lon[place]),
        lat=float(known.lat[place]),
        first=date.fromisoformat(row["valid_from"]),
        last=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        evidence=row["evidence"],
        source=row["source"],
        note=row["note"],
    )


def _unit(row: Row, known: Settlements) -> Report:
    report = _report(row, known)
    return replace(report, lon=float(row["lon"]), lat=float(row["lat"]), unit=row["unit"], side=Side(row["side"]))


def _faults(row: Row, known: Settlements, box: Box) -> Iterator[str]:
    if fault := misplaced(row["settlement_id"], known, box):
        yield fault
    first, last = no_day(row["valid_from"]), no_day(row["valid_to"]) if row["valid_to"] else None
    yield from (fault for fault in (first, last) if fault)
    if not first and not last and row["valid_to"] and row["valid_to"] < row["valid_from"]:
        yield f"valid_to {row['valid_to']} is before valid_from {row['valid_from']}"
    yield from groundless(row)


def _unit_faults(row: Row, known: Settlements) -> Iterator[str]:
    if not row["unit"].strip():
        yield "the unit has no name"
    if row["side"] not in list(Side):
        yield f"side {row['side']!r} is none of {', '.join(Side)}"
    place = known.positions.get(row["settlement_id"])
    cell = [] if place is None else [_coarse(value) for value in (known.lon[place], known.lat[place])]
    if cell and [row["lon"], row["lat"]] != cell:
        yield f"position {row['lon']} {row['lat']}: a unit stands at its town's 0.1° cell, {' '.join(cell)}"


def _coarse(degrees: float) -> str:
    return f"{round(float(degrees), 1):g}"
