"""Village councils and raions with the oblast each belongs to."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.codifier import read_codifier
from layers.council_names import settle_by_names
from layers.fetch import member
from layers.geom import FRAME, polygons, to_plane

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

COUNCIL_PREFIX = "10664576B"  # Ukraine, third level
RAION_PREFIX = "50074027B"  # Russia, second level
LEAST_SHARE = 0.05  # of a council inside the oblast it is said to belong to

OBLAST_OF_WORD = {
    "Vinnytska": "UA-05", "Volynska": "UA-07", "Luhanska": "UA-09", "Dnipropetrovska": "UA-12",
    "Donetska": "UA-14", "Zhytomyrska": "UA-18", "Zakarpatska": "UA-21", "Zaporizka": "UA-23",
    "Ivano-Frankivska": "UA-26", "Kyivska": "UA-32", "Kirovohradska": "UA-35", "Sevastopol": "UA-40",
    "Autonomous": "UA-43", "Lvivska": "UA-46", "Mykolaivska": "UA-48", "Odeska": "UA-51",
    "Poltavska": "UA-53", "Rivnenska": "UA-56", "Sumska": "UA-59", "Ternopilska": "UA-61",
    "Kharkivska": "UA-63", "Khersonska": "UA-65", "Khmelnytska": "UA-68", "Cherkaska": "UA-71",
    "Chernihivska": "UA-74", "Chernivetska": "UA-77",
}  # fmt: skip
OBLAST_OF_GEONAMES = {
    "01": "UA-71", "02": "UA-74", "03": "UA-77", "04": "UA-12", "05": "UA-14", "06": "UA-26", "07": "UA-63",
    "08": "UA-65", "09": "UA-68", "10": "UA-35", "11": "UA-43", "12": "UA-30", "13": "UA-32", "14": "UA-09",
    "15": "UA-46", "16": "UA-48", "17": "UA-51", "18": "UA-53", "19": "UA-56", "20": "UA-40", "21": "UA-59",
    "22": "UA-61", "23": "UA-05", "24": "UA-07", "25": "UA-21", "26": "UA-23", "27": "UA-18",
}  # fmt: skip
RAIONS_OF = {
    "Belgorod Oblast": "RU-BEL", "Kursk Oblast": "RU-KRS", "Bryansk Oblast": "RU-BRY",
    "Voronezh Oblast": "RU-VOR", "Rostov Oblast": "RU-ROS", "Krasnodar Krai": "RU-KDA",
}  # fmt: skip
REST = "rest:RUS"
CAPITAL = ("Kyivska", "Kyiv", "UA-30")
NEVER_BY_OVERLAP = {"UA-30", "UA-40"}  # Natural Earth draws Kyiv twice its size
KNOWN = {  # council name, a point inside it, its oblast: exclaves that every rule here would give away
    "Slavutytska": (30.72, 51.52, "UA-32"),
    "Pokrovska": (31.65, 46.50, "UA-48"),
}
FOREIGN_RAIONS = {("RU-ROS", "Чернышковский район"), ("RU-ROS", "Chernyshkovsky District")}


@dataclass(frozen=True)
class Cells:
    """Small polygons (metre plane) with an id, a name and the unit each belongs to."""

    ids: list[str]
    names: list[str]
    units: list[str]
    geometry: NDArray[np.object_]
    fixed: list[bool]


def read_councils(downloads: Path) -> Cells:
    """Read the councils and settle which oblast each belongs to."""
    ids, names, parents, geometry = _read_cells(downloads, COUNCIL_PREFIX)
    units = _by_word(names, parents)
    units = _by_overlap(units, geometry, read_natural_earth(downloads))
    voted = _by_settlements(geometry, downloads)
    units = [voted.get(i, unit) for i, unit in enumerate(units)]
    for place, word, unit in [CAPITAL]:
        units = [
            unit if (name, parent) == (place, word) else ("UA-32" if old == unit else old)
            for old, name, parent in zip(units, names, parents, strict=True)
        ]
    fixed = _known(names, geometry)
    settled = [fixed.get(i, unit) for i, unit in enumerate(units)]
    doubtful = [i not in voted and i not in fixed and unit not in NEVER_BY_OVERLAP for i, unit in enumerate(settled)]
    settled = settle_by_names(settled, doubtful, names, geometry, read_codifier(downloads))
    return Cells(ids, names, settled, geometry, [i in fixed for i in range(len(ids))])


def read_all_raions(downloads: Path) -> Cells:
    """Read the raions of Russia in the frame: the neighbouring oblasts' by unit, all others as the rest."""
    ids, names, parents, geometry = _read_cells(downloads, RAION_PREFIX)
    units = [
        REST if (RAIONS_OF.get(parent), name) in FOREIGN_RAIONS else RAIONS_OF.get(parent, REST)
        for parent, name in zip(parents, names, strict=True)
    ]
    return Cells(ids, names, units, geometry, [False] * len(ids))


