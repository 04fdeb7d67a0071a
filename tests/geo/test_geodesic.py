"""Buffers against the geodesic problem as GeographicLib solves it, and the horizon against tangents to the earth."""

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from frontgis.geo import geodesic, horizon
from frontgis.geo.area import area_km2
from frontgis.model import InputError

GEOD = Geod(ellps="WGS84")
BENT = shapely.Polygon([(30, 46), (34, 46), (34, 47.5), (32, 47.46), (31.9, 46.4), (30, 47.5)])


@pytest.mark.parametrize("km", [5, 55.2, 400])
@pytest.mark.parametrize(("lon", "lat"), [(30.75, 46.49), (22.3, 53.9), (42.9, 44.1)])
def test_a_circle_is_true_at_360_azimuths(lon: float, lat: float, km: float) -> None:
    found = geodesic.buffer(shapely.Point(lon, lat), km)
    inner, outer = [], []
    for azimuth in range(360):
        for factor, points in ((1 - geodesic.ACCURACY, inner), (1 + geodesic.ACCURACY, outer)):
            there = Geodesic.WGS84.Direct(lat, lon, azimuth, 1000 * km * factor)
            points.append((there["lon2"], there["lat2"]))
    assert shapely.contains_xy(found, np.array(inner)).all()
    assert not shapely.contains_xy(found, np.array(outer)).any()


@pytest.mark.parametrize("km", [50, 400])
def test_the_edge_of_a_buffer_lies_at_its_radius(km: float) -> None:
    edge = shapely.get_coordinates(shapely.segmentize(geodesic.buffer(BENT, km).boundary, 0.2))
    source = shapely.get_coordinates(shapely.segmentize(BENT.boundary, 0.02))
    lon, lat = np.repeat(edge, len(source), axis=0).T
    metres = GEOD.inv(lon, lat, *np.tile(source, (len(edge), 1)).T)[2]
    nearest = np.asarray(metres).reshape(len(edge), -1).min(axis=1) / 1000
    assert np.abs(nearest / km - 1).max() < geodesic.ACCURACY


def test_what_lies_within_is_filled_though_the_rest_is_left_out() -> None:
    within = shapely.box(27, 44, 31, 50)
    whole, part = geodesic.buffer(BENT, 120), geodesic.buffer(BENT, 120, within=within)
    assert area_km2(shapely.difference(shapely.intersection(whole, within), part)) < 1e-6
    assert area_km2(shapely.difference(part, whole)) < 1e-6


@settings(max_examples=15)
@given(st.floats(1, 300), st.floats(1.01, 2))
def test_a_buffer_grows_with_its_radius(km: float, factor: float) -> None:
    less, more = geodesic.buffer(BENT, km), geodesic.buffer(BENT, km * factor)
    assert area_km2(more) > area_km2(less) > area_km2(BENT)
    assert area_km2(shapely.difference(BENT, less)) < area_km2(BENT) * 1e-4


@pytest.mark.parametrize("km", [-1.0, math.inf, math.nan])
def test_a_distance_is_a_number_of_km(km: float) -> None:
    with pytest.raises(InputError, match="0 km or more"):
        geodesic.buffer(BENT, km)


@pytest.mark.parametrize("place", [(30, 83), (179, 48)])
def test_poles_and_the_180th_meridian_are_refused(place: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="reaches past"):
        geodesic.buffer(shapely.Point(place), 400)


def test_nothing_has_no_buffer() -> None:
    assert geodesic.buffer(shapely.Polygon(), 10).is_empty


@given(st.floats(0, 100), st.floats(0, 30_000), st.sampled_from(list(horizon.REFRACTION.values())))
def test_a_ray_over_the_horizon_touches_the_enlarged_earth(antenna: float, target: float, k: float) -> None:
    radius = k * horizon.EARTH_KM
    tangents = [math.sqrt((radius + height / 1000) ** 2 - radius**2) for height in (antenna, target)]
    assert horizon.horizon_km(antenna, target, k=k) == pytest.approx(sum(tangents), rel=2e-3)


@pytest.mark.parametrize("heights", [(-1, 50), (40, -1), (math.nan, 1)])
def test_a_height_is_above_ground(heights: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="heights of 0 m or more"):
        horizon.horizon_km(*heights)
