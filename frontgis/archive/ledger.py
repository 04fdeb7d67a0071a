"""The ledger: one JSON line for each file that was ever judged, appended and never changed."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from frontgis.archive.gate import Outcome
from frontgis.model import StoreError


class LedgerNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """Record one rule that touched a file, and the km² it moved."""

    rule: str
    km2: float
    why: str


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """Record what was decided on one file; accepted and repaired ones are versions of their as-of date.

    `net_km2` is the held ground gained less that lost since the good map it was compared with. A held file is in the
    archive and in no answer; a later line of the same as-of and geometry, with the outcome `if_released`, lets it
    through.
    """

    file: str
    sha256: str
    outcome: Outcome
    as_of: str = ""
    published: str = ""
    geometry: str = ""
    segment: int = 0
    net_km2: float = 0.0
    if_released: Outcome = Outcome.ACCEPT
    notes: tuple[LedgerNote, ...] = ()

    @property
    def stored(self) -> bool:
        """Tell whether the file answers questions."""
        return self.outcome in (Outcome.ACCEPT, Outcome.REPAIR)

    @property
    def kept(self) -> bool:
        """Tell whether the archive has the file's geometry: held ones too."""
        return self.outcome is not Outcome.REJECT


_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_DECODER: Final = msgspec.json.Decoder(Entry)


def read(path: Path) -> list[Entry]:
    """Return all whole lines; a last line torn by a crash was never acknowledged and is passed over.

    Raises StoreError where a whole line cannot be understood.
    """
    if not path.exists():
        return []
    entries = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
        try:
            entries.append(_DECODER.decode(line))
        except msgspec.MsgspecError as error:
            raise StoreError(f"{path}, line {number} is damaged ({error}): restore it from a copy") from None
    return entries


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Add lines durably, or leave the ledger as it was: a torn end is cut off first, a failed write afterwards."""
    lines = b"".join(_ENCODER.encode(entry) + b"\n" for entry in entries)
    if not lines:
        return
    with path.open("ab+", buffering=0) as file:
        file.seek(0)
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        try:
            while lines:
                lines = lines[file.write(lines) :]
            os.fsync(file.fileno())
        except OSError:
            os.truncate(path, whole)
            raise
