"""What `frontgis verify` finds: a damaged segment, a tampered history, and nothing where all is well."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely import MultiPolygon, box

from tests.builders import let_through

DAYS = 6
SOURCE = "deepstate-daily"


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, write_daily: Callable[..., Path], command: Callable[..., Any]
) -> Path:
    """Give an archive of six made-up days with its history kept."""
    folder = tmp_path_factory.mktemp("proof")
    for day in range(DAYS):
        ground = MultiPolygon([box(37.0, 47.5, 38.5 + day / 50, 48.5), box(35.0, 47.0 - day / 70, 35.6, 47.4)])
        write_daily(folder, date(2025, 3, 20) + timedelta(days=day), ground)
    assert command("ingest", SOURCE, *sorted(folder.glob("*.geojson")), cwd=folder).code == 3
    let_through(folder / "archive", SOURCE)
    assert command("series", cwd=folder).code == 0
    return folder / "archive"


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "archive"))


def verified(cli: Callable[..., Any], *arguments: str) -> tuple[int, dict[str, dict[str, str]]]:
    ran = cli("verify", "--format", "json", "--sample", "4", *arguments)
    assert ran.stderr == ""
    return ran.code, {row["check"]: row for row in json.loads(ran.stdout)["rows"]}


def failed(rows: dict[str, dict[str, str]]) -> list[str]:
    return [check for check, row in rows.items() if row["outcome"] == "failed"]


def test_a_sound_archive_passes_and_nothing_is_written(archive: Path, cli: Callable[..., Any]) -> None:
    before = {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()}
    code, rows = verified(cli)
    assert (code, failed(rows)) == (0, [])
    assert {check.split()[0] for check in rows} == {"segment", "kept", "on", "change"}
    assert {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()} == before


def test_without_a_kept_history_the_method_is_checked_all_the_same(archive: Path, cli: Callable[..., Any]) -> None:
    shutil.rmtree(archive / SOURCE / "history")
    code, rows = verified(cli)
    assert code == 0
    assert len([check for check in rows if check.startswith("on ")]) == 4
    assert not (archive / SOURCE / "history").exists()


def test_a_moved_vertex_in_a_segment_is_found(archive: Path, cli: Callable[..., Any]) -> None:
    path = archive / SOURCE / "segments" / "0001.parquet"
    table = pq.read_table(path)
    shapes = shapely.from_wkb(table["geometry"].to_pylist())
    shapes[2] = shapely.transform(shapes[2], lambda points: points + np.array([1e-7, 0]))
    column = pa.array(shapely.to_wkb(shapes, byte_order=1), pa.binary())
    pq.write_table(table.set_column(table.column_names.index("geometry"), "geometry", column), path)
    code, rows = verified(cli)
    assert code == 1
    assert failed(rows) == ["segment 0001"]
    assert "1 of 6 snapshots" in rows["segment 0001"]["found"]


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-200], lambda data: data[:0], lambda data: data[:50] + b"\0" * 50 + data[100:]]
)
def test_a_damaged_segment_is_found(spoil: Callable[[bytes], bytes], archive: Path, cli: Callable[..., Any]) -> None:
    path = archive / SOURCE / "segments" / "0001.parquet"
    path.write_bytes(spoil(path.read_bytes()))
    code, rows = verified(cli)
    assert code == 1
    assert "segment 0001" in failed(rows)


def test_a_segment_that_lacks_a_snapshot_is_found(archive: Path, cli: Callable[..., Any]) -> None:
    path = archive / SOURCE / "segments" / "0001.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    code, rows = verified(cli)
    assert code == 1
    assert "1 snapshots of the ledger" in rows["segment 0001"]["found"]


def test_a_segment_that_lacks_a_held_map_is_found(
    archive: Path, write_daily: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    unlike = write_daily(archive.parent, date(2025, 3, 20) + timedelta(days=DAYS), box(35.0, 47.0, 35.6, 47.4))
    assert cli("ingest", SOURCE, unlike).code == 3
    path = archive / SOURCE / "segments" / "0001.parquet"
    table = pq.read_table(path)
    assert verified(cli)[0] == 0
    pq.write_table(table.slice(0, len(table) - 1), path)
    code, rows = verified(cli)
    assert code == 1
    assert "1 snapshots of the ledger" in rows["segment 0001"]["found"]


def tamper(history: Path, name: str, column: str, value: Callable[[np.ndarray], np.ndarray]) -> None:
    table = pq.read_table(history / name)
    changed = pa.array(value(table[column].to_numpy()))
    pq.write_table(table.set_column(table.column_names.index(column), column, changed), history / name)


def test_a_tampered_history_is_found_by_its_hashes(archive: Path, cli: Callable[..., Any]) -> None:
    tamper(archive / SOURCE / "history", "faces.parquet", "km2", lambda km2: km2 * 1.01)
    code, rows = verified(cli)
    assert code == 1
    assert failed(rows) == ["kept history"]
    assert "faces.parquet" in rows["kept history"]["found"]


def test_a_tampered_history_with_new_hashes_is_found_by_direct_overlays(archive: Path, cli: Callable[..., Any]) -> None:
    history = archive / SOURCE / "history"
    tamper(history, "faces.parquet", "km2", lambda km2: km2 * 1.01)
    about = json.loads((history / "history.json").read_text("utf-8"))
    about["files"]["faces.parquet"] = hashlib.sha256((history / "faces.parquet").read_bytes()).hexdigest()
    (history / "history.json").write_text(json.dumps(about), "utf-8")
    code, rows = verified(cli)
    assert code == 1
    assert rows["kept history"]["outcome"] == "ok"
    assert [check for check in failed(rows) if check.startswith("change")]
    assert [check for check in failed(rows) if check.startswith("on")]


@pytest.mark.usefixtures("archive")
def test_a_history_of_older_versions_is_no_failure(
    tmp_path: Path, write_daily: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    file = write_daily(tmp_path, date(2025, 4, 1), MultiPolygon([box(37.0, 47.5, 38.9, 48.5)]))
    assert cli("ingest", SOURCE, file).code == 3
    let_through(tmp_path / "archive", SOURCE)
    code, rows = verified(cli)
    assert code == 0
    assert rows["kept history"]["outcome"] == "warning"


def test_a_damaged_history_is_built_anew_and_says_so(archive: Path, cli: Callable[..., Any]) -> None:
    told = cli("series", "--format", "csv").stdout
    tamper(archive / SOURCE / "history", "faces.parquet", "km2", lambda km2: km2 * 2)
    again = cli("series", "--format", "csv")
    assert again.stdout == told
    assert "damaged" in again.stderr


@pytest.mark.parametrize("about", ["{}", '{"format": 2}', '{"format": 2, "id": "x", "versions": 5}', "[", "\\ud800"])
def test_a_history_that_does_not_say_what_it_is_is_built_anew(
    about: str, archive: Path, cli: Callable[..., Any]
) -> None:
    told = cli("series", "--format", "csv").stdout
    (archive / SOURCE / "history" / "history.json").write_text(about, "utf-8")
    again = cli("series", "--format", "csv")
    assert (again.code, again.stdout) == (0, told)
    assert "damaged" in again.stderr


def test_a_citation_names_the_versions_and_the_history(archive: Path, cli: Callable[..., Any]) -> None:
    name = json.loads((archive / SOURCE / "history" / "history.json").read_text("utf-8"))["id"]
    told = cli("cite").stdout
    assert name in told
    assert "6 versions as of 2025-03-19 to 2025-03-24" in told
    known = json.loads(cli("cite", "--known", "2025-03-22", "--format", "json").stdout)["rows"]
    (source,) = [row for row in known if row["kind"] == "source"]
    assert (source["versions"], source["history"] != name) == (3, True)
    assert json.loads(cli("series", "--format", "json").stdout)["history"] == name
