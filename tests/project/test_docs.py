"""What README and docs tell people to type works as written."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from shapely import MultiPolygon, box

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (page.name, text) for page in PAGES for kind, text in BLOCK.findall(page.read_text("utf-8")) if kind == language
    ]


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory, command: Callable[..., Any], write_daily: Callable[..., Path]
) -> Path:
    """Give a folder as a reader has it: ten days of made-up files in data/, an archive of them, the recipes."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "data").mkdir()
    for day in range(10):
        ground = MultiPolygon([box(37.0, 47.5, 38.5 + day / 100, 48.5)])
        write_daily(folder / "data", date(2025, 3, 20) + timedelta(days=day), ground)
    shutil.copytree(ROOT / "maps", folder / "maps")
    assert command("ingest", "deepstate-daily", "data", cwd=folder).code == 0
    return folder


PYTHON = blocks("python")
COMMANDS = [
    (page, line.partition("#")[0].strip().removeprefix(".venv/bin/"))
    for page, text in blocks("sh")
    for line in text.splitlines()
    if line.removeprefix(".venv/bin/").startswith("frontgis ")
]


@pytest.mark.parametrize(("page", "text"), PYTHON, ids=[page for page, _ in PYTHON])
def test_python_examples_run(page: str, text: str, desk: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", text], cwd=desk, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{page}: {ran.stderr}"


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=[line for _, line in COMMANDS])
def test_commands_run(page: str, line: str, desk: Path, command: Callable[..., Any]) -> None:
    ran = command(*shlex.split(line)[1:], cwd=desk)
    assert ran.code == 0, f"{page}: {ran.stderr}"


def test_there_is_something_to_test() -> None:
    assert {page for page, _ in PYTHON} >= {"README.md"}
    assert len(COMMANDS) >= 6


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
