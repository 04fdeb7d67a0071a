"""`airdefence`, `banks` and `reach` on the command line: what every output says, and bad input in one line."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import MultiPolygon, box

NOTICE = "no sites, no terrain, not operational"


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, command: Callable[..., Any], write_daily: Callable[..., Path]
) -> Path:
    folder = tmp_path_factory.mktemp("defence")
    files = [
        write_daily(folder, day, MultiPolygon([ground]))
        for day, ground in ((date(2025, 1, 2), box(37, 47.2, 38, 48.5)), (date(2025, 2, 2), box(36.5, 47, 38, 48.8)))
    ]
    ran = command("ingest", "deepstate-daily", *files, "--archive", "archive", cwd=folder)
    assert ran.code == 3, ran.stderr
    why = ("--why", "a made-up advance, larger than any real one")
    ran = command("accept", "deepstate-daily", "2025-02-01", *why, "--archive", "archive", cwd=folder)
    assert ran.code == 0, ran.stderr
    return folder / "archive"


ASKED = ("airdefence", "--class", "buk-m3", "--altitude", "3000")


@pytest.mark.parametrize("form", ["table", "json", "csv", "geojson"])
def test_every_form_says_what_coverage_is_not(form: str, archive: Path, cli: Callable[..., Any]) -> None:
    ran = cli(*ASKED, "--format", form, "--archive", archive)
    assert ran.code == 0, ran.stderr
    assert NOTICE in ran.stdout + ran.stderr
    if form == "geojson":
        feature = json.loads(ran.stdout)["features"][0]
        assert NOTICE in feature["properties"]["notice"]
        assert feature["geometry"]["type"] == "MultiPolygon"
    if form == "csv":
        assert next(csv.DictReader(io.StringIO(ran.stdout)))["class"] == "buk-m3"


def test_two_dates_say_what_moved(archive: Path, cli: Callable[..., Any]) -> None:
    ran = cli(*ASKED, "--since", "first", "--format", "json", "--archive", archive)
    answer = json.loads(ran.stdout)
    before, after = answer["rows"]
    moved = answer["moved"][0]
    assert after["km2"] - before["km2"] == pytest.approx(moved["gained_km2"] - moved["lost_km2"], abs=0.01)
    assert [row["behind_km"] for row in answer["behind"]] == [10, 20, 40]


@pytest.mark.parametrize("arguments", [("banks",), ("reach", "--class", "iskander-m")])
def test_the_same_bytes_twice(arguments: tuple[str, ...], archive: Path, cli: Callable[..., Any]) -> None:
    first, again = (cli(*arguments, "--format", "json", "--archive", archive) for _ in range(2))
    assert first.code == 0, first.stderr
    assert first.stdout == again.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("airdefence", "--class", "s-500"), 1, "no class 's-500'"),
        (("airdefence", "--altitude", "-5"), 2, "not in the range"),
        (("airdefence", "--systems", "open.csv"), 1, "validity is open"),
        (("reach", "--class", "buk-m3"), 1, "no class 'buk-m3'"),
        (("reach", "--by", "nowhere"), 1, "no unit layer or file"),
        (("banks", "--of", "nowhere"), 1, "no unit or set of units"),
        (("banks", "--line", "open.csv"), 1, "cannot be read as GeoJSON"),
    ],
)
def test_bad_input_is_one_line(
    arguments: tuple[str, ...], code: int, why: str, archive: Path, tmp_path: Path, cli: Callable[..., Any]
) -> None:
    text = "id,class,lon,lat,valid_from,valid_to\na,buk-m3,37.5,48,2024-01-01,\n"
    (tmp_path / "open.csv").write_text(text, encoding="utf-8")
    ran = cli(*arguments, "--archive", archive)
    assert ran.code == code
    assert why in ran.lines[-1]
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""
