"""Compare two dates."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import product
from typing import Any, Final

import click

from frontgis.cli import _answer, _options, _sure
from frontgis.geo.area import METHOD_WORDS
from frontgis.history import History, by_unit, sure
from frontgis.history.by_unit import UnitChange
from frontgis.history.change import Change, ChangeRow
from frontgis.history.control import ALL
from frontgis.history.sure import SureChange
from frontgis.model import Side, UsageError

FIGURES: Final = ("gained", "lost", "net")


@click.command("change", context_settings={"ignore_unknown_options": True})
@click.argument("a")
@click.argument("b")
@_options.history_options
@_options.by
@_options.side
@_options.output()
def command(a: str, b: str, history: History, by: str | None, side: str, form: str) -> None:
    """Compare dates A and B: what passed from which status to which, gained, lost, and noise apart.

    Gained and lost are of the direct comparison A → B; turnover sums the steps between versions on the way.

    \b
    Examples:
      frontgis change 2025-03-21 2025-03-28 --by oblasts
      frontgis change -7d latest --format json
    """
    before, after = history.pair(a, b)
    if before.as_of > after.as_of:
        raise UsageError(f"A is after B: did you mean {b} {a}?")
    change = history.compare(a, b, side=Side(side))
    gained, lost = history.turnover(a, b, side=Side(side))
    ends = history.position(before.as_of), history.position(after.as_of)
    ranges = sure.change(history.composite(), *ends, side=Side(side))
    whole = ranges[ALL].holding(change.gained_km2, change.lost_km2)
    rows = change.table(history.division(by))
    units = by_unit.change_by_unit(rows, change.side, ranges if by == history.catalog.theatre().units else None)
    answer = _answer.Answer(
        "change",
        [_answer.row_of(row) for row in rows],
        source=history.source,
        history=history.id,
        dates={"a": a, "b": b},
        as_of={"a": _options.version_of(before), "b": _options.version_of(after)},
        method=METHOD_WORDS["exact"],
        units=by,
        top={
            "side": side,
            **figures(change),
            "turnover_gained": gained,
            "turnover_lost": lost,
            "range": asdict(whole),
            "by_unit": [asdict(unit) for unit in units] if by else None,
        },
        notes=(*_options.notes_of(history, {"a": a, "b": b}), *_sure.notes(history, by)),
        sources=_options.sources_of(history, [before, after], by),
        columns=_answer.columns_of(ChangeRow),
    )
    _answer.emit(answer, form, lead=[*_lead(history.source, change), *_ranges(whole)], sums=_sums(units) if by else ())


def figures(change: Change) -> dict[str, float]:
    """Return the figures of a change under their public names (km²; days)."""
    return {
        "gained": change.gained_km2,
        "lost": change.lost_km2,
        "net": change.net_km2,
        "gained_from_contested": change.gained_from_contested_km2,
        "gained_from_unmapped": change.gained_from_unmapped_km2,
        "noise_gained": change.noise_gained_km2,
        "noise_lost": change.noise_lost_km2,
        "span_days": change.span_days,
    }


def _lead(source: str, change: Change) -> list[str]:
    figure = {name: f"{value:,.3f}" for name, value in figures(change).items()}
    gained = "gained {gained} km² (from contested {gained_from_contested}, from unmapped {gained_from_unmapped})"
    rest = "lost {lost} km² · net {net} km² · noise {noise_gained}/{noise_lost}"
    return [
        f"{source}, {change.before.as_of} → {change.after.as_of} ({change.span_days} days), direct comparison",
        f"{gained} · {rest}".format_map(figure),
    ]


def _ranges(found: SureChange) -> Iterator[str]:
    for name in FIGURES:
        yield _sure.line(name, getattr(found, name))


def _sums(units: Iterable[UnitChange]) -> list[dict[str, Any]]:
    """Return a row a unit and figure, without those that are nothing in any case."""
    found = [
        (unit, name, getattr(unit, name), getattr(unit.range, name, None)) for unit, name in product(units, FIGURES)
    ]
    return [
        _sure.row(unit.unit, unit.name, name, km2, sure) for unit, name, km2, sure in found if _sure.shows(km2, sure)
    ]
