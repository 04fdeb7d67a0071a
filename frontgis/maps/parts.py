"""The parts of a scene: layers, names, legend, table; frozen, styled only by name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Hold one named layer: polygons or lines in lon/lat, styled by its name; dashed where it is drawn from claims."""

    name: str
    geometry: BaseGeometry
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a settlement that may get its name on the map, from zoom `first` on, and whose it is by what evidence.

    One that was asked for is named wherever it can be, with a ring for how far off it may lie.
    """

    name: str
    lon: float
    lat: float
    style: str
    weight: float
    first: int
    ring_m: float = 0.0
    asked: bool = False
    status: str = ""
    evidence: str = ""

    @property
    def standing(self) -> str:
        """Say whose the place is, and by what evidence where that is known.

        >>> Place("Aven", 0, 0, "town", 1, 5, status="Contested", evidence="evidence B").standing
        'Contested, evidence B'
        """
        return f"{self.status}, {self.evidence}" if self.evidence else self.status


@dataclass(frozen=True, slots=True)
class Name:
    """Hold the name of an area or a river, shown from zoom `first` to zoom `last`."""

    text: str
    style: str
    lon: float
    lat: float
    first: int
    last: int
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of the legend: its swatch, its words, and the layers it stands for (none: a note)."""

    swatch: str
    words: str
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what changed in one unit, in km²."""

    unit: str
    name: str
    gained_km2: float
    lost_km2: float
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """Hold heights in metres on a lon/lat grid, north up."""

    box: Box
    metres: NDArray[np.floating]
