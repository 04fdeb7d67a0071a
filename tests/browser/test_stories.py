"""Stories in a browser: symbols with a tip and a click, and units that wait to be switched on."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from frontgis.catalog.world import generate
from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.render.leaflet import leaflet
from frontgis.render.page import page as page_of
from frontgis.site.maps import draw
from tests.builders import told_world

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    history = History.of(generate().snapshots, catalog=told_world(tmp_path_factory.mktemp("told")))
    return draw(history, Recipe(stories=("attacks", "places", "units")))


@pytest.fixture(scope="module")
def source(told: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("page") / "told.html"
    target.write_text(page_of(leaflet(told)), "utf-8", newline="\n")
    return target


def look(page: Any, lon: float, lat: float) -> tuple[float, float]:
    """Bring a place to the middle and return where it is on the screen."""
    found: list[float] = page.do(
        """([lon, lat]) => {
            const map = frontgis.state.map;
            map.setView([lat, lon], 9, {animate: false});
            const point = map.latLngToContainerPoint([lat, lon]);
            const box = map.getContainer().getBoundingClientRect();
            return [point.x + box.left, point.y + box.top];
        }""",
        [lon, lat],
    )
    return found[0], found[1]


def around(page: Any, x: float, y: float) -> Image.Image:
    clip = {"x": x - 12, "y": y - 12, "width": 24, "height": 24}
    return Image.open(io.BytesIO(page.page.screenshot(clip=clip))).convert("RGB")


def test_a_click_on_a_symbol_says_date_evidence_and_source(opened: Open, told: Scene, source: Path) -> None:
    page = opened(source=source).until_drawn()
    mark = told.stories[0].marks[0]
    page.page.mouse.click(*look(page, mark.lon, mark.lat))
    said = page.page.locator(".leaflet-popup .ground").inner_text()
    assert "1–2 April 2024, evidence A" in said
    assert "Herald of 2 April: a shed burnt" in said
    assert "20 March 2024, evidence B" in said
    assert str(told.as_of) in said
    assert page.complaints == []


def test_a_pointer_over_a_symbol_brings_its_tip(opened: Open, told: Scene, source: Path) -> None:
    page = opened(source=source).until_drawn()
    mark = told.stories[0].marks[1]
    x, y = look(page, mark.lon, mark.lat)
    page.page.mouse.move(x, y)
    assert "evidence C" in page.page.locator(".frontgis-told").inner_text()
    page.page.mouse.move(x + 60, y + 60)
    page.page.wait_for_timeout(400)
    assert page.page.locator(".frontgis-told").count() == 0


def test_units_wait_for_their_switch(opened: Open, told: Scene, source: Path) -> None:
    page = opened(source=source).until_drawn()
    (mark,) = told.stories[2].marks
    x, y = look(page, mark.lon, mark.lat)
    switch = page.page.locator('li[data-layers="story_units"] input')
    assert not switch.is_checked()
    page.page.mouse.click(x, y)
    assert "Brigade" not in page.page.locator(".leaflet-popup .ground").inner_text()
    page.page.keyboard.press("Escape")
    switch.check()
    on = around(page, x, y)
    switch.uncheck()
    assert ImageChops.difference(on, around(page, x, y)).getbbox() is not None
    switch.check()
    assert ImageChops.difference(on, around(page, x, y)).getbbox() is None
    page.page.mouse.click(x, y)
    assert "1st Brigade, near Shelimolt" in page.page.locator(".leaflet-popup .ground").inner_text()


def test_symbols_can_be_taken_off(opened: Open, told: Scene, source: Path) -> None:
    page = opened(source=source).until_drawn()
    mark = told.stories[0].marks[1]
    x, y = look(page, mark.lon, mark.lat)
    on = around(page, x, y)
    page.page.locator('li[data-layers="story_attacks"] input').uncheck()
    assert ImageChops.difference(on, around(page, x, y)).getbbox() is not None
    page.page.mouse.click(x, y)
    assert "evidence" not in page.page.locator(".leaflet-popup .ground").inner_text()


def test_the_reports_are_listed_without_script(opened: Open, source: Path) -> None:
    page = opened(source=source, java_script_enabled=False).page
    table = page.get_by_role("region", name="Reported attacked")
    assert "Herald of 2 April: a shed burnt" in table.inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(opened: Open, source: Path, width: int) -> None:
    page = opened(source=source, width=width).until_drawn()
    assert page.do("document.documentElement.scrollWidth") <= width
    assert page.do("[...document.querySelectorAll('.story')].every((box) => box.scrollWidth <= box.clientWidth)")


def test_symbols_and_tables_follow_the_day_that_is_shown(opened: Open, told: Scene, source: Path) -> None:
    page = opened(source=source, fragment="#date=2024-03-04&from=2024-03-01").until_drawn()
    table = page.page.get_by_role("region", name="Reported attacked")
    assert "Reported attacked, 3 February to 4 March 2024" in table.inner_text()
    assert "Herald of 4 March: a day too old for the newest map" in table.inner_text()
    assert "a shed burnt" not in table.inner_text()
    (gone,) = (mark for mark in told.stories[0].ever if mark.told[0].what == "Fenunde")
    page.page.mouse.click(*look(page, gone.lon, gone.lat))
    assert "3–4 March 2024, evidence B" in page.page.locator(".leaflet-popup .ground").inner_text()
    assert page.complaints == []


def test_no_day_that_can_be_chosen_shows_a_fresh_unit(opened: Open, source: Path) -> None:
    page = opened(source=source).until_drawn()
    for chosen in ("2024-03-04", "2024-03-05", "2024-03-20", "2024-04-04"):
        page.do(
            """(day) => {
                const { past, axis } = frontgis.past;
                axis.choose(0, past.timeline.versionOn(Date.parse(day) / 864e5));
            }""",
            chosen,
        )
        said = page.page.locator('.story[data-story="story_units"]').text_content()
        assert "3rd Brigade" not in said, chosen
        assert "2nd Brigade" in said
        assert f"Units on {min(chosen, '2024-03-05')[-1]} March 2024" in said
    assert "3rd Brigade" not in source.read_text("utf-8")


def test_a_story_with_nothing_to_show_leaves_the_legend(opened: Open, source: Path) -> None:
    page = opened(source=source).until_drawn()
    entry = page.page.locator('li[data-layers="story_places"]')
    assert entry.is_visible()
    page.do("frontgis.past.axis.choose(0, 0)")
    assert entry.is_visible()
    attacks = page.page.locator('li[data-layers="story_attacks"]')
    assert not attacks.is_visible()
    assert not page.page.locator('.story[data-story="story_attacks"]').is_visible()
