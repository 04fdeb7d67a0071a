"""Turnover: the sums of gains and losses from version to version, never a headline."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from frontgis.history.change import between
from frontgis.model import Side, Snapshot


@dataclass(frozen=True, slots=True)
class Turnover:
    """Hold Σ km² gained and lost over the steps between versions."""

    gained_km2: float
    lost_km2: float


def turnover(snapshots: Iterable[Snapshot], *, side: Side = Side.RU) -> Turnover:
    """Return the turnover over snapshots in order; ground taken and lost again counts in both."""
    gained = lost = 0.0
    for before, after in pairwise(snapshots):
        change = between(before, after, side=side)
        gained += change.gained_km2
        lost += change.lost_km2
    return Turnover(gained, lost)
