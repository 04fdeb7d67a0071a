"""The rule that a floor imports only floors below it bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("importer", "line", "contract"),
    [
        ("model/_bad.py", "import frontgis.geo\n", "A floor imports only floors below it"),
        ("geo/_bad.py", "import pandas\n", "Words and geometry know no frames"),
    ],
)
def test_an_import_up_the_house_is_caught(importer: str, line: str, contract: str, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "frontgis", tmp_path / "frontgis", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / "frontgis" / importer).write_text(line, encoding="utf-8")
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [row for row in done.stdout.splitlines() if row.startswith(contract) and row.endswith("BROKEN")]
