"""The static picture: equal areas, live text, the same bytes each time."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely

from frontgis.geo.area import area_km2
from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.render.picture import svg
from frontgis.render.sheet import Sheet
from frontgis.site.maps import draw

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def scene(history: History) -> Scene:
    return draw(history, Recipe())


@pytest.fixture(scope="module")
def sheet(scene: Scene) -> Sheet:
    return Sheet(scene.picture_crs, scene.extent, 1200, 675, (0, 0, 1200, 675))


def ring(path: str) -> np.ndarray:
    """Read one closed ring of path data, in pixels."""
    start, steps = re.fullmatch(r"M([^l]+)l([^z]+)z", path).groups()
    numbers = [[int(number) for number in re.findall(r"-?\d+", part)] for part in (start, steps)]
    return np.cumsum(np.array(numbers[0] + numbers[1]).reshape(-1, 2), axis=0) / 10


def test_two_pictures_of_a_scene_are_the_same_bytes(scene: Scene) -> None:
    assert svg(scene) == svg(scene)


def test_a_picture_stands_alone_with_title_legend_and_sources(scene: Scene) -> None:
    tree = ET.fromstring(svg(scene))
    texts = {"".join(element.itertext()) for element in tree.iter(f"{SVG}text")}
    assert {scene.title, scene.subtitle} <= texts
    assert {entry.words for entry in scene.legend} <= texts
    assert tree.get("viewBox") == "0 0 1200 675"
    assert tree.get("aria-label") == scene.title
    assert not re.search(r"(href|src)=\"(?!data:|#)", svg(scene))


def test_the_pages_picture_has_no_style_of_its_own(scene: Scene) -> None:
    text = svg(scene, words=False)
    assert "<style" not in text
    assert " style=" not in text


def test_every_layer_is_a_named_path(scene: Scene) -> None:
    names = {element.get("class") for element in ET.fromstring(svg(scene)).iter(f"{SVG}path")}
    assert {"land", "sea", "occupied", "gained", "lost", "borders", "front_unmapped"} <= names


def test_areas_are_equal_all_over_the_sheet(scene: Scene, sheet: Sheet) -> None:
    west, south, east, north = scene.extent
    scale = []
    for lon, lat in [(west, south), (east - 0.5, south), (west, north - 0.5), ((west + east) / 2, (south + north) / 2)]:
        square = shapely.segmentize(shapely.box(lon, lat, lon + 0.4, lat + 0.4), 0.01)
        flat = shapely.transform(square, sheet.pixels)
        scale.append(flat.area / area_km2(square))
    assert max(scale) / min(scale) == pytest.approx(1, abs=2e-4)
    assert scale[0] == pytest.approx((1000 / sheet.metres_per_pixel) ** 2, rel=1e-3)


def test_paths_come_back_to_a_tenth_of_a_pixel(scene: Scene, sheet: Sheet) -> None:
    west, south, east, north = scene.extent
    square = shapely.box(west + 0.5, south + 0.5, east - 0.5, north - 0.5)
    drawn = shapely.Polygon(ring(sheet.path(square)))
    assert shapely.hausdorff_distance(drawn, shapely.transform(square, sheet.pixels)) < 0.2


def test_pixels_and_degrees_are_each_others_inverse(sheet: Sheet) -> None:
    pixels = np.array([[0.0, 0.0], [600.0, 300.0], [1200.0, 675.0]])
    assert np.allclose(sheet.pixels(sheet.lonlat(pixels)), pixels, atol=1e-5)
