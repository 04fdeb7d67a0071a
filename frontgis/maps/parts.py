"""The parts of a scene: layers, names, legend, table; frozen, styled only by name."""

from dataclasses import dataclass
from datetime import date

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
    """Hold a settlement that may get its name on the map, from zoom `first` on, and whose it is in words.

    One is named before all others where it is `always`, has a symbol round it where it is `marked`, and is what the
    map is about where it was `asked` for, with a ring for how far off it may lie. `grade` is the source's grade of
    evidence, `grades` that in each version of the history that the scene carries.
    """

    name: str
    lon: float
    lat: float
    style: str
    weight: float
    first: int
    ring_m: float = 0.0
    marked: bool = False
    always: bool = False
    asked: bool = False
    status: str = ""
    grade: str = ""
    grades: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Told:
    """Say what was reported, of when, with its grade of evidence, its source, and what else is to be said."""

    what: str
    first: date
    last: date | None
    when: str
    evidence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold one symbol and all that was reported there."""

    lon: float
    lat: float
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Hold a layer of symbols of one kind: those of the map's `span` of days, and those of `ever` for other days.

    A span ends on a map's day, but never after `until`. `words` stand in the legend, `title` has the span's `{first}`
    and `{last}` still in braces. What is not `shown` is there to be switched on.
    """

    name: str
    symbol: str
    words: str
    title: str
    marks: tuple[Mark, ...]
    ever: tuple[Mark, ...]
    span: tuple[date, date]
    until: date
    shown: bool


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """Hold heights in metres on a lon/lat grid, north up."""

    box: Box
    metres: NDArray[np.floating]
