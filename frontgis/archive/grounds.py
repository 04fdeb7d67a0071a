"""The ground behind lines of the ledger: of the files in hand, of those just compared, else from the segments."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from frontgis.archive import segments
from frontgis.archive.judging import Candidate
from frontgis.archive.ledger import Entry
from frontgis.archive.step import Ground
from frontgis.model import StoreError

_KEEP: Final = 32


class Grounds:
    """Give the ground of ledger lines; the last few are remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._near: dict[str, Ground] = {}
        self._number, self._segment = 0, segments.Geometries()

    def renew(self, candidates: Iterable[Candidate]) -> None:
        """Take the files in hand, whose ground is not stored yet, and forget segments, which may grow."""
        self._number = 0
        self._near = dict(list(self._near.items())[-_KEEP:])
        for candidate in candidates:
            if candidate.entry.kept:
                self._near.setdefault(candidate.entry.geometry, Ground(candidate.regions))

    def __call__(self, entry: Entry) -> Ground:
        """Return the ground of a line; StoreError where its segment lacks it."""
        if entry.geometry not in self._near:
            if entry.segment != self._number:
                self._segment = segments.read(self._folder, entry.segment)
                self._number = entry.segment
            if entry.geometry not in self._segment:
                raise StoreError(f"{self._folder}: segment {entry.segment} lacks {entry.file}: restore it from a copy")
            return Ground(self._segment[entry.geometry])
        return self._near[entry.geometry]
