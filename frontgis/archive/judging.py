"""Files judged: read one after another while GEOS tests beside whether those already read are valid."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from frontgis.archive.gate import Box, Outcome, Verdict, judge
from frontgis.archive.ledger import Entry, LedgerNote
from frontgis.model import Region, RejectedError
from frontgis.model.snapshot import Row, encoded, hash_of
from frontgis.sources import Adapter, Reading

File = tuple[str, bytes]

_TOGETHER: Final = 16
"""Files tested in one call: fewer, and the threads wait for each other more than they work."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold the decision on a file, and the regions that may be stored, also as they are stored."""

    entry: Entry
    regions: tuple[Region, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    sha256: str
    found: Reading | RejectedError

    @property
    def shapes(self) -> list[MultiPolygon]:
        return [region.geometry for region in self.found.regions] if isinstance(self.found, Reading) else []


@dataclass(frozen=True, slots=True)
class _Tested:
    """Hold files that were read, their geometries, and which of those are valid once GEOS is through."""

    read: list[_Read]
    shapes: NDArray[np.object_]
    valid: Future[NDArray[np.bool_]]


def judged(adapter: Adapter, batches: Iterable[Sequence[File]], box: Box) -> Iterator[list[Candidate]]:
    """Yield what the gate says of each file of each batch, in order (box: west, south, east, north in degrees).

    A batch is read before the one before it is yielded, so that GEOS tests it while that is stored.
    """
    with ThreadPoolExecutor(1) as beside:
        ahead: list[_Tested] = []
        for files in batches:
            now = [_begun(adapter, files[at : at + _TOGETHER], beside) for at in range(0, len(files), _TOGETHER)]
            if ahead:
                yield _candidates(ahead, box)
            ahead = now
        if ahead:
            yield _candidates(ahead, box)


def _begun(adapter: Adapter, files: Sequence[File], beside: ThreadPoolExecutor) -> _Tested:
    read = [_read(adapter, *file) for file in files]
    shapes = np.array([shape for one in read for shape in one.shapes], dtype=object)
    return _Tested(read, shapes, beside.submit(shapely.is_valid, shapes))


def _candidates(tested: list[_Tested], box: Box) -> list[Candidate]:
    sound = set(map(id, chain.from_iterable(some.shapes[some.valid.result()] for some in tested)))
    return [_candidate(one, box, sound) for some in tested for one in some.read]


def _read(adapter: Adapter, name: str, data: bytes) -> _Read:
    digest = hashlib.sha256(data).hexdigest()
    try:
        return _Read(name, digest, adapter.read(data, name))
    except RejectedError as error:
        return _Read(name, digest, error)


def _candidate(read: _Read, box: Box, sound: set[int]) -> Candidate:
    try:
        if isinstance(read.found, RejectedError):
            raise read.found
        verdict = judge(read.found, box, sound)
    except RejectedError as error:
        notes = (LedgerNote(error.rule, 0.0, error.why),)
        return Candidate(Entry(file=read.name, sha256=read.sha256, outcome=Outcome.REJECT, notes=notes))
    rows = encoded(verdict.regions)
    return Candidate(_entry(read, read.found, verdict, hash_of(rows)), verdict.regions, rows)


def _entry(read: _Read, reading: Reading, verdict: Verdict, geometry: str) -> Entry:
    return Entry(
        file=read.name,
        sha256=read.sha256,
        outcome=verdict.outcome,
        as_of=str(reading.as_of),
        published=str(reading.published),
        geometry=geometry,
        notes=tuple(LedgerNote(note.rule, round(note.km2, 6), note.why) for note in verdict.notes),
    )
