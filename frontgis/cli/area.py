"""Measure km² by status."""

from dataclasses import asdict
from typing import Final

import click

from frontgis.cli import _answer, _options, _sure
from frontgis.geo.area import METHOD_WORDS, Method
from frontgis.history import History, sure
from frontgis.history.by_unit import ground_by_unit
from frontgis.history.control import ALL, AreaRow
from frontgis.history.parts import Part, parts
from frontgis.history.sure import Sure
from frontgis.model import HELD, Side, UsageError

_EXACT: Final = "ranges are given for areas by --method exact alone"


@click.command("area")
@_options.history_options
@_options.on
@_options.by
@click.option("--parts", "by_part", is_flag=True, help="One row a connected part, with the settlements inside.")
@click.option(
    "--method",
    type=click.Choice(list(METHOD_WORDS)),
    default="exact",
    show_default=True,
    help="How areas are measured.",
)
@_options.output()
def command(
    history: History,
    on: str,
    by: str | None,
    by_part: bool,  # noqa: FBT001 - a flag of the command line
    method: Method,
    form: str,
) -> None:
    """Measure km² by status on a date, in all or by unit.

    With --by, rows `sea`, `outside` (ground in no unit) and `noise` (of the grid and of cutting) make the units sum to
    the whole.

    \b
    Examples:
      frontgis area --on 2025-03-28
      frontgis area --on 2025-03-28 --by oblasts --format csv
      frontgis area --on latest --parts
    """
    if by and by_part:
        raise UsageError("--by and --parts are two ways to divide the ground: choose one")
    version = history.version(on)
    areas = history.areas(on, by=by, method=method)
    rows = parts(history.snapshot(on), history.catalog.settlements(), method=method) if by_part else areas
    ranges = _ranges(history, on) if method == "exact" else {}
    totals = {side: found[ALL].holding(_held(areas, side)) for side, found in ranges.items()}
    known = ranges if by == history.catalog.theatre().units else {}
    units = [unit for side in Side for unit in ground_by_unit(areas, side, known.get(side))] if by else []
    answer = _answer.Answer(
        "area",
        [_answer.row_of(row) for row in rows],
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method=METHOD_WORDS[method],
        units=by,
        top={
            "range": {side.value: asdict(found) for side, found in totals.items()} or None,
            "by_unit": [asdict(unit) for unit in units] if by else None,
        },
        notes=(*_options.notes_of(history, {"on": on}), *([] if ranges else [_EXACT]), *_sure.notes(history, by)),
        sources=_options.sources_of(history, [version], by),
        columns=_answer.columns_of(Part if by_part else AreaRow),
    )
    lead = [f"{history.source}, as of {version.as_of} · km² · {METHOD_WORDS[method]}"]
    lead += [_sure.line(f"held ({side})", found) for side, found in totals.items() if found.whole.high]
    shown = [unit for unit in units if _sure.shows(unit.held, unit.range)]
    sums = [_sure.row(unit.unit, unit.name, f"held ({unit.side})", unit.held, unit.range) for unit in shown]
    _answer.emit(answer, form, lead=lead, sums=sums)


def _ranges(history: History, on: str) -> dict[Side, dict[str, Sure]]:
    whole, place = history.composite(), history.position(on)
    return {side: sure.area(whole, place, side=side) for side in Side}


def _held(rows: list[AreaRow], side: Side) -> float:
    return sum((row.km2 for row in rows if row.status in HELD[side]), 0.0)
