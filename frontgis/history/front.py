"""The front: the edge of held ground against other land of the theatre, in parts by kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

import shapely
from shapely import LinearRing, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from frontgis.geo.plane import Plane, length_km
from frontgis.geo.polygons import mend, polygons_of
from frontgis.history.control import ALL, WHOLE_MAP
from frontgis.history.division import Division
from frontgis.model import HELD, Side, Snapshot, Status

Kind = Literal["unmapped", "contested", "river", "border", "incursion"]

QUIET_M: Final = 1000
"""Held ground's edge this near to the sea or to quiet foreign land is coast or border, not front."""

_TOUCH_M: Final = 50
"""Ground whose edges lie this near to each other touches; a slit narrower than twice that is no gap."""

_GRID_M: Final = 0.01

COURSE_M: Final = 5000
"""A line this near to a dividing river, the width of a large river's floodplain, runs along it."""


@dataclass(frozen=True)
class Setting:
    """Hold the lasting ground that a front is drawn against (lon/lat): the state, the sea, the rivers that divide."""

    state: BaseGeometry
    abroad: BaseGeometry
    sea: BaseGeometry
    rivers: BaseGeometry
    plane: Plane

    @cached_property
    def _abroad_m(self) -> BaseGeometry:
        return self.plane.project(self.abroad)

    @cached_property
    def near_abroad(self) -> BaseGeometry:
        """Return foreign land and what lies within 1 km of it, in metres."""
        return self._abroad_m.buffer(QUIET_M)

    @cached_property
    def near_state(self) -> BaseGeometry:
        """Return the state and what lies within 1 km of it, in metres."""
        return self.plane.project(self.state).buffer(QUIET_M)

    @cached_property
    def near_sea(self) -> BaseGeometry:
        """Return the sea and what lies within 1 km of it, in metres."""
        return self.plane.project(self.sea).buffer(QUIET_M)

    @cached_property
    def near_rivers(self) -> BaseGeometry:
        """Return the dividing rivers and what lies within 5 km of them, in metres."""
        return self.plane.project(self.rivers).buffer(COURSE_M)


@dataclass(frozen=True, slots=True)
class FrontPart:
    """Hold the parts of one kind of front line, and their geodesic length."""

    kind: Kind
    geometry: MultiLineString
    km: float


@dataclass(frozen=True, slots=True)
class FrontRow:
    """Say how many km of one kind of front lie in a unit, at a tolerance."""

    unit: str
    name: str
    kind: Kind
    km: float
    tolerance_m: float


@dataclass(frozen=True)
class Front:
    """Hold a front line drawn at one tolerance; lengths at other tolerances are not comparable."""

    snapshot: Snapshot
    tolerance_m: float
    parts: tuple[FrontPart, ...]
    km: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "km", sum(part.km for part in self.parts))

    def table(self, division: Division | None = None) -> list[FrontRow]:
        """Return km by kind, in all or by unit; what lies on the sea or in no unit is `sea` or `outside`."""
        if division is None:
            return [FrontRow(ALL, WHOLE_MAP, part.kind, part.km, self.tolerance_m) for part in self.parts]
        return list(self._by_unit(division))

    def _by_unit(self, division: Division) -> Iterator[FrontRow]:
        beyond = (division.sea, shapely.difference(shapely.box(-180, -90, 180, 90), division.sea))
        for part in self.parts:
            within = shapely.intersection(part.geometry, division.units.geometry)
            rest = shapely.difference(part.geometry, division.whole)
            pieces = [*within, *(shapely.intersection(rest, ground) for ground in beyond)]
            for unit, name, piece in zip(division.ids, division.names, pieces, strict=True):
                if (km := length_km(piece)) > 0:
                    yield FrontRow(unit, name, part.kind, km, self.tolerance_m)


