"""A map's legend: only what is in the data, and what this source does not map."""

from collections.abc import Collection, Mapping
from typing import Final

from frontgis.maps.control import LEFT
from frontgis.maps.parts import Entry
from frontgis.maps.words import day, inside
from frontgis.model import AsOf, Snapshot, Status
from frontgis.sources import Credit

FRONT_LAYERS: Final = ("front_unmapped", "front_contested", "front_river", "front_incursion", "front_border")


def status_words(ru: str, ua: str) -> dict[Status, str]:
    """Return what each status says on a map, with the names of the sides."""
    return {
        Status.OCCUPIED: f"Held by {ru}",
        Status.OCCUPIED_BEFORE_2022: f"Held by {ru} before 2022",
        Status.INCURSION_RU: f"Held by {ru} (incursion)",
        Status.INCURSION_UA: f"Held by {ua} in {ru}",
        Status.CONTESTED: "Contested or unknown",
        Status.CLAIMED: "Claimed, not confirmed",
        Status.PRESENCE: "Presence reported",
        Status.LIBERATED: f"Held again by {ua}",
        Status.HELD_UA: f"Held by {ua}",
        Status.UNMAPPED: "Not marked as held",
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


def entries(
    layers: Collection[str], words: Mapping[Status, str], after: AsOf, before: AsOf, *, dashed: bool
) -> tuple[Entry, ...]:
    """Return the legend's lines for layers that show one date and the change since another."""
    found = []
    if fronts := tuple(name for name in FRONT_LAYERS if name in layers):
        swatch, line = ("sketched", "Front line, between claims") if dashed else ("front", "Front line")
        found.append(Entry(swatch, line, fronts))
    since = day(before.date, year=before.date.year != after.date.year)
    if "gained" in layers:
        found.append(Entry("gained", f"Newly held since {since}", ("gained",)))
    if "lost" in layers:
        found.append(Entry("lost", "No longer held", ("lost",)))
    found += [Entry(swatch, words[status], (status.value,)) for status, swatch in _SWATCHES if status.value in layers]
    if LEFT in layers:
        found.append(Entry("left", f"No longer {inside(words[Status.INCURSION_UA])}", (LEFT,)))
    if "former_water" in layers:
        found.append(Entry("former", "Drained reservoir", ("former_water",)))
    return tuple(found)


def silence(control: Snapshot) -> tuple[Entry, ...]:
    """Return what the legend says that this source does not map."""
    return () if Status.CONTESTED in control.by_status else (Entry("", "Grey zone: not in this source", ()),)


def notices(credit: Credit, boundary_set: str) -> tuple[str, ...]:
    """Return what must be said beside every map."""
    precision = f"{credit.precision[:1].upper()}{credit.precision[1:]}"
    return (
        *([f"{credit.warning}."] if credit.warning else []),
        f"{precision}; ground can have changed hands since. Not for navigation or for finding anyone.",
        f"Boundaries: {boundary_set}.",
    )
