"""A scene that carries its history: what other versions may bring, by name."""

from dataclasses import replace

import shapely

from frontgis.catalog import Catalog
from frontgis.history.change import Change
from frontgis.maps import figures, legend, standing
from frontgis.maps.control import LEFT, leaves, left_out
from frontgis.maps.parts import Box
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene, drawn_by, sides
from frontgis.maps.timeline import Past, Timeline, statuses_of
from frontgis.model import Status


def remembered(drawn: Scene, recipe: Recipe, past: Past, change: Change, catalog: Catalog) -> Scene:
    """Return the scene of a recipe and change with the history that they were taken from."""
    composite, shown, dashed = past.composite, recipe.layers, bool(drawn.graded)
    said = legend.status_words(*sides(catalog))
    ever = [status for status in statuses_of(composite) if status not in left_out(shown)]
    layers = (
        *(status.value for status in ever),
        *(("gained", "lost") if shown.change else ()),
        *((LEFT,) if leaves(shown, change.side) else ()),
        *(legend.FRONT_LAYERS if shown.front else ()),
    )
    known = {ground.name for ground in drawn.grounds} | set(layers)
    short = figures.short_names(catalog, recipe.units)
    chosen = figures.within(recipe, composite.division, catalog)
    timeline = Timeline(
        composite=composite,
        arcs=lambda: past.arcs,
        side=change.side,
        before=change.before.as_of,
        after=change.after.as_of,
        title=past.credit.titled(recipe.title),
        alone=past.credit.titled(recipe.alone),
        drawn_by=drawn_by(past.credit),
        attribution=past.credit.attribution,
        layers=layers,
        legend=legend.entries(known, said, change.after.as_of, change.before.as_of, dashed=dashed),
        statuses=tuple((status.value, said[status]) for status in (*ever, Status.UNMAPPED)),
        names=tuple(short.get(key, name) for key, name in zip(composite.ids, composite.names, strict=True)),
        boxes=_boxes(past, catalog),
        within=tuple(index for index, key in enumerate(composite.ids) if key in chosen),
        place=drawn.within,
        abroad=drawn.abroad_km2,
        incursion=said[Status.INCURSION_UA] if leaves(shown, change.side) else "",
        dashed=dashed,
    )
    places = standing.through(drawn.places, past.snapshots) if dashed else drawn.places
    return replace(drawn, timeline=timeline, places=places)


def _boxes(past: Past, catalog: Catalog) -> tuple[Box, ...]:
    known = [tuple(box) for box in shapely.bounds(past.composite.division.units.geometry).tolist()]
    return (*known, *[catalog.theatre().box] * (len(past.composite.ids) - len(known)))
