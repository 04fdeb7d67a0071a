"""The archive: an append-only store of snapshots by source and as-of date."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from frontgis.archive import ledger, segments
from frontgis.archive.files import MARK
from frontgis.archive.gate import Box, Outcome
from frontgis.archive.grounds import Grounds
from frontgis.archive.judging import Candidate, judged
from frontgis.archive.ledger import Entry
from frontgis.archive.locking import locked
from frontgis.archive.watch import Memo, Watch
from frontgis.model import AsOf, Provenance, Snapshot, StoreError, UsageError
from frontgis.sources import Adapter

_FORMAT: Final = b'{"format": 1}\n'
_BATCH: Final = 64


@dataclass(frozen=True, slots=True)
class Version:
    """Name one stored snapshot: its as-of date, where it came from, and the hash of its geometry."""

    as_of: AsOf
    published: AsOf
    file: str
    sha256: str
    geometry_hash: str
    segment: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Say what became of one file; `new` is false where the archive held it already."""

    entry: Entry
    new: bool


class Store:
    """Keep snapshots in a folder: `SOURCE/ledger.jsonl` beside `SOURCE/segments/NNNN.parquet`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open an archive; StoreError where the folder is none."""
        if not path.exists():
            raise StoreError(f"there is no archive at {path}: make one with 'frontgis ingest SOURCE PATH'")
        if not (path / MARK).is_file():
            raise StoreError(f"{path} is no frontgis archive: name the folder that 'frontgis ingest' made")
        return cls(path)

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Open an archive, made first where the folder is absent or empty; StoreError where it is another's."""
        with _writing(path):
            path.mkdir(parents=True, exist_ok=True)
            others = [item.name for item in path.iterdir() if not item.name.startswith(f".{MARK}")]
            if others and MARK not in others:
                raise StoreError(f"{path} holds other things ({min(others)} …): name an empty or new folder")
            if not others:
                segments.replace_file(path / MARK, _FORMAT)
        return cls(path)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the sources that have a stored snapshot."""
        names = sorted(item.name for item in self.path.iterdir() if item.is_dir())
        return tuple(name for name in names if any(entry.stored for entry in self.ledger(name)))

    def ledger(self, source: str) -> list[Entry]:
        """Return every decision on a source's files, in the order they were made."""
        return ledger.read(self._folder(source) / "ledger.jsonl")

    def versions(self, source: str, *, known: AsOf | None = None) -> tuple[Version, ...]:
        """Return the latest version of each as-of date, in order; with `known`, of those published by then."""
        latest: dict[AsOf, Version] = {}
        for entry in self.ledger(source):
            if entry.stored and (known is None or AsOf.parse(entry.published).end <= known.end):
                version = _version(entry)
                before = latest.get(version.as_of)
                if before is None or before.published.end <= version.published.end:
                    latest[version.as_of] = version
        return tuple(latest[as_of] for as_of in sorted(latest))

    def snapshots(self, source: str, versions: Iterable[Version]) -> Iterator[Snapshot]:
        """Yield the snapshots of versions, each segment read once where they come in order."""
        number, held = 0, segments.Geometries()
        for version in versions:
            if version.segment != number:
                number, held = (
                    version.segment,
                    segments.read(self._folder(source) / "segments", version.segment),
                )
            if version.geometry_hash not in held:
                raise StoreError(f"{self.path}: segment {number} lacks {version.file}: restore it from a copy")
            provenance = Provenance(version.file, version.sha256, version.published)
            yield Snapshot(source, version.as_of, held[version.geometry_hash], provenance)

    def ingest(self, adapter: Adapter, files: Iterable[tuple[str, bytes]], *, box: Box) -> Iterator[Judged]:
        """Judge files and store what the gate lets through; each yielded decision is durable.

        Files are stored in batches of at most 64. Raises StoreError where the archive cannot be written;
        what it held before is then still there.
        """
        folder = self._folder(adapter.name)
        with _writing(folder):
            (folder / "segments").mkdir(parents=True, exist_ok=True)
        grounds, memo = Grounds(folder / "segments"), Memo()
        rest = iter(files)
        batches = iter(lambda: list(islice(rest, _BATCH)), [])
        for candidates in judged(adapter, batches, box):
            with _writing(folder), locked(folder / ".lock"):
                decided = self._store(adapter.name, candidates, grounds, memo)
            yield from decided

    def accept(self, source: str, moment: AsOf, why: str) -> list[Entry]:
        """Release the held maps of a day or instant, and what agrees with them in turn; return their new lines.

        Raises UsageError where none waits there, naming the first that does.
        """
        folder = self._folder(source)
        if not folder.is_dir():
            raise UsageError(f"the archive has nothing of {source}: it has {', '.join(self.sources) or 'no source'}")
        with _writing(folder), locked(folder / ".lock"):
            entries = self.ledger(source)
            watch = Watch(entries, Grounds(folder / "segments"), Memo())
            first = next((f"; the first that waits is {entry.as_of}" for entry in watch.waiting), "")
            released = watch.accept(moment, why)
            if not released:
                raise UsageError(f"no map of {source} is held on {moment}{first}")
            ledger.append(folder / "ledger.jsonl", released)
        return released

    def waiting(self, source: str) -> list[Entry]:
        """Return the held files that nothing has released yet, in the order they were judged."""
        last = {_identity(entry): entry for entry in self.ledger(source)}
        return [entry for entry in last.values() if entry.outcome is Outcome.HOLD]

    def _store(self, source: str, candidates: list[Candidate], grounds: Grounds, memo: Memo) -> list[Judged]:
        folder = self._folder(source)
        entries = self.ledger(source)
        seen = {_identity(entry): entry for entry in entries}
        where = {entry.geometry: entry.segment for entry in entries if entry.kept}
        grounds.renew(candidates)
        watch = Watch(entries, grounds, memo)
        decided = [item for candidate in candidates for item in _decided(candidate.entry, seen, watch)]
        fresh = [item.entry for item in decided if item.new]
        rows = {candidate.entry.geometry: candidate.rows for candidate in candidates}
        wanted = {e.geometry: rows[e.geometry] for e in fresh if e.kept and e.geometry not in where}
        if wanted:
            where |= segments.fill(folder / "segments", wanted.items())
        ledger.append(folder / "ledger.jsonl", [_placed(entry, where) for entry in fresh])
        return [Judged(_placed(item.entry, where), item.new) for item in decided]

    def _folder(self, source: str) -> Path:
        return self.path / source


