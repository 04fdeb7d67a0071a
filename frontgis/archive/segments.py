"""Segments: GeoParquet files of up to 64 distinct snapshots, the last one open, closed ones never touched."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from frontgis.archive import columns
from frontgis.model import Region, Status, StoreError
from frontgis.model.snapshot import Row

CAPACITY: Final = 64

_SCHEMA: Final = pa.schema(
    [
        ("snapshot", pa.string()),
        ("status", pa.string()),
        ("words", pa.string()),
        ("geometry", pa.binary()),
    ],
    metadata={
        "geo": json.dumps(
            {
                "version": "1.1.0",
                "primary_column": "geometry",
                "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["MultiPolygon", "Polygon"]}},
            }
        )
    },
)

Geometries = dict[str, tuple[Region, ...]]
_Rows: TypeAlias = dict[str, tuple[Row, ...]]


def path_of(folder: Path, number: int) -> Path:
    """Return the path of a segment."""
    return folder / f"{number:04}.parquet"


def numbers(folder: Path) -> list[int]:
    """Return the numbers of the segments that are there."""
    return sorted(int(path.stem) for path in folder.glob("[0-9]*.parquet"))


def read(folder: Path, number: int) -> Geometries:
    """Return the regions of each snapshot in a segment, by geometry hash; StoreError where it is damaged."""
    rows = _rows(folder, number)
    shapes = iter(shapely.from_wkb([shape for regions in rows.values() for _, _, shape in regions]))
    return {
        snapshot: tuple(Region(Status(status), words, next(shapes)) for status, words, _ in regions)
        for snapshot, regions in rows.items()
    }


def _rows(folder: Path, number: int) -> _Rows:
    path = path_of(folder, number)
    try:
        table = columns.read(path)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"segment {path} cannot be read ({error}): restore it from a copy") from None
    found: dict[str, list[Row]] = {}
    columns_of = (table[name].to_pylist() for name in ("snapshot", "status", "words", "geometry"))
    for snapshot, status, words, shape in zip(*columns_of, strict=True):
        found.setdefault(snapshot, []).append((status, words, shape))
    return {snapshot: tuple(rows) for snapshot, rows in found.items()}


def _write(folder: Path, number: int, rows: _Rows) -> None:
    """Write a segment whole and durably: a temporary name, fsync, rename."""
    listed = [(key, *row) for key, regions in rows.items() for row in regions]
    keys, statuses, words, shapes = zip(*listed, strict=True) if listed else ((), (), (), ())
    table = pa.Table.from_arrays(
        [columns.words(keys), columns.words(statuses), columns.words(words), columns.blobs(shapes)], schema=_SCHEMA
    )
    replace_file(path_of(folder, number), _parquet(table))


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        compression_level=6,
        use_dictionary=["snapshot", "status", "words"],
        row_group_size=1 << 30,
        data_page_size=1 << 30,  # one page a column: the compressor then sees that days repeat each other
        write_statistics=False,
    )
    return bytes(sink.getvalue().to_pybytes())


def replace_file(path: Path, data: bytes) -> None:
    """Put bytes under a name so that a reader sees the old file or the new one, after a crash too."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fill(folder: Path, new: Iterable[tuple[str, tuple[Row, ...]]]) -> dict[str, int]:
    """Add distinct snapshots to the open segment, opening further ones as they fill; return where each lies."""
    there = numbers(folder)
    number = there[-1] if there else 1
    current = _rows(folder, number) if there else {}
    placed: dict[str, int] = {}
    dirty = False
    for key, rows in new:
        if key in current:
            placed[key] = number
            continue
        if len(current) >= CAPACITY:
            if dirty:
                _write(folder, number, current)
            number, current = number + 1, {}
        current[key] = rows
        placed[key] = number
        dirty = True
    if dirty:
        _write(folder, number, current)
    return placed
