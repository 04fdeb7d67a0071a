"""Label ranks of settlements, and which of them are only a part of a city."""

from __future__ import annotations

from typing import Any

import shapely

STEPS = ((100_000, 1), (50_000, 2), (20_000, 3), (5_000, 4), (1_000, 5))
REST = 6
SECTION = 7
CAPITALS = {"Warsaw", "Minsk", "Chisinau", "Chişinău", "Bucharest"}
RUSSIAN_SEATS = {
    ("RU-BEL", "Belgorod"), ("RU-BRY", "Bryansk"), ("RU-KDA", "Krasnodar"), ("RU-KRS", "Kursk"),
    ("RU-ROS", "Rostov-on-Don"), ("RU-VOR", "Voronezh"),
}  # fmt: skip
NEIGHBOURS_DEG = 0.25
SUBURB_DEG = 0.12
RENAMED_UNITS = {"UA-43"}  # villages there go by other names than the codifier's
CITY = 50_000
LARGE_VILLAGE = 20_000


def rank(row: dict[str, Any], seats: set[tuple[str, str]]) -> int:
    """Return the label rank of a settlement, 0 first."""
    if row["is_section"]:
        return SECTION
    if (row["unit"], row["name_uk"]) in seats or (row["name"] in CAPITALS and row["population"] > CITY):
        return 0
    if (row["unit"], row["name"]) in RUSSIAN_SEATS and seats:
        return 0
    return next((step for least, step in STEPS if row["population"] >= least), REST)


def is_section(row: dict[str, Any], rows: list[dict[str, Any]], tree: shapely.STRtree) -> bool:
    """Tell whether a place is a district of a city: large or named as one, no city itself, and near a city."""
    if row["name"].startswith("Gorod "):
        return True
    if row["city"] or row["country"] != "UA" or row["lon"] != row["lon"]:
        return False
    if not row["official"] and row["unit"] not in RENAMED_UNITS and _by_a_city(row, rows, tree, SUBURB_DEG):
        return True
    large = row["population"] > LARGE_VILLAGE
    named = row["name"].lower().endswith(("skyi", "raion", "nyi")) or "ayon" in row["name"]
    if not large and (row["official"] or not named):
        return False
    return _by_a_city(row, rows, tree, NEIGHBOURS_DEG)


def _by_a_city(row: dict[str, Any], rows: list[dict[str, Any]], tree: shapely.STRtree, reach: float) -> bool:
    near = tree.query(shapely.Point(row["lon"], row["lat"]), predicate="dwithin", distance=reach)
    return any(rows[int(i)]["city"] and rows[int(i)]["population"] >= CITY for i in near)
