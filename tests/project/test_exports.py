"""What the package exports is there, sorted, and costs nothing until it is used."""

import subprocess
import sys
from pathlib import Path

import pytest

import frontgis

HEAVY = {"folium", "geopandas", "matplotlib", "pandas", "pyarrow", "rasterio"}


def test_exported_names_are_sorted_and_importable() -> None:
    assert frontgis.__all__ == sorted(frontgis.__all__)
    assert {name for name in frontgis.__all__ if not hasattr(frontgis, name)} == set()


def test_each_exported_class_and_function_says_what_it_is() -> None:
    things = {name: getattr(frontgis, name) for name in frontgis.__all__}
    silent = [name for name, thing in things.items() if callable(thing) and not (thing.__doc__ or "").strip()]
    assert silent == []


@pytest.mark.parametrize(
    "program",
    ["import frontgis", "from frontgis.cli import main; main(['--help'])"],
    ids=["import frontgis", "frontgis --help"],
)
def test_heavy_packages_are_not_imported_for_nothing(program: str, root: Path) -> None:
    report = f"{program}; import sys; print('imported:', *sorted({HEAVY!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", report], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "imported:"
