"""Naval exposure of made-up ground on the shipped coast."""

import hashlib
import shutil
from itertools import pairwise

import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.analysis import shores
from frontgis.analysis.coarse import coarse
from frontgis.analysis.naval import expose
from frontgis.analysis.waters import waters_of
from frontgis.catalog import Catalog, shipped
from frontgis.geo.area import area_km2
from frontgis.geo.plane import length_km
from frontgis.model import InputError, NotFoundError, Side, Status
from tests.builders import snapshot

PENINSULA = shapely.box(32.4, 44.3, 36.7, 46.0)
SPIT = shapely.box(31.45, 46.2, 32.3, 46.58)
SNAKE = (30.204, 45.255)


def exposed(*ground, day="2025-03-28", others=()):
    regions = [(Status.OCCUPIED, shapely.union_all(ground)), *others] if ground else list(others)
    return expose(snapshot(day, regions), shipped())


@pytest.fixture(scope="module")
def both():
    return exposed(PENINSULA, SPIT)


WEST, SOUTH = st.integers(28, 35), st.integers(44, 46)
BOXES = st.lists(st.builds(lambda w, s: shapely.box(w, s, w + 1, s + 1), WEST, SOUTH), min_size=1, max_size=3)


@settings(max_examples=6)
@given(BOXES, BOXES)
def test_exposure_never_falls_where_held_coast_grows(some, more):
    less, grown = exposed(*some), exposed(*some, *more)
    assert (grown.count(Side.RU) >= less.count(Side.RU)).all()
    assert (grown.count(Side.UA) <= less.count(Side.UA)).all()


def test_exposure_grows_with_range(both):
    for side in Side:
        reached = [both.reached(side, missile) for missile in both.classes[side]]
        ranges = [missile.range_km for missile in both.classes[side]]
        assert ranges == sorted(ranges)
        assert all((near <= far).all() for near, far in pairwise(reached))
        assert (both.count(side) == np.sum(reached, axis=0)).all()


def test_areas_of_raster_and_polygons_agree(both):
    for side in Side:
        for missile in both.classes[side]:
            ground = both.ground(side, missile)
            assert ground.is_valid
            off = abs(int(both.reached(side, missile).sum()) - area_km2(ground))
            assert off <= 0.02 * length_km(ground.boundary)


def test_the_waters_are_those_of_the_sea(both):
    cells = int(both.waters.wet.sum())
    sea = both.waters.plane.unproject(both.waters.sea)
    assert cells == pytest.approx(area_km2(sea), rel=0.002)
    odesa, south = both.waters.near(30.9, 46.4, km=3), both.waters.near(33.6, 44.1, km=3)
    assert both.waters.depth_m[odesa].max() < 30
    assert both.waters.depth_m[south].min() > 1000
    assert {both.waters.zones[zone - 1] for zone in both.waters.zone[odesa]} == {"UKR"}


def test_a_place_is_as_near_as_the_nearest_held_coast():
    (odesa,) = shores.ports(shipped(), "Odesa")
    near = exposed(shapely.Point(33.52, 44.62).buffer(0.01))
    assert near.km(odesa, Side.RU) == pytest.approx(299.9, abs=3)
    assert near.km(odesa, Side.UA) < 1
    nowhere = exposed(shapely.box(37, 48, 38, 49))
    assert nowhere.km(odesa, Side.RU) is None
    row = nowhere.rows([odesa], within_km=50)[0]
    assert (row.coast_held_by, row.km, row.exposed_share) == ("ru", None, 0)
    assert {share.reaches for share in row.classes} == {None}


def test_the_other_sides_coast_is_neither_held_nor_contested(both):
    (odesa,) = shores.ports(shipped(), "odesa")
    fought = exposed(PENINSULA, others=[(Status.CONTESTED, shapely.box(29, 46, 32.2, 47))])
    assert fought.km(odesa, Side.UA) > 50
    lines = shapely.multilinestrings(list(both.coast[Side.UA]))
    assert both.waters.plane.unproject(lines).distance(shapely.Point(34.2, 44.5)) > 0.3


