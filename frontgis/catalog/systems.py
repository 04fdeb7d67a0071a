"""Published classes of systems, and a user's own places of them: past, dated, and coarse by rule."""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, get_args

from frontgis.catalog.catalog import Catalog
from frontgis.model import InputError, NotFoundError, Side

Role = Literal["air_defence", "coastal", "reach"]

COARSE_DEG: Final = 0.1
"""A user's positions are rounded to this on load."""

PAST_DAYS: Final = 30
"""A user's position is taken only where its validity ended so many days before the last date known."""

COLUMNS: Final = ("id", "class", "lon", "lat", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class System:
    """Hold the published figures of a class; antenna and distance behind the line are assumptions."""

    id: str
    name: str
    sides: frozenset[Side]
    role: Role
    range_km: float
    altitude_max_m: float
    antenna_m: float
    behind_km: float
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Site:
    """Hold a place that a user's file gives for a class, rounded to 0.1 degree, and the days it was there."""

    id: str
    system: str
    lon: float
    lat: float
    first: date
    last: date


def systems(catalog: Catalog) -> dict[str, System]:
    """Return the classes of the layer `systems`, by id; InputError names the row and column that is no figure."""
    layer = catalog.layer("systems")
    columns = (layer.column(name) for name in layer.columns)
    rows = [dict(zip(layer.columns, values, strict=True)) for values in zip(*columns, strict=True)]
    return {row["id"]: _system(row) for row in rows}


def of_side(known: Mapping[str, System], side: Side, role: Role, wanted: Iterable[str] = ()) -> list[System]:
    """Return the classes of a side and role, or the wanted ones of them in their order.

    Raises NotFoundError, which lists the classes there are, for one that the side or role does not have.
    """
    fitting = {key: system for key, system in known.items() if side in system.sides and system.role == role}
    asked = list(dict.fromkeys(wanted))
    for name in asked:
        if name not in fitting:
            raise NotFoundError(f"{side} has no class {name!r} of role {role}: it has {', '.join(fitting) or 'none'}")
    return [fitting[name] for name in asked or fitting]


def _system(row: Mapping[str, str]) -> System:
    where = f"class {row['id']!r} of the layer systems"
    role = next((known for known in get_args(Role) if known == row["role"]), None)
    words = row["sides"].split()
    if role is None or not words or not set(words) <= set(Side):
        raise InputError(f"{where}: role {row['role']!r} or sides {row['sides']!r} are no words of the catalogue")
    return System(
        id=row["id"],
        name=row["class"],
        sides=frozenset(Side(word) for word in words),
        role=role,
        range_km=_figure(row, "range_km", where),
        altitude_max_m=_figure(row, "altitude_max_m", where, empty=math.inf),
        antenna_m=_figure(row, "antenna_m", where, empty=0.0),
        behind_km=_figure(row, "behind_km", where),
        source=row["source"],
        note=row["note"],
    )


def _figure(row: Mapping[str, str], column: str, where: str, *, empty: float | None = None) -> float:
    text = row[column]
    if not text and empty is not None:
        return empty
    value = _number(text)
    if not (math.isfinite(value) and value >= 0):
        raise InputError(f"{where}: {column} must be a number of 0 or more, not {text!r}")
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def sites_from_file(path: Path, catalog: Catalog, *, known: date) -> list[Site]:
    """Read a user's places of classes from CSV: id, class, lon, lat, valid_from, valid_to (ISO days, both included).

    Positions are rounded to 0.1 degree. `known` is the last day that anything is known of. Raises InputError, with
    the line, for an unknown class, a point outside the theatre, a validity that is open or ended less than 30 days
    before `known`, and for two validities of one id that overlap.
    """
    classes = systems(catalog)
    found = [_site(row, f"{path}, line {line}", classes, catalog, known) for line, row in _rows(path)]
    ordered = sorted(found, key=lambda site: (site.id, site.first))
    for one, other in pairwise(ordered):
        if one.id == other.id and other.first <= one.last:
            raise InputError(
                f"{path}: two validities of {one.id!r} overlap ({one.first} to {one.last}, {other.first} to "
                f"{other.last}): give each its own days"
            )
    return found


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path} has no column {', '.join(missing)}: it needs {', '.join(COLUMNS)}")
            return [(reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as CSV: {error}") from None


def _site(row: dict[str, str], where: str, classes: Mapping[str, System], catalog: Catalog, known: date) -> Site:
    if row["class"] not in classes:
        raise InputError(f"{where}: there is no class {row['class']!r}: the layer systems has {', '.join(classes)}")
    lon, lat = _number(row["lon"]), _number(row["lat"])
    west, south, east, north = catalog.theatre().box
    if not (west <= lon <= east and south <= lat <= north):
        raise InputError(
            f"{where}: point {row['lon']} {row['lat']} is outside the theatre ({west}-{east} E, {south}-{north} N)"
        )
    first = _day(row["valid_from"], f"{where}: valid_from")
    if not row["valid_to"]:
        raise InputError(f"{where}: the validity is open: only what ended is taken, {PAST_DAYS} days or more ago")
    last = _day(row["valid_to"], f"{where}: valid_to")
    if last < first:
        raise InputError(f"{where}: valid_to {last} is before valid_from {first}")
    if last + timedelta(days=PAST_DAYS) > known:
        raise InputError(f"{where}: the validity ended on {last}, less than {PAST_DAYS} days before {known}: not taken")
    return Site(row["id"], row["class"], _coarse(lon), _coarse(lat), first, last)


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{where} {text!r} is no day: write 2024-08-06") from None


def _coarse(degrees: float) -> float:
    return round(round(degrees / COARSE_DEG) * COARSE_DEG, 6)
