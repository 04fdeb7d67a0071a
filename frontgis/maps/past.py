"""A scene that carries its history: what other versions may bring, by name."""

from dataclasses import replace

import shapely

from frontgis.catalog import Catalog
from frontgis.history.change import Change
from frontgis.maps import legend
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene, left_out, short_names, sides, source_name
from frontgis.maps.timeline import Past, Timeline, statuses_of


def remembered(drawn: Scene, recipe: Recipe, past: Past, change: Change, catalog: Catalog) -> Scene:
    """Return the scene of a recipe and change with the history that they were taken from."""
    composite = past.composite
    said = legend.status_words(*sides(catalog, change.side))
    ever = [status for status in statuses_of(composite) if status not in left_out(recipe)]
    layers = (
        *(status.value for status in ever),
        *(("gained", "lost") if recipe.layers.change else ()),
        *(legend.FRONT_LAYERS if recipe.layers.front else ()),
    )
    known = {ground.name for ground in drawn.grounds} | set(layers)
    short = short_names(catalog, recipe.units)
    boxes = [tuple(box) for box in shapely.bounds(composite.division.units.geometry).tolist()]
    timeline = Timeline(
        composite=composite,
        arcs=lambda: past.arcs,
        side=change.side,
        before=change.before.as_of,
        after=change.after.as_of,
        title=past.credit.titled(recipe.title),
        drawn_by=source_name(past.credit),
        attribution=past.credit.attribution,
        layers=layers,
        legend=tuple(legend.lines(known, said, change.after.as_of, change.before.as_of)),
        statuses=tuple((status.value, said[status]) for status in ever if status in said),
        names=tuple(short.get(key, name) for key, name in zip(composite.ids, composite.names, strict=True)),
        boxes=(*boxes, *[catalog.theatre().box] * (len(composite.ids) - len(boxes))),
    )
    return replace(drawn, timeline=timeline)
