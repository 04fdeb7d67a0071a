"""Measure pace."""

from dataclasses import replace

import click

from frontgis.archive import Version
from frontgis.cli import _answer, _options
from frontgis.history import History
from frontgis.history.pace import METHOD, Pace
from frontgis.model import Side
from frontgis.render import pace_text


@click.command("pace")
@_options.history_options
@_options.on
@_options.by
@click.option("--to", metavar="GROUND", help="A unit's id or name, or a set of units such as 'four oblasts'.")
@_options.side
@_options.output()
def command(history: History, on: str, by: str | None, to: str | None, side: str, form: str) -> None:
    """Measure km² a day over 7, 30, 90 and 365 days, and how long what remains of some ground would take at that pace.

    Arithmetic, not a forecast. Beside each number of days stands how wrong this was in the archive's own past.
    With --by, a row each unit of the ground follows.

    \b
    Examples:
      frontgis pace --to donetsk
      frontgis pace --to "four oblasts" --by oblasts --on latest --format json
    """
    found = history.paces(to, on=on, by=by, side=Side(side))
    version, units = history.version(on), by or history.catalog.theatre().units
    starts = {f"-{window}d": history.versions[start] for window, start in found.starts.items()}
    answer = _answer.Answer(
        "pace",
        [_answer.row_of(row) for row in found.rows],
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={name: _options.version_of(used) for name, used in {"on": version, **starts}.items()},
        method=METHOD,
        units=units,
        top={"to": to, "side": side},
        notes=(*found.notes, *_options.notes_of(history, {"on": on}), _options.boundary_note(history)),
        sources=_options.sources_of(history, [version, *starts.values()], units),
    )
    if form == "table":
        answer = replace(answer, rows=[pace_text.cells(row) for row in found.rows])
    _answer.emit(answer, form, lead=_lead(history, version, found))


def _lead(history: History, version: Version, found: Pace) -> list[str]:
    first = tuple(row for row in found.rows if row.unit == found.rows[0].unit)
    return [f"{history.source}, as of {version.as_of} · {first[0].unit} · {METHOD}", *pace_text.sentences(first)]
