"""The worked example's claims, rules and waypoints: tables entered by hand, with their cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers import entered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.write import Draft

WORDS = "a worked example written from general knowledge; do not cite"
EVIDENCE = "A several independent reports agree, B one or two known reports, C general reporting or inference"
SOURCE = "publication and month where that is known, else 'general reporting, unverified'"
_NOTE = "what else is to be said, empty where nothing"


def claims() -> Iterable[Draft]:
    """Return the tables of the worked example."""
    yield example(
        "claims",
        "Claims: which side held a settlement, on five days of 2024 and 2025",
        "who held what is remembered from published reports; a source speaks of the place and of some day in these"
        " months, from which the status on the other days is inferred",
        {
            "settlement_id": "id of the layer settlements",
            "date": "the day that the claim speaks of",
            "status": "a status word; unmapped: ground of Russia that Ukraine does not hold",
            "evidence": EVIDENCE,
            "source": SOURCE,
            "note": _NOTE,
        },
    )
    yield example(
        "claim_rules",
        "Rules for ground that lies more than 10 km from any claim; the first that fits goes first",
        "rings are drawn by hand, from memory, and 3-10 km off",
        {
            "name": "name of the rule",
            "status": "a status word",
            "valid_from": "first day of the rule, empty when open",
            "valid_to": "last day of the rule, empty when open",
            "where": "unit ids separated by spaces, or a ring of positions 'lon lat;lon lat;...' in degrees",
            "evidence": EVIDENCE,
            "source": SOURCE,
            "note": _NOTE,
        },
    )
    yield example(
        "claim_waypoints",
        "Waypoints: where the line passes between two settlements of different status",
        "a judgement",
        {
            "date": "the day that the waypoint speaks of",
            "from_id": "id of the layer settlements",
            "to_id": "id of the layer settlements",
            "fraction": "of the way from the one to the other, between 0 and 1",
            "note": _NOTE,
        },
    )


def example(name: str, title: str, accuracy: str, about: dict[str, str]) -> Draft:
    """Return a table of the worked example."""
    return entered.draft(name, title, f"entered by hand, {WORDS}", accuracy, about, f"frontgis, {WORDS}")
