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
FILE = r"deepstatemap_data_\d{8}\.geojson"
ENVIRON = {name: value for name, value in os.environ.items() if not name.startswith("FRONTGIS_")}


def ground(seed: int, vertices: int) -> MultiPolygon:
    """Return one star-shaped polygon of some 20 km² near 37.5 E 48.5 N, another for each seed."""
    radius = np.random.default_rng(seed).uniform(0.02, 0.04, vertices)
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


def ingest(folder: Path, archive: Path, *, kill: tuple[int, float] | None = None) -> list[tuple[float, str]]:
    """Ingest a folder; return each file that was acknowledged, with the seconds since the start.

    `kill` is how many files to wait for and how many seconds more to let pass before the process is killed.
    """
    acknowledged: list[tuple[float, str]] = []
    begin = time.monotonic()
    with subprocess.Popen(
        [COMMAND, "ingest", "deepstate-daily", folder, "--archive", archive],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=ENVIRON,
    ) as child:
        assert child.stdout
        if kill and kill[0] == 0:
            _kill_after(child, kill[1])
        for line in child.stdout:
            acknowledged += [(time.monotonic() - begin, name) for name in re.findall(FILE, line)]
            if kill and 0 < kill[0] <= len(acknowledged):
                _kill_after(child, kill[1])
                kill = None
    return acknowledged


def _kill_after(child: subprocess.Popen[str], seconds: float) -> None:
    time.sleep(seconds)
    child.kill()


def test_a_kill_at_any_moment_loses_nothing_acknowledged(
    files: tuple[Path, dict[str, str]], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    folder, hashes = files
    archive = tmp_path / "archive"
    whole = ingest(folder, archive)
    assert {name for _, name in whole} == hashes.keys()
    assert held(archive) == hashes
    first, last = whole[0][0], whole[-1][0]

    moments = random.Random(20250328)
    acknowledged: set[str] = set()
    partly = 0
    for number in range(50 if pytestconfig.getoption("--slow") else 12):
        if number % 3 == 0:
            shutil.rmtree(archive, ignore_errors=True)
            acknowledged = set()
        kill = 64 * moments.randrange(5), moments.random() * (last - first) / 4
        if kill[0] == 0:
            kill = 0, moments.uniform(0.5, 1) * first
        acknowledged |= {name for _, name in ingest(folder, archive, kill=kill)}
        there = held(archive) if (archive / "deepstate-daily").exists() else {}
        assert acknowledged <= there.keys()
        assert there.items() <= hashes.items()
        partly += 0 < len(there) < len(hashes)
    assert partly >= 3, "hardly any kill met an archive that was half written"
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
