"""The layers of control on a map: who holds what, what changed, and the line between."""

from collections.abc import Iterator
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from frontgis.history.change import Change
from frontgis.history.front import Front
from frontgis.maps.parts import Ground
from frontgis.maps.recipe import Shown
from frontgis.maps.window import Window
from frontgis.model import Side, Snapshot, Status

LEFT = "left"
"""What an incursion held across the border before, and does not any more."""

INCURSIONS = frozenset({Status.INCURSION_UA, Status.INCURSION_RU})


def layers(shown: Shown, control: Snapshot, change: Change, front: Front, window: Window) -> list[Ground]:
    """Return the layers of control in the window; where the source grades its evidence, the front is dashed."""
    dashed = any(region.evidence for region in control.regions)
    found = [*_statuses(shown, control), *(_changes(change) if shown.change else ())]
    if shown.front:
        found += [(f"front_{part.kind}", part.geometry) for part in front.parts]
    cut = ((name, window.cut(shape)) for name, shape in found)
    return [Ground(name, shape, dashed and name.startswith("front_")) for name, shape in cut if not shape.is_empty]


def _statuses(shown: Shown, control: Snapshot) -> Iterator[tuple[str, BaseGeometry]]:
    hidden = frozenset() if shown.contested else frozenset({Status.CONTESTED})
    hidden |= frozenset() if shown.incursion else INCURSIONS
    return ((status.value, shape) for status, shape in control.by_status.items() if status not in hidden)


def _changes(change: Change) -> Iterator[tuple[str, BaseGeometry]]:
    yield "gained", change.gained
    yield "lost", change.lost
    if change.side is Side.RU:
        yield LEFT, replace(change, side=Side.UA).lost
