"""The time axis in a browser: what it moves, says and leaves in the address."""

from collections.abc import Callable
from typing import Any

import pytest

from frontgis.history import History
from frontgis.maps.scene import Scene
from frontgis.maps.words import day, signed
from frontgis.model import AsOf

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


def at(history: History, place: int) -> AsOf:
    return history.versions[place].as_of


def table(page: Any) -> dict[str, tuple[str, str]]:
    rows = page.page.locator("#frontgis-panel tr:has(td)").all()
    return {row.locator("th").inner_text(): tuple(row.locator("td").all_inner_texts()) for row in rows}


@pytest.mark.parametrize(("a", "b"), [(0, -1), (3, 9), (-3, -2)])
def test_an_address_shows_its_dates_with_the_figures_of_a_direct_comparison(
    opened: Open, history: History, a: int, b: int
) -> None:
    before, after = at(history, a), at(history, b)
    page = opened(fragment=f"#date={after}&from={before}").until_drawn()
    found = history.compare(before, after)
    assert day(after.date) in page.page.locator("h1").inner_text().replace("\xa0", " ")
    assert day(before.date, year=before.date.year != after.date.year) in page.page.locator(".head p").inner_text()
    assert table(page)["All"] == (signed(found.gained_km2), signed(-found.lost_km2))
    assert page.complaints == []
    assert page.requests == []


def test_arrows_go_from_version_to_version(opened: Open, history: History) -> None:
    page = opened().until_drawn()
    handle = page.page.get_by_role("slider", name="To")
    handle.focus()
    page.page.keyboard.press("ArrowLeft")
    assert handle.get_attribute("aria-valuetext") == day(at(history, -2).date)
    page.page.keyboard.press("Home")
    page.page.wait_for_timeout(400)
    assert f"from={at(history, 0)}" in page.do("location.hash")
    assert page.page.get_by_role("slider", name="From").evaluate("node => node === document.activeElement")


def test_a_drag_moves_time_and_not_the_map(opened: Open, history: History) -> None:
    page = opened().until_drawn()
    centre = page.do("frontgis.state.map.getCenter()")
    box = page.page.locator(".track").bounding_box()
    handle = page.page.get_by_role("slider", name="To").bounding_box()
    page.page.mouse.move(handle["x"] + 22, handle["y"] + 30)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 1, box["y"] + 30, steps=6)
    page.page.mouse.up()
    first = page.page.get_by_role("slider", name="From")
    assert first.get_attribute("aria-valuetext") == day(at(history, 0).date)
    assert page.do("frontgis.state.map.getCenter()") == centre


def test_presets_and_typed_dates_set_the_span(opened: Open, history: History) -> None:
    page = opened().until_drawn()
    page.page.get_by_role("button", name="1 day", exact=True).click()
    assert page.page.get_by_label("From").first.input_value() == str(at(history, -2))
    page.page.locator(".date input").first.fill(str(at(history, 4)))
    assert day(at(history, 4).date, year=False) in page.page.locator(".head p").inner_text()


def test_back_at_the_first_dates_all_is_as_it_was(opened: Open, scene: Scene) -> None:
    page = opened().until_drawn()
    told = page.page.locator("#frontgis-panel").inner_text()
    handle = page.page.get_by_role("slider", name="To")
    handle.focus()
    page.page.keyboard.press("ArrowLeft")
    assert page.page.locator("h1").inner_text().replace("\xa0", " ") != scene.title
    page.page.keyboard.press("ArrowRight")
    assert page.page.locator("h1").inner_text().replace("\xa0", " ") == scene.title
    assert page.page.locator("#frontgis-panel").inner_text() == told


def test_playing_comes_to_the_last_version_and_rests(opened: Open, history: History) -> None:
    page = opened(fragment=f"#date={at(history, -3)}&from={at(history, 0)}").until_drawn()
    page.page.get_by_role("button", name="Play").click()
    page.page.get_by_role("button", name="Play").wait_for(timeout=10_000)
    page.page.wait_for_timeout(400)
    assert f"date={at(history, -1)}" in page.do("location.hash")
    assert day(at(history, -1).date) in page.page.locator("h1").inner_text().replace("\xa0", " ")
    assert page.complaints == []
