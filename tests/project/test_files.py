"""What is committed stays small, pinned and free of machine settings."""

import json
import re
import subprocess
from pathlib import Path

import pytest

MB = 1_000_000


def tracked(root: Path) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def test_no_tracked_file_is_over_5_mb(root: Path) -> None:
    assert [path.name for path in tracked(root) if path.stat().st_size > 5 * MB] == []


def test_the_shipped_layers_are_25_mb_at_most(root: Path) -> None:
    sizes = [path.stat().st_size for path in tracked(root) if path.is_relative_to(root / "layers")]
    assert 0 < sum(sizes) <= 25 * MB


def test_the_test_lock_holds_the_run_time_lock(root: Path) -> None:
    running = pins(root / "requirements.lock")
    assert len(running) > 20
    assert running.items() <= pins(root / "requirements-dev.lock").items()


def test_no_merge_was_left_half_done(root: Path) -> None:
    marks = ["git", "grep", "-lE", f"^({'<' * 7}|{'>' * 7}) "]
    found = subprocess.run(marks, cwd=root, capture_output=True, text=True, check=False)
    if found.returncode > 1:
        pytest.skip("not a git checkout")
    assert found.stdout == ""


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pinned_package_has_hashes_and_names_no_place(lock: str, root: Path) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert re.findall(r"(?i)://|@ |--(?:index|extra-index|find-links)", text) == []


def test_the_npm_lock_has_hashes_and_names_no_place(root: Path) -> None:
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert len(installed) > 50
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if "integrity" not in package] == []
