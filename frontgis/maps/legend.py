"""A map's legend: only what is in the data, and what this source does not map."""

from collections.abc import Mapping, Sequence
from typing import Final

from frontgis.analysis.surface import BETWEEN, UNCERTAIN
from frontgis.history.change import Change
from frontgis.maps.control import LEFT
from frontgis.maps.parts import Entry, Ground, Place
from frontgis.maps.words import day
from frontgis.model import Snapshot, Status
from frontgis.sources import Credit

FRONT_LAYERS: Final = ("front_unmapped", "front_contested", "front_river", "front_incursion", "front_border")


EVIDENCE: Final[dict[str, str]] = {
    "A": "evidence A",
    "B": "evidence B",
    "C": "evidence C",
    BETWEEN: "between claims",
    UNCERTAIN: "by rule",
}
GRADED: Final = "Evidence: A several reports agree, B one or two, C general. Over 10 km from any claim: by rule"


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


def inside(words: str) -> str:
    """Return words as they stand inside a sentence.

    >>> inside("Held by Tarsk")
    'held by Tarsk'
    """
    return f"{words[:1].lower()}{words[1:]}"


_SWATCHES: Final = (
    (Status.OCCUPIED, "held"),
    (Status.OCCUPIED_BEFORE_2022, "before"),
    (Status.INCURSION_RU, "held"),
    (Status.INCURSION_UA, "incursion"),
    (Status.CONTESTED, "contested"),
    (Status.CLAIMED, "claimed"),
    (Status.PRESENCE, "presence"),
)


def entries(layers: Mapping[str, Ground], words: Mapping[Status, str], change: Change) -> tuple[Entry, ...]:
    """Return the legend's lines for the layers that a scene has, by their names."""
    found = []
    if fronts := tuple(name for name in FRONT_LAYERS if name in layers):
        dashed = any(layers[name].dashed for name in fronts)
        swatch, line = ("sketched", "Front line, between claims") if dashed else ("front", "Front line")
        found.append(Entry(swatch, line, fronts))
    before, after = change.before.as_of.date, change.after.as_of.date
    since = day(before, year=before.year != after.year)
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


def notes(control: Snapshot) -> tuple[Entry, ...]:
    """Return what the legend says of the source: what it does not map, and how it grades its evidence."""
    found = []
    if Status.CONTESTED not in control.by_status:
        found.append(Entry("", "Grey zone: not in this source", ()))
    if any(region.evidence for region in control.regions):
        found.append(Entry("", GRADED, ()))
    return tuple(found)


def named(places: Sequence[Place]) -> tuple[Entry, ...]:
    """Return a line for each place that a map is about: whose it is."""
    return tuple(Entry("place", f"{place.name}: {inside(place.standing)}", ()) for place in places)


def notices(credit: Credit, boundary_set: str) -> tuple[str, ...]:
    """Return what must be said beside every map."""
    precision = f"{credit.precision[:1].upper()}{credit.precision[1:]}"
    return (
        *([f"{credit.warning}."] if credit.warning else []),
        f"{precision}; ground can have changed hands since. Not for navigation or for finding anyone.",
        f"Boundaries: {boundary_set}.",
    )