def read_natural_earth(downloads: Path) -> list[dict[str, Any]]:
    """Read Natural Earth's first-level units: properties, and geometry in lon/lat."""
    features = json.loads(member("places", downloads).read_bytes())["features"]
    return [{**f["properties"], "geometry": shapely.from_geojson(json.dumps(f["geometry"]))} for f in features]


def _read_cells(downloads: Path, prefix: str) -> tuple[list[str], list[str], list[str], NDArray[np.object_]]:
    query = "select shape_id, name, coordinates from location_data where shape_id like ? order by shape_id"
    with sqlite3.connect(member("councils", downloads)) as base:
        rows = base.execute(query, (prefix + "%",)).fetchall()
    with member("councils", downloads, 1).open(encoding="utf-8", newline="") as stream:
        parents = {row["shape_id"]: row["admin2"] for row in csv.DictReader(stream)}
    shapes = shapely.from_wkb([row[2] for row in rows])
    rows = [row for row, near in zip(rows, shapely.intersects(shapes, shapely.box(*FRAME)), strict=True) if near]
    geometry = np.empty(len(rows), dtype=object)
    geometry[:] = [polygons(g) for g in to_plane(shapely.from_wkb([row[2] for row in rows]))]
    return [r[0] for r in rows], [r[1] for r in rows], [parents.get(r[0], "") for r in rows], geometry


def _by_word(names: list[str], parents: list[str]) -> list[str]:
    words = [parent.split(" ")[0] if parent else "" for parent in parents]
    return [OBLAST_OF_WORD.get(word, "") for word in words] if names else []


def _by_overlap(units: list[str], geometry: Any, earth: list[dict[str, Any]]) -> list[str]:
    shapes = {
        f["iso_3166_2"]: to_plane(f["geometry"])
        for f in earth
        if str(f.get("iso_3166_2", "")).startswith("UA-") and f["iso_3166_2"] not in NEVER_BY_OVERLAP
    }
    codes = sorted(shapes)
    tree = shapely.STRtree([shapes[code] for code in codes])
    shares: dict[int, dict[str, float]] = defaultdict(dict)
    left, right = tree.query(geometry, predicate="intersects")
    inside = shapely.area(shapely.intersection(geometry[left], np.array([shapes[c] for c in codes])[right]))
    for cell, code, part in zip(left.tolist(), right.tolist(), inside.tolist(), strict=True):
        shares[cell][codes[code]] = part / geometry[cell].area
    return [
        unit
        if shares[i].get(unit, 0.0) >= LEAST_SHARE or unit in NEVER_BY_OVERLAP or not shares[i]
        else _largest(shares[i])
        for i, unit in enumerate(units)
    ]


def _by_settlements(geometry: Any, downloads: Path) -> dict[int, str]:
    """Return the oblast that most settlements in a council lie in, by council, where there are any."""
    cities = json.loads(member("geonames", downloads).read_bytes()).values()
    home = sorted((c for c in cities if c["countrycode"] == "UA"), key=lambda c: int(c["geonameid"]))
    points = to_plane(shapely.points([[c["longitude"], c["latitude"]] for c in home]))
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for point, cell in zip(*shapely.STRtree(geometry).query(points, predicate="within"), strict=True):
        votes[int(cell)][OBLAST_OF_GEONAMES[home[int(point)]["admin1code"]]] += 1
    return {cell: _largest(found) for cell, found in votes.items()}


def _known(names: list[str], geometry: Any) -> dict[int, str]:
    settled: dict[int, str] = {}
    for name, (lon, lat, unit) in KNOWN.items():
        spot = to_plane(shapely.points(lon, lat))
        hits = [i for i, n in enumerate(names) if n == name and shapely.dwithin(geometry[i], spot, 2_000)]
        if len(hits) != 1:
            raise SystemExit(f"council {name} near {lon} E {lat} N: {len(hits)} found, expected 1")
        settled[hits[0]] = unit
    return settled


def _largest(weights: Mapping[str, float]) -> str:
    """Return the key of the largest weight, the first by name where several are."""
    return max(sorted(weights), key=lambda code: weights[code])
