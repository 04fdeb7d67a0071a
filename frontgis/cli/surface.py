"""Make a control surface from claims."""

from pathlib import Path

import click

from frontgis.catalog import shipped
from frontgis.cli import _answer, _options
from frontgis.model import AsOf
from frontgis.render.geojson import geojson

METHOD = "cells round places joined by the shortest links; beyond 10 km from a claim the status of a rule"


@click.command("surface")
@click.argument("claims_path", metavar="[CLAIMS]", required=False, type=click.Path(path_type=Path))
@click.option("--on", default="latest", show_default=True, metavar="DATE", help="Day; the last claims at or before it.")
@click.option("--waypoints", type=click.Path(path_type=Path), help="Table that pins the line between settlements.")
@click.option("--rules", type=click.Path(path_type=Path), help="Table of the status of ground far from any claim.")
@click.option("--fade-days", type=click.FloatRange(min=0, min_open=True), help="Confidence halves in so many days.")
@_options.output("geojson")
def command(
    claims_path: Path | None,
    on: str,
    waypoints: Path | None,
    rules: Path | None,
    fade_days: float | None,
    form: str,
) -> None:
    """Make control from a table of claims: settlement id, date, status, evidence (A, B, C), source, note.

    Without CLAIMS those of the worked example are taken, with its waypoints and rules.

    \b
    Examples:
      frontgis surface --on 2025-03-28
      frontgis surface claims.csv --on latest --format geojson
    """
    from frontgis.analysis import claims, surface
    from frontgis.render import features

    catalog = shipped()
    read = claims.read(claims_path, catalog, waypoints=waypoints, rules=rules) if claims_path else claims.of(catalog)
    day = read.days[-1] if on == "latest" else AsOf.parse(on).date
    found = surface.surface(surface.field(read, catalog), day, fade_days=fade_days)
    name = claims_path.name if claims_path else catalog.card("claims").file
    answer = _answer.Answer(
        "surface",
        [_answer.row_of(row) for row in surface.table(found)],
        source=name,
        dates={"on": on},
        as_of={"on": {"as_of": str(read.latest(day)), "file": name}},
        method=METHOD,
        notes=() if claims_path else ("a worked example, written from general knowledge; do not cite",),
    )
    lead = [f"{name}, claims of {read.latest(day)}: {len(read.on(day))} settlements"]
    _answer.emit(answer, form, lead=lead, geojson=lambda: geojson(features.surface(found, source=name)))
