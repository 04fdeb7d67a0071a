"""What happens in the generated world: strokes of status on the ground, and the snapshots that they give."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from frontgis.catalog.world.geography import Geography, to_degrees
from frontgis.catalog.world.shapes import Vertex, blob, faces, polygons, rough
from frontgis.model import AsOf, Provenance, Region, Snapshot, Status

SOURCE: Final = "generated"
FIRST_DAY: Final = date(2024, 3, 1)
MISSING: Final = frozenset({12, 13, 14})
UNCHANGED: Final = frozenset({5, 6, 20})
ROUNDED: Final = 22
REWRITTEN, REWRITTEN_ON = 25, 29

WORDS: Final[dict[Status, str]] = {
    Status.OCCUPIED: "Held by Tarsk",
    Status.OCCUPIED_BEFORE_2022: "Held by Tarsk since the earlier war",
    Status.CONTESTED: "Unknown",
    Status.CLAIMED: "Claimed by Tarsk",
    Status.LIBERATED: "Taken back",
    Status.INCURSION_UA: "Held by Merevia abroad",
    Status.INCURSION_RU: "Crossed by Tarsk",
    Status.HELD_UA: "Reported held by Merevia",
    Status.PRESENCE: "Patrols seen",
    Status.UNMAPPED: "",
}
FRONT: Final[tuple[Vertex, ...]] = ((108, 240), (122, 206), (138, 188), (150, 160), (166, 138))
BANK: Final[Vertex] = (172, 112)


@dataclass(frozen=True, slots=True)
class Stroke:
    """Say that from `day` on the ground inside the outline has a status, as told on the day `known`."""

    day: int
    status: Status
    outline: BaseGeometry
    known: int
    abroad: bool = False


def snapshots(land: Geography, random: Random, *, days: int = 35) -> tuple[Snapshot, ...]:
    """Return one snapshot a day, but for missing days, and a second version of the rewritten day."""
    strokes = _strokes(land, random, days)
    ground = _ground(land, strokes)
    points = shapely.point_on_surface(ground)
    covered = [shapely.contains(stroke.outline, points) for stroke in strokes]
    abroad = shapely.contains(land.abroad, points)

    def status(day: int, known: int) -> NDArray[np.object_]:
        word = np.full(len(ground), Status.UNMAPPED, dtype=object)
        for stroke, inside in zip(strokes, covered, strict=True):
            if stroke.day <= day and stroke.known <= known:
                word[inside & (abroad == stroke.abroad)] = stroke.status
        return word

    reports = [(day, day) for day in range(days) if day not in MISSING]
    if days > REWRITTEN_ON:
        reports.append((REWRITTEN, REWRITTEN_ON))
    return tuple(_snapshot(day, known, ground, status(day, known)) for day, known in reports)


def _strokes(land: Geography, random: Random, days: int) -> list[Stroke]:
    front = _front(land, random)
    strokes = [Stroke(0, status, outline, 0) for status, outline in _at_the_start(land, front, random)]
    strokes += _story(random)
    line = LineString(front)
    for day in range(1, days):
        if day not in UNCHANGED and day != ROUNDED:
            strokes += [_event(day, line, random) for _ in range(1 + day % 3)]
    late = Stroke(REWRITTEN, Status.OCCUPIED, to_degrees(blob((150, 152), 4.2, random)), REWRITTEN_ON)
    return sorted([*strokes, late], key=lambda stroke: stroke.day)


def _front(land: Geography, random: Random) -> list[Vertex]:
    """Return the first day's line, lon/lat: rough ground first, then along the river to beyond the sea."""
    river = [(x, y) for x, y in land.river.coords]
    if river[0][1] < river[-1][1]:
        river.reverse()
    bank = to_degrees(shapely.Point(BANK))
    start = min(range(len(river)), key=lambda index: bank.distance(shapely.Point(river[index])))
    inland = to_degrees(LineString(rough([*FRONT, BANK], random)))
    end = to_degrees(shapely.Point(164, -40))
    return [*((x, y) for x, y in inland.coords[:-1]), *river[start:], (end.x, end.y)]


