"""The generated world as a folder of layers: cards and data, as any catalog is."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frontgis.catalog.world.geography import HOME_SEEDS, Geography
from frontgis.catalog.world.names import UNITS, Name
from frontgis.catalog.world.shapes import polygons

NOTICE: Final = "Generated example: an invented country, no real place"
LICENCE: Final = "CC0 1.0"
STATE, NEIGHBOUR, NEUTRAL = "MER", "TAR", "QUE"
COUNTRIES: Final[dict[str, Name]] = {
    STATE: ("Merevia", "Меревія", "Меревия"),
    NEIGHBOUR: ("Tarsk", "Тарск", "Тарск"),
    NEUTRAL: ("Quessel", "Квессель", "Квессель"),
}
SEA: Final[Name] = ("Southern Sea", "Південне море", "Южное море")
RIVER: Final[Name] = ("Lumna", "Лумна", "Лумна")
LAKE: Final[Name] = ("Lake Ardmere", "Озеро Ардмере", "Озеро Ардмере")


@dataclass(frozen=True)
class Draft:
    """Hold a layer about to be written."""

    name: str
    title: str
    kind: str
    columns: Mapping[str, Sequence[Any]]
    geometry: NDArray[np.object_] | None = None


def write(land: Geography, folder: Path) -> None:
    """Write the land as layers into a folder that `Catalog(folder)` opens; the same land, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for draft in _drafts(land):
        content = _csv(draft) if draft.geometry is None else _parquet(draft, draft.geometry)
        file = f"{draft.name}.{'csv' if draft.geometry is None else 'parquet'}"
        (folder / file).write_bytes(content)
        (folder / f"{draft.name}.toml").write_text(_card(draft, file, content), "utf-8")
    (folder / "theatre.toml").write_text(_theatre(land), "utf-8")


def _drafts(land: Geography) -> list[Draft]:
    return [
        _units("oblasts", "Units of the invented states", land, range(len(UNITS))),
        _units("regions", "Units of the invented neighbours", land, range(len(HOME_SEEDS), len(UNITS))),
        _countries(land),
        _one("sea", "Invented sea", "sea", SEA, land.sea),
        _one("coast", "Coast of the invented land", "lines", ("Coast", "", ""), land.coast),
        _river(land),
        _water(land),
        _settlements(land),
    ]


def _names(names: Sequence[Name]) -> dict[str, list[str]]:
    latin, ukrainian, russian = zip(*names, strict=True)
    return {"name": list(latin), "name_uk": list(ukrainian), "name_ru": list(russian)}


def unit_id(index: int) -> str:
    """Return the id of a unit: its country's and its number."""
    last = len(UNITS) - 1
    return f"{STATE if index < len(HOME_SEEDS) else NEUTRAL if index == last else NEIGHBOUR}-{index + 1:02d}"


def _units(name: str, title: str, land: Geography, which: range) -> Draft:
    columns = {
        "id": [unit_id(index) for index in which],
        **_names([UNITS[index] for index in which]),
        "country": [unit_id(index)[:3] for index in which],
        "short": [UNITS[index][0] for index in which],
    }
    return Draft(name, title, "units", columns, _array([land.units[index] for index in which]))


def _countries(land: Geography) -> Draft:
    columns = {"id": [*COUNTRIES], **_names([*COUNTRIES.values()])}
    parts = ([unit for index, unit in enumerate(land.units) if unit_id(index)[:3] == code] for code in COUNTRIES)
    shapes = [polygons(shapely.coverage_union_all(np.array(units, dtype=object))) for units in parts]
    return Draft("countries", "Invented states", "land", columns, _array(shapes))


def _one(name: str, title: str, kind: str, called: Name, shape: BaseGeometry) -> Draft:
    return Draft(name, title, kind, {"id": [name], **_names([called])}, _array([shape]))


def _river(land: Geography) -> Draft:
    columns: dict[str, Sequence[Any]] = {"id": ["lumna"], **_names([RIVER]), "kind": ["river"], "rank": [0]}
    return Draft("rivers", "Invented river", "lines", columns, _array([land.river]))


