"""Segments: GeoParquet files of up to 64 distinct snapshots, the last one open, closed ones never touched."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from frontgis.archive import columns
from frontgis.model import Region, Status, StoreError

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


def path_of(folder: Path, number: int) -> Path:
    """Return the path of a segment."""
    return folder / f"{number:04}.parquet"


def numbers(folder: Path) -> list[int]:
    """Return the numbers of the segments that are there."""
    return sorted(int(path.stem) for path in folder.glob("[0-9]*.parquet"))


def read(folder: Path, number: int) -> Geometries:
    """Return the regions of each snapshot in a segment, by geometry hash; StoreError where it is damaged."""
    path = path_of(folder, number)
    try:
        table = columns.read(path)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"segment {path} cannot be read ({error}): restore it from a copy") from None
    geometries = shapely.from_wkb(table["geometry"].to_pylist())
    found: dict[str, list[Region]] = {}
    rows = zip(*(table[name].to_pylist() for name in ("snapshot", "status", "words")), geometries, strict=True)
    for snapshot, status, words, geometry in rows:
        found.setdefault(snapshot, []).append(Region(Status(status), words, geometry))
    return {snapshot: tuple(regions) for snapshot, regions in found.items()}


def write(folder: Path, number: int, geometries: Geometries) -> None:
    """Write a segment whole and durably: a temporary name, fsync, rename."""
    rows = [(key, region) for key, regions in geometries.items() for region in regions]
    table = pa.Table.from_arrays(
        [
            columns.words(key for key, _ in rows),
            columns.words(str(region.status) for _, region in rows),
            columns.words(region.words for _, region in rows),
            columns.blobs(shapely.to_wkb(region.geometry, byte_order=1) for _, region in rows),
        ],
        schema=_SCHEMA,
    )
    replace_file(path_of(folder, number), _parquet(table))


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        compression_level=9,
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


def fill(folder: Path, new: Iterable[tuple[str, tuple[Region, ...]]]) -> dict[str, int]:
    """Add distinct snapshots to the open segment, opening further ones as they fill; return where each lies."""
    there = numbers(folder)
    number = there[-1] if there else 1
    current = read(folder, number) if there else {}
    placed: dict[str, int] = {}
    dirty = False
    for key, regions in new:
        if key in current:
            placed[key] = number
            continue
        if len(current) >= CAPACITY:
            if dirty:
                write(folder, number, current)
            number, current = number + 1, {}
        current[key] = regions
        placed[key] = number
        dirty = True
    if dirty:
        write(folder, number, current)
    return placed
