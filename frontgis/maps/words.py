"""Figures, dates and histories as people read them; the only place where a map's figures are rounded."""

from collections.abc import Sequence
from datetime import date
from typing import Final

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT: Final = 12
"""Characters of a history id where people read it."""

_MINUS = "−"
_ROUNDS_TO_10 = 9.95
_NARROW = "\N{NO-BREAK SPACE}"


def day(moment: date, *, year: bool = True) -> str:
    """Write a day out.

    >>> day(date(2025, 3, 8))
    '8 March 2025'
    """
    text = f"{moment.day} {_MONTHS[moment.month - 1]}"
    return f"{text} {moment.year}" if year else text


def named(history: str) -> str:
    """Name a history by the first characters of its id.

    >>> named("f6a2d0c41b7e9f1a5b")
    'history f6a2d0c41b7e'
    """
    return f"history {history[:SHORT]}"


def km2(figure: float) -> str:
    r"""Round an area for reading: whole from 10 km², else one decimal.

    >>> km2(130.7), km2(4.26), km2(0.02), km2(12345.6)
    ('131', '4.3', '0', '12\xa0346')
    """
    size = abs(figure)
    rounded = f"{size:,.0f}" if size >= _ROUNDS_TO_10 else f"{size:.1f}".removesuffix(".0")
    return rounded.replace(",", _NARROW)


def signed(figure: float) -> str:
    """Round an area and give it its sign; what rounds to nothing has none.

    >>> signed(130.7), signed(-12.2), signed(-0.01)
    ('+131', '−12', '0')
    """
    text = km2(figure)
    return text if text == "0" else f"{_MINUS if figure < 0 else '+'}{text}"


def days(count: int) -> str:
    """Write a span of days.

    >>> days(1), days(28)
    ('a day', '28 days')
    """
    return "a day" if count == 1 else f"{count} days"


def between(first: date, last: date | None) -> str:
    r"""Write the days from one to another; None is open.

    >>> between(date(2025, 3, 6), date(2025, 3, 7)), between(date(2025, 3, 24), date(2025, 4, 1))
    ('6–7 March 2025', '24 March to 1 April 2025')
    >>> between(date(2025, 3, 6), date(2025, 3, 6)), between(date(2025, 3, 6), None)
    ('6 March 2025', 'since 6 March 2025')
    """
    if last is None:
        return f"since {day(first)}"
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first, year=first.year != last.year)} to {day(last)}"


def inside(words: str) -> str:
    """Return words as they stand inside a sentence.

    >>> inside("Held by Tarsk")
    'held by Tarsk'
    """
    return f"{words[:1].lower()}{words[1:]}"


def listed(names: Sequence[str]) -> str:
    """List names.

    >>> listed(["Aven"]), listed(["Aven", "Ard", "Bel"])
    ('Aven', 'Aven, Ard and Bel')
    """
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
