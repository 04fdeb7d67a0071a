"""Input that is no good: one clear line, the right exit code, nothing stored."""

import json
import shutil
import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import MultiPolygon, box

Run = Callable[..., Any]

SQUARE = [[[37.0, 48.0], [37.2, 48.0], [37.2, 48.2], [37.0, 48.2], [37.0, 48.0]]]


def collection(*geometries: dict[str, Any] | None, **properties: str) -> bytes:
    features = [{"type": "Feature", "properties": properties, "geometry": geometry} for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def polygon(rings: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": rings}


def moved(lon: float, lat: float) -> list[Any]:
    return [[[x + lon, y + lat] for x, y in SQUARE[0]]]


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


GOOD = collection({"type": "MultiPolygon", "coordinates": [SQUARE]})
NEXT = collection(polygon([[[37.0, 48.0], [37.53, 48.0], [37.53, 48.5], [37.0, 48.5], [37.0, 48.0]]]))
DAILY = "deepstatemap_data_20250328.geojson"
FULL = "1743192000.geojson"
BAD = {
    "truncated": (DAILY, GOOD[:-40], "no whole JSON"),
    "empty file": (DAILY, b"", "empty"),
    "white space": (DAILY, b"\n \n", "empty"),
    "empty list": (DAILY, collection(), "list of features is empty"),
    "not a number": (DAILY, GOOD.replace(b"37.2", b"NaN"), "no whole JSON"),
    "too large a number": (DAILY, GOOD.replace(b"37.2", b"1e999"), "number"),
    "nested deep": (DAILY, b"[" * 200_000 + b"]" * 200_000, "JSON"),
    "coordinates nested deep": (DAILY, collection(polygon([])).replace(b"[]", b"[" * 900 + b"]" * 900), "ring"),
    "a point": (DAILY, collection({"type": "Point", "coordinates": [37.1, 48.1]}), "'Point' where ground"),
    "a picture": (DAILY, png(), "JSON"),
    "text": (DAILY, b"<html>502 Bad Gateway</html>", "JSON"),
    "other JSON": (DAILY, b'{"status": "ok"}', "FeatureCollection"),
    "swapped": (DAILY, collection(polygon([[[y, x] for x, y in SQUARE[0]]])), "swapped"),
    "null geometry": (DAILY, collection(None), "no geometry"),
    "open ring": (DAILY, collection(polygon([[*SQUARE[0][:-1], [37.0, 48.1]]])), "does not close"),
    "two points": (DAILY, collection(polygon([[[37, 48], [37.1, 48], [37, 48]]])), "needs four"),
    "words for numbers": (DAILY, collection(polygon([[["37", "x"]] * 4])), "no list of positions"),
    "outside the theatre": (DAILY, collection(polygon(moved(60, 0))), "outside the theatre"),
    "beyond the globe": (DAILY, collection(polygon(moved(1000, 0))), "outside the theatre"),
    "no date": ("map.geojson", GOOD, "map.geojson"),
    "no such date": ("deepstatemap_data_20250231.geojson", GOOD, "20250231"),
    "unknown words": (FULL, collection(polygon(SQUARE), name="Нечто /// Whatever", fill="#123456"), "nobody knows"),
    "no ground": (FULL, collection({"type": "Point", "coordinates": [37.1, 48.1]}), "no polygon"),
}


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, command: Run, write_daily: Callable[..., Path]) -> Path:
    """Make an archive that holds two snapshots of one source and one of another."""
    folder = tmp_path_factory.mktemp("made")
    for day in (1, 2):
        write_daily(folder, date(2025, 3, day), MultiPolygon([box(37, 48, 37.5 + day / 100, 48.5)]))
    full = collection(polygon(SQUARE), name="Окуповано /// Occupied", fill="#a52714")
    (folder / "1740777600.geojson").write_bytes(full)
    for source, files in (("deepstate-daily", "deepstatemap_*"), ("deepstate", "1740777600*")):
        ran = command("ingest", source, *folder.glob(files), "--archive", "archive", cwd=folder)
        assert ran.code == 0, ran.stderr
    return folder / "archive"


@pytest.fixture
def archive(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "archive"))


def stored(archive: Path) -> dict[Path, bytes]:
    """Return everything in an archive but the ledger's record of what was turned away."""
    files = (path for path in archive.rglob("*") if path.is_file() and path.name != "ledger.jsonl")
    return {path: path.read_bytes() for path in sorted(files)}


def accepted(archive: Path) -> list[str]:
    ledgers = sorted(archive.rglob("ledger.jsonl"))
    return [line for ledger in ledgers for line in ledger.read_text().splitlines() if '"REJECT"' not in line]


def one_line(ran: Any, code: int) -> str:
    assert ran.code == code, ran
    assert "Traceback" not in ran.stderr + ran.stdout
    (line,) = ran.lines
    return str(line)


