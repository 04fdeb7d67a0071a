"""Stories on a map: what was reported by its day, names with room for symbols, units old and off at first."""

from datetime import date
from pathlib import Path

import pytest

from frontgis.catalog import Catalog
from frontgis.catalog.world import generate
from frontgis.history import History
from frontgis.maps import stories
from frontgis.maps.parts import Story
from frontgis.maps.recipe import Recipe, Shown
from frontgis.maps.scene import Scene
from frontgis.model import InputError
from frontgis.site.maps import draw
from tests.builders import PLACES_HEAD, story, told_world

ALL = ("attacks", "places", "units")


def world(catalog: Catalog) -> History:
    return History.of(generate().snapshots, catalog=catalog)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> History:
    return world(told_world(tmp_path_factory.mktemp("told")))


@pytest.fixture(scope="module")
def scene(told: History) -> Scene:
    return draw(told, Recipe(stories=ALL))


def named(scene: Scene, name: str) -> Story:
    (found,) = (story for story in scene.stories if story.name == f"story_{name}")
    return found


def test_attacks_of_thirty_days_are_shown_and_no_later_ones(told: History, scene: Scene) -> None:
    assert [mark.told[0].what for mark in named(scene, "attacks").marks] == ["Dunemis", "Shelimolt"]
    first = named(scene, "attacks").marks[0]
    assert [(report.when, report.evidence) for report in first.told] == [
        ("20 March 2024", "B"),
        ("1–2 April 2024", "A"),
    ]
    assert (first.told[1].source, first.told[1].note) == ("Herald of 2 April", "a shed burnt")
    early = draw(told, Recipe(stories=("attacks",)), on="2024-03-04")
    assert {mark.told[0].what for mark in named(early, "attacks").marks} == {"Shelimolt", "Fenunde"}


def test_units_are_shown_as_they_were_thirty_days_before_the_newest_map(told: History, scene: Scene) -> None:
    (mark,) = named(scene, "units").marks
    assert (mark.lon, mark.lat) == (-149.0, 39.0)
    assert [report.what for report in mark.told] == ["2nd Brigade, near Shelimolt", "1st Brigade, near Shelimolt"]
    assert stories.caption(named(scene, "units")) == "Units on 5 March 2024, to 0.1°"
    assert all(report.first <= date(2024, 3, 5) for mark in named(scene, "units").ever for report in mark.told)
    early = draw(told, Recipe(stories=("units",)), on="2024-03-02")
    assert [report.what for mark in named(early, "units").marks for report in mark.told] == [
        "2nd Brigade, near Shelimolt"
    ]
    assert [story.shown for story in scene.stories] == [True, True, False]


def test_the_legend_names_each_story_that_has_anything(told: History, scene: Scene) -> None:
    layers = [entry.layers for entry in scene.legend][-3:]
    assert layers == [("story_attacks",), ("story_places",), ("story_units",)]
    first = draw(told, Recipe(stories=("units",)), on="first")
    assert len(first.legend) == len(draw(told, Recipe(), on="first").legend) + 1
    plain = draw(told, Recipe())
    assert plain.stories == ()
    assert plain.legend == scene.legend[:-3]
    assert any("made for a test" in text for text in scene.attributions)
    assert any("Evidence: A" in notice for notice in scene.notices)


def test_places_of_the_analysis_are_always_named_and_symbols_have_room(scene: Scene) -> None:
    marked = {place.name: place for place in scene.places if place.marked}
    assert set(marked) == {"Dunemis", "Shelimolt", "Fenunde", "Lumavert"}
    assert [name for name, place in marked.items() if place.always] == ["Dunemis"]
    assert marked["Dunemis"].first == 5


def test_a_village_far_from_the_line_is_named_for_its_symbol(history: History, tmp_path: Path) -> None:
    bare = {place.name for place in draw(history, Recipe()).places}
    places = history.catalog.settlements()
    west, south, east, north = history.catalog.theatre().box
    far = next(
        row
        for row in range(len(places))
        if places.name[row] not in bare and west < places.lon[row] < east and south < places.lat[row] < north
    )
    told_world(tmp_path)
    story(tmp_path, "attacks", PLACES_HEAD, f"{places.id[far]},2024-04-01,2024-04-01,A,Herald,")
    found = draw(world(Catalog(tmp_path)), Recipe(stories=("attacks",)))
    (place,) = (place for place in found.places if place.name == places.name[far])
    assert (place.marked, place.lon, place.lat) == (True, places.lon[far], places.lat[far])


def test_a_map_without_names_has_symbols_alone(told: History) -> None:
    found = draw(told, Recipe(stories=("attacks",), layers=Shown(settlements=False)))
    assert found.places == ()
    assert named(found, "attacks").marks


def test_a_catalog_without_the_story_says_which_is_missing(history: History) -> None:
    for name in ALL:
        with pytest.raises(InputError, match=f"stories: the catalog has no layer 'story_{name}'"):
            draw(history, Recipe(stories=(name,)))


def test_a_wrong_table_is_refused_line_by_line(tmp_path: Path) -> None:
    told_world(tmp_path)
    story(tmp_path, "attacks", PLACES_HEAD, "nowhere,2024-04-01,,A,x,", "dunemis,soon,,A,x,")
    with pytest.raises(InputError) as refused:
        draw(world(Catalog(tmp_path)), Recipe(stories=("attacks",)))
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "story_attacks.csv, line 2",
        "story_attacks.csv, line 3",
    ]


def test_a_picture_leaves_out_what_waits_to_be_switched_on(scene: Scene) -> None:
    found = stories.at_first(scene)
    assert [story.name for story in found.stories] == ["story_attacks", "story_places"]
    assert all("story_units" not in entry.layers for entry in found.legend)
    assert len(found.legend) == len(scene.legend) - 1


def test_a_story_speaks_of_its_days(scene: Scene) -> None:
    assert named(scene, "attacks").span == (date(2024, 3, 5), date(2024, 4, 4))
    assert stories.caption(named(scene, "attacks")) == "Reported attacked, 5 March to 4 April 2024"
    assert {mark.told[0].what for mark in named(scene, "attacks").ever} == {"Dunemis", "Shelimolt", "Fenunde"}