def _decided(entry: Entry, seen: dict[tuple[str, ...], Entry], watch: Watch) -> list[Judged]:
    """Return the decision on one file and the releases that follow from it; `seen` learns them."""
    known = seen.get(_identity(entry))
    if known is not None:
        same = {name: getattr(known, name) for name in ("outcome", "if_released", "notes", "net_km2")}
        return [Judged(msgspec.structs.replace(entry, **same), new=False)]
    lines = watch.judge(entry) if entry.kept else [entry]
    known = seen.get(_identity(lines[0]))
    seen.update({_identity(line): line for line in lines})
    return [Judged(line, new=known is None) for line in lines]


def _identity(entry: Entry) -> tuple[str, ...]:
    """Return what makes a decision new: another geometry of its as-of date, or another refused file."""
    if entry.kept:
        return (entry.as_of, entry.geometry)
    return (entry.file, entry.sha256, *(note.rule for note in entry.notes))


def _placed(entry: Entry, where: dict[str, int]) -> Entry:
    return msgspec.structs.replace(entry, segment=where[entry.geometry]) if entry.kept else entry


def _version(entry: Entry) -> Version:
    return Version(
        as_of=AsOf.parse(entry.as_of),
        published=AsOf.parse(entry.published),
        file=entry.file,
        sha256=entry.sha256,
        geometry_hash=entry.geometry,
        segment=entry.segment,
    )


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"cannot write to {path}: {error.strerror}; nothing was lost, mend that and try again"
        ) from None
