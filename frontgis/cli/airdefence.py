"""Measure published air-defence coverage."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from frontgis.analysis import airdefence
from frontgis.analysis.target import Covered
from frontgis.catalog.systems import System, of_side, sites_from_file, systems
from frontgis.cli import _answer, _options
from frontgis.history import History
from frontgis.model import Side
from frontgis.render import reach_features
from frontgis.render.geojson import geojson
from frontgis.sources import credit_of


@dataclass(frozen=True)
class _Question:
    history: History
    side: Side
    by: str | None
    systems: list[System]
    altitudes: tuple[float, ...]
    moments: dict[str, str]


@click.command("airdefence")
@_options.history_options
@_options.on
@click.option("--since", metavar="DATE", help="Also on this date, and what moved with the front between the two.")
@_options.by
@_options.side
@click.option("--class", "names", multiple=True, metavar="ID", help="A class of the layer systems; default: all.")
@click.option(
    "--altitude",
    "altitudes",
    multiple=True,
    type=click.FloatRange(1, 40_000),
    default=airdefence.ALTITUDES_M,
    show_default="50, 500, 3000 and 10000",
    metavar="M",
    help="Altitude of a target over flat ground.",
)
@click.option(
    "--systems",
    "sites_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your own past places of classes (CSV: id, class, lon, lat, valid_from, valid_to).",
)
@_options.output("geojson")
def command(
    history: History,
    on: str,
    since: str | None,
    by: str | None,
    side: str,
    names: tuple[str, ...],
    altitudes: tuple[float, ...],
    sites_file: Path | None,
    form: str,
) -> None:
    """Measure what published classes of air defence cover, from the ground that a side holds on a date.

    A class stands anywhere at least so far behind the line (an assumption, which is varied): no sites, no terrain,
    not operational. Coverage ends at the published range or the radar horizon, whichever is nearer.

    \b
    Examples:
      frontgis airdefence --on 2025-03-28 --class s-400-40n6
      frontgis airdefence --on latest --since first --by oblasts --altitude 3000
    """
    known = history.versions[-1].as_of.date
    sites = sites_from_file(sites_file, history.catalog, known=known) if sites_file else []
    chosen = of_side(systems(history.catalog), Side(side), "air_defence", names)
    moments = {"on": on} if since is None else {"since": since, "on": on}
    asked = _Question(history, Side(side), by, chosen, tuple(dict.fromkeys(altitudes)), moments)
    found = {
        name: airdefence.coverage(history, history.version(moment, other=on).as_of, side=asked.side, by=by, sites=sites)
        for name, moment in moments.items()
    }
    covers = {name: coverage.covers(chosen, asked.altitudes) for name, coverage in found.items()}
    if form == "geojson":
        table = reach_features.covers(covers["on"], asked.side, credit=credit_of(history.source), history=history.id)
        _answer.emit(_envelope(asked, []), form, geojson=lambda: geojson(table))
        return
    rows = [_row(side, *pair) for name in moments for pair in airdefence.rows(covers[name], found[name].target)]
    answer = _envelope(asked, rows, _top(asked, found, covers))
    _answer.emit(answer, form, lead=_lead(answer))


def _row(side: str, cover: airdefence.Cover, covered: Covered) -> dict[str, Any]:
    return {
        "date": cover.date,
        "side": side,
        "class": cover.system.id,
        "altitude_m": cover.altitude_m,
        "radius_km": cover.radius_km,
        "behind_km": cover.behind_km,
        **asdict(covered),
    }


def _top(
    asked: _Question, found: dict[str, airdefence.Coverage], covers: dict[str, list[airdefence.Cover]]
) -> dict[str, Any]:
    on = found["on"]
    tables: dict[str, Any] = {
        "overlap": [row for name in found for row in airdefence.overlap(covers[name], found[name].target)],
        "moved": airdefence.moved(covers["since"], covers["on"], on.target) if "since" in found else [],
        "behind": airdefence.spread(on, asked.systems, asked.altitudes) if asked.by is None else [],
    }
    plain = {name: [_named(asdict(row)) for row in rows] for name, rows in tables.items()}
    return {"side": asked.side.value, **plain}


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"class" if key == "system" else key: value for key, value in row.items()}


def _envelope(asked: _Question, rows: list[dict[str, Any]], top: dict[str, Any] | None = None) -> _answer.Answer:
    history, moments = asked.history, asked.moments
    versions = {name: history.version(moment, other=moments["on"]) for name, moment in moments.items()}
    return _answer.Answer(
        "airdefence",
        rows,
        source=history.source,
        history=history.id,
        dates=moments,
        as_of={name: _options.version_of(version) for name, version in versions.items()},
        method=airdefence.METHOD,
        units=asked.by,
        top=top or {},
        notes=(
            airdefence.NOTICE,
            "antenna height and distance behind the line are assumptions; 'behind' gives half and twice the distance",
            "radii are true to 0.1 %, outlines to 100 m: smaller differences between dates are not told",
            *_options.notes_of(history, moments),
            _options.boundary_note(history, asked.by),
        ),
        sources=_options.sources_of(history, list(versions.values()), "systems"),
        columns=("date", "side", "class", "altitude_m", "radius_km", "behind_km", *_answer.columns_of(Covered)),
    )


def _lead(answer: _answer.Answer) -> list[str]:
    lines = [f"{answer.source}, as of {answer.as_of['on']['as_of']} · {airdefence.NOTICE}"]
    lines += [
        f"{row['class']} at {row['altitude_m']:g} m since {answer.as_of['since']['as_of']}: "
        f"+{row['gained_km2']:,.0f} / -{row['lost_km2']:,.0f} km²"
        for row in answer.top["moved"]
    ]
    lines += [
        f"{row['class']} at {row['altitude_m']:g} m, {row['behind_km']:g} km behind the line: {row['km2']:,.0f} km²"
        for row in answer.top["behind"]
    ]
    return lines
