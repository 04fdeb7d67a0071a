"""The tables that exposure is told by: classes of coastal missiles, ports, islands, straits."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from frontgis.catalog import Catalog, Layer
from frontgis.model import InputError, NotFoundError, Side, Status

TABLES: Final = ("coastal", "ports", "islands", "straits")
_ROLE: Final = "coastal"


@dataclass(frozen=True, slots=True)
class Missile:
    """Name a class of coastal missile, whose it is, and its published range."""

    id: str
    name: str
    side: Side
    range_km: float


@dataclass(frozen=True, slots=True)
class Port:
    """Name a place on the coast and where it is (degrees)."""

    id: str
    name: str
    name_uk: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Island:
    """Say what an island was on a day, where a source does not draw it."""

    status: Status
    lon: float
    lat: float


def missiles(catalog: Catalog, day: date) -> tuple[Missile, ...]:
    """Return the coastal classes counted on a day, by side and range; InputError where a row is no good."""
    layer = catalog.layer("coastal")
    for line, row in enumerate(_rows(layer), 2):
        _check(f"{layer.card.file}, line {line}", row)
    counted = [row for row in _rows(layer.on(day)) if row["role"] == _ROLE]
    found = [Missile(row["id"], row["class"], Side(row["side"]), float(row["range_km"])) for row in counted]
    return tuple(sorted(found, key=lambda one: (one.side, one.range_km, one.id)))


def _check(where: str, row: dict[str, str]) -> None:
    if row["side"] not in list(Side):
        raise InputError(f"{where}: side {row['side']!r} is none of {', '.join(Side)}")
    try:
        good = 0 < float(row["range_km"]) < float("inf")
    except ValueError:
        good = False
    if not good:
        raise InputError(f"{where}: range_km {row['range_km']!r} is no range: write km above 0")


def ports(catalog: Catalog, name: str | None = None) -> tuple[Port, ...]:
    """Return the ports, or the one of an id or name in either spelling; NotFoundError lists those there are."""
    layer = catalog.layer("ports")
    columns = [layer.column(column) for column in ("id", "name", "name_uk", "lon", "lat")]
    every = tuple(Port(*row) for row in zip(*columns, strict=True))
    if name is None:
        return every
    wanted = name.strip().casefold()
    found = tuple(port for port in every if wanted in (port.id, port.name.casefold(), port.name_uk.casefold()))
    if not found:
        raise NotFoundError(f"there is no port {name!r}: ports are {', '.join(port.id for port in every)}")
    return found


def islands(catalog: Catalog, day: date) -> tuple[Island, ...]:
    """Return the islands that a row speaks of on a day."""
    layer = catalog.layer("islands").on(day)
    columns = [layer.column(column) for column in ("status", "lon", "lat")]
    return tuple(Island(Status(status), lon, lat) for status, lon, lat in zip(*columns, strict=True))


def straits(catalog: Catalog, day: date) -> tuple[dict[str, str], ...]:
    """Return the rows on straits that hold on a day: name, rule, since when, source."""
    names = {"name": "name", "rule": "rule", "valid_from": "since", "source": "source", "note": "note"}
    return tuple({new: row[old] for old, new in names.items()} for row in _rows(catalog.layer("straits").on(day)))


def _rows(layer: Layer) -> list[dict[str, str]]:
    columns = {name: ["" if value is None else str(value) for value in layer.column(name)] for name in layer.columns}
    return [dict(zip(columns, row, strict=True)) for row in np.array(list(columns.values())).T.tolist()]
