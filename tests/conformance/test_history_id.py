"""Every output names the history that it is made from: the id in full for programs, its beginning for people."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from tests.builders import let_through

VERBS = {
    "area": (),
    "change": ("first", "latest"),
    "series": (),
    "front": (),
    "settlements": (),
    "place": ("Pokrovsk",),
    "pace": (),
    "verify": ("--sample", "1"),
}
EXPORTS = {"control": (), "change": ("first", "latest"), "front": (), "settlements": ()}


@pytest.fixture(scope="module")
def identity(archive: Path, command: Callable[..., Any]) -> str:
    """Give the id that the kept history has."""
    assert command("series", "--archive", archive, cwd=archive.parent).code == 0
    kept = json.loads((archive / "deepstate-daily" / "history" / "history.json").read_text("utf-8"))
    assert re.fullmatch("[0-9a-f]{64}", kept["id"])
    return str(kept["id"])


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_names_its_history(verb: str, archive: Path, identity: str, cli: Callable[..., Any]) -> None:
    told = {form: cli(verb, *VERBS[verb], "--archive", archive, "--format", form) for form in ("json", "table", "csv")}
    assert json.loads(told["json"].stdout)["history"] == identity
    assert told["table"].stdout.count(f"history {identity[:12]}") == 1
    assert told["csv"].stderr.count(f"note: history {identity[:12]}\n") == 1


def test_a_located_row_names_its_history(archive: Path, identity: str, tmp_path: Path, cli: Callable[..., Any]) -> None:
    (tmp_path / "events.csv").write_text("lat,lon,day\n48,38,2025-03-27\n,,\n")
    columns = ("--lat", "lat", "--lon", "lon", "--date", "day")
    assert cli("locate", "events.csv", *columns, "--archive", archive, "-o", "located.csv").code == 0
    assert pd.read_csv(tmp_path / "located.csv")["history"].fillna("").tolist() == [identity[:12], ""]


@pytest.mark.parametrize("what", EXPORTS)
def test_a_file_names_its_history(what: str, identity: str, export: Callable[..., Path]) -> None:
    collection = json.loads(export(what, *EXPORTS[what], suffix=".geojson").read_text("utf-8"))
    assert collection["history"] == identity
    assert {feature["properties"]["history"] for feature in collection["features"]} == {identity[:12]}
    assert set(pd.read_csv(export(what, *EXPORTS[what], suffix=".csv"))["history"]) == {identity[:12]}
    said = pq.read_schema(export(what, *EXPORTS[what], suffix=".parquet")).metadata[b"PANDAS_ATTRS"]
    assert json.loads(said)["history"] == identity
    package = export(what, *EXPORTS[what], suffix=".gpkg")
    assert pyogrio.read_info(package, layer=what)["layer_metadata"]["history"] == identity


def test_reports_and_maps_name_their_history(
    archive: Path, identity: str, root: Path, tmp_path: Path, cli: Callable[..., Any]
) -> None:
    for name in ("report.md", "report.html", "report.json"):
        assert cli("report", "first", "latest", "--archive", archive, "-o", name).code == 0
    assert cli("map", root / "maps" / "front.toml", "--archive", archive, "-o", "map.html").code == 0
    told = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert json.loads(told["report.json"])["history"] == identity
    assert all(f"history {identity[:12]}" in told[name] for name in ("report.md", "report.html", "map.html"))
    assert all(f'versions=2;history={identity}">' in told[name] for name in ("map.html",))
    assert f'versions=3;history={identity}">' in told["report.html"]


def test_what_was_known_then_is_the_history_of_the_files_of_then(
    archive: Path, identity: str, files: list[Path], tmp_path: Path, cli: Callable[..., Any]
) -> None:
    known = json.loads(cli("area", "--known", "2025-03-27", "--archive", archive, "--format", "json").stdout)
    assert cli("ingest", "deepstate-daily", *files[:2], "--archive", tmp_path / "then").code == 3
    let_through(tmp_path / "then")
    then = json.loads(cli("area", "--archive", tmp_path / "then", "--format", "json").stdout)
    assert known["history"] == then["history"] != identity
