"""The composite of a history: taken from where it is kept, grown by what is new, or built; then kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from frontgis.archive import Version
from frontgis.history import kept
from frontgis.history.composite import Composite, build
from frontgis.history.division import Division
from frontgis.history.insertion import insert
from frontgis.history.kept import Origin
from frontgis.model import Snapshot

Read: TypeAlias = Callable[[Sequence[Version]], Iterable[Snapshot]]
Say: TypeAlias = Callable[[str], None]
Watch: TypeAlias = Callable[[Iterator[Snapshot], int], Iterable[Snapshot]]

_FEW = 64
"""More new versions than this are quicker built anew."""


def _quiet(line: str) -> None:
    """Say nothing."""


def _unwatched(snapshots: Iterator[Snapshot], count: int) -> Iterator[Snapshot]:  # noqa: ARG001
    """Show nothing."""
    return snapshots


@dataclass(frozen=True, slots=True)
class Told:
    """Hold who is told of long work.

    `say` hears where a kept history was of no use; `watch` is given the snapshots that are read, and how many, and
    gives them back.
    """

    say: Say = _quiet
    watch: Watch = _unwatched


def fresh(folder: Path, origin: Origin, division: Division) -> Composite | None:
    """Return the kept composite of that origin; None where another or none is kept, or it is damaged."""
    return kept.read(folder, division) if kept.kept_id(folder) == origin.id else None


def composite_of(folder: Path, origin: Origin, division: Division, *, read: Read, say: Say) -> Composite:
    """Return the composite of versions, kept in a folder for the next time; a stale or damaged one is said."""
    if found := fresh(folder, origin, division):
        return found
    made = _grown(folder, origin, division, read, say)
    if made is None:
        made = build(read(origin.versions), division)
    try:
        kept.write(folder, made, origin)
    except OSError as error:
        say(f"the history cannot be kept in {folder} ({error.strerror}): it is built each time")
    return made


def _grown(folder: Path, origin: Origin, division: Division, read: Read, say: Say) -> Composite | None:
    """Return the kept composite with the versions it lacks; None where it is too far behind or not of these units."""
    before = kept.kept_versions(folder, origin.units)
    if before is None:
        if folder.exists():
            say("the kept history is damaged or of other units: it is built anew")
        return None
    new = [version for version in origin.versions if before.get(str(version.as_of)) != version.geometry_hash]
    if set(before) - dict(origin.dated).keys() or len(new) > _FEW:
        say("the kept history is stale: it is built anew")
        return None
    found = kept.read(folder, division)
    if found is None:
        say("the kept history is damaged: it is built anew")
        return None
    for snapshot in read(new):
        found = insert(found, snapshot)
    return found
