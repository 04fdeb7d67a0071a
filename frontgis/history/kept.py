"""A composite kept on disk: GeoParquet and Parquet files that any tool reads, named by what they were made from.

`faces.parquet` (GeoParquet: face, unit, km2, first, geometry, bbox), `flips.parquet` (face, version, as_of, before,
after), `spells.parquet` (face, unit, status and when it began and ended), `steps.parquet` (gained and lost by version,
unit and side), `edges.parquet`, `sides.parquet`, `base.parquet`, and `history.json` with the history id. The codebook,
docs/codebook.md, has every column.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from frontgis.archive import Version, columns
from frontgis.archive.locking import locked
from frontgis.geo.arrangement import Sides
from frontgis.geo.edges import EdgeSet
from frontgis.history import lookup
from frontgis.history.composite import CODES, Composite, Edges, Steps, summed
from frontgis.history.division import Division
from frontgis.model import AsOf, Side, StoreError, UsageError

T = TypeVar("T")

FORMAT: Final = 5
_META: Final = "history.json"
_GEO: Final = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {
        "geometry": {
            "encoding": "WKB",
            "geometry_types": ["Polygon"],
            "covering": {"bbox": {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}},
        }
    },
}


@dataclass(frozen=True)
class Origin:
    """Name what a history is made from: its source, its versions, and a hash of the units that it is cut by."""

    source: str
    versions: tuple[Version, ...]
    units: str

    @property
    def dated(self) -> list[tuple[str, str]]:
        """Return the as-of date and the geometry hash of each version."""
        return [(str(version.as_of), version.geometry_hash) for version in self.versions]

    @cached_property
    def id(self) -> str:
        """Return the history id: a hash of all of it."""
        return hashlib.sha256(json.dumps([FORMAT, self.source, *self.dated, self.units]).encode()).hexdigest()


def write(folder: Path, composite: Composite, origin: Origin) -> None:
    """Write a composite as a whole: what was in the folder before is there until the new one is."""
    with locked(folder.with_name(f".{folder.name}.lock")):
        new = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        files = {}
        for file, table in _tables(composite).items():
            path = new / f"{file}.parquet"
            words = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
            pq.write_table(table, path, compression="zstd", compression_level=3, use_dictionary=words)
            files[path.name] = _digest(_bytes(path))
        about = {
            "id": origin.id,
            "format": FORMAT,
            "units": origin.units,
            "versions": origin.dated,
            "files": files,
        }
        (new / _META).write_text(json.dumps(about), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        new.replace(folder)


def kept_id(folder: Path) -> str | None:
    """Return the id of the composite that a folder holds; None where it holds none that can be read."""
    about = _about(folder)
    return about.id if about and about.format == FORMAT else None


def kept_versions(folder: Path, units: str) -> dict[str, str] | None:
    """Return the geometry hash of each kept as-of date; None where nothing of units of that hash is kept."""
    about = _about(folder)
    if about is None or about.format != FORMAT or about.units != units:
        return None
    return dict(about.versions)


def damaged(folder: Path) -> list[str]:
    """Return the files of a kept composite that are missing or not as they were written."""
    about = _about(folder)
    if about is None:
        return [_META]
    return [name for name, digest in sorted(about.files.items()) if _digest(_bytes(folder / name)) != digest]


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def read(folder: Path, division: Division) -> Composite | None:
    """Return the composite in a folder, shapes and edges read when they are asked for; None where it is damaged."""
    about = _about(folder)
    if about is None:
        return None
    files = {name: _bytes(folder / name) for name in about.files}
    if any(_digest(files[name]) != digest for name, digest in about.files.items()):
        return None
    try:
        return _composite(_Files(folder, files), [AsOf.parse(text) for text, _ in about.versions], division)
    except (*_UNREADABLE, StoreError, UsageError):
        return None


_UNREADABLE: Final = (pa.ArrowException, KeyError, ValueError, IndexError, shapely.errors.ShapelyError)


@dataclass(frozen=True, slots=True)
class _Files:
    """Hold the bytes of a folder's files, so that what is read later is what was checked."""

    folder: Path
    held: Mapping[str, bytes | None]

    def table(self, name: str, *only: str) -> pa.Table:
        """Return the table of a file, or some of its columns."""
        return columns.read(pa.BufferReader(self.held[f"{name}.parquet"]), only or None)

    def later(self, make: Callable[["_Files"], T]) -> Callable[[], T]:
        """Return what makes something of the files once; StoreError where they do not hold it."""

        @cache
        def made() -> T:
            try:
                return make(self)
            except _UNREADABLE as error:
                raise StoreError(f"{self.folder} cannot be read ({error}): remove that folder") from None

        return made


