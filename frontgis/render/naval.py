"""Naval exposure as files: GeoJSON cells and a Cloud Optimized GeoTIFF, both of 5 km."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.analysis.coarse import SIDE_M, Coarse
from frontgis.analysis.naval import COARSE_NOTE, METHOD, WARNING
from frontgis.model import Side
from frontgis.render.files import replacing
from frontgis.render.table import Table
from frontgis.sources import Credit

_NODATA: Final = -9999
_BANDS: Final = {
    "classes_ru": "classes of ru that reach the cell from held coast",
    "classes_ua": "classes of ua that reach the cell from coast not marked as held",
    "km_ru": "km to held coast, to the next 5",
    "km_ua": "km to coast not marked as held, to the next 5",
    "depth_m": "depth in metres, to the next 10",
}


def table(found: Coarse, *, credit: Credit, history: str) -> Table:
    """Return the cells as squares with the classes that reach them, by side, and what every copy must say."""
    about = _about(found, credit, history)
    repeated = {
        name: [about[name]] * len(found.row) for name in ("as_of", "source", "licence", "attribution", "history")
    }
    names: dict[str, Any] = {f"classes_{side.value}": _names(found, side) for side in Side}
    distances: dict[str, Any] = {f"km_{side.value}": found.km[side].tolist() for side in Side}
    columns = {
        **names,
        **distances,
        "water_km2": found.water_km2.tolist(),
        "depth_m": found.depth_m.tolist(),
        "territorial_sea": list(found.zone),
        **repeated,
    }
    return Table("naval", columns, _squares(found), about)


def _names(found: Coarse, side: Side) -> list[list[str]]:
    names = [missile.name for missile in found.exposure.classes[side]]
    return [[name for name, reaches in zip(names, cell, strict=True) if reaches] for cell in found.reached[side].T]


def _squares(found: Coarse) -> NDArray[np.object_]:
    waters = found.exposure.waters
    west, north = waters.west_m + found.column * SIDE_M, waters.north_m - found.row * SIDE_M
    squares = np.asarray(shapely.box(west, north - SIDE_M, west + SIDE_M, north), dtype=object)
    return np.array([waters.plane.unproject(square) for square in squares], dtype=object)


def _about(found: Coarse, credit: Credit, history: str) -> dict[str, str]:
    return {
        "title": f"Naval exposure: {found.exposure.waters.title}",
        "source": credit.source,
        "licence": credit.licence,
        "attribution": credit.attribution,
        "history": history,
        "as_of": str(found.exposure.as_of),
        "precision": COARSE_NOTE,
        "method": METHOD,
        "note": WARNING,
    }


def write_cog(found: Coarse, path: Path, *, credit: Credit, history: str) -> None:
    """Write the cells as a Cloud Optimized GeoTIFF of five bands; land has no data.

    Raises InputError where the file cannot be written.
    """
    import rasterio

    waters = found.exposure.waters
    transform = rasterio.Affine(SIDE_M, 0, waters.west_m, 0, -SIDE_M, waters.north_m)
    rows, columns = found.shape
    bands = _bands(found)
    with (
        replacing(path) as temporary,
        rasterio.open(
            temporary,
            "w",
            driver="COG",
            width=columns,
            height=rows,
            count=len(bands),
            dtype="float32",
            crs=waters.plane.crs,
            transform=transform,
            nodata=_NODATA,
            compress="DEFLATE",
        ) as raster,
    ):
        raster.write(bands)
        raster.update_tags(**_about(found, credit, history))
        for number, (name, words) in enumerate(_BANDS.items(), 1):
            raster.set_band_description(number, name)
            raster.update_tags(number, about=words)


def _bands(found: Coarse) -> NDArray[np.float32]:
    values = [
        *(found.reached[side].sum(axis=0) for side in Side),
        *(np.where(np.isfinite(found.km[side]), found.km[side], _NODATA) for side in Side),
        found.depth_m,
    ]
    bands = np.full((len(values), *found.shape), _NODATA, dtype=np.float32)
    bands[:, found.row, found.column] = values
    return bands
