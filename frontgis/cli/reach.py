"""List what lies within published reach, and the nuclear plants."""

from dataclasses import asdict
from typing import Any

import click

from frontgis.analysis import plants, reach
from frontgis.catalog.systems import of_side, systems
from frontgis.cli import _answer, _options
from frontgis.history import History
from frontgis.model import Side


@click.command("reach")
@_options.history_options
@_options.on
@click.option("--since", metavar="DATE", help="Give the distances of nuclear plants from this date on.")
@_options.by
@_options.side
@click.option("--class", "names", multiple=True, metavar="ID", help="A class of the layer systems; default: all.")
@_options.output()
def command(
    history: History, on: str, since: str | None, by: str | None, side: str, names: tuple[str, ...], form: str
) -> None:
    """List regions within the published reach of classes, from the ground that a side holds and its own territory.

    Regions, not sites: no terrain, not operational. Without --by, oblasts and the regions of states around. JSON also
    has the nuclear plants: who holds the ground, and how far the front is.

    \b
    Examples:
      frontgis reach --on 2025-03-28 --class iskander-m
      frontgis reach --by countries --class geran-2 --format json
    """
    chosen = of_side(systems(history.catalog), Side(side), "reach", names)
    version = history.version(on)
    rows = [_row(row) for row in reach.rows(history, on, chosen, side=Side(side), by=by)]
    facts = plants.rows(history, since or on, on)
    answer = _answer.Answer(
        "reach",
        rows,
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method=reach.METHOD,
        units=by,
        top={"side": side, "plants": [_answer.row_of(fact) for fact in facts]},
        notes=(
            reach.NOTICE,
            "left out: regions that the side's own ground covers wholly, and states that the layer countries cuts",
            "share_from_held counts only ground held outside a side's own state",
            *_options.notes_of(history, {"on": on}),
            _options.boundary_note(history, by),
        ),
        sources=_options.sources_of(history, [version], "systems"),
        columns=tuple("class" if name == "system" else name for name in _answer.columns_of(reach.ReachRow)),
    )
    _answer.emit(answer, form, lead=[f"{history.source}, as of {version.as_of} · {reach.NOTICE}", *map(_said, facts)])


def _row(row: reach.ReachRow) -> dict[str, Any]:
    return {"class" if key == "system" else key: value for key, value in asdict(row).items()}


def _said(fact: plants.PlantRow) -> str:
    front = "no front" if fact.front_km is None else f"{fact.front_km:,.1f} km from the front"
    return f"{fact.name} ({fact.units} units, {fact.mw:,} MW), {fact.date}: ground {fact.status}, {front}"