def test_an_island_that_a_map_leaves_out_is_held_until_the_row_ends():
    (izmail,) = shores.ports(shipped(), "izmail")
    drawn = [(Status.LIBERATED, shapely.Point(SNAKE).buffer(0.02))]
    held, left, freed = (
        exposed(PENINSULA, day="2022-06-30").km(izmail, Side.RU),
        exposed(PENINSULA, day="2022-07-01").km(izmail, Side.RU),
        exposed(PENINSULA, day="2022-06-30", others=drawn).km(izmail, Side.RU),
    )
    assert held == pytest.approx(107, abs=1)
    assert left == freed > 200


def test_what_is_published_is_coarse_and_hides_no_reach(both):
    found = coarse(both)
    row, column = (axis // 5 for axis in np.nonzero(both.waters.wet))
    cell = {place: number for number, place in enumerate(zip(found.row.tolist(), found.column.tolist(), strict=True))}
    within = np.array([cell[place] for place in zip(row.tolist(), column.tolist(), strict=True)])
    assert found.water_km2.sum() == both.waters.wet.sum()
    for side in Side:
        for number, missile in enumerate(both.classes[side]):
            fine = both.reached(side, missile)
            assert (found.reached[side][number] == (np.bincount(within, fine) > 0)).all()
        assert (found.km[side] % 5 == 0).all()
        assert (np.abs(found.km[side][within] - both.distance_m[side] / 1000) < 2.5 + 5 * np.sqrt(2)).all()


@pytest.fixture
def layers(root, tmp_path):
    folder = tmp_path / "layers"
    shutil.copytree(root / "layers", folder)
    return folder


def with_relief(layers, crs, heights, bounds=(21, 43, 43, 54)):
    rows, columns = heights.shape
    west, south, east, north = bounds
    to_degrees = rasterio.Affine((east - west) / columns, 0, west, 0, (south - north) / rows, north)
    shape = {"width": columns, "height": rows, "count": 1, "dtype": "int16", "nodata": -32768}
    with rasterio.open(layers / "relief.tif", "w", crs=crs, transform=to_degrees, **shape) as raster:
        raster.write(heights, 1)
    return resealed(layers, "relief")


def resealed(layers, name):
    catalog = Catalog(layers)
    card, sha256 = layers / f"{name}.toml", catalog.card(name).sha256
    digest = hashlib.sha256((layers / catalog.card(name).file).read_bytes()).hexdigest()
    card.write_text(card.read_text("utf-8").replace(sha256, digest), "utf-8")
    return Catalog(layers)


FLAT = np.full((110, 220), -50, dtype=np.int16)


def test_a_raster_without_a_crs_is_refused(layers):
    with pytest.raises(InputError, match=r"relief\.tif has no CRS"):
        waters_of(with_relief(layers, None, FLAT))


def test_a_hole_in_the_raster_is_refused(layers):
    holed = FLAT.copy()
    holed[75:78, 95:98] = -32768
    with pytest.raises(InputError, match=r"relief\.tif has no value for \d+ of \d+ km² of water"):
        waters_of(with_relief(layers, "EPSG:4326", holed))
    with pytest.raises(InputError, match="has no value"):
        waters_of(with_relief(layers, "EPSG:4326", FLAT, bounds=(21, 45, 43, 54)))


def test_a_file_that_is_no_raster_is_refused(layers):
    (layers / "relief.tif").write_bytes(b"II*\0 and no more")
    with pytest.raises(InputError, match="cannot be read as a raster"):
        waters_of(resealed(layers, "relief"))


def test_a_theatre_without_waters_says_so(layers):
    card = layers / "theatre.toml"
    card.write_text(card.read_text("utf-8").replace("[waters]", "[elsewhere]"), "utf-8")
    with pytest.raises(NotFoundError, match="names no waters"):
        waters_of(Catalog(layers))


def test_an_unknown_port_lists_those_there_are():
    with pytest.raises(NotFoundError, match="no port 'Varna': ports are odesa, chornomorsk, pivdennyi, izmail"):
        shores.ports(shipped(), "Varna")
    assert shores.ports(shipped(), "Ізмаїл") == shores.ports(shipped(), "IZMAIL")
