"""The tables that stand beside naval exposure: ports, islands that maps leave out, straits."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from frontgis.catalog import Catalog
from frontgis.model import NotFoundError, Status

TABLES: Final = ("ports", "islands", "straits")


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


@dataclass(frozen=True, slots=True)
class Strait:
    """Say which rule on warships holds in a strait, since when, and by which source."""

    name: str
    rule: str
    since: str
    source: str
    note: str


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


def straits(catalog: Catalog, day: date) -> tuple[Strait, ...]:
    """Return the rules on straits that hold on a day."""
    layer = catalog.layer("straits").on(day)
    columns = [layer.column(column) for column in ("name", "rule", "valid_from", "source", "note")]
    return tuple(Strait(*row) for row in zip(*columns, strict=True))
