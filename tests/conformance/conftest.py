"""A small archive of made-up ground, and what the command line exports from it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import MultiPolygon, box

from tests.builders import let_through

GROUND = {
    date(2025, 3, 26): [box(37.0, 47.5, 38.5, 48.5)],
    date(2025, 3, 27): [box(37.0, 47.5, 38.6, 48.5), box(36.0, 47.3, 36.5, 47.6)],
    date(2025, 3, 28): [box(37.1, 47.5, 38.6, 48.6), box(36.0, 47.3, 36.5, 47.6)],
}


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, write_daily: Callable[..., Path]) -> list[Path]:
    """Write three days of made-up ground."""
    folder = tmp_path_factory.mktemp("files")
    return [write_daily(folder, day, MultiPolygon(parts)) for day, parts in GROUND.items()]


@pytest.fixture(scope="session")
def archive(files: list[Path], command: Callable[..., Any]) -> Path:
    """Ingest the three days."""
    folder = files[0].parent
    ran = command("ingest", "deepstate-daily", *files, "--archive", "archive", cwd=folder)
    assert ran.code == 3, ran.stderr
    let_through(folder / "archive")
    return folder / "archive"


@pytest.fixture
def export(archive: Path, tmp_path: Path, cli: Callable[..., Any]) -> Callable[..., Path]:
    """Export what is asked for to a file of the given suffix."""

    def run(*what: str, suffix: str) -> Path:
        target = tmp_path / f"{what[0]}{suffix}"
        ran = cli("export", *what, "--archive", archive, "-o", target)
        assert ran.code == 0, ran.stderr
        return target

    return run
