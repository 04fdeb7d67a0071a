"""Inland and inner waters as polygons, named where known, with the dates between which they hold water."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.fetch import PACKAGES, member
from layers.flat import flat_waters
from layers.geom import clip_rings, polygons, to_lonlat, to_plane
from layers.outline import closing_lines
from layers.write import OSM, Draft

if TYPE_CHECKING:
    from layers.outline import Outline

HERE = Path(__file__).parent
BOX = (19.5, 42.0, 45.0, 55.0)
SIMPLIFY_M = 50.0
LEAST_M2 = {"river": 0.15e6, "lake": 0.5e6, "inner_sea": 0.3e6}
MOUTH_M = 200.0  # inner waters reach this far into the sea before the shipped sea is cut off
NAMING_M = 1_500.0
LEAST_NAMED_M2 = 1e6
ROUNDED_M2 = 2e6
ROUNDED_TO_M = 15.0
ROUNDS = 3
FIELDS = ("name", "name_uk", "name_ru", "kind", "river", "valid_from", "valid_to")


def water(downloads: Path, outline: Outline, sea: Any, rivers: dict[str, Any]) -> Draft:
    """Return the water layer; `sea` is the shipped sea (lon/lat), `rivers` centre lines by name (lon/lat)."""
    pieces = {
        **_inland(downloads),
        "inner_sea": _inner(outline, to_plane(sea)),
        "reservoir": to_plane(flat_waters(downloads)),
    }
    kinds = [kind for kind, shapes in pieces.items() for _ in shapes]
    shapes = np.concatenate(list(pieces.values()))
    rows = [dict.fromkeys(FIELDS, "") | {"kind": kind} for kind in kinds]
    _name_rivers(rows, shapes, rivers)
    _name_by_hand(rows, shapes)
    rows, shapes = _join(rows, shapes)
    _round_corners(rows, shapes)
    shipped = shapely.normalize(to_lonlat(shapes))
    shipped = shapely.make_valid(shipped, method="structure", keep_collapsed=False)
    order = sorted(range(len(rows)), key=lambda i: (rows[i]["kind"], rows[i]["name"], shipped[i].wkb))
    order = [i for i in order if not shipped[i].is_empty]
    return Draft(
        name="water",
        title="Lakes, reservoirs, river surfaces and inner sea waters",
        kind="water",
        source="OpenStreetMap by way of packaged water bodies and seas (@geo-maps); names and dates by hand",
        version="; ".join(PACKAGES[name].spec for name in ("waterbodies", "seas")),
        licence=OSM,
        built=f"scripts/build_layers: polygons clipped to {BOX}, repaired, small ones dropped (rivers under 0.15 km²,"
        f" lakes under 0.5 km², inner sea under 0.3 km²), simplified at {SIMPLIFY_M:.0f} m; inner sea = sea that the"
        " layer sea leaves out; river surfaces are named after a near centre line of the layer rivers; the Kamianske"
        " reservoir, which the source lacks, is the flat water surface of GLOBE (30 arc-seconds, public domain)",
        accuracy="inner sea ± 0.1 km; lakes and reservoirs ± 0.5-1 km, for the source draws them with few vertices"
        " (corners are rounded here from 2 km² on); rivers have gaps; state of about 2017: the Kakhovka reservoir is"
        " drawn full and ends by valid_to, the Oskil reservoir likewise (its day from memory, ± some days); centre"
        " lines that give names lie up to 3 km off, so that a name can sit on a side channel",
        about={
            "id": "number of the row; not the same in another version",
            "name": "English name, empty where unknown",
            "name_uk": "Ukrainian name",
            "name_ru": "Russian name",
            "kind": "lake, reservoir, river or inner_sea",
            "river": "name of the river that it is a part of, where known",
            "valid_from": "first day with water, ISO date, empty when always",
            "valid_to": "last day with water, ISO date, empty when still",
        },
        columns={
            "id": [f"water-{number}" for number in range(1, len(order) + 1)],
            **{field: [rows[i][field] for i in order] for field in FIELDS},
        },
        geometry=shipped[order],
    )


def _round_corners(rows: list[dict[str, str]], shapes: Any) -> None:
    """Round the corners of larger inland waters, which the source draws with few vertices, by Chaikin's rule."""
    for i, row in enumerate(rows):
        if row["kind"] in {"lake", "reservoir"} and shapes[i].area >= ROUNDED_M2:
            parts = [_rounded(polygon) for polygon in shapely.get_parts(shapes[i])]
            shapes[i] = polygons(shapely.simplify(shapely.union_all(shapely.make_valid(parts)), ROUNDED_TO_M))


