"""The layers of control on a map: who holds what, what changed, and the line between."""

from dataclasses import replace

from frontgis.history.change import Change
from frontgis.history.front import Front
from frontgis.maps.parts import Ground
from frontgis.maps.recipe import Shown
from frontgis.maps.window import Window
from frontgis.model import Side, Snapshot, Status

LEFT = "left"
"""What an incursion held across the border before, and does not any more."""


def layers(shown: Shown, control: Snapshot, change: Change, front: Front, window: Window) -> list[Ground]:
    """Return the layers of control in the window; where the source grades its evidence, the front is dashed."""
    dashed, hidden = is_graded(control), left_out(shown)
    found = [(status.value, shape) for status, shape in control.by_status.items() if status not in hidden]
    if shown.change:
        found += [("gained", change.gained), ("lost", change.lost)]
    if leaves(shown, change.side):
        found.append((LEFT, replace(change, side=Side.UA).lost))
    if shown.front:
        found += [(f"front_{part.kind}", part.geometry) for part in front.parts]
    cut = ((name, window.cut(shape)) for name, shape in found)
    return [Ground(name, shape, dashed and name.startswith("front_")) for name, shape in cut if not shape.is_empty]


def is_graded(control: Snapshot) -> bool:
    """Tell whether a source grades what its ground rests on."""
    return any(region.evidence for region in control.regions)


def left_out(shown: Shown) -> frozenset[Status]:
    """Return the statuses that a recipe leaves off the map."""
    grey = frozenset() if shown.contested else frozenset({Status.CONTESTED})
    return grey if shown.incursion else grey | {Status.INCURSION_UA, Status.INCURSION_RU}


def leaves(shown: Shown, side: Side) -> bool:
    """Tell whether a map shows what the other side's incursion no longer holds."""
    return shown.change and shown.incursion and side is Side.RU