class _About(msgspec.Struct, frozen=True):
    id: str
    format: int
    units: str
    versions: list[tuple[str, str]]
    files: dict[str, str]


def _about(folder: Path) -> _About | None:
    """Return what a folder says of its composite; None where it cannot be read."""
    try:
        return msgspec.json.decode((folder / _META).read_bytes(), type=_About)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _tables(composite: Composite) -> dict[str, pa.Table]:
    sides = composite.sides
    base = {str(code): columns.numbers(composite.base[:, n]) for n, code in enumerate(CODES)}
    return {
        "faces": _faces(composite),
        "flips": _flips(composite),
        "spells": _spells(composite),
        "edges": _edges(composite),
        "sides": pa.table(
            {
                "one": columns.numbers(sides.faces[:, 0]),
                "other": columns.numbers(sides.faces[:, 1]),
                "length_m": columns.numbers(sides.length_m),
            }
        ),
        "steps": _steps(composite),
        "base": pa.table({"unit": columns.words(composite.ids), **base}),
    }


def _steps(composite: Composite) -> pa.Table:
    tables = []
    for side in Side:
        found = lookup.steps(composite, side=side)
        tables.append(
            pa.table(
                {
                    "version": columns.numbers(found.version),
                    "unit": columns.words(composite.ids[number] for number in found.unit),
                    "side": columns.words([side.value] * len(found.unit)),
                    "gained": columns.numbers(found.gained),
                    "lost": columns.numbers(found.lost),
                }
            )
        )
    return pa.concat_tables(tables)


def _faces(composite: Composite) -> pa.Table:
    bounds = shapely.bounds(composite.geometry) if len(composite.geometry) else np.zeros((0, 4))
    sides = [columns.numbers(bounds[:, number]) for number in range(4)]
    table = pa.table(
        {
            "face": columns.numbers(np.arange(len(composite.geometry))),
            "unit": columns.chosen(composite.unit, composite.ids),
            "km2": columns.numbers(composite.km2),
            "first": _words(composite.code[0]),
            "geometry": columns.blobs(shapely.to_wkb(composite.geometry, byte_order=1)),
            "bbox": pa.StructArray.from_arrays(sides, names=["xmin", "ymin", "xmax", "ymax"]),
        }
    )
    return table.replace_schema_metadata({"geo": json.dumps(_GEO)})


def _flips(composite: Composite) -> pa.Table:
    version, face = composite.flips
    return pa.table(
        {
            "face": columns.numbers(face),
            "version": columns.numbers(version),
            "as_of": columns.chosen(version, map(str, composite.as_of)),
            "before": _words(composite.code[version - 1, face]),
            "after": _words(composite.code[version, face]),
        }
    )


def _spells(composite: Composite) -> pa.Table:
    """Return a row for every stretch of versions in which a face keeps its status; null where an end is open."""
    found = lookup.spells(composite)
    moments = list(map(str, composite.as_of))
    ends = {
        "from_after": found.first - 1,
        "from_by": found.first,
        "to_after": found.last,
        "to_by": found.last + 1,
    }
    return pa.table(
        {
            "face": columns.numbers(found.face),
            "unit": columns.chosen(composite.unit[found.face], composite.ids),
            "status": _words(composite.code[found.first, found.face]),
            **{name: columns.chosen(places, moments) for name, places in ends.items()},
        }
    )


def _words(codes: np.ndarray) -> pa.Array:
    return columns.chosen(codes, map(str, CODES))


