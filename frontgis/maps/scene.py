"""A scene: everything a map says and shows, with nothing drawn yet."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.catalog import Catalog
from frontgis.history.change import Change
from frontgis.history.front import Front
from frontgis.history.setting import division_of
from frontgis.maps import clusters, ground, legend, names, places, words
from frontgis.maps.parts import Box, Entry, Ground, Name, Place, Relief, Row, Story
from frontgis.maps.recipe import Recipe
from frontgis.model import HELD, AsOf, InputError, Side, Snapshot, Status
from frontgis.sources import Credit, credit_of

_CALLOUTS = 5
_LEAST_CALLOUT_KM2 = 5.0
_LEAST_ROW_KM2 = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Hold a map before it is drawn: its words and figures, its layers, its names, the id of its history."""

    title: str
    subtitle: str
    source: str
    as_of: AsOf
    before: AsOf
    extent: Box
    focus: Box
    box: Box
    picture_crs: str
    gained_km2: float
    lost_km2: float
    rows: tuple[Row, ...]
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
    history: str = ""
    stories: tuple[Story, ...] = ()

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
    theatre = catalog.theatre()
    credit = credit or credit_of(control.source)
    box = ground.frame(catalog)
    drawn = [
        *ground.grounds(catalog, box, control.as_of.date, recipe.layers),
        *_control(recipe, control, change, front),
    ]
    layers = {layer.name for layer in drawn}
    said = legend.status_words(*_sides(catalog, change.side))
    return Scene(
        title=credit.titled(recipe.title.format(**_title_words(change))),
        subtitle=_subtitle(credit, change),
        source=control.source,
        as_of=control.as_of,
        before=change.before.as_of,
        extent=_extent(recipe, catalog),
        focus=_focus(recipe, front, _extent(recipe, catalog)),
        box=box,
        picture_crs=theatre.picture_crs,
        gained_km2=change.gained_km2,
        lost_km2=change.lost_km2,
        rows=_rows(recipe, change, catalog),
        grounds=tuple(drawn),
        relief=ground.relief(catalog) if recipe.layers.relief else None,
        places=_places(recipe, drawn, front, catalog),
        names=_names(recipe, change, front, catalog),
        legend=legend.entries(layers, said, control, change.before.as_of),
        statuses=tuple((status.value, said[status]) for status in control.by_status if status in said),
        unmapped=f"Not marked as held ({_name(credit)})",
        notices=legend.notices(credit, theatre.boundary_set),
        attributions=_attributions(credit, control, catalog),
        boundary_set=theatre.boundary_set,
    )


def _places(recipe: Recipe, drawn: list[Ground], front: Front, catalog: Catalog) -> tuple[Place, ...]:
    if not recipe.layers.settlements:
        return ()
    return tuple(
        places.places(
            catalog,
            day=front.snapshot.as_of.date,
            state=next(layer.geometry for layer in drawn if layer.name == "land"),
            line=_line(front),
            box=catalog.theatre().box,
            always=recipe.places,
        )
    )


def _line(front: Front) -> BaseGeometry:
    return shapely.union_all([part.geometry for part in front.parts])


def _names(recipe: Recipe, change: Change, front: Front, catalog: Catalog) -> tuple[Name, ...]:
    theatre = catalog.theatre()
    found = names.areas(catalog, box=theatre.box, line=_line(front))
    if recipe.layers.rivers:
        found += names.rivers(catalog)
    if recipe.layers.change:
        found += names.callouts(
            clusters.greatest(change, metric_crs=theatre.metric_crs, most=_CALLOUTS, least_km2=_LEAST_CALLOUT_KM2)
        )
    return tuple(found)


def _control(recipe: Recipe, control: Snapshot, change: Change, front: Front) -> list[Ground]:
    hidden = set()
    if not recipe.layers.contested:
        hidden.add(Status.CONTESTED)
    if not recipe.layers.incursion:
        hidden |= {Status.INCURSION_UA, Status.INCURSION_RU}
    found = [Ground(status.value, shape) for status, shape in control.by_status.items() if status not in hidden]
    if recipe.layers.change:
        found += [Ground("gained", change.gained), Ground("lost", change.lost)]
    if recipe.layers.front:
        found += [Ground(f"front_{part.kind}", part.geometry) for part in front.parts]
    return [layer for layer in found if not layer.geometry.is_empty]


