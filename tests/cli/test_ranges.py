"""`area` and `change` say how sure a figure is, in all and by unit, or say that they cannot."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import MultiPolygon, box

from frontgis.geo.area import area_km2

EAST = {25: 38.5, 26: 38.8, 27: 38.6, 28: 39.0}
SOUTH, NORTH = 48.0, 48.1
BASE = box(31.0, 47.5, 36.0, 50.5)
"""Ground that stays, so much of it that no day is held back for its great change."""


@pytest.fixture
def archive(tmp_path: Path, write_daily: Callable[..., Path], cli: Callable[..., Any]) -> Path:
    for day, east in EAST.items():
        write_daily(tmp_path, date(2025, 3, day), MultiPolygon([BASE, box(37.0, SOUTH, east, NORTH)]))
    assert cli("ingest", "deepstate-daily", tmp_path, "--archive", "archive").code == 0
    frame = gpd.GeoDataFrame({"id": ["mine"], "name": ["Mine"]}, geometry=[box(36, 47, 40, 49)], crs="EPSG:4326")
    frame.to_file(tmp_path / "mine.gpkg")
    return tmp_path / "archive"


def told(cli: Callable[..., Any], *arguments: str) -> dict[str, Any]:
    ran = cli(*arguments, "--format", "json")
    assert ran.code == 0, ran.stderr
    return json.loads(ran.stdout)


def strip(west: float, east: float) -> float:
    return area_km2(box(west, SOUTH, east, NORTH))


def holds(figure: float, reasons: dict[str, dict[str, float]]) -> bool:
    return all(reason["low"] <= figure <= reason["high"] for reason in reasons.values())


@pytest.mark.usefixtures("archive")
def test_a_change_by_unit_says_the_ranges_of_each(cli: Callable[..., Any]) -> None:
    answer = told(cli, "change", "2025-03-24", "2025-03-26", "--by", "oblasts")
    units = {unit["unit"]: unit for unit in answer["by_unit"]}
    for figures in (answer, *units.values()):
        assert all(holds(figures[name], figures["range"][name]) for name in ("gained", "lost", "net"))
    assert sum(unit["gained"] for unit in units.values()) == pytest.approx(answer["gained"], abs=1e-3)
    timing = answer["range"]["net"]["timing"]
    assert timing["low"] == pytest.approx(-strip(38.6, 38.8), abs=1e-3)
    assert timing["high"] == pytest.approx(strip(38.5, 39.0), abs=1e-3)
    ran = cli("change", "2025-03-24", "2025-03-26", "--by", "oblasts")
    (line,) = [line for line in ran.stdout.splitlines() if line.split()[:1] == ["UA-14"] and " net " in line]
    low, high = (units["UA-14"]["range"]["net"]["timing"][end] for end in ("low", "high"))
    assert line.rstrip().endswith(f"{low:,.1f} to {high:,.1f}".replace(",", "\u202f"))


@pytest.mark.usefixtures("archive")
def test_an_area_by_unit_says_the_ranges_of_each(cli: Callable[..., Any]) -> None:
    answer = told(cli, "area", "--on", "2025-03-25", "--by", "oblasts")
    units = {unit["unit"]: unit for unit in answer["by_unit"] if unit["side"] == "ru"}
    assert all(holds(unit["held"], unit["range"]) for unit in units.values())
    assert sum(unit["held"] for unit in units.values()) == pytest.approx(area_km2(BASE) + strip(37, 38.8), abs=1e-2)
    for end in ("low", "high"):
        total = answer["range"]["ru"]["definition"][end]
        assert sum(unit["range"]["definition"][end] for unit in units.values()) == pytest.approx(total, abs=1e-3)
    assert answer["range"]["ru"]["timing"]["low"] == pytest.approx(area_km2(BASE) + strip(37, 38.5), abs=1e-2)
    assert answer["range"]["ua"]["definition"] == {"low": 0, "high": 0}


@pytest.mark.usefixtures("archive")
def test_by_units_of_a_file_ranges_are_of_the_totals_and_the_answer_says_so(cli: Callable[..., Any]) -> None:
    for arguments in (("area",), ("change", "first", "latest")):
        answer = told(cli, *arguments, "--by", "mine.gpkg")
        assert {unit["range"] is None for unit in answer["by_unit"]} == {True}
        assert answer["range"]
        assert "ranges are given for the totals only; by unit they can be told for oblasts" in answer["notes"]
        assert "by definition" in cli(*arguments, "--by", "mine.gpkg").stdout


@pytest.mark.usefixtures("archive")
def test_without_units_there_are_none_by_unit(cli: Callable[..., Any]) -> None:
    assert told(cli, "change", "first", "latest")["by_unit"] is None
    assert told(cli, "area")["by_unit"] is None


@pytest.mark.usefixtures("archive")
def test_areas_by_another_rule_have_no_range(cli: Callable[..., Any]) -> None:
    answer = told(cli, "area", "--method", "equal-area", "--by", "oblasts")
    assert answer["range"] is None
    assert {unit["range"] is None for unit in answer["by_unit"]} == {True}
    assert "ranges are given for areas by --method exact alone" in answer["notes"]
