"""A scene: everything a map says and shows, with nothing drawn yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.history.change import Change
from frontgis.history.front import Front
from frontgis.maps import clusters, figures, ground, legend, names, places, standing, words
from frontgis.maps.control import is_graded, layers
from frontgis.maps.figures import Figures
from frontgis.maps.parts import Box, Entry, Ground, Name, Place, Relief, Row, Story
from frontgis.maps.recipe import Recipe
from frontgis.maps.timeline import Timeline
from frontgis.maps.window import Window, window
from frontgis.model import AsOf, Side, Snapshot, Status
from frontgis.sources import Credit, credit_of

_CALLOUTS = 5
_LEAST_CALLOUT_KM2 = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Hold a map before it is drawn: its words and figures, its layers, its names, the id of its history.

    Figures are of the ground called `within` (empty: everything); `incursion` has the km² across the border that the
    side which is not counted newly holds, and no longer holds, `abroad_km2` what it holds there. `graded` says what the
    source's grades of evidence mean.
    """

    title: str
    subtitle: str
    source: str
    as_of: AsOf
    before: AsOf
    extent: Box
    focus: Box
    box: Box
    picture_crs: str
    within: str
    gained_km2: float
    lost_km2: float
    rows: tuple[Row, ...]
    incursion: Row | None
    abroad_km2: float
    grounds: tuple[Ground, ...]
    relief: Relief | None
    places: tuple[Place, ...]
    names: tuple[Name, ...]
    legend: tuple[Entry, ...]
    statuses: tuple[tuple[str, str], ...]
    unmapped: str
    notices: tuple[str, ...]
    attributions: tuple[str, ...]
    boundary_set: str
    graded: str = ""
    history: str = ""
    stories: tuple[Story, ...] = ()
    timeline: Timeline | None = None

    @property
    def credits(self) -> tuple[str, ...]:
        """Return whom to name, and the history that the map is made from."""
        return (*self.attributions, *([words.named(self.history)] if self.history else []))

    def ground(self, name: str) -> BaseGeometry | None:
        """Return the named layer's geometry, if the scene has it."""
        return next((ground.geometry for ground in self.grounds if ground.name == name), None)


def build(
    recipe: Recipe, *, control: Snapshot, change: Change, front: Front, catalog: Catalog, credit: Credit | None = None
) -> Scene:
    """Resolve a recipe against data: `control` is drawn, with `change` up to it and its `front` at tolerance 0.

    Every figure is the change's own. `credit` says what no adapter says of a source. Raises InputError where the
    recipe names an extent, units or places that the catalog does not have.
    """
    theatre, line = catalog.theatre(), shapely.union_all([part.geometry for part in front.parts])
    credit, view = credit or credit_of(control.source), window(recipe, line, catalog)
    drawn = [
        *ground.grounds(catalog, view.box, control.as_of.date, recipe.layers),
        *layers(recipe.layers, control, change, front, view),
    ]
    said = legend.status_words(*sides(catalog))
    shown = standing.standing(_places(recipe, drawn, control, view, catalog), control, said)
    found = figures.figures(recipe, control, change, catalog)
    asked, dashed = [place for place in shown if place.asked], is_graded(control)
    there = {layer.name for layer in drawn}
    return Scene(
        title=credit.titled(_title(recipe, change, found, asked)),
        subtitle=_subtitle(credit, change),
        source=control.source,
        as_of=control.as_of,
        before=change.before.as_of,
        extent=view.extent,
        focus=view.focus,
        box=view.box,
        picture_crs=theatre.picture_crs,
        within=found.within,
        gained_km2=found.gained,
        lost_km2=found.lost,
        rows=found.rows,
        incursion=_incursion(found, said, view),
        abroad_km2=found.abroad,
        grounds=tuple(drawn),
        relief=ground.relief(catalog, view.box) if recipe.layers.relief else None,
        places=shown,
        names=_names(recipe, change, view.cut(line), view, catalog),
        legend=(
            *legend.entries(there, said, control.as_of, change.before.as_of, dashed=dashed),
            *standing.entries(asked),
            *legend.silence(control),
        ),
        statuses=tuple((status.value, said[status]) for status in control.by_status),
        unmapped=f"{said[Status.UNMAPPED]} ({source_name(credit)})",
        notices=legend.notices(credit, theatre.boundary_set),
        attributions=_attributions(credit, control, catalog),
        boundary_set=theatre.boundary_set,
        graded=standing.GRADED if dashed else "",
    )