@pytest.mark.parametrize(("name", "data", "words"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_turned_away_in_one_line(
    name: str, data: bytes, words: str, archive: Path, tmp_path: Path, cli: Run
) -> None:
    before = stored(archive), accepted(archive)
    (tmp_path / name).write_bytes(data)
    source = "deepstate" if name == FULL else "deepstate-daily"
    ran = cli("ingest", source, tmp_path / name, "--archive", archive)
    line = one_line(ran, 1)
    assert words in line
    assert len(line) < 400
    assert (stored(archive), accepted(archive)) == before


def test_a_bad_file_does_not_stop_the_good_ones(archive: Path, tmp_path: Path, cli: Run) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "deepstatemap_data_20250401.geojson").write_bytes(b"")
    (folder / "deepstatemap_data_20250402.geojson").write_bytes(NEXT)
    ran = cli("ingest", "deepstate-daily", folder, "--archive", archive)
    assert "deepstatemap_data_20250401.geojson" in one_line(ran, 1)
    assert len(accepted(archive)) == 4


def test_the_same_content_twice_is_stored_once(archive: Path, tmp_path: Path, cli: Run) -> None:
    first, again = tmp_path / DAILY, tmp_path / "copy" / DAILY
    again.parent.mkdir()
    first.write_bytes(NEXT)
    again.write_bytes(NEXT.replace(b", ", b" ,\n"))
    assert cli("ingest", "deepstate-daily", first, "--archive", archive).code == 0
    before = stored(archive), accepted(archive)
    for file in (first, again):
        ran = cli("ingest", "deepstate-daily", file, "--archive", archive)
        assert (ran.code, ran.lines) == (0, [])
    assert (stored(archive), accepted(archive)) == before


def test_a_file_that_is_not_there(archive: Path, cli: Run) -> None:
    assert "nowhere.geojson" in one_line(cli("ingest", "deepstate", "nowhere.geojson", "--archive", archive), 1)


def test_a_folder_of_something_else_is_no_archive(tmp_path: Path, cli: Run) -> None:
    (tmp_path / DAILY).write_bytes(GOOD)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "cat.png").write_bytes(png())
    for verb in (("ingest", "deepstate-daily", tmp_path / DAILY), ("area",)):
        assert str(pictures) in one_line(cli(*verb, "--archive", pictures), 1)
    assert [path.name for path in pictures.iterdir()] == ["cat.png"]


def test_a_folder_without_one_file_to_read(archive: Path, tmp_path: Path, cli: Run) -> None:
    before = stored(archive), accepted(archive)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "cat.png").write_bytes(png())
    ran = cli("ingest", "deepstate-daily", pictures, "--archive", archive)
    assert ran.code == 1
    assert "cat.png" in ran.stderr
    assert "nothing to read" in ran.lines[-1]
    assert (stored(archive), accepted(archive)) == before


def test_an_archive_that_cannot_be_written(tmp_path: Path, cli: Run) -> None:
    (tmp_path / DAILY).write_bytes(GOOD)
    (tmp_path / "file").write_bytes(b"")
    for where in (tmp_path / "file", tmp_path / "file" / "archive"):
        ran = cli("ingest", "deepstate-daily", tmp_path / DAILY, "--archive", where)
        assert str(where) in one_line(ran, 1)


def test_an_archive_that_is_not_there(tmp_path: Path, cli: Run) -> None:
    line = one_line(cli("area", "--archive", tmp_path / "none"), 1)
    assert str(tmp_path / "none") in line
    assert "frontgis ingest" in line


def test_an_archive_that_is_damaged(archive: Path, cli: Run) -> None:
    (segment,) = (archive / "deepstate").rglob("*.parquet")
    segment.write_bytes(segment.read_bytes()[:100])
    assert str(segment) in one_line(cli("area", "--source", "deepstate", "--archive", archive), 1)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ingest", "nobody", "x"), 2, "deepstate-daily"),
        (("area", "--on", "yesterday", "--source", "deepstate"), 2, "2025-03-28"),
        (("area", "--on", "2025-02-30", "--source", "deepstate"), 2, "2025-02-30"),
        (("area", "--on", "2020-01-01", "--source", "deepstate"), 1, "2025-02-28"),
        (("area",), 2, "deepstate, deepstate-daily"),
        (("change", "latest", "first", "--source", "deepstate-daily"), 2, "did you mean"),
        (("area", "--by", "nobodys-units", "--source", "deepstate"), 1, "oblasts"),
        (("layers", "oblast"), 1, "oblasts"),
    ],
)
def test_a_question_that_does_not_fit(
    arguments: tuple[str, ...], code: int, words: str, archive: Path, cli: Run
) -> None:
    archive_option = () if arguments[0] == "layers" else ("--archive", archive)
    assert words in one_line(cli(*arguments, *archive_option), code)
