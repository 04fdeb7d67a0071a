"""The catalog: layers opened by name from a folder of cards and data."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from frontgis.catalog.card import Card, decode
from frontgis.catalog.settlements import Settlements
from frontgis.catalog.theatre import Theatre
from frontgis.catalog.units import Units
from frontgis.geo.plane import Plane
from frontgis.model import InputError, NotFoundError

if TYPE_CHECKING:
    import geopandas as gpd

_THEATRE: Final = "theatre"


@dataclass(frozen=True)
class Layer:
    """Hold a layer's table: geometry (lon/lat) apart from the other columns; a table without has none."""

    card: Card
    geometry: NDArray[np.object_]
    table: pa.Table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """Return the columns beside the geometry, by name."""
        found: dict[str, list[Any]] = self.table.to_pydict()
        return found

    def column(self, name: str) -> list[Any]:
        """Return a column's values; NotFoundError names the columns there are."""
        if name not in self.columns:
            raise NotFoundError(f"layer {self.card.title!r} has no column {name!r}: it has {', '.join(self.columns)}")
        return self.columns[name]

    def on(self, day: date) -> "Layer":
        """Return the rows that hold on a day, by the columns `valid_from` and `valid_to` (ISO dates, both included)."""
        starts, ends = self.column("valid_from"), self.column("valid_to")
        text = day.isoformat()
        holds = np.array(
            [
                (not start or str(start) <= text) and (not end or text <= str(end))
                for start, end in zip(starts, ends, strict=True)
            ],
            dtype=bool,
        )
        geometry = self.geometry[holds] if len(self.geometry) else self.geometry
        return Layer(self.card, geometry, self.table.filter(pa.array(holds)))

    def frame(self) -> "gpd.GeoDataFrame":
        """Return the layer as a GeoDataFrame."""
        import geopandas as gpd

        return gpd.GeoDataFrame(self.table.to_pandas(), geometry=self.geometry, crs="OGC:CRS84")


class Catalog:
    """Open layers by name; each file is checked against the sha256 on its card."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._opened: dict[str, Layer] = {}
        self._cards: dict[str, Card] = {}

    def names(self) -> list[str]:
        """Return the names of the layers, sorted."""
        return sorted(path.stem for path in self.root.glob("*.toml") if path.stem != _THEATRE)

    def card(self, name: str) -> Card:
        """Return a layer's card; NotFoundError lists the layers there are."""
        if name not in self._cards:
            if name not in self.names():
                raise NotFoundError(f"there is no layer {name!r} in {self.root}: there are {', '.join(self.names())}")
            self._cards[name] = decode(self.root / f"{name}.toml", Card)
        return self._cards[name]

    def path(self, name: str) -> Path:
        """Return the path of a layer's data, checked; InputError where it is not what its card says."""
        card = self.card(name)
        path = self.root / card.file
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}") from None
        if digest != card.sha256:
            raise InputError(f"{path} is not the file that its card describes (sha256 differs): install it anew")
        return path

    def layer(self, name: str) -> Layer:
        """Return a layer."""
        if name not in self._opened:
            self._opened[name] = self._read(name)
        return self._opened[name]

    def _read(self, name: str) -> Layer:
        path = self.path(name)
        if path.suffix not in (".csv", ".parquet"):
            raise InputError(f"layer {name!r} is no table but {path}: read that file itself")
        if path.suffix == ".csv":
            table = _texts(path)
            return Layer(self.card(name), np.zeros(0, dtype=object), table)
        with pq.ParquetFile(path) as file:  # read_table would import pandas
            table = file.read()
        if "geometry" not in table.column_names:
            return Layer(self.card(name), np.zeros(0, dtype=object), table)
        geometry = shapely.from_wkb(table["geometry"].to_pylist())
        return Layer(self.card(name), np.asarray(geometry, dtype=object), table.drop_columns(["geometry"]))

    def theatre(self) -> Theatre:
        """Return the theatre's card."""
        return self._theatre

    def plane(self) -> Plane:
        """Return the metric plane of the theatre."""
        return Plane(self.theatre().metric_crs)

    def units(self, name: str) -> Units:
        """Return a unit layer; NotFoundError where the layer has no `id` and `name`."""
        layer = self.layer(name)
        ids, names = tuple(layer.column("id")), tuple(layer.column("name"))
        return Units(ids, names, layer.geometry, name, layer.card.boundary_set or self.theatre().boundary_set)

    def settlements(self, *, on: date | None = None) -> Settlements:
        """Return the gazetteer, under the names of a day where the layer `names_dated` knows them, else the newest."""
        if on is None:
            return self._gazetteer
        dated = self.layer("names_dated").on(on) if "names_dated" in self.names() else None
        if dated is None:
            return self._gazetteer
        names = zip(dated.column("id"), dated.column("name"), dated.column("name_uk"), strict=True)
        return self._gazetteer.renamed({key: (name, name_uk) for key, name, name_uk in names})

    @cached_property
    def _theatre(self) -> Theatre:
        return decode(self.root / f"{_THEATRE}.toml", Theatre)

    @cached_property
    def _gazetteer(self) -> Settlements:
        layer = self.layer("settlements")
        columns: dict[str, Any] = {name: tuple(value or "" for value in layer.column(name)) for name in _TEXTS}
        columns |= {name: _numbers(layer, name) for name in _NUMBERS}
        columns |= {name: np.array([value or 0 for value in layer.column(name)], np.int64) for name in _WHOLES}
        section = layer.columns.get("is_section", [False] * len(layer))
        columns["is_section"] = np.array([bool(value) for value in section], np.bool_)
        columns["aliases"] = tuple(tuple(filter(None, (value or "").split(";"))) for value in layer.column("aliases"))
        return Settlements(**columns)


_TEXTS: Final = ("id", "name", "name_uk", "name_ru", "unit", "district", "source")
_NUMBERS: Final = ("lon", "lat", "precision_m")
_WHOLES: Final = ("population", "rank")


def _numbers(layer: Layer, name: str) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in layer.column(name)], np.float64)


def _texts(path: Path) -> pa.Table:
    """Read a CSV with every column as text, whatever its values look like; numbers of settlements stay numbers."""
    with path.open(encoding="utf-8") as stream:
        header = stream.readline().strip().split(",")
    kinds = {name: pa.string() for name in header if name not in (*_NUMBERS, *_WHOLES)}
    return pa.csv.read_csv(path, convert_options=pa.csv.ConvertOptions(column_types=kinds))


def shipped_root() -> Path:
    """Return the folder that holds shipped `layers/` and `maps/`: inside the package, else the checkout's root."""
    package = Path(__file__).parents[1]
    installed = package / "_shipped"
    return installed if installed.is_dir() else package.parent


@cache
def shipped() -> Catalog:
    """Return the catalog of the shipped layers."""
    return Catalog(shipped_root() / "layers")
