"""What a reader sees and can do, measured in a browser."""

import io
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from PIL import Image
from shapely.geometry.base import BaseGeometry

from frontgis.history import History
from frontgis.maps.parts import Place
from frontgis.maps.scene import Scene
from frontgis.maps.style import HELD_ALPHA, LIGHT
from frontgis.render.labels import STYLES, width
from frontgis.render.leaflet import leaflet
from frontgis.render.page import page as page_of
from frontgis.render.shelf import leaflet_script

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


def pixel(opened: Any, lon: float, lat: float) -> tuple[int, int, int]:
    """Return the colour on the screen at a place."""
    x, y = opened.do(
        """([lon, lat]) => {
            const map = frontgis.state.map;
            const point = map.latLngToContainerPoint([lat, lon]);
            const box = map.getContainer().getBoundingClientRect();
            return [point.x + box.left, point.y + box.top];
        }""",
        [lon, lat],
    )
    shot = Image.open(io.BytesIO(opened.page.screenshot())).convert("RGB")
    return shot.getpixel((round(x), round(y)))


def colour(code: str) -> tuple[int, ...]:
    return tuple(int(code[start : start + 2], 16) for start in (1, 3, 5))


def near(one: tuple[int, ...], other: tuple[int, ...], *, within: int = 6) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def plain_spot(scene: Scene, inside: BaseGeometry, *, without: tuple[str, ...] = ()) -> tuple[float, float]:
    """Return the roomiest point of a shape, away from every other layer, name and line."""
    others = [layer.geometry for layer in scene.grounds if layer.name not in ("land", "occupied", *without)]
    lines = [layer.geometry.boundary for layer in scene.grounds if layer.geometry.geom_type.endswith("Polygon")]
    marks = [shapely.Point(place.lon, place.lat).buffer(0.12) for place in scene.places]
    marks += [shapely.Point(name.lon, name.lat).buffer(0.25) for name in scene.names]
    free = inside.difference(shapely.union_all([*others, *lines, *marks]).buffer(0.02))
    middle = shapely.maximum_inscribed_circle(free).coords[0]
    return middle[0], middle[1]


def test_it_opens_from_a_file_with_the_network_shut(opened: Open) -> None:
    page = opened().until_drawn()
    page.page.wait_for_timeout(300)
    assert page.requests == []
    assert page.complaints == []


def test_held_ground_is_tinted_and_other_ground_is_not(opened: Open, scene: Scene) -> None:
    page = opened().until_drawn()
    held, land = scene.ground("occupied"), scene.ground("land")
    assert held is not None
    assert land is not None
    tint = tuple(
        round(HELD_ALPHA * top + (1 - HELD_ALPHA) * ground)
        for top, ground in zip(colour(LIGHT.held), colour(LIGHT.land), strict=True)
    )
    assert near(pixel(page, *plain_spot(scene, held)), tint)
    assert near(pixel(page, *plain_spot(scene, land.difference(held))), colour(LIGHT.land))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_view_stands_still_once_drawn(opened: Open, width: int) -> None:
    page = opened(width=width).until_drawn()
    first = page.do("frontgis.state.map.getBounds().toBBoxString()")
    page.page.wait_for_timeout(600)
    assert page.do("frontgis.state.map.getBounds().toBBoxString()") == first


def test_change_is_in_full_colour(opened: Open, scene: Scene) -> None:
    page = opened().until_drawn()
    for name, code in (("gained", LIGHT.gained), ("lost", LIGHT.lost)):
        shape = scene.ground(name)
        assert shape is not None
        whole = max(shapely.get_parts(shape), key=lambda part: part.area)
        spot = shapely.maximum_inscribed_circle(whole).coords[0]
        assert near(pixel(page, spot[0], spot[1]), colour(code), within=12), name


def test_a_switch_takes_its_layer_off_and_back(opened: Open, scene: Scene) -> None:
    page = opened().until_drawn()
    held = scene.ground("occupied")
    assert held is not None
    spot = plain_spot(scene, held)
    before = pixel(page, *spot)
    switch = page.page.locator('li[data-layers="occupied"] input')
    switch.focus()
    page.page.keyboard.press("Space")
    assert near(pixel(page, *spot), colour(LIGHT.land))
    page.page.keyboard.press("Space")
    assert pixel(page, *spot) == before


