"""Scenes of a history: a recipe joined with the versions it speaks of."""

from dataclasses import replace
from functools import lru_cache

from frontgis.history import History
from frontgis.history.change import Change
from frontgis.history.setting import front_setting
from frontgis.maps import past, scene, stories
from frontgis.maps.arcs import arcs
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.maps.timeline import Past
from frontgis.model import AsOf, NotFoundError, Side
from frontgis.sources import Credit, credit_of


def draw(
    history: History,
    recipe: Recipe,
    *,
    on: str | AsOf = "latest",
    since: AsOf | None = None,
    side: Side = Side.RU,
    credit: Credit | None = None,
) -> Scene:
    """Return the recipe's scene on a date; where the history is too short, change is counted from its first version.

    `since` stands in for the recipe's, `credit` for what the source's adapter says. Raises NotFoundError before the
    first version, InputError where the recipe does not fit the theatre.
    """
    last = history.version(on)
    control = history.snapshot(last.as_of)
    change = _compared(history, since or _since(history, recipe.since, last.as_of), last.as_of, side)
    drawn = scene.build(
        recipe,
        control=control,
        change=change,
        front=history.front_line(last.as_of, side=side, tolerance_m=0),
        catalog=history.catalog,
        credit=credit,
    )
    latest = history.versions[-1].as_of.date
    told = stories.told(drawn, recipe.stories, history.catalog, latest=latest)
    if len(history.versions) > 1:
        told = past.remembered(told, recipe, _past(history, recipe.units, credit), change, history.catalog)
    return replace(told, history=history.id)


@lru_cache(maxsize=2)
def _past(history: History, units: str, credit: Credit | None) -> Past:
    composite = history.cut(units)
    named = credit or credit_of(history.source)
    setting = front_setting(history.catalog)
    return Past(composite, named, lambda: tuple(history.snapshots()), lambda: arcs(composite, setting))


@lru_cache(maxsize=16)
def _compared(history: History, before: AsOf, after: AsOf, side: Side) -> Change:
    return history.compare(before, after, side=side)


def _since(history: History, since: str, last: AsOf) -> AsOf:
    if since == "previous":
        earlier = [version.as_of for version in history.versions if version.as_of < last]
        return earlier[-1] if earlier else last
    try:
        return min(history.version(since, other=last).as_of, last)
    except NotFoundError:
        return history.versions[0].as_of
