"""`frontgis naval`: its table, cells and raster, and what each says."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rasterio
from shapely import MultiPolygon, box
from shapely.geometry import shape

from frontgis.analysis.naval import COARSE_NOTE, WARNING

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, write_daily: Callable[..., Path], command: Run) -> Path:
    folder = tmp_path_factory.mktemp("naval")
    write_daily(folder, date(2025, 3, 29), MultiPolygon([box(32.4, 44.3, 36.7, 46.0), box(31.45, 46.2, 32.3, 46.58)]))
    assert command("ingest", "deepstate-daily", folder, "--archive", "archive", cwd=folder).code == 0
    return folder / "archive"


def test_the_table_has_a_row_a_port_coast_and_class(archive: Path, cli: Run) -> None:
    ran = cli("naval", "--archive", archive, "--format", "csv")
    assert ran.code == 0, ran.stderr
    rows = list(csv.DictReader(ran.stdout.splitlines()))
    assert {row["place"] for row in rows} == {"Odesa", "Chornomorsk", "Pivdennyi", "Izmail", "north-west Black Sea"}
    assert {row["coast_held_by"] for row in rows} == {"ru", "not marked as held"}
    near = {row["place"]: float(row["km"]) for row in rows if row["coast_held_by"] == "ru" and row["km"]}
    assert near["Pivdennyi"] < near["Odesa"] < near["Chornomorsk"] < near["Izmail"]
    assert all(0 <= float(row["exposed_share"]) <= 1 for row in rows)


def test_every_form_says_what_it_is_not(archive: Path, cli: Run, tmp_path: Path) -> None:
    for form in ("table", "json", "csv", "geojson"):
        ran = cli("naval", "--archive", archive, "--format", form, "-o", tmp_path / "n.tif")
        said = " ".join((ran.stdout + ran.stderr).split())
        assert WARNING in said, form
        assert COARSE_NOTE in said, form
        rest = said.replace(WARNING, "").lower()
        assert not [word for word in ("safe", "corridor", "route", "gap in", "unexposed") if word in rest], form
    with rasterio.open(tmp_path / "n.tif") as raster:
        assert raster.tags()["note"] == WARNING


def test_cells_are_5_km(archive: Path, cli: Run) -> None:
    ran = cli("naval", "--archive", archive, "--format", "geojson")
    cells = json.loads(ran.stdout)["features"]
    assert len(cells) > 3000
    for cell in cells[::97]:
        west, south, east, north = shape(cell["geometry"]).bounds
        assert 0.0445 < north - south < 0.0475
        assert 0.062 < east - west < 0.069
        assert cell["properties"]["km_ru"] % 5 == 0
        assert {"as_of", "source", "licence", "history"} <= cell["properties"].keys()


def test_the_raster_is_a_coarse_cog_and_the_same_twice(archive: Path, cli: Run, tmp_path: Path) -> None:
    for name in ("one.tif", "two.tif"):
        ran = cli("naval", "--archive", archive, "-o", tmp_path / name)
        assert ran.code == 0, ran.stderr
    assert (tmp_path / "one.tif").read_bytes() == (tmp_path / "two.tif").read_bytes()
    with rasterio.open(tmp_path / "one.tif") as raster:
        assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert raster.res == (5000, 5000)
        assert raster.crs.is_projected
        assert raster.descriptions == ("classes_ru", "classes_ua", "km_ru", "km_ua", "depth_m")
        bands = raster.read(masked=True)
        assert raster.tags()["as_of"] == "2025-03-28"
    assert bands.mask.all(axis=0).sum() > 1000  # land
    assert (bands.min(axis=(1, 2)) >= 0).all()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--at", "varna"), 1, "there is no port 'varna': ports are odesa"),
        (("--at", ""), 1, "there is no port ''"),
        (("-o", "naval.png"), 2, "ends in .tif"),
        (("-o", "/proc/none/naval.tif"), 1, "cannot be written"),
        (("--on", "2020-01-01"), 1, "there is nothing on 2020-01-01"),
    ],
)
def test_bad_input_is_one_clear_line(
    arguments: tuple[str, ...], code: int, words: str, archive: Path, cli: Run
) -> None:
    ran = cli("naval", "--archive", archive, *arguments)
    assert (ran.code, len(ran.lines)) == (code, 1), ran.stderr
    assert words in ran.stderr


def test_a_radius_that_is_none_is_a_usage_error(archive: Path, cli: Run) -> None:
    ran = cli("naval", "--archive", archive, "--within", "-5")
    assert ran.code == 2
    assert "Traceback" not in ran.stderr
