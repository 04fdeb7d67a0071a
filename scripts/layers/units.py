"""The layers cut from the one coverage: oblasts, regions, countries, sea, territorial sea."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from layers.cells import CLAIMED, REST, SIMPLIFY_M, region_rows
from layers.fetch import PACKAGES, fetch
from layers.write import OSM, Draft

HERE = Path(__file__).parent
BOUNDARY_SET = "internationally recognised boundaries; Crimea and Sevastopol are Ukraine"
BUILT = (
    "scripts/build_layers: outlines clipped to a frame; villages' councils and raions joined to units (by the"
    " settlements in them, else their parent and their name); gaps, overlaps to the nearest unit; inner waters (Syvash,"
    " limans, bays behind a closing line) with the land; one coverage with sea and abroad, cleaned on 1 m, simplified"
    f" together at {SIMPLIFY_M:.0f} m, rounded to 1e-6 degree"
)
OUTLINE_ACCURACY = (
    f"outline from 10 m data, simplified at {SIMPLIFY_M:.0f} m; the age of the OpenStreetMap data is not stated by the"
    " package (2017 release)"
)
UNIT_COLUMNS = {
    "id": "ISO 3166-2 code",
    "name": "English name",
    "name_uk": "Ukrainian name",
    "name_ru": "Russian name",
    "country": "ISO 3166-1 alpha-3 code of the state it belongs to in the boundary set",
}


def _versions(*names: str) -> str:
    return "; ".join(PACKAGES[name].spec.replace("==", " ") for name in names)


def oblasts(cells: dict[str, Any]) -> Draft:
    """Return the oblasts layer: the 27 units of Ukraine and the 6 Russian oblasts next to them."""
    with (HERE / "units.csv").open(encoding="utf-8") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: row["id"])
    names = ("id", "name", "short", "name_uk", "name_ru", "country")
    return Draft(
        name="oblasts",
        title="Oblasts of Ukraine and the Russian oblasts next to them",
        kind="units",
        source="OpenStreetMap by way of packaged outlines (@geo-maps) and councils and raions (geoBoundaries)",
        version=_versions("countries", "seas", "councils", "places", "geonames"),
        licence=OSM,
        built=BUILT,
        accuracy=f"{OUTLINE_ACCURACY}; borders between oblasts are those of village councils before 2020 (median"
        " 0.1 km, 90 % 0.4 km from the outline where both exist; a council may be in the wrong oblast, ± 6 km there)",
        about=UNIT_COLUMNS | {"short": "short English name for labels and tables"},
        columns={name: [row[name] for row in rows] for name in names},
        geometry=[cells[row["id"]] for row in rows],
        extra={"boundary_set": BOUNDARY_SET},
    )


def regions(cells: dict[str, Any], downloads: Path) -> Draft:
    """Return the regions of the other neighbours."""
    rows = region_rows(downloads)
    codes = sorted(rows)
    return Draft(
        name="regions",
        title="Regions of Poland, Slovakia, Hungary, Romania, Moldova and Belarus",
        kind="units",
        source="Natural Earth admin-1 fitted to OpenStreetMap country outlines",
        version=_versions("places", "countries", "seas"),
        licence=(OSM[0], OSM[1] + "; Natural Earth"),
        built=BUILT,
        accuracy="inner borders are Natural Earth's: 1-3 km; outer borders as in the layer oblasts",
        about=UNIT_COLUMNS,
        columns={
            "id": codes,
            "name": [_region_name(code, rows[code]) for code in codes],
            "name_uk": [rows[code]["name_uk"] for code in codes],
            "name_ru": [rows[code]["name_ru"] for code in codes],
            "country": [rows[code]["adm0_a3"] for code in codes],
        },
        geometry=[cells[code] for code in codes],
        extra={"boundary_set": BOUNDARY_SET},
    )


def _region_name(code: str, row: dict[str, Any]) -> str:
    named = {
        "MD-SN": "Left Bank of the Dniester (Transnistria)",
        "BY-HM": "Minsk",
        "PL-18": "Subcarpathian Voivodeship",
    }
    if code in named:
        return named[code]
    return f"{row['name_en']} Region" if row["adm0_a3"] == "BLR" else str(row["name_en"])


def countries(cells: dict[str, Any], downloads: Path, members: dict[str, str]) -> Draft:
    """Return the land of each country in the frame, as unions of the same coverage."""
    table = _country_names(downloads)
    codes = sorted(set(members.values()))
    shapes = [
        shapely.normalize(shapely.coverage_union_all([cells[c] for c in sorted(members) if members[c] == code]))
        for code in codes
    ]
    return Draft(
        name="countries",
        title="Countries: land with inner waters",
        kind="land",
        source="OpenStreetMap by way of packaged outlines (@geo-maps); names from Natural Earth",
        version=_versions("countries", "seas", "lakes"),
        licence=OSM,
        built=BUILT,
        accuracy=f"{OUTLINE_ACCURACY}; cut at the frame 13.5-48.5 E, 40.5-57.5 N",
        about={
            "id": "ISO 3166-1 alpha-3 code (XKX: Kosovo)",
            "name": "English name",
            "name_uk": "Ukrainian name",
            "name_ru": "Russian name",
        },
        columns={
            "id": codes,
            **{key: [table[code][key] for code in codes] for key in ("name", "name_uk", "name_ru")},
        },
        geometry=shapes,
        extra={"boundary_set": BOUNDARY_SET},
    )


def country_of_cell(cells: dict[str, Any], downloads: Path) -> dict[str, str]:
    """Return the country of each land cell of the coverage."""
    regions_of = {code: row["adm0_a3"] for code, row in region_rows(downloads).items()}
    first = {"UA": "UKR", "RU": "RUS"}
    return {
        code: code.removeprefix(REST) if code.startswith(REST) else regions_of.get(code) or first[code[:2]]
        for code in cells
        if not code.startswith(CLAIMED)
    }


def _country_names(downloads: Path) -> dict[str, dict[str, str]]:
    path = next(fetch("lakes", downloads).rglob("ne_10m_admin_0_countries.shp"))
    frame = pyogrio.read_dataframe(path, read_geometry=False, columns=["ADM0_A3", "NAME_EN", "NAME_UK", "NAME_RU"])
    recode = {"KOS": "XKX"}
    return {
        recode.get(a3, a3): {"name": en, "name_uk": uk, "name_ru": ru}
        for a3, en, uk, ru in frame[["ADM0_A3", "NAME_EN", "NAME_UK", "NAME_RU"]].itertuples(index=False)
    }


def sea(cells: dict[str, Any]) -> Draft:
    """Return the open sea, as one row."""
    parts = [cells[code] for code in sorted(cells) if code.startswith(CLAIMED)]
    return Draft(
        name="sea",
        title="Open sea",
        kind="sea",
        source="OpenStreetMap by way of packaged seas (@geo-maps)",
        version=_versions("seas"),
        licence=OSM,
        built=BUILT,
        accuracy=f"{OUTLINE_ACCURACY}; without waters narrower than 1.5 km, closed, or behind a closing line",
        about={"id": "sea", "name": "English name"},
        columns={"id": ["sea"], "name": ["Sea"]},
        geometry=[shapely.normalize(shapely.coverage_union_all(np.array(parts, dtype=object)))],
    )


def coast(cells: dict[str, Any]) -> Draft:
    """Return the line between land and open sea, within the frame."""
    whole = shapely.coverage_union_all([cells[c] for c in sorted(cells) if c.startswith(CLAIMED)])
    land = shapely.coverage_union_all([cells[c] for c in sorted(cells) if not c.startswith(CLAIMED)])
    line = shapely.line_merge(shapely.intersection(shapely.boundary(whole), shapely.boundary(land)))
    return Draft(
        name="coast",
        title="Coast of the open sea",
        kind="lines",
        source="OpenStreetMap by way of packaged seas (@geo-maps)",
        version=_versions("seas"),
        licence=OSM,
        built=BUILT + "; the edge that sea and land of the coverage share",
        accuracy=OUTLINE_ACCURACY,
        about={"id": "coast", "name": "English name"},
        columns={"id": ["coast"], "name": ["Coast"]},
        geometry=[shapely.normalize(line)],
    )


def territorial_sea(cells: dict[str, Any], downloads: Path) -> Draft:
    """Return the sea within each country's maritime outline."""
    names = _country_names(downloads)
    codes = sorted(c.removeprefix(CLAIMED) for c in cells if c.startswith(CLAIMED) and c != CLAIMED)
    return Draft(
        name="territorial_sea",
        title="Territorial sea by country",
        kind="zones",
        source="OpenStreetMap by way of packaged maritime outlines (@geo-maps)",
        version=_versions("countries", "seas"),
        licence=OSM,
        built="maritime outline of a country in the open sea; off Crimea the Ukrainian outline wins",
        accuracy="as OpenStreetMap draws it (12 nautical miles); not a legal statement",
        about={"id": "ISO 3166-1 alpha-3 code", "name": "English name of the country"},
        columns={"id": codes, "name": [names[code]["name"] for code in codes]},
        geometry=[cells[CLAIMED + code] for code in codes],
        extra={"boundary_set": BOUNDARY_SET},
    )
