"""The words of the field, as small frozen types."""

from frontgis.model.errors import (
    AmbiguousError,
    FrontgisError,
    HeldError,
    InputError,
    NotFoundError,
    RejectedError,
    StoreError,
    UsageError,
)
from frontgis.model.snapshot import Note, Provenance, Region, Snapshot, geometry_hash
from frontgis.model.status import HELD, PRECEDENCE, Side, Status
from frontgis.model.time import AsOf

__all__ = [
    "HELD",
    "PRECEDENCE",
    "AmbiguousError",
    "AsOf",
    "FrontgisError",
    "HeldError",
    "InputError",
    "NotFoundError",
    "Note",
    "Provenance",
    "Region",
    "RejectedError",
    "Side",
    "Snapshot",
    "Status",
    "StoreError",
    "UsageError",
    "geometry_hash",
]
