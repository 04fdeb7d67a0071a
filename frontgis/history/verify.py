"""Proof of an archive and its history: hashes, ids, and sampled answers against direct overlays of the snapshots."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from frontgis.archive import Store, segments
from frontgis.geo import edges
from frontgis.history import change, control, kept, lookup
from frontgis.history.composite import CODES, Composite, build, edges_of
from frontgis.history.division import NOISE
from frontgis.history.grid import on_grid
from frontgis.history.history import History
from frontgis.model import Snapshot, StoreError, geometry_hash

WITHIN_KM2: Final = 0.001
"""An answer of the history may differ from the direct overlay by this much a unit and status."""

OK, FAILED, WARNING = "ok", "failed", "warning"


@dataclass(frozen=True, slots=True)
class Check:
    """Say what was checked, whether it held, and what was found."""

    source: str
    check: str
    outcome: str
    found: str


def archive_checks(store: Store, source: str) -> Iterator[Check]:
    """Check every segment of a source against the geometry hashes in it and in the ledger."""
    folder = store.path / source / "segments"
    wanted: dict[int, set[str]] = {number: set() for number in segments.numbers(folder)}
    for entry in store.ledger(source):
        if entry.kept:
            wanted.setdefault(entry.segment, set()).add(entry.geometry)
    for number, hashes in sorted(wanted.items()):
        outcome, found = _segment(folder, number, hashes)
        yield Check(source, f"segment {number:04}", outcome, found)


def _segment(folder: Path, number: int, wanted: set[str]) -> tuple[str, str]:
    try:
        held = segments.read(folder, number)
    except (StoreError, KeyError, ValueError) as error:
        return FAILED, " ".join(str(error).split())
    spoiled = [key for key, regions in held.items() if geometry_hash(regions) != key]
    if spoiled:
        return FAILED, f"{len(spoiled)} of {len(held)} snapshots are not what their hash says: {spoiled[0][:12]}…"
    if missing := wanted - held.keys():
        return FAILED, f"{len(missing)} snapshots of the ledger are not in it: {min(missing)[:12]}…"
    return OK, f"{len(held)} snapshots as their hashes say"


def history_checks(history: History, *, sample: int) -> Iterator[Check]:
    """Check the kept history against its id and hashes, and samples of its answers against direct overlays.

    Nothing is written: where no history of these versions is kept, one is built in memory and its answers are checked.
    """
    outcome, found, composite = _kept(history)
    yield Check(history.source, "kept history", outcome, found)
    try:
        whole = composite or build(history.snapshots(), history.theatre)
        yield from _samples(history, whole, sample)
    except StoreError as error:
        yield Check(history.source, "samples", FAILED, str(error))


def _kept(history: History) -> tuple[str, str, Composite | None]:
    folder = history.folder
    if folder is None or not folder.exists():
        return OK, "none is kept: it is built when it is asked for", None
    if spoiled := kept.damaged(folder):
        return FAILED, f"{', '.join(spoiled)} in {folder} is not as it was written: remove that folder", None
    if kept.kept_id(folder) != history.id:
        return WARNING, "it is of other versions or units: it is brought up to date when it is asked for", None
    found = kept.read(folder, history.theatre)
    if found is None:
        return FAILED, f"{folder} cannot be read: remove that folder", None
    return OK, f"id {history.id}", found


def _samples(history: History, composite: Composite, sample: int) -> Iterator[Check]:
    chance = random.Random(0)  # noqa: S311 - the same sample each time
    places = range(len(composite.as_of))
    series = lookup.series(composite)
    for place in sorted(chance.sample(places, min(sample, len(places)))):
        snapshot = history.snapshot(composite.as_of[place])
        check = f"on {snapshot.as_of}"
        yield _judged(history.source, check, _edges_apart(composite, place, snapshot), _areas(series, place, snapshot))
    if len(places) < 2:  # noqa: PLR2004 - a change is between two
        return
    for _ in range(sample):
        a, b = sorted(chance.sample(places, 2))
        before, after = composite.as_of[a], composite.as_of[b]
        apart = _change(composite, a, b, history.snapshot(before), history.snapshot(after))
        yield _judged(history.source, f"change {before} {after}", 0, apart)


def _judged(source: str, check: str, edges_apart: int, km2: float) -> Check:
    outcome = OK if not edges_apart and km2 <= WITHIN_KM2 else FAILED
    lines = f"{edges_apart} edges differ; " if edges_apart else ""
    return Check(source, check, outcome, f"{lines}by unit and status at most {km2:.6f} km² from the direct overlay")


def _edges_apart(composite: Composite, place: int, snapshot: Snapshot) -> int:
    ours, theirs, none = composite.edges_at(place), edges_of(snapshot), edges.total([])
    return sum(len(edges.difference(ours.get(key, none), theirs.get(key, none))) for key in ours | theirs)


def _areas(series: lookup.Series, place: int, snapshot: Snapshot) -> float:
    ids = series.composite.ids
    direct = np.zeros_like(series.km2[place])
    for row in control.area(on_grid(snapshot), series.composite.division):
        if row.unit != NOISE:
            direct[ids.index(row.unit), CODES.index(row.status)] = row.km2
    return float(np.abs(series.km2[place] - direct)[:, :-1].max())


def _change(composite: Composite, a: int, b: int, before: Snapshot, after: Snapshot) -> float:
    moved = lookup.moved(composite, a, b)
    direct = np.zeros_like(moved.real)
    for row in change.between(on_grid(before), on_grid(after)).table(composite.division):
        place = composite.ids.index(row.unit), CODES.index(row.before), CODES.index(row.after)
        direct[place] += row.km2 + row.noise_km2
    return float(np.abs(moved.real + moved.noise - direct).max())
