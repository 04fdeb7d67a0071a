"""One coverage of the whole frame: units, the rest of each country, territorial and open sea, sharing every edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.councils import RAIONS_OF, Cells, read_all_raions, read_councils, read_natural_earth
from layers.geom import GRID_DEG, clean_coverage, polygons, snap_coverage, to_lonlat, to_plane
from layers.outline import Outline, read_outline
from layers.tiling import settle_islands, tile

if TYPE_CHECKING:
    from pathlib import Path

SIMPLIFY_M = 100.0
METRES_A_DEGREE = 111_200.0
LON_SCALE = 0.66  # the cosine of a middle latitude
REGION_COUNTRIES = ("BLR", "HUN", "MDA", "POL", "ROU", "SVK")
POLISH = {
    "DS": "02", "KP": "04", "LU": "06", "LB": "08", "LD": "10", "MA": "12", "MZ": "14", "OP": "16",
    "PK": "18", "PD": "20", "PM": "22", "SL": "24", "SK": "26", "WN": "28", "WP": "30", "ZP": "32",
}  # fmt: skip
RECODED = {"MD-CAM": "MD-SN", "MD-GRI": "MD-SN", "HU-ED": "HU-ER"} | {
    f"PL-{old}": f"PL-{new}" for old, new in POLISH.items()
}
REST = "rest:"
CLAIMED = "sea:"
HIGH_SEA = "sea:"


def build_cells(downloads: Path, closings: Path) -> tuple[dict[str, Any], Outline, Cells]:
    """Return the shipped coverage (lon/lat, by unit id, `rest:XXX` or `sea:XXX`), the outline and the councils."""
    outline = read_outline(downloads, closings)
    councils = read_councils(downloads)
    keep = {i for i, known in enumerate(councils.fixed) if known}
    units = settle_islands(list(councils.geometry), councils.units, keep=keep)
    councils = Cells(councils.ids, councils.names, units, councils.geometry, councils.fixed)
    raw = _home(outline, councils) | _raions(outline, downloads) | _regions(outline, downloads)
    done = {"UKR", "RUS", *REGION_COUNTRIES}
    raw |= {REST + code: shape for code, shape in outline.ground.items() if code not in done}
    raw |= _sea_cells(outline)
    return finish(raw), outline, councils


def finish(raw: dict[str, Any]) -> dict[str, Any]:
    """Clean, simplify and round a coverage given in the metre plane; it is valid as shipped or the build stops.

    Simplifying keeps a subset of the vertices, so it is done last, on vertices that already lie on the shipped
    grid, in a plane that is lon/lat with the longitudes shrunk.
    """
    codes = sorted(raw)
    plane = clean_coverage([raw[code] for code in codes])
    clean = snap_coverage(to_lonlat(plane), GRID_DEG)
    simple = shapely.coverage_simplify(_scaled(clean, LON_SCALE), SIMPLIFY_M / METRES_A_DEGREE)
    shipped = shapely.normalize(_scaled(simple, 1 / LON_SCALE))
    if not (shapely.coverage_is_valid(shipped) and shapely.is_valid(shipped).all()):
        raise SystemExit("the coverage of units is not valid on the shipped grid")
    return dict(zip(codes, shipped, strict=True))


def _scaled(geometry: Any, factor: float) -> Any:
    scale = np.array([factor, 1.0])
    digits = 6 if factor > 1 else 15
    return shapely.transform(geometry, lambda xy: np.round(xy * scale, digits))


def _home(outline: Outline, councils: Cells) -> dict[str, Any]:
    units = np.array(councils.units)
    codes = sorted(set(councils.units))
    merged = [shapely.union_all(councils.geometry[units == code]) for code in codes]
    return dict(zip(codes, tile(outline.ground["UKR"], merged), strict=True))


def _raions(outline: Outline, downloads: Path) -> dict[str, Any]:
    cells = read_all_raions(downloads)
    units = np.array(cells.units)
    codes = [*sorted(RAIONS_OF.values()), REST + "RUS"]
    merged = [shapely.union_all(cells.geometry[units == code]) for code in codes]
    return dict(zip(codes, tile(outline.ground["RUS"], merged), strict=True))


def region_rows(downloads: Path) -> dict[str, dict[str, Any]]:
    """Return the neighbours' regions by ISO code: Natural Earth's properties and geometry (lon/lat, merged)."""
    rows: dict[str, dict[str, Any]] = {}
    for row in read_natural_earth(downloads):
        if row["adm0_a3"] in REGION_COUNTRIES:
            code = RECODED.get(row["iso_3166_2"], row["iso_3166_2"])
            rows.setdefault(code, {**row, "pieces": []})["pieces"].append(row["geometry"])
    return rows


def _regions(outline: Outline, downloads: Path) -> dict[str, Any]:
    rows = region_rows(downloads)
    found: dict[str, Any] = {}
    for country in REGION_COUNTRIES:
        codes = sorted(code for code, row in rows.items() if row["adm0_a3"] == country)
        shapes = [polygons(to_plane(shapely.union_all(rows[code]["pieces"]))) for code in codes]
        found |= dict(zip(codes, tile(outline.ground[country], shapes), strict=True))
    return found


def _sea_cells(outline: Outline) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    taken = shapely.Polygon()
    for country in sorted(outline.claimed, key=lambda code: (code != "UKR", code)):
        own = polygons(shapely.difference(outline.claimed[country], taken))
        if not own.is_empty:
            cells[CLAIMED + country] = own
            taken = shapely.union(taken, own)
    cells[HIGH_SEA] = polygons(shapely.difference(outline.sea, taken))
    return cells