def _water(land: Geography) -> Draft:
    parts = [*land.lake.geoms, *land.river_water.geoms]
    lakes = len(land.lake.geoms)
    rivers = len(parts) - lakes
    columns: dict[str, Sequence[Any]] = {
        "id": [f"water-{index + 1}" for index in range(len(parts))],
        **_names([LAKE] * lakes + [RIVER] * rivers),
        "kind": ["lake"] * lakes + ["river"] * rivers,
        "river": [""] * lakes + [RIVER[0]] * rivers,
        "valid_from": [""] * len(parts),
        "valid_to": [""] * len(parts),
    }
    return Draft("water", "Invented waters", "water", columns, _array(parts))


def _settlements(land: Geography) -> Draft:
    places = sorted(land.places, key=lambda place: -place.population)
    columns: dict[str, Sequence[Any]] = {
        "id": [place.name[0].lower() for place in places],
        **_names([place.name for place in places]),
        "aliases": ["" for _ in places],
        "lon": [place.lon for place in places],
        "lat": [place.lat for place in places],
        "precision_m": [place.precision_m for place in places],
        "unit": [unit_id(place.unit) for place in places],
        "district": ["" for _ in places],
        "population": [place.population for place in places],
        "rank": [place.rank for place in places],
        "source": ["invented" for _ in places],
    }
    return Draft("settlements", "Invented settlements", "settlements", columns)


def _array(shapes: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    return np.array(shapes, dtype=object)


def _csv(draft: Draft) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(draft.columns)
    writer.writerows(zip(*draft.columns.values(), strict=True))
    return stream.getvalue().encode()


def _parquet(draft: Draft, geometry: NDArray[np.object_]) -> bytes:
    kinds = sorted({str(shape.geom_type) for shape in geometry})
    column = {"encoding": "WKB", "geometry_types": kinds, "bbox": [*map(float, shapely.total_bounds(geometry))]}
    about = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    columns = {key: pa.array(list(values)) for key, values in draft.columns.items()}
    table = pa.table({**columns, "geometry": pa.array(shapely.to_wkb(geometry), pa.binary())})
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(about)}), stream, compression="zstd")
    return stream.getvalue()


def _card(draft: Draft, file: str, content: bytes) -> str:
    fields = {
        "title": draft.title,
        "kind": draft.kind,
        "geometry": "none" if draft.geometry is None else "/".join(sorted({g.geom_type for g in draft.geometry})),
        "file": file,
        "rows": len(next(iter(draft.columns.values()))),
        "crs": "none" if draft.geometry is None else "OGC:CRS84",
        "source": NOTICE,
        "version": "1",
        "licence": LICENCE,
        "attribution": NOTICE,
        "sha256": hashlib.sha256(content).hexdigest(),
        "built": "frontgis.catalog.world: rough lines, Voronoi cells, one noding",
        "accuracy": "invented",
        "boundary_set": "generated",
    }
    columns = {key: f"{key} of the invented feature" for key in draft.columns}
    if draft.geometry is not None:
        columns["geometry"] = "longitude and latitude in degrees, rounded to 1e-6"
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    lines += ["", "[columns]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in columns.items()]
    return "\n".join(lines) + "\n"


def _theatre(land: Geography) -> str:
    west, south, east, north = land.box.bounds
    middle = f"+lon_0={(west + east) / 2:.3f} +datum=WGS84 +units=m"
    fields = {
        "title": COUNTRIES[STATE][0],
        "box": [west, south, east, north],
        "units": "oblasts",
        "boundary_set": "the invented borders of the generated example",
        "state": STATE,
        "river_front": [RIVER[0]],
        "metric_crs": f"+proj=laea +lat_0={(south + north) / 2:.3f} {middle}",
        "picture_crs": f"+proj=aea +lat_1={south + 0.4:.3f} +lat_2={north - 0.4:.3f} "
        f"+lat_0={(south + north) / 2:.3f} {middle}",
    }
    tables: dict[str, dict[str, object]] = {
        "sides": {"ru": COUNTRIES[NEIGHBOUR][0], "ua": COUNTRIES[STATE][0]},
        "homes": {"ru": NEIGHBOUR, "ua": STATE},
        "presets": {"east": [unit_id(6), unit_id(7), unit_id(8)]},
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    for table, values in tables.items():
        lines += ["", f"[{table}]"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"
