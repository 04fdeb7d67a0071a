"""What was acknowledged survives: killed at any moment, or out of room."""

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from shapely import MultiPolygon, Polygon

from frontgis.archive import Store
from frontgis.model import AsOf, Provenance, Region, Snapshot, Status

COMMAND = Path(sys.executable).with_name("frontgis")
DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in range(320)]
ENVIRON = {name: value for name, value in os.environ.items() if not name.startswith("FRONTGIS_")}


def ground(seed: int, vertices: int) -> MultiPolygon:
    """Return one star-shaped polygon near 37.5 E 48.5 N, another for each seed."""
    radius = np.random.default_rng(seed).uniform(0.2, 0.4, vertices)
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    ring = np.column_stack([37.5 + radius * np.cos(angle), 48.5 + radius * np.sin(angle)])
    return MultiPolygon([Polygon(ring)])


def expected_hash(day: date, file: str, shape: MultiPolygon) -> str:
    as_of = AsOf.day(day - timedelta(days=1))
    region = Region(Status.OCCUPIED, "occupied", shape)
    return Snapshot("deepstate-daily", as_of, (region,), Provenance(file, "", as_of)).geometry_hash


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, write_daily: Callable[..., Path]) -> tuple[Path, dict[str, str]]:
    """Write 320 different snapshots; give their folder and the geometry hash of each file."""
    folder = tmp_path_factory.mktemp("files")
    hashes = {}
    for seed, day in enumerate(DAYS):
        shape = ground(seed, 60)
        file = write_daily(folder, day, shape).name
        hashes[file] = expected_hash(day, file, shape)
    return folder, hashes


def held(archive: Path) -> dict[str, str]:
    """Return file and geometry hash of each stored snapshot, the hash worked out from the geometry itself."""
    store = Store.open(archive)
    versions = store.versions("deepstate-daily")
    return {
        snapshot.provenance.file: snapshot.geometry_hash for snapshot in store.snapshots("deepstate-daily", versions)
    }


def ingest(folder: Path, archive: Path, *, kill_after: float | None = None) -> set[str]:
    """Ingest a folder, killed after some seconds where it still runs; return the files it acknowledged."""
    command = [COMMAND, "ingest", "deepstate-daily", folder, "--archive", archive]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRON) as child:
        try:
            out, _ = child.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            child.kill()
            out, _ = child.communicate()
    return set(re.findall(r"deepstatemap_data_\d{8}\.geojson", out))


def test_a_kill_at_any_moment_loses_nothing_acknowledged(
    files: tuple[Path, dict[str, str]], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    folder, hashes = files
    archive = tmp_path / "archive"
    begin = time.monotonic()
    assert ingest(folder, archive) == hashes.keys()
    whole_run = time.monotonic() - begin
    assert held(archive) == hashes

    moments = random.Random(20250328)
    partly = 0
    for kill in range(50 if pytestconfig.getoption("--slow") else 12):
        if kill % 3 == 0:
            shutil.rmtree(archive, ignore_errors=True)
            acknowledged = set()
        acknowledged |= ingest(folder, archive, kill_after=whole_run * moments.uniform(0.2, 1))
        there = held(archive) if (archive / "deepstate-daily").exists() else {}
        assert acknowledged <= there.keys()
        assert there.items() <= hashes.items()
        partly += 0 < len(there) < len(hashes)
    assert partly > 0, "no kill met an archive that was half written"
    ingest(folder, archive)
    assert held(archive) == hashes


@pytest.mark.parametrize("vertices", [4, 400], ids=["the ledger is full", "the segment is full"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_full_disk_says_so_and_loses_nothing(
    vertices: int, share: float, tmp_path: Path, write_daily: Callable[..., Path]
) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    for folder, days in ((few, DAYS[:10]), (many, DAYS[:60])):
        folder.mkdir()
        for seed, day in enumerate(days):
            write_daily(folder, day, ground(seed, vertices))
    archive, whole = tmp_path / "archive", tmp_path / "whole"
    ingest(few, archive)
    ingest(many, whole)
    before, complete = held(archive), held(whole)
    assert (len(before), len(complete)) == (10, 60)

    done = ingest_with_room(largest(archive) + int(share * (largest(whole) - largest(archive))), many, archive)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert f"cannot write to {archive}" in line
    assert held(archive) == before
    assert list(archive.rglob("*.part")) == []

    ingest(many, archive)
    assert held(archive) == complete


def ingest_with_room(room: int, folder: Path, archive: Path) -> subprocess.CompletedProcess[str]:
    """Ingest a folder where no file may grow over `room` bytes."""
    return subprocess.run(
        [COMMAND, "ingest", "deepstate-daily", folder, "--archive", archive],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        env=ENVIRON,
        capture_output=True,
        text=True,
        check=False,
    )


def largest(folder: Path) -> int:
    return max(path.stat().st_size for path in folder.rglob("*") if path.is_file())
