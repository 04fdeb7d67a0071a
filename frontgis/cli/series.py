"""Give km² by unit and status for every version."""

import click

from frontgis.cli import _answer, _options
from frontgis.geo.area import METHOD_WORDS
from frontgis.history import History, lookup, panel
from frontgis.model import Side


@click.command("series", context_settings={"ignore_unknown_options": True})
@_options.history_options
@click.option("--since", default="first", show_default=True, metavar="A", help="First date.")
@click.option("--until", default="latest", show_default=True, metavar="B", help="Last date.")
@_options.side
@_options.output()
def command(history: History, since: str, until: str, side: str, form: str) -> None:
    """Give one row a version, unit and status: km², and what was gained and lost since the version before.

    Units are the theatre's. The first version has no gained and lost. A version that follows a gap holds the change of
    several days at once.

    \b
    Examples:
      frontgis series --format csv
      frontgis series --since -30d --until latest
    """
    first, last = history.pair(since, until)
    found = lookup.series(history.composite(), side=Side(side))
    shown = {str(version.as_of) for version in history.versions if first.as_of <= version.as_of <= last.as_of}
    units = history.catalog.theatre().units
    answer = _answer.Answer(
        "series",
        [_answer.row_of(row) for row in panel.series_rows(found, side=Side(side)) if row.date in shown],
        source=history.source,
        history=history.id,
        dates={"a": since, "b": until},
        as_of={"a": _options.version_of(first), "b": _options.version_of(last)},
        method=f"{METHOD_WORDS['exact']}; on the grid of 1e-6 degree",
        units=units,
        top={"side": side},
        notes=(*_options.notes_of(history, {"a": since, "b": until}), _options.boundary_note(history)),
        sources=_options.sources_of(history, [first, last], units),
        columns=_answer.columns_of(panel.SeriesRow),
    )
    _answer.emit(answer, form)