def _at_the_start(land: Geography, front: list[Vertex], random: Random) -> Iterator[tuple[Status, BaseGeometry]]:
    east = to_degrees(Polygon([(420, -40), (420, 300), (108, 300)]))
    held = Polygon([*front, *east.exterior.coords[:-1]])
    north = LineString(front[: len(front) // 3])
    yield Status.PRESENCE, to_degrees(blob((140, 128), 16, random))
    yield Status.HELD_UA, to_degrees(blob((118, 150), 9, random))
    yield Status.CONTESTED, north.buffer(0.03, quad_segs=3)
    yield Status.OCCUPIED, held
    yield Status.OCCUPIED_BEFORE_2022, land.units[8]
    yield Status.OCCUPIED_BEFORE_2022, to_degrees(blob((284, 84), 34, random))


def _story(random: Random) -> Iterator[Stroke]:
    """Yield the events that the tests and the page count on: each status comes, and some go."""
    script: tuple[tuple[int, Status, Vertex, float, bool], ...] = (
        (0, Status.INCURSION_UA, (214, 206), 13, True),
        (0, Status.LIBERATED, (140, 92), 9, False),
        (2, Status.INCURSION_RU, (60, 226), 6, False),
        (3, Status.CLAIMED, (150, 128), 4, False),
        (7, Status.UNMAPPED, (140, 92), 3, False),
        (8, Status.CONTESTED, (60, 226), 8, False),
        (10, Status.LIBERATED, (158, 166), 6, False),
        (15, Status.OCCUPIED, (140, 180), 8, False),
        (16, Status.UNMAPPED, (214, 214), 9, True),
        (18, Status.UNMAPPED, (60, 226), 13, False),
        (24, Status.OCCUPIED, (160, 168), 5, False),
        (27, Status.CONTESTED, (150, 128), 5, False),
        (31, Status.UNMAPPED, (222, 204), 6, True),
    )
    for day, status, centre, radius, abroad in script:
        yield Stroke(day, status, to_degrees(blob(centre, radius, random)), day, abroad)


def _event(day: int, front: LineString, random: Random) -> Stroke:
    """Return one small event beside the line: ground taken, turned grey, or given up."""
    status = random.choices((Status.OCCUPIED, Status.CONTESTED, Status.UNMAPPED), weights=(6, 3, 1))[0]
    spot = front.interpolate(0.12 + 0.38 * random.random(), normalized=True)
    west = 0.002 + 0.0008 * day
    outline = to_degrees(blob((0, 0), (1.6 if status is Status.UNMAPPED else 3.0) + 2.4 * random.random(), random))
    origin = to_degrees(shapely.Point(0, 0))
    shift = np.round(np.array([spot.x - west - origin.x, spot.y - origin.y]), 6)
    return Stroke(day, status, shapely.transform(outline, lambda xy: np.round(xy + shift, 6)), day)


def _ground(land: Geography, strokes: list[Stroke]) -> NDArray[np.object_]:
    """Return the faces of the land between all outlines: noded once, so that every day shares its edges."""
    outlines = [line for stroke in strokes for line in _rings(stroke.outline)]
    lines = [*_rings(land.home), *_rings(land.abroad), *outlines]
    ground = faces(lines, grid=1e-6)
    states = shapely.union_all([land.home, land.abroad])
    return np.asarray(ground[shapely.contains(states, shapely.point_on_surface(ground))])


def _rings(geometry: BaseGeometry) -> list[LineString]:
    return [
        LineString(ring.coords) for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)
    ]


def _snapshot(day: int, known: int, ground: NDArray[np.object_], words: NDArray[np.object_]) -> Snapshot:
    regions = tuple(
        Region(status, WORDS[status], _as_drawn(ground[words == status], seventh_decimal=day != ROUNDED))
        for status in Status
        if status is not Status.UNMAPPED and (words == status).any()
    )
    content = b"".join(region.status.encode() + shapely.to_wkb(region.geometry) for region in regions)
    when = FIRST_DAY + timedelta(days=day)
    published = datetime.combine(FIRST_DAY + timedelta(days=known + 1), time(3), UTC)
    return Snapshot(
        source=SOURCE,
        as_of=AsOf.day(when),
        regions=regions,
        provenance=Provenance(
            file=f"generated-{when:%Y%m%d}{'-rewritten' if known > day else ''}.geojson",
            sha256=hashlib.sha256(content).hexdigest(),
            published=AsOf.instant(published),
        ),
    )


def _as_drawn(parts: NDArray[np.object_], *, seventh_decimal: bool) -> MultiPolygon:
    """Return the parts as one; a source that writes seven decimals says more than a grid of six can hold."""
    whole = polygons(shapely.coverage_union_all(parts))
    return shapely.transform(whole, _seventh_decimal) if seventh_decimal else whole


def _seventh_decimal(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move every vertex by less than half a grid step, the same vertex always by the same."""
    steps = np.round(degrees * 1e6).astype(np.int64)
    turn = (steps[:, :1] * 7919 + steps[:, 1:] * 104729) % 9 - 4
    return np.round(degrees + np.hstack((turn, -turn)) * 1e-7, 7)
