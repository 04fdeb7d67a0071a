"""Country land with its inner waters, the open sea, and the territorial sea, from OpenStreetMap outlines."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.fetch import member
from layers.geom import FRAME, clip_rings, polygons, to_plane

if TYPE_CHECKING:
    from pathlib import Path

OPENING_M = 750.0  # sea narrower than twice this belongs to the land it lies in
OPEN_SEA_M2 = 10_000e6  # a smaller sea is inner water
CORNER_M2 = 1e6  # a smaller nook of the open coast stays sea
HOME = "UKR"  # its outline wins where outlines overlap


@dataclass(frozen=True)
class Outline:
    """Ground by country (inner waters included), open sea, inner waters and waters claimed; metre plane."""

    ground: dict[str, Any]
    sea: Any
    inner: Any
    claimed: dict[str, Any]


def read_outline(downloads: Path, closings: Path) -> Outline:
    """Read seas and country envelopes, and divide them into ground and open sea."""
    water = _read_seas(member("seas", downloads))
    envelopes = _read_countries(member("countries", downloads))
    sea = open_sea(water, closings)
    ground: dict[str, Any] = {}
    taken = shapely.Polygon()
    for country in sorted(envelopes, key=lambda code: (code != HOME, code)):
        whole = envelopes[country]
        land = polygons(shapely.difference(shapely.difference(whole, sea), taken))
        if not land.is_empty:
            ground[country] = land
            taken = shapely.union(taken, land) if land.intersects(taken.buffer(1)) or country == HOME else taken
    inner = polygons(shapely.difference(water, sea))
    return Outline(ground, sea, inner, {c: polygons(shapely.intersection(envelopes[c], sea)) for c in ground})


def open_sea(water: Any, closings: Path) -> Any:
    """Return the sea without what is narrow, small, or behind a closing line."""
    lines = shapely.union_all(closing_lines(closings, "close"))
    cut = shapely.difference(water, lines.buffer(1.0))
    coarse = shapely.difference(shapely.simplify(water, 5.0), lines.buffer(30.0))
    opened = shapely.buffer(shapely.buffer(coarse, -OPENING_M), OPENING_M - 1.0)
    parts = shapely.get_parts(opened)
    big = shapely.area(parts) >= OPEN_SEA_M2
    core, closed = shapely.union_all(parts[big]), shapely.union_all(parts[~big])
    narrow = shapely.get_parts(polygons(shapely.difference(cut, core)))
    corner = shapely.area(narrow) < CORNER_M2
    corner &= shapely.dwithin(narrow, core, 2.0) & ~shapely.dwithin(narrow, closed, 2.0)
    return shapely.union_all([polygons(shapely.intersection(cut, core)), *narrow[corner]])


def closing_lines(path: Path, role: str) -> list[Any]:
    """Read the hand-drawn lines (metre plane) that `close` an inner water to the sea or `part` two inner waters."""
    with path.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["role"] == role]
    ends = [[(float(r["lon_a"]), float(r["lat_a"])), (float(r["lon_b"]), float(r["lat_b"]))] for r in rows]
    return list(to_plane(np.array([shapely.LineString(pair) for pair in ends], dtype=object)))


def _read_seas(path: Path) -> Any:
    collection = json.loads(path.read_bytes())
    rings = [rows for part in collection["geometries"] for rows in _rings(part)]
    return to_plane(clip_rings(rings, FRAME))


def _read_countries(path: Path) -> dict[str, Any]:
    features = json.loads(path.read_bytes())["features"]
    found = {f["properties"]["A3"]: clip_rings(_rings(f["geometry"]), FRAME) for f in features}
    return {code: to_plane(shape) for code, shape in found.items() if not shape.is_empty}


def _rings(geometry: dict[str, Any]) -> list[Any]:
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else list(coordinates)
