"""A strip of held ground that grows from day to day: the smallest history that examples can ask."""

from datetime import date, timedelta
from typing import Final

import shapely
from shapely import MultiPolygon

from frontgis.model import AsOf, Provenance, Region, Snapshot, Status

_FIRST: Final = date(2025, 1, 1)


def growing(*east: float) -> tuple[Snapshot, ...]:
    """Return a day for each longitude: occupied from 37 E up to it, contested a tenth of a degree beyond, 48 to 48.5 N.

    >>> [str(told.as_of) for told in growing(37.4, 37.5)]
    ['2025-01-01', '2025-01-02']
    """
    return tuple(_day(_FIRST + timedelta(days=number), edge) for number, edge in enumerate(east))


def _day(day: date, east: float) -> Snapshot:
    as_of = AsOf.day(day)
    found = ((Status.OCCUPIED, 37.0, east), (Status.CONTESTED, east, east + 0.1))
    regions = (Region(what, what.value, MultiPolygon([shapely.box(w, 48, e, 48.5)])) for what, w, e in found)
    return Snapshot("strip", as_of, tuple(regions), Provenance(f"{day}.geojson", "0" * 64, as_of))