def test_names_do_not_overlap_at_whole_zooms(opened: Open, scene: Scene) -> None:
    west, south, east, north = scene.focus
    page = opened().until_drawn()
    for zoom in range(5, 13):
        page.do(
            "([lat, lon, zoom]) => { frontgis.state.map.setView([lat, lon], zoom, {animate: false}); }",
            [(south + north) / 2, (west + east) / 2, zoom],
        )
        names = page.do("frontgis.state.labels()")
        assert names
        for one, other in itertools.combinations(names, 2):
            a, b = one["box"], other["box"]
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (zoom, one["text"], other["text"])


def test_names_are_as_wide_as_the_page_was_told(opened: Open) -> None:
    page = opened().until_drawn()
    widths = page.do(
        """() => {
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = '600 15px frontgis-sans';
            return ['Kherson', 'Донецьк', 'Iași −12 km²'].map((text) => pen.measureText(text).width);
        }"""
    )
    expected = [width(text, STYLES["city"]) for text in ("Kherson", "Донецьк", "Iași −12 km²")]
    assert widths == pytest.approx(expected, rel=0.02)


def test_a_click_says_status_date_and_source_as_text(opened: Open, scene: Scene) -> None:
    page = opened().until_drawn()
    held = scene.ground("occupied")
    assert held is not None
    lon, lat = plain_spot(scene, held)
    page.do("([lon, lat]) => frontgis.state.map.fire('click', {latlng: L.latLng(lat, lon)})", [lon, lat])
    said = page.page.locator(".ground").inner_text()
    assert dict(scene.statuses)["occupied"] in said
    assert str(scene.as_of) in said


def test_a_row_takes_the_map_to_its_unit(opened: Open, scene: Scene) -> None:
    page = opened(reduced_motion="reduce").until_drawn()
    row = scene.rows[0]
    button = page.page.get_by_role("button", name=row.name)
    button.focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_timeout(200)
    centre = page.do("frontgis.state.map.getCenter()")
    west, south, east, north = row.box
    assert west < centre["lng"] < east
    assert south < centre["lat"] < north
    assert page.do("location.hash").startswith("#map=")


def test_a_link_opens_where_its_sender_looked(opened: Open, scene: Scene) -> None:
    west, south, east, north = scene.focus
    page = opened(fragment=f"#map=9/{(south + north) / 2:.4f}/{(west + east) / 2:.4f}").until_drawn()
    centre = page.do("frontgis.state.map.getCenter()")
    assert page.do("frontgis.state.map.getZoom()") == 9
    assert centre["lat"] == pytest.approx((south + north) / 2, abs=0.01)
    assert centre["lng"] == pytest.approx((west + east) / 2, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_nothing_sticks_out_of_the_screen(opened: Open, scheme: str, width: int, height: int) -> None:
    page = opened(width=width, height=height, color_scheme=scheme).until_drawn()
    assert page.do("document.documentElement.scrollWidth") <= width
    size = page.do("(({x, y}) => [x, y])(frontgis.state.map.getSize())")
    assert size[0] == width
    assert size[1] > 0.6 * height
    assert page.complaints == []


def test_dark_is_dark(opened: Open, scene: Scene) -> None:
    land, held = scene.ground("land"), scene.ground("occupied")
    assert land is not None
    assert held is not None
    page = opened(color_scheme="dark").until_drawn()
    assert max(pixel(page, *plain_spot(scene, land.difference(held)))) < 80
    page.page.emulate_media(color_scheme="light")
    assert near(pixel(page, *plain_spot(scene, land.difference(held))), colour(LIGHT.land))


def test_without_script_there_are_picture_title_legend_and_table(opened: Open, scene: Scene) -> None:
    page = opened(java_script_enabled=False).page
    picture = page.locator("#frontgis-picture svg")
    assert picture.is_visible()
    assert picture.bounding_box()["width"] > 1000
    assert page.locator("h1").inner_text().replace("\xa0", " ") == scene.title
    assert page.locator("table tbody tr").count() == len(scene.rows)
    assert page.locator(".legend li").count() == len(scene.legend)
    assert page.locator("table").is_visible()
    assert not page.locator(".folium-map").is_visible()


def test_print_is_one_landscape_page_with_the_picture(opened: Open) -> None:
    page = opened().until_drawn().page
    page.emulate_media(media="print")
    assert page.locator("#frontgis-picture svg").is_visible()
    assert not page.locator(".folium-map").is_visible()
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 841.91998 594.95996]" in pdf


def test_the_first_full_draw_is_marked(opened: Open) -> None:
    page = opened().until_drawn()
    assert page.do("performance.getEntriesByName('frontgis-drawn').length") == 1


