"""The codebook has every column, and its queries, run as they are printed, give what frontgis answers."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
import sedonadb
import shapely

from frontgis.history import History, lookup, open_archive

PAGE = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def told(section: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", SECTIONS[section], re.MULTILINE)


def query(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def history(archive: Path) -> History:
    found = open_archive(archive).history("deepstate-daily")
    found.composite()
    return found


@pytest.fixture(scope="module")
def folder(history: History) -> Path:
    assert history.folder is not None
    return history.folder


def test_every_kept_column_is_in_the_codebook(folder: Path) -> None:
    kept = {path.name: pq.read_schema(path).names for path in folder.glob("*.parquet")}
    assert kept == {name: told(name) for name in SECTIONS if name.endswith(".parquet")}
    assert list(json.loads((folder / "history.json").read_text("utf-8"))) == told("history.json")


@pytest.mark.parametrize("what", ["control", "front", "settlements", "change"])
def test_every_exported_column_is_in_the_codebook(what: str, export: Callable[..., Path]) -> None:
    dates = ("first", "latest") if what == "change" else ()
    assert export(what, *dates, suffix=".csv").read_text("utf-8").splitlines()[0].split(",") == told(what)


def test_duckdb_gives_the_transition_table(folder: Path, history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    rows = {row[:3]: row[3] for row in duckdb.sql(query("duckdb")).fetchall()}
    moved = lookup.moved(history.composite(), 0, 2)
    wanted = {(row.unit, row.before, row.after): row.km2 + row.noise_km2 for row in moved.rows()}
    assert wanted
    assert rows == pytest.approx(wanted, abs=1e-9)


def test_sedona_gives_what_happened_in_a_window(folder: Path, history: History) -> None:
    context = sedonadb.connect()
    for name in ("faces", "flips"):
        context.read_parquet(str(folder / f"{name}.parquet")).to_view(name)
    rows = context.sql(query("sedona")).to_arrow_table().to_pylist()
    whole = history.composite()
    inside = shapely.intersects(whole.geometry, shapely.box(38.5, 47.0, 39.0, 49.0))
    version, face = whole.flips
    seen = inside[face]
    assert {row["as_of"] for row in rows} == {str(whole.as_of[number]) for number in version[seen]}
    assert sum(row["faces"] for row in rows) == seen.sum() > 0
    assert sum(row["km2"] for row in rows) == pytest.approx(whole.km2[face[seen]].sum(), abs=1e-9)


def test_spells_are_the_statuses_of_the_faces_day_by_day(folder: Path, history: History) -> None:
    whole = history.composite()
    rows = pq.read_table(folder / "spells.parquet").to_pylist()
    days = [str(as_of) for as_of in whole.as_of]
    for face in range(len(whole.km2)):
        mine = [row for row in rows if row["face"] == face]
        for place, day in enumerate(days):
            (row,) = [row for row in mine if row["from_by"] <= day <= row["to_after"]]
            assert row["status"] == lookup.CODES[whole.code[place, face]]
            first, last = days.index(row["from_by"]), days.index(row["to_after"])
            assert row["from_after"] == (days[first - 1] if first else None)
            assert row["to_by"] == (days[last + 1] if last + 1 < len(days) else None)
            assert row["unit"] == whole.ids[whole.unit[face]]


def test_every_column_of_the_series_is_in_the_codebook(archive: Path, cli: Callable[..., Any]) -> None:
    assert cli("series", "--archive", archive, "--format", "csv").stdout.splitlines()[0].split(",") == told("series")


@pytest.mark.parametrize("arguments", [("area", "--by", "oblasts"), ("change", "first", "latest", "--by", "oblasts")])
def test_every_figure_by_unit_is_in_the_codebook(
    arguments: tuple[str, ...], archive: Path, cli: Callable[..., Any]
) -> None:
    units = json.loads(cli(*arguments, "--archive", archive, "--format", "json").stdout)["by_unit"]
    assert units
    assert units[0].keys() <= set(told("by_unit"))
