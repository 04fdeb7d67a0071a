"""The land of the generated world: sea, two states, units that tile them, a river, a lake, settlements."""

from dataclasses import dataclass
from random import Random
from typing import Final, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from frontgis.catalog.world.names import Name, settlement_names
from frontgis.catalog.world.shapes import Vertex, blob, cell_borders, faces, nearest, polygons, rough

Shape = TypeVar("Shape", bound=BaseGeometry)

GRID_KM: Final = 1e-4
FRAME_KM: Final = (-120.0, -60.0, 480.0, 330.0)
BOX_KM: Final = (0.0, 0.0, 360.0, 260.0)
LON0, LAT0 = -150.0, 38.0  # the open North Pacific: nobody's ground
KM_LON, KM_LAT = 86.6, 111.0  # km in one degree, near enough for a drawing

COAST: Final[tuple[Vertex, ...]] = (
    (-140, 40), (-60, 70), (-12, 58), (28, 74), (62, 52), (96, 68), (128, 46), (158, 60), (196, 58), (222, 48),
    (226, 26), (252, 12), (276, 24), (264, 50), (292, 58), (324, 40), (372, 52), (430, 20), (500, 48),
)  # fmt: skip
BORDER: Final[tuple[Vertex, ...]] = (
    (-2, -60), (2, 70), (-6, 122), (10, 168), (4, 212), (60, 232), (118, 208), (176, 196), (238, 188), (282, 152),
    (298, 108), (306, -60),
)  # fmt: skip
RIVER: Final[tuple[Vertex, ...]] = (
    (240, 345), (206, 220), (186, 182), (196, 146), (172, 112), (174, 84), (164, 40),
)  # fmt: skip
HOME_SEEDS: Final[tuple[Vertex, ...]] = (
    (36, 186), (34, 112), (98, 158), (104, 92), (150, 172), (158, 104), (226, 150), (238, 92), (250, 28),
)  # fmt: skip
ABROAD_SEEDS: Final[tuple[Vertex, ...]] = ((70, 270), (236, 238), (350, 130), (-70, 140))


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one settlement: its names, where it lies (unit index), how large, its label rank, its precision."""

    name: Name
    lon: float
    lat: float
    unit: int
    population: int
    rank: int
    precision_m: int


@dataclass(frozen=True)
class Geography:
    """Hold the layers of one generated land (lon/lat, six decimals); units and sea tile the frame, home and abroad."""

    box: Polygon
    frame: Polygon
    sea: MultiPolygon
    home: MultiPolygon
    abroad: MultiPolygon
    units: tuple[MultiPolygon, ...]
    coast: BaseGeometry
    river: LineString
    river_water: MultiPolygon
    lake: MultiPolygon
    places: tuple[Place, ...]


def to_degrees(geometry: Shape) -> Shape:
    """Turn plane kilometres into lon/lat with six decimals."""

    def degrees(km: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(km / (KM_LON, KM_LAT) + (LON0, LAT0), 6)

    return shapely.transform(geometry, degrees)


def geography(random: Random) -> Geography:
    """Return the land that follows from the random numbers."""
    frame = shapely.box(*FRAME_KM)
    coast, border, river = (rough(line, random, roughness=0.19) for line in (COAST, BORDER, RIVER))
    islet = blob((70, 26), 9, random)
    south = shapely.make_valid(Polygon([*coast, (520, -90), (-160, -90)])).difference(islet)
    home = shapely.make_valid(Polygon(border))
    borders = cell_borders(HOME_SEEDS, frame, random) + cell_borders(ABROAD_SEEDS, frame, random)
    lines = [frame.exterior, LineString(coast), islet.exterior, LineString(border), *borders]
    cells = faces([LineString(line.coords) for line in lines], grid=GRID_KM)
    owners = _owners(cells, frame, south, home)
    units = tuple(_joined(cells[owners == index]) for index in range(1, 1 + len(HOME_SEEDS) + len(ABROAD_SEEDS)))
    return _in_degrees(frame, _joined(cells[owners == 0]), units, LineString(river), random)


def _owners(cells: NDArray[np.object_], frame: Polygon, south: BaseGeometry, home: BaseGeometry) -> NDArray[np.int64]:
    """Return for every cell -1 off the map, 0 for sea, or 1 + the index of its unit."""

    def owner(point: Point) -> int:
        if not frame.contains(point):
            return -1
        if south.contains(point):
            return 0
        if home.contains(point):
            return 1 + nearest(HOME_SEEDS, point)
        return 1 + len(HOME_SEEDS) + nearest(ABROAD_SEEDS, point)

    return np.array([owner(cell.representative_point()) for cell in cells])


def _in_degrees(
    frame: Polygon, sea: MultiPolygon, units: tuple[MultiPolygon, ...], river: LineString, random: Random
) -> Geography:
    home, abroad = _joined(units[: len(HOME_SEEDS)]), _joined(units[len(HOME_SEEDS) :])
    land = shapely.union_all(units)
    inland = max(shapely.get_parts(river.intersection(land)), key=lambda part: part.length)
    return Geography(
        box=to_degrees(shapely.box(*BOX_KM)),
        frame=to_degrees(frame),
        sea=to_degrees(sea),
        home=to_degrees(home),
        abroad=to_degrees(abroad),
        units=tuple(to_degrees(unit) for unit in units),
        coast=to_degrees(shapely.line_merge(sea.boundary.intersection(land.boundary))),
        river=to_degrees(inland),
        river_water=to_degrees(_joined([inland.buffer(0.35, quad_segs=2).intersection(land)])),
        lake=to_degrees(_joined([blob((92, 128), 6, random)])),
        places=_places(units, random),
    )


def _joined(parts: object) -> MultiPolygon:
    return polygons(shapely.union_all(np.array(parts, dtype=object)))


def _places(units: tuple[MultiPolygon, ...], random: Random, each: int = 6) -> tuple[Place, ...]:
    names = iter(settlement_names(each * len(units), random))
    return tuple(
        _place(next(names), index, rank, unit, random) for index, unit in enumerate(units) for rank in range(each)
    )


def _place(name: Name, unit: int, rank: int, ground: MultiPolygon, random: Random) -> Place:
    inside = ground.buffer(-3.0)
    west, south, east, north = inside.bounds
    spots = (
        Point(west + (east - west) * random.random(), south + (north - south) * random.random()) for _ in range(1000)
    )
    spot = to_degrees(next(spot for spot in spots if inside.contains(spot)))
    population = int(10 ** (5.4 - 0.45 * rank + 0.3 * random.random()))
    return Place(name, spot.x, spot.y, unit, population, rank + 1, 2000 if rank == 0 else 500)
