"""What ground can be: the control statuses, the sides, and what counts as held."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Name what a source says of a piece of ground; `UNMAPPED` is the absence of a word, not a side."""

    OCCUPIED = "occupied"
    OCCUPIED_BEFORE_2022 = "occupied_before_2022"
    CONTESTED = "contested"
    CLAIMED = "claimed"
    LIBERATED = "liberated"
    INCURSION_UA = "incursion_ua"
    INCURSION_RU = "incursion_ru"
    HELD_UA = "held_ua"
    PRESENCE = "presence"
    UNMAPPED = "unmapped"


class Side(StrEnum):
    """Name a side whose held ground is counted."""

    RU = "ru"
    UA = "ua"


HELD: Final[dict[Side, frozenset[Status]]] = {
    Side.RU: frozenset({Status.OCCUPIED, Status.OCCUPIED_BEFORE_2022, Status.INCURSION_RU}),
    Side.UA: frozenset({Status.INCURSION_UA}),
}

PRECEDENCE: Final[tuple[Status, ...]] = (
    Status.OCCUPIED,
    Status.OCCUPIED_BEFORE_2022,
    Status.INCURSION_RU,
    Status.INCURSION_UA,
    Status.CONTESTED,
    Status.CLAIMED,
    Status.LIBERATED,
    Status.HELD_UA,
    Status.PRESENCE,
)
"""Where polygons of two statuses overlap, the earlier one keeps the ground."""
