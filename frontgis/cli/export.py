"""Write control, change, front, settlements or a shipped layer to a file."""

from pathlib import Path
from typing import Final

import click
import numpy as np
import shapely

from frontgis.catalog import shipped
from frontgis.cli import _answer, _options
from frontgis.history import History
from frontgis.maps.words import SHORT
from frontgis.model import NotFoundError, Side, UsageError
from frontgis.render import features
from frontgis.render.export import write
from frontgis.render.geojson import geojson
from frontgis.render.table import Table
from frontgis.sources import credit_of

ANSWERS: Final = ("control", "change", "front", "settlements")


@click.command("export", context_settings={"ignore_unknown_options": True})
@click.argument("what")
@click.argument("dates", metavar="[A B]", nargs=-1)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File: .geojson .parquet .gpkg .kml .csv.")
@_options.archive
@_options.source
@_options.known_by
@_options.on
@_options.side
@_options.tolerance
def command(
    what: str,
    dates: tuple[str, ...],
    out: Path | None,
    archive_path: Path,
    source_name: str | None,
    known: str | None,
    on: str,
    side: str,
    tolerance_m: float,
) -> None:
    """Write WHAT to a file, in the format of its suffix; without -o, GeoJSON on stdout.

    WHAT is control, change (A B), front, settlements, or the name of a shipped layer, which needs no archive.

    \b
    Examples:
      frontgis export control --on latest -o control.geojson
      frontgis export oblasts -o oblasts.gpkg
    """
    if what not in ANSWERS and what not in shipped().names():
        raise NotFoundError(f"there is no {what!r} to export: {', '.join((*ANSWERS, *shipped().names()))}")
    if what == "change" and len(dates) != len(("A", "B")):
        raise UsageError("'change' needs two dates: frontgis export change A B")
    if what != "change" and dates:
        raise UsageError(f"only 'change' takes dates A B: for a day write frontgis export {what} --on {dates[0]}")
    if what in ANSWERS:
        history = _options.open_history(archive_path, source_name, known)
        table = _table(history, what, dates, on, Side(side), tolerance_m)
    else:
        table = features.layer(what, shipped().layer(what), places=shipped().settlements())
    if out is None:
        click.echo(geojson(table), nl=False)
        return
    write(out, table)
    click.echo(f"wrote {out}", err=True)


def _table(history: History, what: str, dates: tuple[str, ...], on: str, side: Side, tolerance_m: float) -> Table:
    credit = credit_of(history.source)
    if what == "change":
        before, after = history.pair(*dates)
        if before.as_of > after.as_of:
            raise UsageError(f"A is after B: did you mean {dates[1]} {dates[0]}?")
        return features.change(history.compare(*dates, side=side), credit=credit, history=history.id)
    if what == "front":
        line = history.front_line(on, side=side, tolerance_m=tolerance_m)
        return features.front(line, credit=credit, history=history.id)
    if what == "settlements":
        return _settlements(history, on)
    return features.control(history.snapshot(on), credit=credit, history=history.id)


def _settlements(history: History, on: str) -> Table:
    rows = [_answer.row_of(row) for row in history.settlement_statuses(on)]
    columns = {name: [row[name] for row in rows] for name in rows[0]} | {"history": [history.id[:SHORT]] * len(rows)}
    points = np.asarray(shapely.points(columns.pop("lon"), columns.pop("lat")), dtype=object)
    credit, as_of = credit_of(history.source), str(history.version(on).as_of)
    about = {"title": "Settlements by status", "source": credit.source, "licence": credit.licence}
    return Table("settlements", columns, points, about | {"history": history.id, "as_of": as_of})