def sides(catalog: Catalog) -> tuple[str, str]:
    """Return the names of the two sides."""
    names = catalog.theatre().sides
    return str(names[Side.RU.value]), str(names[Side.UA.value])


def _places(
    recipe: Recipe, drawn: Sequence[Ground], control: Snapshot, view: Window, catalog: Catalog
) -> tuple[Place, ...]:
    if not recipe.layers.settlements:
        return ()
    by_name = {layer.name: layer.geometry for layer in drawn}
    found = places.places(
        catalog,
        day=control.as_of.date,
        state=by_name.get("land", Polygon()),
        line=shapely.union_all([by_name[name] for name in legend.FRONT_LAYERS if name in by_name]),
        box=view.box,
        always=recipe.places,
    )
    return tuple(found)


def _names(recipe: Recipe, change: Change, line: BaseGeometry, view: Window, catalog: Catalog) -> tuple[Name, ...]:
    busy = shapely.union_all([line, view.cut(change.gained), view.cut(change.lost)])
    found = names.areas(catalog, view, busy=busy)
    if recipe.layers.rivers:
        found += names.rivers(catalog, view)
    if recipe.layers.change and view.whole:
        crs = catalog.theatre().metric_crs
        found += names.callouts(clusters.greatest(change, metric_crs=crs, most=_CALLOUTS, least_km2=_LEAST_CALLOUT_KM2))
    return tuple(found)


def _incursion(found: Figures, said: Mapping[Status, str], view: Window) -> Row | None:
    if words.km2(found.entered) == words.km2(found.left) == "0":
        return None
    return Row("", said[Status.INCURSION_UA], found.entered, found.left, view.extent)


def _title(recipe: Recipe, change: Change, found: Figures, asked: Sequence[Place]) -> str:
    """Return the headline: the recipe's, or where nothing is compared the one that it has for that."""
    after, before = change.after.as_of, change.before.as_of
    text = recipe.alone if after == before else recipe.title
    return text.format(
        day=words.day(after.date),
        before=words.day(before.date),
        gained=words.signed(found.gained),
        lost=words.signed(-found.lost),
        net=words.signed(found.gained - found.lost),
        span=words.days(change.span_days),
        abroad=words.km2(found.abroad),
        abroad_before=words.km2(found.abroad_before),
        places=standing.told(asked),
    )


def source_name(credit: Credit) -> str:
    """Return a source in a few words."""
    return credit.title.split(",")[0]


def _subtitle(credit: Credit, change: Change) -> str:
    before, after = change.before.as_of, change.after.as_of
    drawn = f"{drawn_by(credit)} {words.day(after.date)}"
    if before == after:
        return f"{drawn}; one version, so no change is shown"
    return f"{drawn}, compared directly with {words.day(before.date, year=before.date.year != after.date.year)}"


def drawn_by(credit: Credit) -> str:
    """Say whose control a map shows, up to the day, with the source's notice before it."""
    notice = f"{credit.notice[:1].upper()}{credit.notice[1:]}. " if credit.notice else ""
    return f"{notice}Control as {source_name(credit)} draws it on"


def _attributions(credit: Credit, control: Snapshot, catalog: Catalog) -> tuple[str, ...]:
    used = ("countries", "water", "rivers", "settlements", "relief")
    texts = [catalog.card(name).attribution for name in used if name in catalog.names()]
    return (f"Control: {credit.attribution}, as of {control.as_of}", *dict.fromkeys(text for text in texts if text))