def _edges(composite: Composite) -> pa.Table:
    parts = [(0, status, edge) for status, edge in composite.first.items()]
    parts += [(n, status, edge) for n, delta in enumerate(composite.deltas) for status, edge in delta.items()]
    counts = [len(edge) for _, _, edge in parts]

    def column(name: str, kind: type) -> pa.Array:
        return columns.numbers(np.concatenate([getattr(edge, name) for _, _, edge in parts] or [np.zeros(0, kind)]))

    return pa.table(
        {
            "version": columns.numbers(np.repeat(np.array([n for n, _, _ in parts], dtype=np.int64), counts)),
            "status": _words(np.repeat(np.array([CODES.index(s) for _, s, _ in parts], dtype=np.int64), counts)),
            "low": column("low", np.uint64),
            "high": column("high", np.uint64),
            "count": column("count", np.int64),
        }
    )


def _composite(files: _Files, as_of: list[AsOf], division: Division) -> Composite:
    faces, sides, base = files.table("faces", "unit", "km2", "first"), files.table("sides"), files.table("base")
    flips = files.table("flips", "face", "version", "before", "after")
    unit = {name: number for number, name in enumerate(division.ids)}
    edges = files.later(lambda found: _edges_by_version(found, len(as_of)))
    return Composite(
        division=division,
        as_of=tuple(as_of),
        km2=columns.array(faces["km2"], np.float64),
        unit=_places(faces["unit"], unit).astype(np.int64),
        code=_codes(faces, flips, len(as_of)),
        base=np.column_stack([columns.array(base[str(code)], np.float64) for code in CODES]),
        sides=Sides(
            np.column_stack([columns.array(sides[name], np.int64) for name in ("one", "other")]),
            columns.array(sides["length_m"], np.float64),
        ),
        geometry=files.later(_shapes),
        first=lambda: edges()[0],
        deltas=lambda: ({}, *edges()[1:])[: len(as_of)],
        last=lambda: summed(edges()),
        steps=files.later(lambda found: _steps_by_side(found, unit)),
    )


def _shapes(files: _Files) -> np.ndarray:
    return np.asarray(shapely.from_wkb(files.table("faces", "geometry")["geometry"].to_pylist()), dtype=object)


def _steps_by_side(files: _Files, unit: Mapping[str, int]) -> dict[Side, Steps]:
    table = files.table("steps")
    side, of = np.array(table["side"].to_pylist()), np.array([unit[name] for name in table["unit"].to_pylist()], int)
    version = columns.array(table["version"], np.int64)
    gained, lost = (columns.array(table[name], np.float64) for name in ("gained", "lost"))
    return {s: Steps(*(column[side == s.value] for column in (version, of, gained, lost))) for s in Side}


_PLACE: Final = {str(code): number for number, code in enumerate(CODES)}


def _places(column: pa.ChunkedArray, names: Mapping[str, int]) -> np.ndarray:
    """Return the places of a column of words in a list of names."""
    words = column.combine_chunks()
    place = np.array([names[word] for word in words.dictionary.to_pylist()], dtype=np.uint16)
    kind = np.int8 if words.indices.type == pa.int8() else np.int32
    return np.asarray(place[columns.array(words.indices, kind)])


def _codes(faces: pa.Table, flips: pa.Table, versions: int) -> np.ndarray:
    """Return the code of each face in every version: counting modulo 256, the changes of a face add up to it."""
    face, version = columns.array(flips["face"], np.int64), columns.array(flips["version"], np.int64)
    before, after = (_places(flips[name], _PLACE).astype(np.uint8) for name in ("before", "after"))
    code = np.zeros((versions, len(faces)), dtype=np.uint8)
    code[0] = _places(faces["first"], _PLACE)
    code[version, face] += after - before
    for earlier, row in pairwise(code):
        np.add(row, earlier, out=row)
    return code


def _edges_by_version(files: _Files, versions: int) -> list[Edges]:
    table = files.table("edges")
    version, code = columns.array(table["version"], np.int64), _places(table["status"], _PLACE).astype(np.int64)
    low, high = (columns.array(table[name], np.uint64) for name in ("low", "high"))
    count = columns.array(table["count"], np.int64)
    starts = np.flatnonzero(np.diff(version * len(CODES) + code, prepend=-1))
    found: list[Edges] = [{} for _ in range(max(1, versions))]
    for begin, end in zip(starts, [*starts[1:], len(version)], strict=True):
        found[version[begin]][CODES[code[begin]]] = EdgeSet(low[begin:end], high[begin:end], count[begin:end])
    return found
