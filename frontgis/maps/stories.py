"""What was reported at places, for a map of a day: symbols with what each rests on, and a table of them."""

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from frontgis.analysis import stories
from frontgis.analysis.stories import Report
from frontgis.catalog import Catalog, Settlements
from frontgis.maps.parts import Entry, Mark, Place, Story, Told
from frontgis.maps.places import always
from frontgis.maps.scene import Scene
from frontgis.maps.standing import GRADES
from frontgis.maps.words import between, day

Spot: TypeAlias = tuple[float, float]

_SYMBOLS: Final = {stories.ATTACKS: "triangle", stories.PLACES: "ring", stories.UNITS: "square"}
_WORDS: Final = {
    stories.ATTACKS: (f"Reported attacked, last {stories.RECENT_DAYS} days", "Reported attacked, {first} to {last}"),
    stories.PLACES: ("Named in an analysis", "Named in an analysis, {last}"),
    stories.UNITS: (f"Units, {stories.UNIT_AGE_DAYS} days ago or more, to 0.1°", "Units on {last}, to 0.1°"),
}
"""What each is called in the legend, and over its table."""

_VILLAGE: Final = ("village", 9)
"""Style and first zoom of the name of a place that was reported attacked."""

_NOTICE: Final = "Reports of places are not verified"


def told(scene: Scene, names: Sequence[str], catalog: Catalog, *, latest: date) -> Scene:
    """Return the scene with the stories that a recipe names; `latest` is the day of the newest map there is.

    Raises InputError where the catalog lacks one, or its table is wrong.
    """
    if not names:
        return scene
    on = scene.as_of.date
    known = catalog.settlements(on=on)
    found = tuple(_story(name, stories.of(name, catalog), known, on, latest) for name in dict.fromkeys(names))
    entries = [Entry(story.symbol, story.words, (story.name,)) for story in found if story.ever]
    return replace(
        scene,
        stories=found,
        legend=(*scene.legend, *entries),
        notices=(*scene.notices, f"{_NOTICE}." if scene.graded else f"{_NOTICE}. {GRADES}."),
        attributions=(*scene.attributions, *_credits(found, catalog, scene.attributions)),
        places=_with_names(scene.places, found) if scene.places else (),
    )


def _credits(found: Sequence[Story], catalog: Catalog, said: Sequence[str]) -> list[str]:
    """Return whom to name for the stories, where that is not said already."""
    names = dict.fromkeys(catalog.card(story.name).attribution for story in found)
    return [f"Reports: {text}" for text in names if text and not any(text in other for other in said)]


def _story(name: str, reports: Sequence[Report], known: Settlements, on: date, latest: date) -> Story:
    span, until = stories.span(name, on, latest=latest), stories.until(name, latest)
    words, title = _WORDS[name]
    return Story(
        name=stories.layer(name),
        symbol=_SYMBOLS[name],
        words=words,
        title=title,
        marks=_marks(name, stories.within(reports, *span), known),
        ever=_marks(name, stories.within(reports, date.min, until), known),
        span=span,
        until=until,
        shown=name != stories.UNITS,
    )


def _marks(name: str, reports: Sequence[Report], known: Settlements) -> tuple[Mark, ...]:
    spots: dict[Spot, list[Told]] = {}
    for report in sorted(reports, key=lambda report: _named(report, known)):
        spots.setdefault((report.lon, report.lat), []).append(_told(name, report, known))
    return tuple(Mark(lon, lat, tuple(told)) for (lon, lat), told in spots.items())


def caption(story: Story) -> str:
    """Return what a story tells of on its day, with the days."""
    first, last = story.span
    return story.title.format(first=day(first, year=first.year != last.year), last=day(last))


def at_first(scene: Scene) -> Scene:
    """Return the scene without the stories that wait to be switched on, for a picture that has no switches."""
    off = {story.name for story in scene.stories if not story.shown}
    return replace(
        scene,
        stories=tuple(story for story in scene.stories if story.shown),
        legend=tuple(entry for entry in scene.legend if not off & {*entry.layers}),
    )


def _named(report: Report, known: Settlements) -> tuple[str, date, str]:
    return known.name[report.place], report.first, report.unit


def _told(name: str, report: Report, known: Settlements) -> Told:
    place = known.name[report.place]
    return Told(
        what=f"{report.unit}, near {place}" if name == stories.UNITS else place,
        first=report.first,
        last=report.last,
        when=between(report.first, report.last if name == stories.ATTACKS else None),
        evidence=report.evidence,
        source=report.source,
        note=report.note,
    )


def _with_names(places: Sequence[Place], found: Sequence[Story]) -> tuple[Place, ...]:
    """Return the places of a map with room for the symbols round them, and the places that only a symbol brings in."""
    units, spoken_of = stories.layer(stories.UNITS), stories.layer(stories.PLACES)
    ever = {(mark.lon, mark.lat): mark.told[0].what for story in found if story.name != units for mark in story.ever}
    named = {(mark.lon, mark.lat) for story in found if story.name == spoken_of for mark in story.marks}
    style, first = _VILLAGE
    there = {(place.lon, place.lat) for place in places}
    new = [Place(name, *at, style, weight=1.0, first=first) for at, name in ever.items() if at not in there]
    return tuple(_marked(place, ever, named) for place in (*places, *new))


def _marked(place: Place, ever: Container[Spot], named: Container[Spot]) -> Place:
    """Return a place with room for the symbol round it; one that an analysis names is always named."""
    at = place.lon, place.lat
    found = replace(place, marked=True, first=min(place.first, _VILLAGE[1])) if at in ever else place
    return always(found) if at in named else found
