"""Published figures: classes of systems, nuclear plants, trade; tables entered by hand, with their cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers import entered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.write import Draft

_FROM = "entered by hand from published figures; each row names who published them"
_SOURCE = "who published the figure"
_YEAR = "year of that publication, empty where not known for certain"
_NOTE = "where publications differ, and what else is to be said; empty where nothing"


def published() -> Iterable[Draft]:
    """Return the tables of published figures."""
    yield entered.draft(
        "systems",
        "Classes of air defence, coastal missiles and ground-launched missiles and drones: published figures, no sites",
        _FROM,
        "published figures are rounded, mostly the maker's, against a target that suits the system; antenna_m and "
        "behind_km are assumptions, not figures of anyone",
        {
            "id": "short name of the class",
            "class": "the class, and the missile that the range is of",
            "sides": "sides that use it, separated by spaces",
            "role": "air_defence; coastal (against ships, from a coast); reach (against the ground)",
            "range_km": "published range, km",
            "altitude_max_m": "published greatest height of a target, m; empty where that does not apply",
            "antenna_m": "height of the radar's antenna over ground, m: an assumption; empty where none is needed",
            "behind_km": "distance kept behind the line, km: an assumption",
            "source": _SOURCE,
            "year": _YEAR,
            "note": _NOTE,
        },
    )
    yield entered.draft(
        "plants",
        "Nuclear power plants of Ukraine and next to it: where, how many units, in which state",
        _FROM,
        "positions ± 1 km",
        {
            "id": "short name of the plant",
            "name": "English name",
            "name_uk": "Ukrainian name",
            "name_ru": "Russian name",
            "lon": "degrees",
            "lat": "degrees",
            "precision_m": "how far off the point may lie, m",
            "unit": "id of the layer oblasts",
            "country": "id of the layer countries, in the boundary set",
            "units": "reactors built for power, running or not",
            "mw": "gross electric power of the units not shut down for good, MW",
            "state": "what they are",
            "source": _SOURCE,
            "year": _YEAR,
            "note": _NOTE,
        },
    )
    yield entered.draft(
        "trade",
        "Trade in goods of the United States with China and with India: context",
        _FROM,
        "as published; two countries' counts of one trade differ",
        {
            "id": "short name of the figure",
            "reporter": "whose count it is",
            "partner": "with whom",
            "flow": "exports or imports of the reporter, their total, or its surplus",
            "goods": "what is counted",
            "period": "calendar year, or first and last month",
            "billion_usd": "10⁹ US dollars",
            "source": _SOURCE,
            "note": _NOTE,
        },
    )
