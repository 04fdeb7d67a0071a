"""An append-only store of snapshots, the ledger of decisions, and the gate that makes them."""

from frontgis.archive.files import Walk, walk
from frontgis.archive.gate import Outcome
from frontgis.archive.ledger import Entry, LedgerNote
from frontgis.archive.store import Judged, Store, Version

__all__ = ["Entry", "Judged", "LedgerNote", "Outcome", "Store", "Version", "Walk", "walk"]
