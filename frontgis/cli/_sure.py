"""Ranges as tables and lines say them."""

from typing import Any, Final

from frontgis.cli import _options
from frontgis.history import History
from frontgis.history.sure import TOTALS_ONLY, Range, Sure

_LEAST_KM2: Final = 0.0005


def line(name: str, found: Sure) -> str:
    """Return a line that gives the ranges of a figure."""
    return f"{name} by definition {_span(found.definition)}, by timing {_span(found.timing)} km²"


def shows(km2: float, found: Sure | None) -> bool:
    """Tell whether a figure or its range is more than nothing in a table."""
    span = found.whole.holding(km2) if found else Range(km2, km2)
    return max(span.high, -span.low) >= _LEAST_KM2


def row(unit: str, name: str, figure: str, km2: float, found: Sure | None) -> dict[str, Any]:
    """Return a row of a table that gives a unit's figure with its ranges."""
    sure = {"by_definition": found.definition, "by_timing": found.timing} if found else {}
    spans = {reason: _span(span).replace(",", "\u202f") for reason, span in sure.items()}
    return {"unit": unit, "name": name, "figure": figure, "km2": km2, **spans}


def notes(history: History, by: str | None) -> list[str]:
    """Return what an answer by units says of its units: their boundaries, and where ranges are of totals only."""
    if by is None:
        return []
    units = history.catalog.theatre().units
    return [_options.boundary_note(history, by), *([TOTALS_ONLY.format(units=units)] if by != units else [])]


def _span(found: Range) -> str:
    low, high = f"{found.low:,.1f}", f"{found.high:,.1f}"
    return low if low == high else f"{low} to {high}"
