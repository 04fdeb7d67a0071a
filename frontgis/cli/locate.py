"""Tell where dated points of a table lay."""

import csv
import io
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from frontgis.cli import _options
from frontgis.history import History, locate
from frontgis.history.composite import CODES, Composite
from frontgis.maps.words import SHORT
from frontgis.model import AsOf, InputError, Side, UsageError
from frontgis.render.files import replacing

Rows = list[dict[str, str]]
_ADDED: Final = ("status", "since_after", "since_by", "held_km", "undecided", "unit_id", "version_as_of", "history")
_SHOWN: Final = 3
_EAST, _NORTH = 180, 90


@click.command("locate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--lat", required=True, metavar="C", help="Column of latitudes, degrees.")
@click.option("--lon", required=True, metavar="C", help="Column of longitudes, degrees.")
@click.option("--date", "day", required=True, metavar="C", help="Column of dates: 2025-03-28 or an instant (UTC).")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="CSV to write; without it, stdout.")
@_options.history_options
@_options.side
def command(file: Path, lat: str, lon: str, day: str, out: Path | None, history: History, side: str) -> None:
    """Add to any CSV of events where each lay on its date: status, since when, distance to held ground, unit.

    held_km is negative inside held ground. Rows without position or date, and dates before the first version, stay
    empty. A point within 500 m of a line is `undecided`.

    \b
    Examples:
      frontgis locate events.csv --lat lat --lon lon --date day -o located.csv
      frontgis locate fires.csv --lat latitude --lon longitude --date acq_date
    """
    rows, names = _table(file, {lat, lon, day})
    points, moments, known = _read(file, rows, lat, lon, day)
    composite = history.composite()
    version = locate.versions_at(composite, moments)
    found = locate.locate(composite, points, version, history.catalog.plane(), side=Side(side))
    added = _added(composite, found, history.id[:SHORT])
    text = _text(names, rows, dict(zip(known, added, strict=True)))
    if out is None:
        click.echo(text, nl=False)
        return
    with replacing(out) as temporary:
        temporary.write_text(text, "utf-8", newline="\n")
    click.echo(f"wrote {out}: {len(known)} of {len(rows)} rows have a position and a date", err=True)


def _table(file: Path, wanted: set[str]) -> tuple[Rows, list[str]]:
    try:
        reader = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
        rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read as CSV: {error}") from None
    names = list(reader.fieldnames or [])
    if missing := sorted(wanted - set(names)):
        raise UsageError(f"{file} has no column {', '.join(missing)}: it has {', '.join(names) or 'none'}")
    if taken := sorted(set(_ADDED) & set(names)):
        raise UsageError(f"{file} has a column {', '.join(taken)} already: rename it first")
    return rows, names


def _read(file: Path, rows: Rows, lat: str, lon: str, day: str) -> tuple[np.ndarray, list[AsOf], list[int]]:
    points, moments, known, faults = [], [], [], []
    for number, row in enumerate(rows):
        if not (row[lat] and row[lon] and row[day]):
            continue
        try:
            point, moment = _position(row[lon], row[lat]), AsOf.parse(row[day])
        except (ValueError, UsageError) as error:
            faults.append(f"line {number + 2}: {error}")
            continue
        points.append(point)
        moments.append(moment)
        known.append(number)
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise InputError(f"{file}, {'; '.join(faults[:_SHOWN])}{more}")
    return np.array(points, dtype=np.float64).reshape(-1, 2), moments, known


def _position(lon: str, lat: str) -> tuple[float, float]:
    x, y = float(lon), float(lat)
    if not (abs(x) <= _EAST and abs(y) <= _NORTH):
        raise ValueError(f"{lat} {lon} is no latitude and longitude")
    return x, y


def _added(composite: Composite, found: locate.Located, history: str) -> list[dict[str, Any]]:
    as_of = [str(moment) for moment in composite.as_of]
    rows = []
    for number, version in enumerate(found.version.tolist()):
        if version < 0:
            rows.append(dict.fromkeys(_ADDED, ""))
            continue
        since = int(found.since_by[number])
        km = float(found.held_km[number])
        rows.append(
            {
                "status": CODES[found.code[number]].value,
                "since_after": as_of[since - 1] if since else "",
                "since_by": as_of[since],
                "held_km": "" if np.isnan(km) else f"{km:.3f}",
                "undecided": "true" if found.undecided[number] else "false",
                "unit_id": composite.ids[found.unit[number]],
                "version_as_of": as_of[version],
                "history": history,
            }
        )
    return rows


def _text(names: list[str], rows: Rows, added: dict[int, dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, [*names, *_ADDED], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    empty = dict.fromkeys(_ADDED, "")
    writer.writerows(row | added.get(number, empty) for number, row in enumerate(rows))
    return out.getvalue()