def _rounded(polygon: Any) -> Any:
    return shapely.Polygon(_cut(polygon.exterior), [_cut(ring) for ring in polygon.interiors])


def _cut(ring: Any) -> Any:
    xy = shapely.get_coordinates(ring)[:-1]
    for _ in range(ROUNDS):
        after = np.roll(xy, -1, axis=0)
        xy = np.stack([0.75 * xy + 0.25 * after, 0.25 * xy + 0.75 * after], axis=1).reshape(-1, 2)
    return xy


def _join(rows: list[dict[str, str]], shapes: Any) -> tuple[list[dict[str, str]], Any]:
    """Join the pieces of one name and kind into one row; unnamed pieces stay apart."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, row in enumerate(rows):
        key = tuple(row.values()) if row["name"] else (str(i),)
        groups.setdefault(key, []).append(i)
    joined = [
        shapely.union_all(shapes[members]) if len(members) > 1 else shapes[members[0]] for members in groups.values()
    ]
    return [rows[members[0]] for members in groups.values()], np.array(joined, dtype=object)


def _inland(downloads: Path) -> dict[str, Any]:
    members = json.loads(member("waterbodies", downloads).read_bytes())["geometries"]
    return {
        kind: _tidy(to_plane(clip_rings(list(part["coordinates"]), BOX)), LEAST_M2[kind])
        for kind, part in zip(("river", "lake"), members, strict=False)
    }


def _tidy(shape: Any, least_m2: float) -> Any:
    parts = shapely.get_parts(shape)
    parts = parts[shapely.area(parts) >= least_m2]
    simple = shapely.simplify(shapely.set_precision(parts, 1.0), SIMPLIFY_M)
    return simple[~shapely.is_empty(simple)]


def _inner(outline: Outline, sea: Any) -> Any:
    box = to_plane(shapely.segmentize(shapely.box(*BOX), 0.25))
    parts = shapely.get_parts(outline.inner)
    parts = parts[(shapely.area(parts) >= LEAST_M2["inner_sea"]) & shapely.intersects(parts, box)]
    whole = shapely.union(outline.inner, outline.sea)
    near = shapely.union_all(shapely.buffer(parts, MOUTH_M, quad_segs=4))
    simple = shapely.simplify(polygons(shapely.intersection(near, whole)), SIMPLIFY_M)
    lines = [line for role in ("close", "part") for line in closing_lines(HERE / "closings.csv", role)]
    cut = shapely.union_all([sea, *(line.buffer(1.0) for line in lines)])
    pieces = shapely.get_parts(polygons(shapely.difference(simple, cut)))
    return pieces[shapely.area(pieces) >= LEAST_M2["inner_sea"] / 10]


def _name_rivers(rows: list[dict[str, str]], shapes: Any, rivers: dict[str, Any]) -> None:
    lines = {name: to_plane(shapely.segmentize(line, 0.02)) for name, line in rivers.items()}
    for name in sorted(lines, reverse=True):
        near = shapely.dwithin(shapes, lines[name], NAMING_M)
        for i in np.flatnonzero(near):
            if rows[i]["kind"] == "river":
                rows[i] |= {"name": name, "river": name}


def _name_by_hand(rows: list[dict[str, str]], shapes: Any) -> None:
    with (HERE / "waters.csv").open(encoding="utf-8") as stream:
        known = list(csv.DictReader(stream))
    tree = shapely.STRtree(shapes)
    for row in known:
        spot = to_plane(shapely.points(float(row["lon"]), float(row["lat"])))
        fields = {field: row[field] for field in FIELDS}
        if row["reach_km"]:
            reach = shapely.dwithin(shapes, spot, float(row["reach_km"]) * 1e3)
            for i in np.flatnonzero(reach):
                rows[i] |= fields if rows[i]["river"] == row["river"] else {}
            continue
        found = tree.query(spot, predicate="dwithin", distance=2_000.0)
        near = [int(i) for i in found if shapes[int(i)].area > LEAST_NAMED_M2]
        if not near:
            print(f"water: nothing found at {row['name']}", flush=True)
            continue
        best = max(sorted(near), key=lambda i: (shapes[i].distance(spot) < 1.0, shapes[i].area))
        rows[best] |= fields
