"""Measure the front line."""

import click

from frontgis.cli import _answer, _options
from frontgis.history import History
from frontgis.history.front import FrontRow
from frontgis.model import Side
from frontgis.render import features
from frontgis.render.geojson import geojson
from frontgis.sources import credit_of


@click.command("front")
@_options.history_options
@_options.on
@_options.by
@_options.side
@_options.tolerance
@_options.output("geojson")
def command(
    history: History,
    on: str,
    by: str | None,
    side: str,
    tolerance_m: float,
    form: str,
) -> None:
    """Measure the front line on a date, by kind: km at a stated tolerance. Coast and quiet border are no front.

    \b
    Examples:
      frontgis front --on 2025-03-28 --by oblasts
      frontgis front --on latest --format geojson
    """
    version = history.version(on)
    front = history.front_line(on, side=Side(side), tolerance_m=tolerance_m)
    notes = [*_options.notes_of(history, {"on": on}), _options.boundary_note(history, by)]
    answer = _answer.Answer(
        "front",
        [_answer.row_of(row) for row in front.table(history.division(by))],
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method=f"geodesic length after simplification at {tolerance_m:g} m",
        units=by,
        notes=(*notes, "lengths at other tolerances are not comparable"),
        sources=_options.sources_of(history, [version], by),
        columns=_answer.columns_of(FrontRow),
    )
    lead = [f"{history.source}, as of {version.as_of} · front {front.km:,.0f} km at {tolerance_m:g} m tolerance"]
    credit = credit_of(history.source)
    _answer.emit(
        answer, form, lead=lead, geojson=lambda: geojson(features.front(front, credit=credit, history=history.id))
    )