def test_a_hand_made_page_with_a_request_is_caught(opened: Open, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><title>x</title><img src='https://example.org/x.png'>", "utf-8")
    page = opened(source=bad)
    page.page.wait_for_timeout(200)
    assert page.requests == ["https://example.org/x.png"]


def test_a_notebooks_map_draws_and_credits_itself(opened: Open, scene: Scene, tmp_path: Path) -> None:
    bare = tmp_path / "notebook.html"
    shell = leaflet(scene).get_root().render()
    shell = re.sub(r'<script src="[^"]*leaflet\.js"></script>', lambda _: f"<script>{leaflet_script()}</script>", shell)
    bare.write_text(shell, "utf-8", newline="\n")
    page = opened(source=bare).until_drawn()
    assert scene.attributions[0] in page.page.locator(".frontgis-credit").inner_text()
    assert page.do("frontgis.state.labels().length") > 3


def test_hostile_names_do_nothing_in_a_browser(opened: Open, scene: Scene, tmp_path: Path) -> None:
    bad = "</script><img src=x onerror=alert(1)>`${alert(1)}`{{ 7 * 191 }}\u202e"
    west, south, east, north = scene.extent
    place = Place(bad, (west + east) / 2, (south + north) / 2, "city", 1, 5)
    worst = replace(
        scene,
        title=bad,
        subtitle=bad,
        places=(place,),
        statuses=tuple((status, bad) for status, _ in scene.statuses),
        unmapped=bad,
        attributions=(bad,),
        notices=(bad,),
        legend=tuple(replace(entry, words=bad) for entry in scene.legend),
        rows=tuple(replace(row, name=bad) for row in scene.rows),
    )
    target = tmp_path / "hostile.html"
    target.write_text(page_of(leaflet(worst)), "utf-8", newline="\n")
    page = opened(source=target).until_drawn()
    page.do("([lon, lat]) => frontgis.state.map.fire('click', {latlng: L.latLng(lat, lon)})", [place.lon, place.lat])
    page.page.wait_for_timeout(200)
    shown = bad.removesuffix("\u202e")
    assert page.page.locator("h1").inner_text().replace("\xa0", " ") == shown
    assert shown in page.page.locator(".ground").inner_text()
    assert page.page.locator("img").count() == 0
    assert (page.requests, page.complaints) == ([], [])


def test_one_version_says_so(opened: Open, scene: Scene, tmp_path: Path) -> None:
    still = replace(scene, before=scene.as_of, rows=(), gained_km2=0.0, lost_km2=0.0, incursion=None, timeline=None)
    target = tmp_path / "still.html"
    target.write_text(page_of(leaflet(still)), "utf-8", newline="\n")
    page = opened(source=target).until_drawn()
    assert page.page.locator("table").count() == 0
    assert "No ground changed hands" in page.page.locator("#frontgis-panel").inner_text()
    assert page.complaints == []


@pytest.mark.parametrize("language", ["name", "name_uk", "name_ru"])
def test_a_place_is_found_in_any_spelling(opened: Open, history: History, scene: Scene, language: str) -> None:
    settlements = history.catalog.settlements()
    named = {place.name for place in scene.places}
    west, south, east, north = scene.extent
    row = min(
        (index for index in range(len(settlements)) if settlements.name[index] in named),
        key=lambda row: abs(settlements.lon[row] - (west + east) / 2) + abs(settlements.lat[row] - (south + north) / 2),
    )
    page = opened(reduced_motion="reduce").until_drawn()
    page.page.get_by_label("Find a place").fill(getattr(settlements, language)[row].lower())
    page.page.locator("#frontgis-search li button").first.click()
    centre = page.do("frontgis.state.map.getCenter()")
    assert page.page.locator(".leaflet-tooltip").inner_text() == settlements.name[row]
    assert centre["lat"] == pytest.approx(settlements.lat[row], abs=0.02)
    assert centre["lng"] == pytest.approx(settlements.lon[row], abs=0.02)


def test_a_place_that_is_not_there_is_said_so(opened: Open) -> None:
    page = opened().until_drawn()
    page.page.get_by_label("Find a place").fill("Xqzvw")
    assert page.page.locator("#frontgis-search ul").inner_text() == "No such place on this map"


def test_where_the_map_cannot_be_drawn_the_picture_stays(opened: Open, path: Path, tmp_path: Path) -> None:
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text("utf-8"))
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace('"strength":{', '"weakness":{'), "utf-8", newline="\n")
    page = opened(source=broken)
    page.page.wait_for_timeout(1000)
    assert page.complaints
    assert page.page.locator("#frontgis-picture svg").is_visible()
    assert page.page.locator("table").is_visible()