def _title_words(change: Change) -> dict[str, str]:
    after, before = change.after.as_of.date, change.before.as_of.date
    return {
        "day": words.day(after),
        "before": words.day(before),
        "gained": words.signed(change.gained_km2),
        "lost": words.signed(-change.lost_km2),
        "net": words.signed(change.net_km2),
        "span": words.days(change.span_days),
    }


def _name(credit: Credit) -> str:
    return credit.title.split(",")[0]


def _subtitle(credit: Credit, change: Change) -> str:
    before, after = change.before.as_of, change.after.as_of
    drawn = f"Control as {_name(credit)} draws it on {words.day(after.date)}"
    if credit.notice:
        drawn = f"{credit.notice[:1].upper()}{credit.notice[1:]}. {drawn}"
    if before == after:
        return f"{drawn}; one version, so no change is shown"
    return f"{drawn}, compared directly with {words.day(before.date, year=before.date.year != after.date.year)}"


def _sides(catalog: Catalog, side: Side) -> tuple[str, str]:
    sides = catalog.theatre().sides
    other = Side.UA if side is Side.RU else Side.RU
    return str(sides[side.value]), str(sides[other.value])


def _extent(recipe: Recipe, catalog: Catalog) -> Box:
    theatre = catalog.theatre()
    if not isinstance(recipe.extent, str):
        return recipe.extent
    if recipe.extent == "theatre":
        return _state_box(catalog)
    units = catalog.units(theatre.units)
    wanted = set(theatre.presets.get(recipe.extent, (recipe.extent,)))
    chosen = [shape for key, name, shape in zip(units.ids, units.names, units.geometry, strict=True)
              if key in wanted or name in wanted]  # fmt: skip
    if not chosen:
        known = ", ".join(["theatre", *theatre.presets])
        raise InputError(f"extent: {recipe.extent!r} is no preset or unit of the theatre; presets are {known}")
    west, south, east, north = shapely.total_bounds(chosen).tolist()
    return west, south, east, north


def _state_box(catalog: Catalog) -> Box:
    countries = catalog.layer("countries")
    state = np.asarray(countries.column("id")) == catalog.theatre().state
    west, south, east, north = shapely.total_bounds(countries.geometry[state]).tolist()
    return west, south, east, north


def _focus(recipe: Recipe, front: Front, box: Box) -> Box:
    """Return what a small screen shows first: the front and what lies round it, or the extent a recipe asks for."""
    line = _line(front)
    if recipe.extent != "theatre" or line.is_empty:
        return box
    west, south, east, north = shapely.buffer(line, 0.4).bounds
    return west, south, east, north


def _rows(recipe: Recipe, change: Change, catalog: Catalog) -> tuple[Row, ...]:
    """Return the units in which ground changed, the most first; what rounds to nothing is left out."""
    units = catalog.units(recipe.units)
    boxes = dict(zip(units.ids, shapely.bounds(units.geometry).tolist(), strict=True))
    held = HELD[change.side]
    sums: dict[str, list[float]] = {}
    called = _short_names(catalog, recipe.units)
    for row in change.table(division_of(catalog, recipe.units)):
        gained, lost = sums.setdefault(row.unit, [0.0, 0.0])
        called.setdefault(row.unit, row.name)
        if row.after in held and row.before not in held:
            sums[row.unit][0] = gained + row.km2
        if row.before in held and row.after not in held:
            sums[row.unit][1] = lost + row.km2
    rows = [
        Row(unit, called[unit], gained, lost, tuple(boxes.get(unit, catalog.theatre().box)))
        for unit, (gained, lost) in sums.items()
        if gained + lost >= _LEAST_ROW_KM2
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.gained_km2 + row.lost_km2), row.unit)))


def _short_names(catalog: Catalog, units: str) -> dict[str, str]:
    layer = catalog.layer(units)
    return dict(zip(layer.column("id"), layer.columns.get("short", layer.column("name")), strict=True))


def _attributions(credit: Credit, control: Snapshot, catalog: Catalog) -> tuple[str, ...]:
    used = ("countries", "water", "rivers", "settlements", "relief")
    texts = [catalog.card(name).attribution for name in used if name in catalog.names()]
    return (f"Control: {credit.attribution}, as of {control.as_of}", *dict.fromkeys(text for text in texts if text))
