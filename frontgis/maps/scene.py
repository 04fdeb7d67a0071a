"""A scene: everything a map says and shows, with nothing drawn yet."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from frontgis.maps.parts import Box, Entry, Ground, Name, Place, Relief, Row
from frontgis.model import AsOf


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Hold a map before it is drawn: its words and figures, its layers, its names."""

    title: str
    subtitle: str
    source: str
    as_of: AsOf
    before: AsOf
    extent: Box
    box: Box
    picture_crs: str
    gained_km2: float
    lost_km2: float
    rows: tuple[Row, ...]
    grounds: tuple[Ground, ...]
    relief: Relief | None
    places: tuple[Place, ...]
    names: tuple[Name, ...]
    legend: tuple[Entry, ...]
    statuses: tuple[tuple[str, str], ...]
    unmapped: str
    notices: tuple[str, ...]
    attributions: tuple[str, ...]
    boundary_set: str

    def ground(self, name: str) -> BaseGeometry | None:
        """Return the named layer's geometry, if the scene has it."""
        return next((ground.geometry for ground in self.grounds if ground.name == name), None)
