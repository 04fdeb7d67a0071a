"""Stories as symbols and as a table: every report's words are there, and stay text."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from frontgis.catalog.world import generate
from frontgis.history import History
from frontgis.maps.parts import Mark, Story, Told
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.render import features, labels, symbols
from frontgis.render.leaflet import leaflet
from frontgis.render.page import page
from frontgis.render.picture import svg
from frontgis.render.sheet import Sheet
from frontgis.site.maps import draw
from tests.builders import told_world

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2024, 4, 4)
BAD = "</script><img src=x onerror=alert(1)>\u202e"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    return History.of(generate().snapshots, catalog=told_world(tmp_path_factory.mktemp("told")))


@pytest.fixture(scope="module")
def scene(history: History) -> Scene:
    return draw(history, Recipe(stories=("attacks", "places", "units")))


def titles(picture: str, name: str) -> list[str]:
    (group,) = (found for found in ET.fromstring(picture).iter(f"{SVG}g") if found.get("class") == name)
    return [title.text or "" for title in group.iter(f"{SVG}title")]


def test_a_picture_has_each_symbol_with_its_words(scene: Scene) -> None:
    picture = svg(scene)
    said = titles(picture, "story_attacks")
    assert len(said) == 2
    assert "1–2 April 2024, evidence A. Herald of 2 April: a shed burnt" in said[0]
    assert len(titles(picture, "story_units")) == 1
    assert picture == svg(scene)


def test_the_pages_own_picture_has_what_the_page_shows_first(scene: Scene) -> None:
    (picture,) = re.findall(r"<figure[^>]*>(.*?)</figure>", page(leaflet(scene)), re.DOTALL)
    assert 'class="story_attacks"' in picture
    assert 'class="story_units"' not in picture


@pytest.mark.parametrize(("symbol", "corners"), [("triangle", 3), ("square", 4)])
def test_a_symbols_corners_lie_on_its_circle(symbol: str, corners: int) -> None:
    outline = re.search(r'd="M([^"]+)z"', symbols.path(symbol, 50, 60, 5))
    assert outline is not None
    points = np.array([[float(number) for number in pair.split()] for pair in outline[1].split("L")])
    assert len(points) == corners
    assert np.hypot(*(points - [50, 60]).T) == pytest.approx([5] * corners, abs=0.1)


def test_symbols_lie_where_the_sheet_puts_their_places(scene: Scene) -> None:
    sheet = Sheet(scene.picture_crs, scene.extent, 1200, 675, (0, 0, 1200, 675))
    story = scene.stories[0]
    drawn = "".join(symbols.svg(story, sheet))
    expected = sheet.pixels(np.array([[mark.lon, mark.lat] for mark in story.marks]))
    tips = [tuple(map(float, found)) for found in re.findall(r'd="M([\d.]+) ([\d.]+)L', drawn)][::2]
    assert [x for x, _ in tips] == pytest.approx(expected[:, 0].tolist(), abs=0.1)
    assert all(y < want for (_, y), want in zip(tips, expected[:, 1].tolist(), strict=True))


def test_the_page_lists_each_report_with_date_evidence_and_source(scene: Scene) -> None:
    rows = symbols.table(scene.stories[0])["rows"]
    assert rows[1] == ("Dunemis", "1–2 April 2024", "A", "Herald of 2 April: a shed burnt")
    text = page(leaflet(scene))
    for what, when, evidence, rest in rows:
        assert f'<th scope="row">{what}</th><td>{when}, {evidence}</td>' in text
        assert rest in text
    assert 'data-layers="story_units"' in text
    assert page(leaflet(scene)) == text


def test_what_is_reported_stays_text(scene: Scene) -> None:
    told = Told(BAD, DAY, None, BAD, BAD, BAD, BAD)
    middle = (scene.extent[0] + scene.extent[2]) / 2, (scene.extent[1] + scene.extent[3]) / 2
    marks = (Mark(*middle, (told,)),)
    story = Story("story_attacks", "triangle", BAD, BAD, marks, marks, span=(DAY, DAY), until=DAY, shown=True)
    bad = replace(scene, stories=(story,))
    text = page(leaflet(bad))
    assert "<img src=x" not in text
    assert "\u202e" not in text
    assert "<img" not in svg(bad)
    (block,) = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text)
    assert json.loads(block)["stories"]["story_attacks"]["marks"][0][2][0][0] == BAD.removesuffix("\u202e")


def test_names_keep_off_the_symbols_of_other_places() -> None:
    level = labels.Level(0, np.array([[0.0, 0.0], [30.0, 0.0]]))
    first, second = labels.place([labels.Candidate("Kherson", "village", 0, 0, marked=True)] * 2, [level])
    assert first is not None
    assert second is not None
    for x, spot, other in ((0, first, 30), (30, second, 0)):
        left, top, right, bottom = spot.box
        assert not (left + x < other < right + x and top < 0 < bottom)
        assert min(abs(left), abs(right), abs(top), abs(bottom)) > 5 or not left < 0 < right


def test_a_table_about_settlements_is_points_with_names(history: History) -> None:
    found = history.catalog.layer("story_attacks")
    table = features.layer("story_attacks", found, places=history.catalog.settlements())
    assert table.columns["settlement"][0] == "Dunemis"
    places = history.catalog.settlements()
    row = places.positions["dunemis"]
    assert (table.geometry[0].x, table.geometry[0].y) == (places.lon[row], places.lat[row])
    units = features.layer("story_units", history.catalog.layer("story_units"), places=places)
    assert (units.geometry[0].x, units.geometry[0].y) == (-149.0, 39.0)
