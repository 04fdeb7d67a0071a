"""Nuclear plants: who holds the ground on a date, and how far it is to the ground that each side holds, over time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontgis.history import History, place
from frontgis.model import Side, Status


@dataclass(frozen=True, slots=True)
class PlantRow:
    """Say who holds the ground of a plant on a date, and how far the front is.

    `ru_km` and `ua_km` are the km to the edge of what Russia holds abroad and of what Ukraine holds abroad, negative
    inside, None where there is none; `front_km` is the lesser distance of the two.
    """

    date: str
    plant: str
    name: str
    units: int
    mw: int
    status: Status
    front_km: float | None
    ru_km: float | None
    ua_km: float | None


def rows(history: History, first: str, last: str) -> list[PlantRow]:
    """Return a row a plant for each version from one date to another in which its distance moved by a metre."""
    begin, end = history.position(first), history.position(last)
    return [row for plant in _plants(history) for row in _moved(list(plant)[begin : end + 1])]


def _plants(history: History) -> Iterator[Iterator[PlantRow]]:
    layer, composite, plane = history.catalog.layer("plants"), history.composite(), history.catalog.plane()
    for fact in zip(*(layer.column(name) for name in ("id", "name", "units", "mw", "lon", "lat")), strict=True):
        lonlat = fact[4], fact[5]
        ru, ua = (place.through(composite, lonlat, plane, side=side) for side in (Side.RU, Side.UA))
        yield _versions(fact[0], fact[1], int(fact[2]), int(fact[3]), ru, ua.front_km)


def _versions(
    plant: str, name: str, units: int, mw: int, ru: place.Place, ua_km: NDArray[np.float64]
) -> Iterator[PlantRow]:
    for as_of, status, *km in zip(ru.as_of, ru.status, ru.front_km, ua_km, strict=True):
        near = [abs(one) for one in km if np.isfinite(one)]
        front = float(min(near)) if near else None
        yield PlantRow(str(as_of), plant, name, units, mw, status, front, _some(km[0]), _some(km[1]))


def _moved(found: list[PlantRow]) -> Iterator[PlantRow]:
    """Yield the first row, each that differs from the one before by a metre or in status, and the last."""
    told = None
    for number, row in enumerate(found):
        now = (row.status, *(None if km is None else round(km, 3) for km in (row.ru_km, row.ua_km)))
        if now != told or number == len(found) - 1:
            told = now
            yield row


def _some(km: float) -> float | None:
    return float(km) if np.isfinite(km) else None
