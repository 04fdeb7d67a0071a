"""The built package runs alone: without the checkout, from an empty folder."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest


def run(*command: str | Path, cwd: Path, **environ: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FRONTGIS_", "PYTHON"))}
    done = subprocess.run(
        command, cwd=cwd, env=kept | environ, capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Build the source package from the checkout, and the wheel from the source package."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, cwd=root)
    return out


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new environment that sees the locked packages but not the checkout."""
    place = tmp_path_factory.mktemp("env")
    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place)
    (wheel,) = dist.glob("*.whl")
    python = place / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=place,
    )
    (packages,) = (place / "lib").glob("python*/site-packages")
    for locked in Path(pytest.__file__).parent.parent.iterdir():
        if not locked.name.removeprefix("_").startswith("frontgis"):
            (packages / locked.name).symlink_to(locked)
    return place / "bin"


def test_both_packages_hold_the_same_modules_and_layers(dist: Path, root: Path) -> None:
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    modules = {path.relative_to(root).as_posix() for path in (root / "frontgis").rglob("*.py")}
    assert modules <= set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(source) as archive:
        assert modules <= {name.partition("/")[2] for name in archive.getnames()}
    layers = {f"frontgis/_shipped/layers/{path.name}" for path in (root / "layers").glob("*.toml")}
    assert layers
    assert layers <= set(zipfile.ZipFile(wheel).namelist())
    schemas = {f"frontgis/_shipped/docs/schemas/{path.name}" for path in (root / "docs" / "schemas").glob("*.json")}
    assert schemas
    assert schemas <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_carries_its_licence(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    (licence,) = [name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE")]
    assert b"Apache License" in archive.read(licence)


def test_the_installed_package_is_the_wheel_alone(installed: Path, tmp_path: Path, root: Path) -> None:
    where = run(installed / "python", "-c", "import frontgis; print(frontgis.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)
    assert not Path(where).is_relative_to(root)


def test_the_installed_command_helps_and_lists_its_layers(installed: Path, tmp_path: Path) -> None:
    assert "Usage: frontgis" in run(installed / "frontgis", "--help", cwd=tmp_path)
    assert "oblasts" in run(installed / "frontgis", "layers", cwd=tmp_path)


def test_the_installed_command_builds_the_site(installed: Path, tmp_path: Path) -> None:
    run(installed / "frontgis", "build", "--out", "site", cwd=tmp_path)
    assert (tmp_path / "site" / "index.html").is_file()
