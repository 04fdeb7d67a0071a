"""Tell one settlement's history."""

from dataclasses import replace
from typing import Any

import click
import numpy as np

from frontgis.catalog import Settlements
from frontgis.cli import _answer, _options
from frontgis.history import History, place, settlements
from frontgis.model import AmbiguousError, InputError, NotFoundError


@click.command("place")
@click.argument("name")
@_options.history_options
@_options.on
@_options.output()
def command(name: str, history: History, on: str, form: str) -> None:
    """Tell one settlement's history: its statuses as intervals, and its distance to the front over time.

    The distance is to the edge of held ground, negative inside: on the date, at both ends of each interval, and in JSON
    for every version that moved it. NAME is an id or any spelling; a name that fits several places lists them.

    \b
    Examples:
      frontgis place Pokrovsk
      frontgis place popovka-krasnoyaruzhsky --source deepstate
    """
    places = history.catalog.settlements()
    answer = _answer_for(history, places, _found(history, places, name), on)
    _answer.emit(_spells(answer) if form != "json" else answer, form, lead=_lead(answer.rows[0]))


def _found(history: History, places: Settlements, name: str) -> int:
    fits = places.find(name)
    if not fits:
        near = ", ".join(places.nearest(name)) or "nothing"
        raise NotFoundError(f"no settlement is called {name!r}; near it: {near}")
    if len(fits) > 1:
        units = history.catalog.units(history.catalog.theatre().units)
        named = dict(zip(units.ids, units.names, strict=True))
        listed = "; ".join(_candidate(places, index, named) for index in fits)
        raise AmbiguousError(f"{name!r} fits {len(fits)} places, name one by its id: {listed}")
    return int(fits[0])


def _candidate(places: Settlements, index: int, named: dict[str, str]) -> str:
    unit = named.get(places.unit[index], places.unit[index])
    where = ", ".join(filter(None, (places.name[index], unit, places.district[index], _position(places, index))))
    return f"{places.id[index]} ({where})"


def _position(places: Settlements, index: int) -> str:
    if not np.isfinite(places.lon[index]):
        return "position unknown"
    return f"{places.lat[index]:.4f} N {places.lon[index]:.4f} E ± {places.precision_m[index] / 1000:g} km"


def _answer_for(history: History, places: Settlements, index: int, on: str) -> _answer.Answer:
    if not np.isfinite(places.lon[index]):
        raise InputError(f"the position of {places.id[index]} is not known: nothing can be said of its ground")
    version, told = history.version(on), history.place(index)
    position = history.position(on)
    lonlat = float(places.lon[index]), float(places.lat[index])
    words = place.words(history.snapshots(), lonlat, told.status)
    line_km = told.line_km(position)
    undecided = line_km is not None and line_km <= (float(places.precision_m[index]) + settlements.LINE_M) / 1000
    row = {
        "id": places.id[index],
        "name": places.name[index],
        "name_uk": places.name_uk[index],
        "name_ru": places.name_ru[index],
        "unit": places.unit[index],
        "lon": lonlat[0],
        "lat": lonlat[1],
        "precision_m": float(places.precision_m[index]),
        "history": [_answer.row_of(spell) for spell in told.spells(words)],
        "front_km": _answer.plain(float(told.front_km[position])),
        "distances": [_answer.row_of(distance) for distance in told.distances()],
        "undecided": undecided,
    }
    return _answer.Answer(
        "place",
        [row],
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method="status under the point, version by version; geodesic-plane distance, negative inside held ground",
        notes=tuple(_notes(history, places, index, on, line_km, undecided=undecided)),
        sources=_options.sources_of(history, [version], "settlements"),
    )


def _notes(
    history: History, places: Settlements, index: int, on: str, line_km: float | None, *, undecided: bool
) -> list[str]:
    notes = [f"position {_position(places, index)}: {places.source[index]}"]
    if undecided:
        notes.append(f"undecided: the nearest line of the source is {line_km:.1f} km away, nearer than can be told")
    notes.append("where the source has no polygon (unmapped), its silence is no evidence")
    return [*notes, *_options.notes_of(history, {"on": on})]


def _spells(answer: _answer.Answer) -> _answer.Answer:
    """Return the answer with a row a spell, as tables and CSV show it."""
    return replace(answer, rows=answer.rows[0]["history"])


def _lead(row: dict[str, Any]) -> list[str]:
    where = "distance to held ground unknown" if row["front_km"] is None else _distance(row["front_km"])
    names = f"{row['name']} · {row['name_uk']} · {row['name_ru']}"
    return [f"{names} ({row['id']}, {row['unit']}): {where}"]


def _distance(km: float) -> str:
    return f"{abs(km):.1f} km {'inside' if km < 0 else 'outside'} the edge of held ground"
