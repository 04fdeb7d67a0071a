"""From bytes to history, as the archive does it but without a disk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from frontgis.archive import Store, Version, judging
from frontgis.catalog import shipped
from frontgis.history import kept, lookup
from frontgis.history.composite import Composite, build
from frontgis.history.setting import theatre_of
from frontgis.model import AsOf, Provenance, Snapshot
from frontgis.sources import adapter
from measures.processes import SOURCE

if TYPE_CHECKING:
    from pathlib import Path

Files = list[tuple[str, bytes]]


def files_of(folder: Path) -> Files:
    """Return the names and bytes of the daily files in a folder."""
    return [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.geojson"))]


def history(files: Files) -> tuple[Composite, float]:
    """Return the composite, its series asked once, and the seconds until every file was read, judged and hashed."""
    begin = time.perf_counter()
    snapshots = judged(files)
    until = time.perf_counter() - begin
    found = build(snapshots, theatre_of(shipped()))
    lookup.series(found)
    return found, until


def judged(files: Files) -> list[Snapshot]:
    """Return the snapshots of files that were read and let through the gate, with their hashes."""
    found = judging.judged(adapter(SOURCE), [files], shipped().theatre().box)
    return [_snapshot(candidate) for batch in found for candidate in batch]


def _snapshot(candidate: judging.Candidate) -> Snapshot:
    entry = candidate.entry
    provenance = Provenance(entry.file, entry.sha256, AsOf.parse(entry.published))
    return Snapshot(SOURCE, AsOf.parse(entry.as_of), candidate.regions, provenance)


def ingested(files: Files, folder: Path) -> None:
    """Put files into a new archive."""
    list(Store.create(folder).ingest(adapter(SOURCE), files, box=shipped().theatre().box))


def kept_in(folder: Path, composite: Composite) -> None:
    """Write a history to a folder."""
    versions = [Version(as_of, AsOf.parse("2026-01-01"), "", "", "", 0) for as_of in composite.as_of]
    kept.write(folder, composite, kept.Origin(SOURCE, tuple(versions), units=""))
