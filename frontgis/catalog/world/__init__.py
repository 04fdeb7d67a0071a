"""A generated world: an invented country, no real place, made anew the same each time.

It proves that the theatre is data: nothing in the code knows whether the land is real.
"""

from dataclasses import dataclass
from random import Random
from typing import Final

from frontgis.catalog.world.folder import LICENCE, NOTICE, write
from frontgis.catalog.world.geography import Geography, geography
from frontgis.catalog.world.sequence import SOURCE, snapshots
from frontgis.model import Snapshot

__all__ = ["LICENCE", "NOTICE", "SOURCE", "Geography", "World", "generate", "write"]

SEED: Final = 3


@dataclass(frozen=True)
class World:
    """Hold an invented land and what one source tells of it, day by day."""

    land: Geography
    snapshots: tuple[Snapshot, ...]


def generate(seed: int = SEED, *, days: int = 35) -> World:
    """Return the world of a seed: same seed, same world.

    >>> world = generate(days=3)
    >>> [str(snapshot.as_of) for snapshot in world.snapshots]
    ['2024-03-01', '2024-03-02', '2024-03-03']
    """
    random = Random(seed)  # noqa: S311 - a landscape, not a secret
    land = geography(random)
    return World(land, snapshots(land, random, days=days))
