"""Ports, islands that maps leave out, straits: tables entered by hand, with their cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers import entered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.write import Draft

_FROM = "first day, empty when open"
_TO = "last day, empty when open"
_SOURCE = "what the row rests on"
_NOTE = "what else is to be said, empty where nothing"


def shores() -> Iterable[Draft]:
    """Return the tables that stand beside naval exposure."""
    yield entered.draft(
        "ports",
        "Ports of the Odesa region",
        "entered by hand from general knowledge",
        "within 1 km of the harbour",
        {
            "id": "id",
            "name": "English name",
            "name_uk": "Ukrainian name",
            "lon": "degrees",
            "lat": "degrees",
            "precision_m": "how far off the position may be, m",
            "unit": "id of the layer oblasts",
            "source": _SOURCE,
            "note": _NOTE,
        },
    )
    yield entered.draft(
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
            "lon": "degrees",
            "lat": "degrees",
            "evidence": "A several independent reports agree, B one or two known reports, C general reporting",
            "source": _SOURCE,
            "note": _NOTE,
        },
    )
    yield entered.draft(
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
