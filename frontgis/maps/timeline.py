"""What lets a map show any version of its history: the composite, its ground as arcs, and the words to say it."""

from dataclasses import dataclass

import numpy as np

from frontgis.history.composite import CODES, Composite
from frontgis.history.later import Later
from frontgis.maps.arcs import Arcs
from frontgis.maps.parts import Box, Entry
from frontgis.model import AsOf, Side, Snapshot, Status
from frontgis.sources import Credit


@dataclass(frozen=True, eq=False)
class Past:
    """Hold a history that a map is to carry, cut by the map's units, and whom to credit for it."""

    composite: Composite
    credit: Credit
    snapshots: Later[tuple[Snapshot, ...]] = Later()
    arcs: Later[Arcs] = Later()


@dataclass(frozen=True, eq=False)
class Timeline:
    """Hold a history to move through, from the versions `before` and `after` that a map shows first.

    `title` and `alone` are the recipe's, their words still in braces; `drawn_by` says whose control is shown up to the
    day, `attribution` whom to name for it. `layers`, `legend` and `statuses` are those that any version may bring;
    `names` and `boxes` are of the composite's units, the sea and what lies outside. Figures are those of the units
    `within` (none: all), the ground called `place`; `abroad` is the km² of the other side's incursion there in `after`,
    `incursion` what it is called where the map tells of it. Fronts are `dashed` or not.
    """

    composite: Composite
    side: Side
    before: AsOf
    after: AsOf
    title: str
    alone: str
    drawn_by: str
    attribution: str
    layers: tuple[str, ...]
    legend: tuple[Entry, ...]
    statuses: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    boxes: tuple[Box, ...]
    within: tuple[int, ...]
    place: str
    abroad: float
    incursion: str
    dashed: bool
    arcs: Later[Arcs] = Later()


def statuses_of(composite: Composite) -> tuple[Status, ...]:
    """Return the statuses that any ground ever had, in order of their codes."""
    ever = {*np.flatnonzero(composite.base.sum(axis=0)).tolist(), *np.unique(composite.code).tolist()}
    return tuple(CODES[code] for code in sorted(ever) if CODES[code] is not Status.UNMAPPED)
