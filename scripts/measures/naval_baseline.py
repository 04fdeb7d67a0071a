"""Naval exposure as one writes it with geopandas and shapely: buffers of the coast laid over a net of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BOX = (28.5, 44.0, 33.75, 46.9)
CRS = "EPSG:32636"
CELL_M = 1000
NEAR_M = 1000


def cells(layers: Path) -> gpd.GeoDataFrame:
    """Return the cells of 1 km whose middle is water."""
    sea = gpd.read_parquet(layers / "sea.parquet").clip(BOX).to_crs(CRS)
    west, south, east, north = sea.total_bounds
    x, y = np.meshgrid(np.arange(west, east, CELL_M), np.arange(south, north, CELL_M))
    squares = shapely.box(x.ravel(), y.ravel(), x.ravel() + CELL_M, y.ravel() + CELL_M)
    net = gpd.GeoDataFrame({"cell": np.arange(len(squares))}, geometry=squares, crs=CRS)
    middles = net.set_geometry(net.centroid)
    wet = gpd.sjoin(middles, sea[["geometry"]], predicate="within")
    return net.loc[wet.index]


def exposure(
    net: gpd.GeoDataFrame, layers: Path, control: gpd.GeoDataFrame, ranges_km: dict[str, Sequence[float]]
) -> gpd.GeoDataFrame:
    """Return the cells with the share of each that each class of each side reaches."""
    coast = gpd.read_parquet(layers / "coast.parquet").to_crs(CRS)
    countries = gpd.read_parquet(layers / "countries.parquet")
    state = countries[countries["id"] == "UKR"].to_crs(CRS)
    held = control[control["status"].str.startswith("occupied")].to_crs(CRS).buffer(NEAR_M).union_all()
    fought = control[control["status"] == "contested"].to_crs(CRS).buffer(NEAR_M).union_all()
    sides = {"ru": coast.clip(held), "ua": coast.clip(state.buffer(1)).difference(held.union(fought))}
    found = net.copy()
    for side, lines in sides.items():
        for km in ranges_km[side]:
            reach = gpd.GeoDataFrame(geometry=[lines.buffer(km * 1000).union_all()], crs=CRS)
            met = gpd.overlay(net, reach, how="intersection")
            found[f"{side}_{km:g}"] = met.set_index("cell").area.reindex(found["cell"]).fillna(0).to_numpy() / CELL_M**2
    return found
