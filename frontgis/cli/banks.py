"""Divide the theatre by its river."""

from pathlib import Path

import click

from frontgis.analysis import banks
from frontgis.cli import _answer, _options
from frontgis.history import History
from frontgis.render import reach_features
from frontgis.render.geojson import geojson
from frontgis.sources import credit_of


@click.command("banks")
@_options.history_options
@_options.on
@_options.by
@click.option("--of", "part", metavar="UNITS", help="Only a set of units, such as 'western Ukraine', or one unit.")
@click.option(
    "--line",
    "line_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Divide by your own line (GeoJSON), from north to south, instead of the river.",
)
@_options.output("geojson")
def command(history: History, on: str, by: str | None, part: str | None, line_file: Path | None, form: str) -> None:
    """Divide area, settlements and people by the river that parts the theatre, and by who holds them.

    The river's centre line runs through reservoirs and liman to the sea; it is the same on all dates.

    \b
    Examples:
      frontgis banks --on 2025-03-28
      frontgis banks --of "western Ukraine"
    """
    divided = banks.banks_of(history.catalog) if line_file is None else banks.banks_from_file(line_file)
    version = history.version(on)
    answer = _answer.Answer(
        "banks",
        [_answer.row_of(row) for row in banks.divided(history, on, by=by, of=part, banks=divided)],
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method=banks.METHOD,
        units=by,
        top={"of": part, "river_front_km": banks.river_front_km(history, on), "tolerance_m": 1000},
        notes=(
            "people as the gazetteer knows them (before the war), 0 where it does not",
            *_options.notes_of(history, {"on": on}),
            _options.boundary_note(history, by),
        ),
        sources=_options.sources_of(history, [version], "rivers"),
        columns=_answer.columns_of(banks.BankRow),
    )
    lead = [
        f"{history.source}, as of {version.as_of} · {banks.METHOD}",
        f"the front runs along the river for {answer.top['river_front_km']:,.0f} km at 1000 m tolerance",
    ]
    credit = credit_of(history.source)
    _answer.emit(
        answer,
        form,
        lead=lead,
        geojson=lambda: geojson(reach_features.banks(history, on, divided, credit=credit)),
    )
