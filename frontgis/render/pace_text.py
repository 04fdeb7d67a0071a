"""A pace as people read it: rounded, the error beside the number of days, and never a date."""

import math
from collections.abc import Iterator

from frontgis.history.pace import PaceRow
from frontgis.maps.words import km2
from frontgis.render.words import SPACE

_TWO_YEARS = 730
_YEAR = 365.25
_WHOLE = 10


def duration(days: float) -> str:
    """Say a number of days; over two years in years, by one significant figure.

    >>> [duration(days).replace(SPACE, " ") for days in (0.2, 1.2, 312.4, 800, 1661, 4453, 56389)]
    ['less than a day', '1 day', '312 days', 'about 2 years', 'about 5 years', 'about 10 years', 'about 200 years']
    """
    if days > _TWO_YEARS:
        years = days / _YEAR
        return f"about{SPACE}{round(years, -math.floor(math.log10(years))):,.0f}{SPACE}years".replace(",", SPACE)
    if 0 < days < 1:
        return "less than a day"
    return f"{days:.0f}{SPACE}{'day' if round(days) == 1 else 'days'}"


def sentences(rows: tuple[PaceRow, ...]) -> Iterator[str]:
    """Yield a sentence a window that has a number of days."""
    for row in rows:
        if row.days is not None and row.net_km2_per_day is not None:
            span = "" if row.low_days is None or row.high_days is None else _span(row.low_days, row.high_days)
            yield f"at the net pace of the last {row.window_days} days: {duration(row.days)}{span}; {_wrong(row)}"


def cells(row: PaceRow) -> dict[str, str]:
    """Return a row as a table for people shows it."""
    return {
        "unit": row.unit,
        "window": f"{row.window_days} days",
        "gross km²/day": _rate(row.gross_km2_per_day),
        "net km²/day": _rate(row.net_km2_per_day),
        "remaining km²": "–" if row.remaining_km2 is None else km2(row.remaining_km2),
        "at net pace": "–" if row.days is None else duration(row.days),
        "wrong ½ the time by": _factor(row.past_error_factor_50),
        "1 time in 10 by": _factor(row.past_error_factor_90),
        "80 % range held": "–" if row.coverage is None else f"{row.coverage:.0%}",
    }


def _span(low: float, high: float) -> str:
    return f" ({duration(low)} to {duration(high)})"


def _wrong(row: PaceRow) -> str:
    half, tenth = row.past_error_factor_50, row.past_error_factor_90
    if half is None or tenth is None:
        return "how wrong that was in the past cannot be told from this archive"
    return (
        f"in the past this arithmetic, over {row.window_days} days, was wrong {_by(half)} half of the time"
        f" and {_by(tenth)} one time in ten"
    )


def _by(factor: float) -> str:
    return f"by a factor of {_factor(factor)}" if math.isfinite(factor) else "without bound (nothing was gained)"


def _factor(factor: float | None) -> str:
    if factor is None:
        return "–"
    return f"{factor:.1f}" if factor < _WHOLE else "over 10" if math.isfinite(factor) else "no bound"


def _rate(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.1f}".replace("-0.0", "0.0").replace("-", "−")
