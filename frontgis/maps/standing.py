"""Whose each place on a map is, and by what evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.analysis.surface import BETWEEN, UNCERTAIN
from frontgis.maps import paths
from frontgis.maps.parts import Entry, Place
from frontgis.maps.words import inside, listed
from frontgis.model import Region, Snapshot, Status

Points: TypeAlias = NDArray[np.object_]

EVIDENCE: Final[dict[str, str]] = {
    "A": "evidence A",
    "B": "evidence B",
    "C": "evidence C",
    BETWEEN: "between claims",
    UNCERTAIN: "by rule",
}
GRADES: Final = "Evidence: A several reports agree, B one or two, C general"
GRADED: Final = f"{GRADES}. Over 10 km from any claim: by rule"


def standing(places: Sequence[Place], control: Snapshot, words: Mapping[Status, str]) -> tuple[Place, ...]:
    """Return places with the words of the status of the ground under them, and its evidence where it is graded."""
    under = _under(_points(places), control)
    return tuple(
        replace(place, status=words[region.status if region else Status.UNMAPPED], grade=_grade(region))
        for place, region in zip(places, under, strict=True)
    )


def through(places: Sequence[Place], snapshots: Iterable[Snapshot]) -> tuple[Place, ...]:
    """Return places with the evidence of the ground under them in each snapshot."""
    points = _points(places)
    columns = [[_grade(region) for region in _under(points, snapshot)] for snapshot in snapshots]
    rows = zip(*columns, strict=True)
    return tuple(replace(place, grades=grades) for place, grades in zip(places, rows, strict=True))


def _points(places: Sequence[Place]) -> Points:
    return paths.points(np.array([(place.lon, place.lat) for place in places], dtype=np.float64))


def _under(points: Points, snapshot: Snapshot) -> list[Region | None]:
    found: list[Region | None] = [None] * len(points)
    regions = np.array([region.geometry for region in snapshot.regions], dtype=object)
    for which, index in shapely.STRtree(points).query(regions, predicate="intersects").T.tolist():
        found[index] = snapshot.regions[which]
    return found


def _grade(region: Region | None) -> str:
    return region.evidence if region else ""


def said(place: Place) -> str:
    """Say whose a place is, and by what evidence where that is graded.

    >>> said(Place("Aven", 0, 0, "town", 1, 5, status="Contested or unknown", grade="B"))
    'Contested or unknown, evidence B'
    """
    return f"{place.status}, {EVIDENCE.get(place.grade, place.grade)}" if place.grade else place.status


def entries(places: Iterable[Place]) -> tuple[Entry, ...]:
    """Return a line of the legend for each place: whose it is."""
    return tuple(Entry("place", f"{place.name}: {inside(said(place))}", ()) for place in places)


def told(places: Iterable[Place]) -> str:
    """Tell whose places are, those of one status together.

    >>> told([Place(name, 0, 0, "town", 1, 5, status=word) for name, word in (("Aven", "Contested"), ("Ard", "Lost"))])
    'Aven contested, Ard lost'
    """
    names: dict[str, list[str]] = {}
    for place in places:
        names.setdefault(place.status, []).append(place.name)
    return ", ".join(f"{listed(found)} {inside(status)}" for status, found in names.items())
