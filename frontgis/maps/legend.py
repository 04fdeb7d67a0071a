"""A map's legend: only what is in the data, and what this source does not map."""

from typing import Final

from frontgis.maps.parts import Entry
from frontgis.maps.words import day
from frontgis.model import AsOf, Snapshot, Status
from frontgis.sources import Credit

FRONT_LAYERS: Final = ("front_unmapped", "front_contested", "front_river", "front_incursion", "front_border")


def status_words(holder: str, other: str) -> dict[Status, str]:
    """Return what each status says on a map, with the names of the side that is counted and of the other."""
    return {
        Status.OCCUPIED: f"Held by {holder}",
        Status.OCCUPIED_BEFORE_2022: f"Held by {holder} before 2022",
        Status.INCURSION_RU: f"Held by {holder} (incursion)",
        Status.INCURSION_UA: f"Held by {other} in {holder}",
        Status.CONTESTED: "Contested or unknown",
        Status.CLAIMED: "Claimed, not confirmed",
        Status.PRESENCE: "Presence reported",
        Status.LIBERATED: f"Held again by {other}",
        Status.HELD_UA: f"Held by {other}",
    }


_SWATCHES: Final = (
    (Status.OCCUPIED, "held"),
    (Status.OCCUPIED_BEFORE_2022, "before"),
    (Status.INCURSION_RU, "held"),
    (Status.INCURSION_UA, "incursion"),
    (Status.CONTESTED, "contested"),
    (Status.CLAIMED, "claimed"),
    (Status.PRESENCE, "presence"),
)


def entries(layers: set[str], words: dict[Status, str], snapshot: Snapshot, before: AsOf) -> tuple[Entry, ...]:
    """Return the legend's lines for the layers that a scene has, and what this source does not map."""
    found = lines(layers, words, snapshot.as_of, before)
    if Status.CONTESTED not in snapshot.by_status:
        found.append(Entry("", "Grey zone: not in this source", ()))
    return tuple(found)


def lines(layers: set[str], words: dict[Status, str], after: AsOf, before: AsOf) -> list[Entry]:
    """Return the legend's lines for layers that show one date and the change since another."""
    found = []
    if fronts := tuple(name for name in FRONT_LAYERS if name in layers):
        found.append(Entry("front", "Front line", fronts))
    since = day(before.date, year=before.date.year != after.date.year)
    if "gained" in layers:
        found.append(Entry("gained", f"Newly held since {since}", ("gained",)))
    if "lost" in layers:
        found.append(Entry("lost", "No longer held", ("lost",)))
    found += [Entry(swatch, words[status], (status.value,)) for status, swatch in _SWATCHES if status.value in layers]
    if "former_water" in layers:
        found.append(Entry("former", "Drained reservoir", ("former_water",)))
    return found


def notices(credit: Credit, boundary_set: str) -> tuple[str, ...]:
    """Return what must be said beside every map."""
    precision = f"{credit.precision[:1].upper()}{credit.precision[1:]}"
    return (
        *([f"{credit.warning}."] if credit.warning else []),
        f"{precision}; ground can have changed hands since. Not for navigation or for finding anyone.",
        f"Boundaries: {boundary_set}.",
    )
