"""Measure km² by status."""

from dataclasses import asdict

import click

from frontgis.cli import _answer, _options
from frontgis.geo.area import METHOD_WORDS, Method
from frontgis.history import History
from frontgis.history import sure as sureness
from frontgis.history.control import AreaRow
from frontgis.history.parts import Part, parts
from frontgis.model import Side, UsageError


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

    With --by, rows `sea`, `outside` (ground in no unit) and `noise` (of cutting) make the units sum to the whole.

    \b
    Examples:
      frontgis area --on 2025-03-28
      frontgis area --on 2025-03-28 --by oblasts --format csv
      frontgis area --on latest --parts
    """
    if by and by_part:
        raise UsageError("--by and --parts are two ways to divide the ground: choose one")
    version = history.version(on)
    rows = (
        [_answer.row_of(row) for row in parts(history.snapshot(on), history.catalog.settlements(), method=method)]
        if by_part
        else [_answer.row_of(row) for row in history.areas(on, by=by, method=method)]
    )
    notes = _options.notes_of(history, {"on": on})
    sure = {side.value: asdict(sureness.area(history, on, side=side)) for side in Side}
    answer = _answer.Answer(
        "area",
        rows,
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method=METHOD_WORDS[method],
        units=by,
        top={"range": sure},
        notes=(*notes, *([_options.boundary_note(history, by)] if by else [])),
        sources=_options.sources_of(history, [version], by),
        columns=_answer.columns_of(Part if by_part else AreaRow),
    )
    _answer.emit(answer, form, lead=[f"{history.source}, as of {version.as_of} · km² · {METHOD_WORDS[method]}"])
