"""Write a layer: a data file with fixed settings and the card that says what it is."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

if TYPE_CHECKING:
    from pathlib import Path

OSM = ("ODbL 1.0", "© OpenStreetMap contributors, ODbL 1.0")
GEONAMES = ("CC BY 4.0", "GeoNames, CC BY 4.0")
NATURAL_EARTH = ("Public domain", "Made with Natural Earth")
NOAA = ("Public domain", "NOAA: GLOBE 1.0 and ETOPO5")


@dataclass(frozen=True)
class Draft:
    """A layer about to be written: the words of its card and its columns."""

    name: str
    title: str
    kind: str
    source: str
    version: str
    licence: tuple[str, str]
    built: str
    accuracy: str
    about: dict[str, str]
    columns: dict[str, Any]
    geometry: Any = None
    extra: dict[str, str] = field(default_factory=dict)


def write_layer(draft: Draft, folder: Path) -> None:
    """Write `draft` to `folder` as Parquet (GeoParquet 1.1 where it has geometry) and a TOML card."""
    data = folder / f"{draft.name}.parquet"
    table, geometry = _table(draft)
    pq.write_table(table, data, compression="zstd", compression_level=19, row_group_size=4096, write_statistics=False)
    _write_card(draft, folder, data, geometry, table.num_rows)


def write_table(draft: Draft, folder: Path) -> None:
    """Write `draft`, which has no geometry, to `folder` as CSV and a TOML card."""
    data = folder / f"{draft.name}.csv"
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(draft.columns)
    writer.writerows(zip(*draft.columns.values(), strict=True))
    data.write_text(stream.getvalue(), encoding="utf-8")
    _write_card(draft, folder, data, "none", len(next(iter(draft.columns.values()))))


def write_raster_card(draft: Draft, folder: Path, data: Path) -> None:
    """Write the card of a raster file that is already in `folder`."""
    _write_card(draft, folder, data, "raster", 1)


def _table(draft: Draft) -> tuple[pa.Table, str]:
    columns = {name: pa.array(list(values)) for name, values in draft.columns.items()}
    if draft.geometry is None:
        return pa.table(columns), "none"
    geometry = np.asarray(draft.geometry, dtype=object)
    table = pa.table({**columns, "geometry": pa.array(shapely.to_wkb(geometry), pa.binary())})
    present = geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]
    kinds = sorted({str(shape.geom_type) for shape in present})
    column = {
        "encoding": "WKB",
        "geometry_types": kinds,
        "bbox": [round(float(v), 6) for v in shapely.total_bounds(present)],
    }
    about = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return table.replace_schema_metadata({"geo": json.dumps(about)}), "/".join(kinds)


def _write_card(draft: Draft, folder: Path, data: Path, geometry: str, rows: int) -> None:
    fields = {
        "title": draft.title,
        "kind": draft.kind,
        "geometry": geometry,
        "file": data.name,
        "rows": rows,
        "crs": "OGC:CRS84" if geometry != "none" else "none",
        "source": draft.source,
        "version": draft.version,
        "licence": draft.licence[0],
        "attribution": draft.licence[1],
        "sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
        "built": draft.built,
        "accuracy": draft.accuracy,
        **draft.extra,
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    about = dict(draft.about)
    if geometry not in {"none", "raster"}:
        about["geometry"] = f"{geometry}, longitude and latitude in degrees, rounded to 1e-6"
    missing = set(draft.columns) - set(about)
    if missing:
        raise SystemExit(f"{draft.name}: columns without a word about them: {sorted(missing)}")
    lines += ["", "[columns]"]
    lines += [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in about.items()]
    (folder / f"{draft.name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
