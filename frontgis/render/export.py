"""Files of a table, by the suffix: GeoJSON, GeoParquet, GeoPackage, KML, CSV."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import geopandas
import pyogrio

from frontgis.model import UsageError
from frontgis.render.files import replacing
from frontgis.render.geojson import geojson, plain
from frontgis.render.table import Table, tidy


def write(path: Path, table: Table) -> None:
    """Write the table as the suffix says, whole or not at all; the same table gives the same bytes.

    Raises UsageError for a suffix that no format has, InputError where the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise UsageError(f"{path.name}: no format has the suffix {suffix!r}: use one of {', '.join(WRITERS)}")
    with replacing(path) as temporary:
        WRITERS[suffix](temporary, table)


def frame(table: Table) -> geopandas.GeoDataFrame:
    """Return the table as a GeoDataFrame in EPSG:4326; `attrs` say where it comes from."""
    columns = {name: [plain(value) for value in values] for name, values in table.columns.items()}
    features = geopandas.GeoDataFrame(columns, geometry=tidy(table.geometry), crs="EPSG:4326")
    features.attrs.update(table.about)
    return features


def _geojson(path: Path, table: Table) -> None:
    path.write_bytes(geojson(table))


def _geoparquet(path: Path, table: Table) -> None:
    frame(table).to_parquet(path, compression="zstd", write_covering_bbox=True, schema_version="1.1.0")


def _geopackage(path: Path, table: Table) -> None:
    moment = f"{table.about.get('as_of', '1970-01-01')[:10]}T00:00:00Z"
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        pyogrio.write_dataframe(frame(table), path, layer=table.name, driver="GPKG", layer_metadata=dict(table.about))
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _kml(path: Path, table: Table) -> None:
    features = frame(table)
    if "name" not in features and len(features.columns) > 1:
        features["Name"] = features[features.columns[0]]
    pyogrio.write_dataframe(features, path, layer=table.name, driver="KML")


def _csv(path: Path, table: Table) -> None:
    features = frame(table)
    if (features.geom_type == "Point").all():
        features["lon"], features["lat"] = features.geometry.x, features.geometry.y
    features.drop(columns="geometry").to_csv(path, index=False, lineterminator="\n")


WRITERS: Final[dict[str, Callable[[Path, Table], None]]] = {
    ".geojson": _geojson,
    ".json": _geojson,
    ".parquet": _geoparquet,
    ".gpkg": _geopackage,
    ".kml": _kml,
    ".csv": _csv,
}
