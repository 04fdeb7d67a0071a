"""Scenes of a history: a recipe joined with the versions it speaks of."""

from dataclasses import replace

from frontgis.history import History, front
from frontgis.history.setting import front_setting
from frontgis.maps import scene, stories
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.model import AsOf, NotFoundError, Side
from frontgis.sources import Credit


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
    before = history.snapshot(since or _since(history, recipe.since, last.as_of))
    setting = front_setting(history.catalog)
    drawn = scene.build(
        stories.asked(recipe, history.catalog, last.as_of.date),
        control=control,
        change=history.compare(before.as_of, control.as_of, side=side),
        front=front.line(control, setting, side=side, tolerance_m=0),
        catalog=history.catalog,
        credit=credit,
    )
    latest = history.versions[-1].as_of.date
    return replace(stories.told(drawn, recipe.stories, history.catalog, latest=latest), history=history.id)


def _since(history: History, since: str, last: AsOf) -> AsOf:
    if since == "previous":
        earlier = [version.as_of for version in history.versions if version.as_of < last]
        return earlier[-1] if earlier else last
    try:
        return min(history.version(since, other=last).as_of, last)
    except NotFoundError:
        return history.versions[0].as_of
