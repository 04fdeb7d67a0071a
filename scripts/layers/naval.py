"""Tables of the sea, entered by hand, with their cards: ports, islands, straits, coastal missile classes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from layers.write import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

LAYERS = Path(__file__).parents[2] / "layers"
_FROM = "first day, empty when open"
_TO = "last day, empty when open"
_SOURCE = "what the row rests on"
_NOTE = "what else is to be said, empty where nothing"
_LON = "longitude in degrees"
_LAT = "latitude in degrees"


def tables() -> Iterable[Draft]:
    """Return the tables of the sea."""
    yield _draft(
        "ports",
        "Ports of the Odesa region",
        "entered by hand from general knowledge",
        "within 1 km of the harbour",
        {
            "id": "id",
            "name": "English name",
            "name_uk": "Ukrainian name",
            "lon": _LON,
            "lat": _LAT,
            "precision_m": "how far off the position may be, in metres",
            "unit": "id of the layer oblasts",
            "source": _SOURCE,
            "note": _NOTE,
        },
    )
    yield _draft(
        "islands",
        "Islands by who held them, for maps that do not draw them",
        "entered by hand from published statements",
        "by the day; the day of a withdrawal is the day it was announced",
        {
            "id": "id",
            "name": "English name",
            "status": "a status word",
            "valid_from": _FROM,
            "valid_to": _TO,
            "lon": _LON,
            "lat": _LAT,
            "evidence": "A several independent reports agree, B one or two known reports, C general reporting",
            "source": _SOURCE,
            "note": _NOTE,
        },
    )
    yield _draft(
        "straits",
        "Straits and who may not pass, by date",
        "entered by hand from the treaty and published statements",
        "a short wording of the rule, not the rule itself",
        {
            "id": "id",
            "name": "English name",
            "valid_from": _FROM,
            "valid_to": _TO,
            "rule": "the rule in one sentence",
            "source": _SOURCE,
            "note": _NOTE,
        },
    )
    yield _draft(
        "coastal",
        "Classes of coastal anti-ship missiles and their published ranges",
        "entered by hand from general knowledge of published figures",
        "figures are rounded and often those of an export form; the documents named were not at hand to check against",
        {
            "id": "id",
            "class": "name of the class",
            "side": "ru or ua",
            "role": "coastal: fired from land at ships",
            "range_km": "published greatest range in km",
            "valid_from": "first day it is counted, empty when open",
            "valid_to": "last day it is counted, empty when open",
            "source": _SOURCE,
            "year": "year of the source, empty where not known",
            "note": _NOTE,
        },
    )


def _draft(name: str, title: str, source: str, accuracy: str, about: dict[str, str]) -> Draft:
    with (LAYERS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return Draft(
        name=name,
        title=title,
        kind="table",
        source=source,
        version="2026-11",
        licence=("CC0 1.0", ""),
        built="as it was entered",
        accuracy=accuracy,
        about=about,
        columns={column: [row[column] for row in rows] for column in about},
    )
