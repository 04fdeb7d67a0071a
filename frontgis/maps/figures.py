"""A map's figures: what changed in all and by unit, and what is held across the state border."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from frontgis.catalog import Catalog
from frontgis.history.change import Change
from frontgis.history.division import Division
from frontgis.history.setting import division_of
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


def figures(recipe: Recipe, control: Snapshot, change: Change, catalog: Catalog) -> Figures:
    """Return the figures of a change up to `control` on the ground that a recipe names, or on all of it.

    Raises InputError where the recipe names ground that its units do not have.
    """
    division = division_of(catalog, recipe.units)
    chosen = within(recipe, division, catalog)
    sums = _sums(change, change.side, division, chosen)
    other = _sums(change, Side.UA, division, chosen) if change.side is Side.RU else {}
    abroad, entered, left = _abroad(control, change.side, division, chosen), _total(other, 0), _total(other, 1)
    return Figures(
        within=_called(recipe, division, chosen),
        gained=_total(sums, 0) if chosen else change.gained_km2,
        lost=_total(sums, 1) if chosen else change.lost_km2,
        rows=_rows(sums, recipe.units, division, catalog),
        abroad=abroad,
        abroad_before=max(0.0, abroad - entered + left),
        entered=entered,
        left=left,
    )


def within(recipe: Recipe, division: Division, catalog: Catalog) -> frozenset[str]:
    """Return the ids of the units whose figures a recipe counts; none where it counts everything."""
    if not recipe.within:
        return frozenset()
    try:
        found = division.units.find(recipe.within, catalog.theatre().presets)
    except (NotFoundError, UsageError) as error:
        raise InputError(f"within: {error}") from None
    return frozenset(division.ids[index] for index in found)


def short_names(catalog: Catalog, units: str) -> dict[str, str]:
    """Return what units are called on a map, by id."""
    layer = catalog.layer(units)
    return dict(zip(layer.column("id"), layer.columns.get("short", layer.column("name")), strict=True))


def _called(recipe: Recipe, division: Division, chosen: frozenset[str]) -> str:
    """Return the name of the ground: a unit's own, or what the recipe calls several."""
    names = [name for unit, name in zip(division.ids, division.names, strict=True) if unit in chosen]
    return names[0] if len(names) == 1 else recipe.within


def _sums(change: Change, side: Side, division: Division, chosen: frozenset[str]) -> dict[str, tuple[float, float]]:
    """Return the km² that a side gained and lost by unit, of the units that are asked for."""
    held = HELD[side]
    sums: dict[str, tuple[float, float]] = {}
    for row in change.table(division):
        if chosen and row.unit not in chosen:
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
    whole = catalog.theatre().box
    boxes = dict(zip(division.units.ids, shapely.bounds(division.units.geometry).tolist(), strict=True))
    called = dict(zip(division.ids, division.names, strict=True))
    called |= short_names(catalog, units)
    rows = [
        Row(unit, called[unit], gained, lost, tuple(boxes.get(unit, whole)))
        for unit, (gained, lost) in sums.items()
        if gained + lost >= _LEAST_ROW_KM2
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.gained_km2 + row.lost_km2), row.unit)))


def _abroad(snapshot: Snapshot, side: Side, division: Division, chosen: frozenset[str]) -> float:
    ground = snapshot.ground({_OTHERS_ABROAD[side]})
    shares = division.shares(np.array([ground], dtype=object))[0]
    counted = [not chosen or unit in chosen for unit in division.ids]
    return float(shares[counted].sum())
