"""The stories: tables, entered by hand, of what was reported at settlements in the weeks of the worked example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.claims import EVIDENCE, SOURCE, example

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.write import Draft

_PLACE = "id of the layer settlements"


def stories() -> Iterable[Draft]:
    """Return the tables of attacks, places and units."""
    yield example(
        "story_attacks",
        "Villages and towns of Belgorod oblast reported attacked, March and early April 2025",
        "what reports say, most by the regional governor, who is one side; a report of a day speaks of the 24"
        " hours before it and seldom parts shelling from drones; by no means all: more than twenty villages were"
        " named on many a day; rows of evidence C stand for a month in which a border village was often named",
        {
            "settlement_id": _PLACE,
            "valid_from": "first day that the report speaks of",
            "valid_to": "last day that the report speaks of",
            "evidence": EVIDENCE,
            "source": SOURCE,
            "note": "what was reported, in few words",
        },
    )
    yield example(
        "story_places",
        "Places that an analysis of late March 2025 turns on",
        "why a place matters is a judgement",
        {
            "settlement_id": _PLACE,
            "valid_from": "first day that the place matters for the reason given",
            "valid_to": "last such day, empty when open",
            "evidence": EVIDENCE,
            "source": SOURCE,
            "note": "why the place is named",
        },
    )
    yield example(
        "story_units",
        "Units named in public, August 2024 to April 2025: where roughly, by town",
        "coarse on purpose: a town's cell of 0.1°, at least 30 days old when shown; Ukrainian units only where an"
        " official source named them; where a source names an oblast and no town, the note says which town stands"
        " for it; valid_to is the last day for which the report is taken to hold, a judgement; a handful of units,"
        " far from an order of battle",
        {
            "unit": "name of the unit",
            "side": "ru or ua",
            "settlement_id": _PLACE,
            "lon": "degrees: the town's longitude rounded to 0.1",
            "lat": "degrees: the town's latitude rounded to 0.1",
            "valid_from": "first day reported there",
            "valid_to": "last day for which the report is taken to hold, empty when open",
            "evidence": EVIDENCE,
            "source": SOURCE,
            "note": "what else is to be said, empty where nothing",
        },
    )
