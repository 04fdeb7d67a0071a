"""A map's figures: what changed in all and by unit, and what is held across the state border."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely

from frontgis.catalog import Catalog
from frontgis.history.change import Change
from frontgis.history.division import Division
from frontgis.history.setting import sea_of, theatre_of
from frontgis.maps.parts import Row
from frontgis.maps.recipe import Recipe
from frontgis.model import HELD, InputError, NotFoundError, Side, Snapshot, Status, UsageError

_LEAST_ROW_KM2 = 0.05
_OTHERS_ABROAD = {Side.RU: Status.INCURSION_UA, Side.UA: Status.INCURSION_RU}
"""What the other side holds across the border, by the side that is counted."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold km² gained and lost, in all and by unit, on the ground called `within` (empty: everything).

    Of the other side's incursion across the border they are the km² on both dates, and what it newly and no longer has.
    """

    within: str
    gained: float
    lost: float
    rows: tuple[Row, ...]
    abroad: float
    abroad_before: float
    entered: float
    left: float


def figures(recipe: Recipe, change: Change, catalog: Catalog) -> Figures:
    """Return the figures of a change on the ground that a recipe names, or on all of it.

    Raises InputError where the recipe names ground that its units do not have.
    """
    division = _division(recipe.units, catalog)
    within = _within(recipe, division, catalog)
    sums = _sums(change, division, within)
    other = _sums(replace(change, side=Side.UA), division, within) if change.side is Side.RU else {}
    return Figures(
        within=_called(recipe, division, within),
        gained=_total(sums, 0) if within else change.gained_km2,
        lost=_total(sums, 1) if within else change.lost_km2,
        rows=_rows(sums, recipe.units, division, catalog),
        abroad=_abroad(change.after, change.side, division, within),
        abroad_before=_abroad(change.before, change.side, division, within),
        entered=_total(other, 0),
        left=_total(other, 1),
    )


def _division(units: str, catalog: Catalog) -> Division:
    return theatre_of(catalog) if units == catalog.theatre().units else Division(catalog.units(units), sea_of(catalog))


def _within(recipe: Recipe, division: Division, catalog: Catalog) -> frozenset[str]:
    if not recipe.within:
        return frozenset()
    try:
        found = division.units.find(recipe.within, catalog.theatre().presets)
    except (NotFoundError, UsageError) as error:
        raise InputError(f"within: {error}") from None
    return frozenset(division.ids[index] for index in found)


def _called(recipe: Recipe, division: Division, within: frozenset[str]) -> str:
    """Return the name of the ground: a unit's own, or what the recipe calls several."""
    names = [name for unit, name in zip(division.ids, division.names, strict=True) if unit in within]
    return names[0] if len(names) == 1 else recipe.within


def _sums(change: Change, division: Division, within: frozenset[str]) -> dict[str, tuple[float, float]]:
    """Return km² gained and lost by unit, of the units that are asked for."""
    held = HELD[change.side]
    sums: dict[str, tuple[float, float]] = {}
    for row in change.table(division):
        if within and row.unit not in within:
            continue
        gained, lost = sums.get(row.unit, (0.0, 0.0))
        gained += row.km2 if row.after in held and row.before not in held else 0.0
        lost += row.km2 if row.before in held and row.after not in held else 0.0
        sums[row.unit] = gained, lost
    return sums


def _total(sums: Mapping[str, tuple[float, float]], which: int) -> float:
    return sum(km2[which] for km2 in sums.values())


def _rows(sums: Mapping[str, tuple[float, float]], units: str, division: Division, catalog: Catalog) -> tuple[Row, ...]:
    """Return the units in which ground changed, the most first; what rounds to nothing is left out."""
    layer, whole = catalog.layer(units), catalog.theatre().box
    boxes = dict(zip(division.units.ids, shapely.bounds(division.units.geometry).tolist(), strict=True))
    called = dict(zip(division.ids, division.names, strict=True))
    called |= zip(layer.column("id"), layer.columns.get("short", layer.column("name")), strict=True)
    rows = [
        Row(unit, called[unit], gained, lost, tuple(boxes.get(unit, whole)))
        for unit, (gained, lost) in sums.items()
        if gained + lost >= _LEAST_ROW_KM2
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.gained_km2 + row.lost_km2), row.unit)))


def _abroad(snapshot: Snapshot, side: Side, division: Division, within: frozenset[str]) -> float:
    ground = snapshot.ground({_OTHERS_ABROAD[side]})
    shares = division.shares(np.array([ground], dtype=object))[0]
    chosen = [not within or unit in within for unit in division.ids]
    return float(shares[chosen].sum())
