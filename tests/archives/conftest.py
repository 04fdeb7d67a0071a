"""The real archives, ingested once by the command line for all test processes."""

import csv
import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frontgis.history import History, open_archive

ROOT = Path(__file__).parents[2]


def accepted() -> list[dict[str, str]]:
    """Return the held days of the archives that were looked at and found true, with the reason."""
    return list(csv.DictReader((Path(__file__).parent / "accept.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="session")
def kept(archives: Path, tmp_path_factory: pytest.TempPathFactory, command: Callable[..., Any]) -> Path:
    """Give an archive that holds both sources."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "kept.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "kept.done").exists():
            for source in ("deepstate-daily", "deepstate"):
                lines = [row for row in accepted() if row["source"] == source]
                ran = command("ingest", source, archives / source, "--archive", "kept", cwd=shared)
                assert ran.code == (3 if lines else 0), ran.stderr
                for row in lines:
                    let_through = ("accept", source, row["date"], "--why", row["why"])
                    ran = command(*let_through, "--archive", "kept", cwd=shared)
                    assert ran.code == 0, ran.stderr
            (shared / "kept.done").touch()
    return shared / "kept"


@pytest.fixture
def ask(kept: Path, cli: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Ask a verb about a source and give its JSON answer."""

    def run(source: str, *arguments: str) -> dict[str, Any]:
        ran = cli(*arguments, "--source", source, "--archive", kept, "--format", "json")
        assert ran.code == 0, ran.stderr
        answer: dict[str, Any] = json.loads(ran.stdout)
        return answer

    return run


@pytest.fixture(scope="session")
def daily(kept: Path) -> History:
    return open_archive(kept).history("deepstate-daily")


@pytest.fixture(scope="session")
def full(kept: Path) -> History:
    return open_archive(kept).history("deepstate")


@pytest.fixture(scope="session")
def tables() -> Path:
    """Give the folder of figures that others computed from the same archives."""
    folder = ROOT.parent / "shared" / "design"
    if not (folder / "deepstate-areas.csv").exists():
        pytest.skip("the tables of expected figures are not there")
    return folder
