"""`frontgis locate` adds to a user's table and keeps what was there."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import MultiPolygon, box

from tests.builders import let_through

EVENTS = """id,note,lat,lon,day
1,"held, all the time",48.0,38.0,2025-03-27
2,taken,48.0,38.9,2025-03-27
3,before,48.0,38.9,2025-03-25
4,no place,,,2025-03-27
5,too early,48.0,38.0,2020-01-01
6,abroad,52.9,42.9,2025-03-27
"""


@pytest.fixture
def archive(tmp_path: Path, write_daily: Callable[..., Path], cli: Callable[..., Any]) -> Path:
    for day, east in ((26, 38.5), (27, 38.5), (28, 39.0)):
        write_daily(tmp_path, date(2025, 3, day), MultiPolygon([box(37.0, 47.5, east, 48.5)]))
    assert cli("ingest", "deepstate-daily", tmp_path, "--archive", "archive").code == 3
    let_through(tmp_path / "archive")
    (tmp_path / "events.csv").write_text(EVENTS)
    return tmp_path / "archive"


def located(cli: Callable[..., Any], archive: Path) -> list[dict[str, str]]:
    ran = cli("locate", "events.csv", "--lat", "lat", "--lon", "lon", "--date", "day", "--archive", archive)
    assert ran.code == 0, ran.stderr
    return list(csv.DictReader(ran.stdout.splitlines()))


def test_each_row_is_told_where_it_lay(cli: Callable[..., Any], archive: Path) -> None:
    rows = located(cli, archive)
    assert [row["status"] for row in rows] == ["occupied", "occupied", "unmapped", "", "", "unmapped"]
    assert [(row["since_after"], row["since_by"]) for row in rows[:3]] == [
        ("", "2025-03-25"),
        ("2025-03-26", "2025-03-27"),
        ("", "2025-03-25"),
    ]
    assert rows[0]["unit_id"] == "UA-14"
    assert float(rows[0]["held_km"]) < 0 < float(rows[2]["held_km"])
    assert [row["note"] for row in rows] == ["held, all the time", "taken", "before", "no place", "too early", "abroad"]


def test_a_second_run_answers_from_the_kept_history(cli: Callable[..., Any], archive: Path) -> None:
    first = located(cli, archive)
    assert (archive / "deepstate-daily" / "history" / "faces.parquet").exists()
    assert located(cli, archive) == first


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("7,x,4800,38,2025-03-27", "4800 38 is no latitude and longitude"),
        ("7,x,48,38,27.3.2025", "'27.3.2025' is no date"),
        ("7,x,here,38,2025-03-27", "here"),
    ],
)
def test_a_bad_row_is_named_by_its_line(
    cli: Callable[..., Any], archive: Path, tmp_path: Path, line: str, said: str
) -> None:
    (tmp_path / "events.csv").write_text(EVENTS + line + "\n")
    ran = cli(
        "locate", "events.csv", "--lat", "lat", "--lon", "lon", "--date", "day", "--archive", archive, "-o", "out.csv"
    )
    assert ran.code == 1
    assert ran.lines[0].startswith("frontgis: events.csv, line 8: ")
    assert said in ran.lines[0]
    assert not (tmp_path / "out.csv").exists()


def test_a_missing_column_is_named(cli: Callable[..., Any], archive: Path) -> None:
    ran = cli("locate", "events.csv", "--lat", "y", "--lon", "lon", "--date", "day", "--archive", archive)
    assert ran.code == 2
    assert "no column y: it has id, note, lat, lon, day" in ran.lines[0]
