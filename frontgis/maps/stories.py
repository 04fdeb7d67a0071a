"""What was reported at places, for a map of a day: symbols with what each rests on, and a table of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from frontgis.analysis import stories
from frontgis.analysis.stories import Report
from frontgis.catalog import Catalog, Settlements
from frontgis.maps.parts import Entry, Mark, Place, Story, Told
from frontgis.maps.places import always
from frontgis.maps.scene import Scene
from frontgis.maps.words import between, day

_SYMBOLS: Final = {stories.ATTACKS: "triangle", stories.PLACES: "ring", stories.UNITS: "square"}
_VILLAGE: Final = ("village", 9)
"""Style and first zoom of the name of a place that was reported attacked."""

_NOTICE: Final = (
    "Reports are not verified. Evidence: A several independent reports agree, B one or two known reports, "
    "C general reporting or inference."
)


def told(scene: Scene, names: Sequence[str], catalog: Catalog, *, latest: date) -> Scene:
    """Return the scene with the stories that a recipe names; `latest` is the day of the newest map there is.

    Raises InputError where the catalog lacks one, or its table is wrong.
    """
    if not names:
        return scene
    on = scene.as_of.date
    known = catalog.settlements(on=on)
    found = tuple(_story(name, stories.of(name, catalog), known, on, latest) for name in dict.fromkeys(names))
    entries = [Entry(story.symbol, story.title, (story.name,)) for story in found if story.marks]
    return replace(
        scene,
        stories=found,
        legend=(*scene.legend, *entries),
        notices=(*scene.notices, _NOTICE),
        attributions=(*scene.attributions, *_credits(found, catalog)),
        places=_with_names(scene.places, found) if scene.places else (),
    )


def _credits(found: Sequence[Story], catalog: Catalog) -> list[str]:
    said = dict.fromkeys(catalog.card(story.name).attribution for story in found)
    return [f"Reports: {text}" for text in said if text]


def _story(name: str, reports: Sequence[Report], known: Settlements, on: date, latest: date) -> Story:
    first, last = stories.span(name, on, latest=latest)
    shown = sorted(stories.within(reports, first, last), key=lambda report: _named(report, known))
    spots: dict[tuple[float, float], list[Told]] = {}
    for report in shown:
        spots.setdefault((report.lon, report.lat), []).append(_told(name, report, known))
    return Story(
        name=stories.layer(name),
        symbol=_SYMBOLS[name],
        title={
            stories.ATTACKS: f"Reported attacked since {day(first, year=first.year != on.year)}",
            stories.PLACES: "Named in the analysis",
            stories.UNITS: f"Units on {day(last, year=last.year != on.year)}, to 0.1°",
        }[name],
        marks=tuple(Mark(lon, lat, tuple(told)) for (lon, lat), told in spots.items()),
        shown=name != stories.UNITS,
    )


def _named(report: Report, known: Settlements) -> tuple[str, date, str]:
    return known.name[report.place], report.first, report.unit


def _told(name: str, report: Report, known: Settlements) -> Told:
    place = known.name[report.place]
    return Told(
        what=f"{report.unit}, near {place}" if name == stories.UNITS else place,
        when=between(report.first, report.last if name == stories.ATTACKS else None),
        evidence=report.evidence,
        source=report.source,
        note=report.note,
    )


def _with_names(places: Sequence[Place], found: Sequence[Story]) -> tuple[Place, ...]:
    """Return the places of a map with room for the symbols round them, and the places that only a symbol brings in."""
    marks = {
        (mark.lon, mark.lat): (story.name == stories.layer(stories.PLACES), mark.told[0].what)
        for story in sorted(found, key=lambda story: story.name == stories.layer(stories.PLACES))
        if story.name != stories.layer(stories.UNITS)
        for mark in story.marks
    }
    style, first = _VILLAGE
    there = {(place.lon, place.lat) for place in places}
    new = [
        Place(name, lon, lat, style, weight=1.0, first=first)
        for (lon, lat), (_, name) in marks.items()
        if (lon, lat) not in there
    ]
    return tuple(_marked(place, marks) for place in (*places, *new))


def _marked(place: Place, marks: Mapping[tuple[float, float], tuple[bool, str]]) -> Place:
    """Return a place with room for the symbol round it; one that an analysis names is always named."""
    if (place.lon, place.lat) not in marks:
        return place
    spoken_of, _ = marks[place.lon, place.lat]
    found = replace(place, marked=True, first=min(place.first, _VILLAGE[1]))
    return always(found) if spoken_of else found
