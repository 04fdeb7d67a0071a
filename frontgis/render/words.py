"""Dates, spans and statuses in plain words, beside the figures of `frontgis.maps.words`."""

from collections.abc import Mapping
from typing import Final

from frontgis.maps.words import day, km2
from frontgis.model import AsOf, Status

SPACE: Final = "\N{NO-BREAK SPACE}"

STATUS: Final[dict[Status, str]] = {
    Status.OCCUPIED: "held by {ru}",
    Status.OCCUPIED_BEFORE_2022: "held by {ru} since before 2022",
    Status.INCURSION_RU: "held by {ru} (incursion)",
    Status.INCURSION_UA: "held by {ua} across the border",
    Status.CONTESTED: "contested or unknown",
    Status.CLAIMED: "claimed by {ru}",
    Status.LIBERATED: "taken back by {ua}",
    Status.HELD_UA: "reported held by {ua}",
    Status.PRESENCE: "presence reported",
    Status.UNMAPPED: "not marked",
}
KIND: Final[dict[str, str]] = {
    "unmapped": "against ground not marked",
    "contested": "against contested ground",
    "river": "along a river",
    "border": "along the state border",
    "incursion": "round ground held across the border",
}


def status(word: Status, sides: Mapping[str, str]) -> str:
    """Say a status in plain words, the sides by their names.

    >>> status(Status.OCCUPIED, {"ru": "Tarsk", "ua": "Merevia"})
    'held by Tarsk'
    """
    return STATUS[word].format_map(sides)


def moment(as_of: AsOf) -> str:
    """Write an as-of out: a day, or an instant with its time.

    >>> moment(AsOf.parse("2025-03-27")), moment(AsOf.parse("2024-09-06T20:34Z"))
    ('27 March 2025', '6 September 2024, 20:34 UTC')
    """
    return day(as_of.date) if as_of.is_day else f"{day(as_of.date)}, {as_of.end:%H:%M} UTC"


def span(before: AsOf, after: AsOf, joint: str = "to") -> str:
    """Write two as-ofs as a span, saying month and year once where they are the same.

    >>> span(AsOf.parse("2024-08-16"), AsOf.parse("2024-08-19"))
    '16 to 19 August 2024'
    >>> span(AsOf.parse("2024-08-16"), AsOf.parse("2024-08-19"), "and by")
    '16 and by 19 August 2024'
    """
    return f"{_start(before, after)} {joint} {moment(after)}"


def interval(before: AsOf, after: AsOf) -> str:
    """Say when a change happened as well as two versions can tell.

    >>> interval(AsOf.parse("2024-08-16"), AsOf.parse("2024-08-19"))
    'after 16, by 19 August 2024'
    >>> interval(AsOf.parse("2024-12-31"), AsOf.parse("2025-01-01"))
    'after 31 December 2024, by 1 January 2025'
    """
    return f"after {_start(before, after)}, by {moment(after)}"


def _start(before: AsOf, after: AsOf) -> str:
    if not (before.is_day and after.is_day) or before.date.year != after.date.year:
        return moment(before)
    if before.date.month != after.date.month:
        return day(before.date, year=False)
    return str(before.date.day)


def km(figure: float) -> str:
    """Round a length for reading: whole from 10 km, else one decimal.

    >>> km(130.17), km(9.04)
    ('130', '9')
    """
    return km2(figure)


def share(part: float, whole: float) -> str:
    """Say a part as whole per cent; nothing of nothing is no share.

    >>> share(84, 131) == f"64{SPACE}%", share(0, 0)
    (True, '')
    """
    return f"{100 * part / whole:.0f}{SPACE}%" if whole else ""


def count(number: int, one: str, many: str) -> str:
    """Say a number of things.

    >>> count(1, "day", "days").split(), count(3, "day", "days").split()
    (['1', 'day'], ['3', 'days'])
    """
    return f"{number}{SPACE}{one if number == 1 else many}"
