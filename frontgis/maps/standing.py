"""Whose each place on a map is, and by what evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely

from frontgis.maps import legend, paths
from frontgis.maps.parts import Place
from frontgis.model import Snapshot, Status


def standing(places: Sequence[Place], control: Snapshot, words: Mapping[Status, str]) -> tuple[Place, ...]:
    """Return places with the words of the status of the ground under them, and its evidence where it is graded."""
    points = paths.points(np.array([(place.lon, place.lat) for place in places], dtype=np.float64))
    found = [replace(place, status=words[Status.UNMAPPED]) for place in places]
    for region in control.regions:
        shapely.prepare(region.geometry)
        for index in np.flatnonzero(shapely.intersects(region.geometry, points)):
            evidence = legend.EVIDENCE.get(region.evidence, region.evidence)
            found[index] = replace(found[index], status=words[region.status], evidence=evidence)
    return tuple(found)


def told(places: Iterable[Place]) -> str:
    """Tell whose places are, those of one status together.

    >>> told([Place("Aven", 0, 0, "town", 1, 5, status=word) for word in ("Contested", "Held by Tarsk", "Contested")])
    'Aven and Aven contested, Aven held by Tarsk'
    """
    names: dict[str, list[str]] = {}
    for place in places:
        names.setdefault(place.status, []).append(place.name)
    return ", ".join(f"{_listed(found)} {legend.inside(status)}" for status, found in names.items())


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
