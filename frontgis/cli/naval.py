"""Tell which waters coastal missiles reach."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import click

from frontgis.analysis import naval, shores
from frontgis.analysis.coarse import coarse
from frontgis.cli import _answer, _options
from frontgis.history import History
from frontgis.model import UsageError
from frontgis.render.geojson import geojson
from frontgis.render.naval import table, write_cog
from frontgis.sources import credit_of

_LAYERS: Final = ("sea", "coast", "countries", "territorial_sea", "relief", "systems", *shores.TABLES)


@click.command("naval")
@_options.history_options
@_options.on
@click.option("--at", "port", metavar="PORT", help="Only this port: odesa, chornomorsk, pivdennyi, izmail.")
@click.option(
    "--within",
    "within_km",
    type=click.FloatRange(5, 300),
    default=100,
    show_default=True,
    metavar="KM",
    help="Waters around a port that its shares are of.",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Also write cells of 5 km to this file (.tif: COG).")
@_options.output("geojson")
def command(
    history: History,
    on: str,
    port: str | None,
    within_km: float,
    out: Path | None,
    form: str,
) -> None:
    """Tell which waters classes of coastal missile reach, from the coast each side has on a date.

    Published ranges from anywhere on a coast: no sites. Water beyond a range is not thereby safe.

    \b
    Examples:
      frontgis naval --on 2025-03-28
      frontgis naval --on latest --at odesa --within 60 --format json
      frontgis naval --on latest -o naval.tif
    """
    if out is not None and out.suffix.lower() not in (".tif", ".tiff"):
        raise UsageError(f"{out.name}: -o writes a raster, so the name ends in .tif; cells as text: --format geojson")
    ports = shores.ports(history.catalog, port)
    found = naval.expose(history.snapshot(on), history.catalog)
    answer = _answer_for(history, on, found, found.rows(ports, within_km=within_km), within_km)
    credit = credit_of(history.source)
    if out is not None:
        write_cog(coarse(found), out, credit=credit, history=history.id)
    lead = [f"{history.source}, as of {found.as_of} · shares of the waters within {within_km:g} km of each port"]
    shown = (
        answer if form == "json" else replace(answer, rows=[row for rows in map(_flat, answer.rows) for row in rows])
    )
    _answer.emit(
        shown, form, lead=lead, geojson=lambda: geojson(table(coarse(found), credit=credit, history=history.id))
    )


def _answer_for(
    history: History, on: str, found: naval.Exposure, rows: list[naval.NavalRow], within_km: float
) -> _answer.Answer:
    version = history.version(on)
    straits = shores.straits(history.catalog, found.as_of.date)
    layers = (source for name in _LAYERS for source in _options.sources_of(history, [], name))
    closed = [f"{strait.name}: {strait.rule}; since {strait.since} ({strait.source})" for strait in straits]
    return _answer.Answer(
        "naval",
        [asdict(row) for row in rows],
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method=naval.METHOD,
        top={"waters": found.waters.title, "within_km": within_km, "straits": [asdict(strait) for strait in straits]},
        notes=(
            naval.WARNING,
            naval.COARSE_NOTE,
            naval.COAST_NOTE,
            *closed,
            *_options.notes_of(history, {"on": on}),
            _options.boundary_note(history),
        ),
        sources=(*_options.sources_of(history, [version]), *layers),
    )


def _flat(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row a class, as tables and CSV show it."""
    place = {name: row[name] for name in ("place", "coast_held_by", "km")}
    return [
        {**place, "class": one["name"], **{name: one[name] for name in ("range_km", "exposed_share", "reaches")}}
        for one in row["classes"]
    ]
