"""The official codifier of Ukraine's settlements (edition of 19 January 2024): names and raions, no coordinates."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyogrio

from layers.fetch import member
from layers.names import plain, romanise

HERE = Path(__file__).parent
SETTLEMENT = {"M", "T", "C", "X"}
CITY = {"M", "K"}
SPECIAL = {"Автономна Республіка Крим": "UA-43", "Київ": "UA-30", "Севастополь": "UA-40"}

SEATS = {"Криворізький": "Kryvyi Rih", "Білоцерківський": "Bila Tserkva", "Дністровський": "Dnistrovskyi"}


@dataclass(frozen=True)
class Codifier:
    """By unit and Ukrainian name: the raions (as `Kupiansk raion`) that have a settlement of that name."""

    raions: dict[tuple[str, str], set[str]]
    by_unit: dict[str, list[str]]
    cities: dict[tuple[str, str], str]

    def raion(self, unit: str, name: str, *, city: bool) -> str:
        """Return the one raion that has a settlement, or for a large place a city, of that name; else nothing."""
        if city and (unit, name) in self.cities:
            return self.cities[unit, name]
        found = self.raions.get((unit, name), set())
        return next(iter(found)) if len(found) == 1 else ""


def read_codifier(downloads: Path) -> Codifier:
    """Read the codifier."""
    frame = pyogrio.read_dataframe(member("codifier", downloads))
    rows = [tuple(v if isinstance(v, str) else "" for v in row) for row in frame.itertuples(index=False)]
    tops = {row[0]: _unit(plain(row[6])) for row in rows if row[5] in {"O", "K"}}
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    raion_names = {row[1]: plain(row[6]) for row in rows if row[5] == "P"}
    for row in rows:
        if row[5] in SETTLEMENT:
            places[row[1]].append((row[5], plain(row[6])))
    english = {code: f"{_seat(name, places[code])} raion" for code, name in raion_names.items()}
    raions: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_unit: dict[str, set[str]] = defaultdict(set)
    cities: dict[tuple[str, str], str] = {}
    for row in rows:
        if row[5] in SETTLEMENT | {"K"} and row[0] in tops:
            unit, name = tops[row[0]], plain(row[6])
            raions[unit, name].add(english.get(row[1], ""))
            by_unit[unit].add(name)
            if row[5] in CITY:
                cities[unit, name] = english.get(row[1], "")
    return Codifier(dict(raions), {unit: sorted(names) for unit, names in by_unit.items()}, cities)


def _unit(name: str) -> str:
    if name in SPECIAL:
        return SPECIAL[name]
    with (HERE / "units.csv").open(encoding="utf-8") as stream:
        known = {row["name_uk"].removesuffix(" область"): row["id"] for row in csv.DictReader(stream)}
    return known[name.removesuffix(" область")]


def _seat(adjective: str, places: list[tuple[str, str]]) -> str:
    """Return the romanised town that a raion is called after: the one that shares the longest beginning."""
    if adjective in SEATS:
        return SEATS[adjective]
    stem = adjective.removesuffix("ський").removesuffix("цький").removesuffix("зький")
    enough = max(3, len(stem) - 3)
    for kinds in ("M", "TXC"):
        named = [name for kind, name in places if kind in kinds and _shared(adjective, name) >= enough]
        if named:
            return romanise(min(named, key=lambda name: (-_shared(adjective, name), len(name), name)))
    return romanise(adjective)


def _shared(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
