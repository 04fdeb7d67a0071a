"""What every test may ask for: the command line, the real archives, the full tier."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import hypothesis
import pyogrio
import pyproj
import pytest
import shapely
from shapely import MultiPolygon
from shapely.geometry import mapping

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("frontgis")

hypothesis.settings.register_profile("frontgis", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("frontgis")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the full tier too")


def pytest_report_header() -> str:
    gdal = ".".join(map(str, pyogrio.__gdal_version__))
    return f"GEOS {shapely.geos_version_string}, PROJ {pyproj.proj_version_str}, GDAL {gdal}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "archives" in getattr(item, "fixturenames", ()):
            item.add_marker("archives")
        if "slow" in item.keywords and not config.getoption("--slow"):
            item.add_marker(pytest.mark.skip(reason="full tier: scripts/test --slow"))


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        """Return the lines of stderr that say something."""
        return [line for line in self.stderr.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def command() -> Callable[..., Ran]:
    """Run `frontgis` in a folder, with nothing of the user's own settings."""

    def run(*arguments: str | Path, cwd: Path, **environ: str) -> Ran:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FRONTGIS_", "PYTHON"))}
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            cwd=cwd,
            env=kept | {"PYTHONPATH": str(ROOT)} | environ,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def cli(tmp_path: Path, command: Callable[..., Ran]) -> Callable[..., Ran]:
    """Run `frontgis` in the test's own folder."""
    return partial(command, cwd=tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, command: Callable[..., Ran]) -> Path:
    """Give the site of the shipped example, built once for all test processes."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "site").exists():
            built = command("build", "--out", shared / "site", cwd=shared)
            assert built.code == 0, built.stderr
    return shared / "site"


@pytest.fixture(scope="session")
def archives() -> Iterator[Path]:
    """Give the folder of the unpacked real archives, one subfolder a source."""
    if given := os.environ.get("FRONTGIS_TEST_DATA"):
        yield Path(given)
        return
    unpack = ROOT.parent / "shared" / "data" / "unpack"
    if not unpack.exists():
        pytest.skip("the real archives are not there: set FRONTGIS_TEST_DATA to a folder that holds them")
    target = ROOT / ".cache" / "data"
    target.mkdir(parents=True, exist_ok=True)
    with (target.parent / "data.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([unpack, target], check=True, capture_output=True, env=_with_this_python())
    yield target


def _with_this_python() -> dict[str, str]:
    """Put this environment's python3 first, so that the unpack script finds its zstandard package."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="session")
def node() -> Callable[..., Ran]:
    """Run a tool of package-lock.json on files."""

    def run(tool: str, *arguments: str | Path) -> Ran:
        program = ROOT / "node_modules" / ".bin" / tool
        if not program.exists() or shutil.which("node") is None:
            pytest.fail(f"{tool} is not installed: run scripts/test once, or leave these out by --without-browser")
        done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def write_daily() -> Callable[..., Path]:
    """Write one file of the source `deepstate-daily` with the given ground, named by its day of capture."""

    def write(folder: Path, day: date, ground: MultiPolygon) -> Path:
        name = f"deepstatemap_data_{day:%Y%m%d}"
        feature = {"type": "Feature", "properties": {}, "geometry": mapping(ground)}
        path = folder / f"{name}.geojson"
        document = {"type": "FeatureCollection", "name": name, "features": [feature]}
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write
