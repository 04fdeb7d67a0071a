"""A snapshot: one source's picture of control at one as-of date."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from frontgis.model.status import Status
from frontgis.model.time import AsOf


@dataclass(frozen=True, slots=True)
class Provenance:
    """Say where a snapshot's bytes came from and when they were published or captured."""

    file: str
    sha256: str
    published: AsOf


@dataclass(frozen=True, slots=True)
class Region:
    """Hold polygons of one status under the source's own words (lon/lat, straight edges, WGS 84).

    `evidence` is the source's grade of what the status rests on, empty where it gives none.
    """

    status: Status
    words: str
    geometry: MultiPolygon
    evidence: str = ""


@dataclass(frozen=True)
class Snapshot:
    """Hold one source's picture of control at one as-of date; regions of two statuses never overlap."""

    source: str
    as_of: AsOf
    regions: tuple[Region, ...]
    provenance: Provenance

    @cached_property
    def by_status(self) -> dict[Status, BaseGeometry]:
        """Return one (multi)polygon a status, empty statuses left out."""
        return {
            status: shapely.union_all([region.geometry for region in self.regions if region.status is status])
            for status in sorted({region.status for region in self.regions})
        }

    def ground(self, statuses: Iterable[Status]) -> BaseGeometry:
        """Return the union of the given statuses; an empty polygon where the snapshot has none of them."""
        wanted = set(statuses)
        parts = [geometry for status, geometry in self.by_status.items() if status in wanted]
        return parts[0] if len(parts) == 1 else shapely.union_all(parts) if parts else Polygon()

    @cached_property
    def geometry_hash(self) -> str:
        """Return a sha256 of status, words and exact coordinates, independent of order of regions."""
        return geometry_hash(self.regions)


Row: TypeAlias = tuple[str, str, bytes]
"""Status, words and well-known binary of a region."""


def encoded(regions: Iterable[Region]) -> tuple[Row, ...]:
    """Return the regions as they are stored and hashed."""
    return tuple((str(r.status), r.words, shapely.to_wkb(r.geometry, byte_order=1)) for r in regions)


def hash_of(rows: Iterable[Row]) -> str:
    """Return a sha256 of encoded regions, independent of their order."""
    lines = sorted(f"{status}\x1f{words}\x1f".encode() + shape for status, words, shape in rows)
    return hashlib.sha256(b"\x1e".join(lines)).hexdigest()


def geometry_hash(regions: Iterable[Region]) -> str:
    """Return a sha256 of status, words and exact coordinates of regions, independent of their order."""
    return hash_of(encoded(regions))


@dataclass(frozen=True, slots=True)
class Note:
    """Record one thing an adapter or the gate did to a file: the rule's name, the km² it moved, and why."""

    rule: str
    km2: float
    why: str
    repair: bool = field(default=False)