def line(snapshot: Snapshot, setting: Setting, *, side: Side = Side.RU, tolerance_m: float = 1000) -> Front:
    """Return the front of a side's held ground, and of the other side's ground abroad, by kind.

    Sea coast and quiet border (within 1 km of foreign land) are no front. Lines are simplified (Douglas and
    Peucker) at `tolerance_m` in the setting's plane before their geodesic length is taken; 0 leaves them as drawn.

    >>> from frontgis.catalog.world.strip import growing
    >>> state, river = shapely.box(36, 47, 40, 50), shapely.LineString([(37, 47), (37, 49)])
    >>> setting = Setting(state, abroad=Polygon(), sea=Polygon(), rivers=river, plane=Plane("+proj=laea +lat_0=48"))
    >>> [(part.kind, round(part.km)) for part in line(growing(37.4)[0], setting).parts]
    [('river', 65), ('contested', 58), ('unmapped', 48)]
    """
    return simplified(edge(snapshot, setting, side=side), setting, tolerance_m=tolerance_m)


@dataclass(frozen=True)
class Edge:
    """Hold a front as it is drawn, in metres and not yet by kind: the edge of held ground and that of an incursion."""

    snapshot: Snapshot
    held: BaseGeometry
    abroad: BaseGeometry
    contested: BaseGeometry


def edge(snapshot: Snapshot, setting: Setting, *, side: Side = Side.RU) -> Edge:
    """Return the edge of a side's held ground and of the other side's ground abroad, without coast and quiet border."""
    plane = setting.plane
    held = without_slits(plane.project(snapshot.ground(HELD[side])))
    abroad = mend(plane.project(snapshot.ground(HELD[_other(side)])))
    contested = mend(plane.project(snapshot.ground({Status.CONTESTED})))
    quiet = shapely.difference(setting.near_abroad, shapely.union(abroad, contested).buffer(QUIET_M))
    lines = _lines(held.boundary, setting.near_sea, quiet)
    return Edge(snapshot, lines, _lines(abroad.boundary, setting.near_state), contested)


def simplified(drawn: Edge, setting: Setting, *, tolerance_m: float) -> Front:
    """Return the front of an edge at a tolerance (metres), by kind."""
    rest = _simple(drawn.held, tolerance_m)
    zones: list[tuple[Kind, BaseGeometry]] = [
        ("border", setting.near_abroad),
        ("river", setting.near_rivers),
        ("contested", drawn.contested.buffer(max(_TOUCH_M, tolerance_m))),
    ]
    found: list[tuple[Kind, BaseGeometry]] = []
    for kind, zone in zones:
        found.append((kind, shapely.intersection(rest, zone)))
        rest = shapely.difference(rest, zone)
    found.append(("unmapped", rest))
    found.append(("incursion", _simple(drawn.abroad, tolerance_m)))
    parts = (_part(kind, shape, setting.plane) for kind, shape in found)
    return Front(drawn.snapshot, tolerance_m, tuple(part for part in parts if part.km > 0))


def without_slits(ground: BaseGeometry) -> BaseGeometry:
    """Return ground (in metres) with the slits filled that its parts leave where a source draws them side by side."""
    whole = shapely.set_precision(mend(ground), _GRID_M)
    closed = mend(whole.buffer(_TOUCH_M, join_style="mitre").buffer(-_TOUCH_M, join_style="mitre"))
    gaps = polygons_of(shapely.difference(shapely.set_precision(closed, _GRID_M), whole))
    parts = polygons_of(shapely.union_all([whole, *gaps], grid_size=_GRID_M))
    return MultiPolygon([Polygon(part.exterior, [ring for ring in part.interiors if _wide(ring)]) for part in parts])


def _wide(ring: LinearRing) -> bool:
    """Tell whether a hole (in metres) is more than a slit that rounding left."""
    return not Polygon(ring).buffer(-_TOUCH_M).is_empty


def _other(side: Side) -> Side:
    return Side.UA if side is Side.RU else Side.RU


def _lines(edge: BaseGeometry, *without: BaseGeometry) -> BaseGeometry:
    for zone in without:
        edge = shapely.difference(edge, zone)
    return shapely.line_merge(edge)


def _simple(lines: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    return shapely.simplify(lines, tolerance_m) if tolerance_m else lines


def _part(kind: Kind, shape: BaseGeometry, plane: Plane) -> FrontPart:
    parts = shapely.get_parts(shape)
    lines = parts[(shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & ~shapely.is_empty(parts)]
    merged = shapely.get_parts(shapely.line_merge(MultiLineString(list(lines))))
    geometry = plane.unproject(MultiLineString([piece for piece in merged if not piece.is_empty]))
    return FrontPart(kind, geometry, length_km(geometry))
