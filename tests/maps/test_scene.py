"""A scene says and shows what its change says, and no more."""

import itertools
from datetime import date

import pytest
import shapely

from frontgis.catalog import shipped
from frontgis.geo.area import area_km2
from frontgis.history import History
from frontgis.maps import ground, words
from frontgis.maps.recipe import Recipe, Shown
from frontgis.maps.scene import Scene
from frontgis.model import InputError, Status
from frontgis.site.maps import draw

DAY = date(2025, 3, 28)


def test_figures_are_the_changes_own(history: History, scene: Scene) -> None:
    change = history.compare("2024-03-07", "2024-04-04")
    assert (str(scene.before), str(scene.as_of)) == ("2024-03-07", "2024-04-04")
    assert (scene.gained_km2, scene.lost_km2) == (change.gained_km2, change.lost_km2)
    assert scene.title == (
        f"The front on 4 April 2024: +{change.gained_km2:.0f} and −{change.lost_km2:.0f} km² in 28 days"
    )
    gained, lost = scene.ground("gained"), scene.ground("lost")
    assert gained is not None
    assert lost is not None
    assert area_km2(gained) == pytest.approx(scene.gained_km2, rel=1e-9)
    assert area_km2(lost) == pytest.approx(scene.lost_km2, rel=1e-9)


def test_rows_sum_to_the_whole(scene: Scene) -> None:
    assert sum(row.gained_km2 for row in scene.rows) == pytest.approx(scene.gained_km2, abs=0.2)
    assert sum(row.lost_km2 for row in scene.rows) == pytest.approx(scene.lost_km2, abs=0.2)
    turnover = [row.gained_km2 + row.lost_km2 for row in scene.rows]
    assert turnover == sorted(turnover, reverse=True)


def test_the_legend_names_what_is_drawn_and_nothing_else(history: History, scene: Scene) -> None:
    layers = {layer.name for layer in scene.grounds}
    named = {name for entry in scene.legend for name in entry.layers}
    assert named <= layers
    shown = {status.value for status in history.snapshot("2024-04-04").by_status}
    silent = {Status.LIBERATED.value, Status.HELD_UA.value}
    assert shown - silent <= named


def test_what_the_source_does_not_map_is_said(history: History) -> None:
    first = history.snapshot("first")
    assert Status.CONTESTED in first.by_status
    hidden = draw(history, Recipe(layers=Shown(contested=False)))
    assert all("contested" not in entry.layers for entry in hidden.legend)


def test_one_version_has_no_change_and_says_so(history: History) -> None:
    scene = draw(history, Recipe(since="previous"), on="first")
    assert scene.before == scene.as_of
    assert (scene.gained_km2, scene.lost_km2, scene.rows) == (0, 0, ())
    assert "one version" in scene.subtitle
    assert not {"gained", "lost"} & {name for entry in scene.legend for name in entry.layers}


def test_layers_can_be_left_out(history: History) -> None:
    bare = draw(history, Recipe(layers=Shown(*[False] * 8)))
    kept = {layer.name for layer in bare.grounds}
    assert {"sea", "land", "occupied"} <= kept
    assert not {"gained", "lost", "rivers", "units", "borders", "contested", "incursion_ua", "front_unmapped"} & kept
    assert bare.places == ()


def test_a_place_asked_for_is_named_from_the_first_zoom(history: History, scene: Scene) -> None:
    settlements = history.catalog.settlements()
    row = min(range(len(settlements)), key=lambda index: settlements.population[index])
    asked = draw(history, Recipe(places=(settlements.id[row],)))
    (found,) = (place for place in asked.places if place.ring_m)
    assert (found.name, found.first) == (settlements.name[row], 5)
    assert found.ring_m == settlements.precision_m[row]
    assert not any(place.ring_m for place in scene.places)


def test_an_unknown_place_or_extent_is_one_line_with_near_words(history: History) -> None:
    name = history.catalog.settlements().name[0]
    with pytest.raises(InputError, match=f"no settlement.*{name}"):
        draw(history, Recipe(places=(f"{name}q",)))
    with pytest.raises(InputError, match="no preset or unit"):
        draw(history, Recipe(extent="atlantis"))


def test_an_extent_can_be_a_unit_or_degrees(history: History) -> None:
    units = history.catalog.units(history.catalog.theatre().units)
    scene = draw(history, Recipe(extent=units.names[0]))
    assert scene.extent == tuple(units.geometry[0].bounds)
    assert draw(history, Recipe(extent=(1, 2, 3, 4))).extent == (1, 2, 3, 4)


def test_the_kakhovka_reservoir_is_water_only_until_the_dam_broke() -> None:
    catalog = shipped()
    middle = shapely.Point(34.1, 47.47)
    full, drained = (
        {layer.name: layer.geometry for layer in ground.grounds(catalog, catalog.theatre().box, day, Shown())}
        for day in (date(2023, 6, 5), date(2024, 1, 1))
    )
    assert full["water"].contains(middle)
    assert not full["former_water"].contains(middle)
    assert not drained["water"].contains(middle)
    assert drained["former_water"].contains(middle)


def test_borders_are_where_neighbours_meet_and_nowhere_else(history: History) -> None:
    scene = draw(history, Recipe())
    borders, units, sea = scene.ground("borders"), scene.ground("units"), scene.ground("sea")
    countries = shapely.clip_by_rect(history.catalog.layer("countries").geometry, *scene.box)
    shared = shapely.union_all([one.intersection(other) for one, other in itertools.combinations(countries, 2)])
    assert borders is not None
    assert units is not None
    assert sea is not None
    assert shapely.hausdorff_distance(borders, shared) < 0.01
    assert shapely.intersection(units, sea.buffer(-0.001)).length == 0


def test_the_states_border_has_no_gap() -> None:
    catalog = shipped()
    layers = {layer.name: layer.geometry for layer in ground.grounds(catalog, ground.frame(catalog), DAY, Shown())}
    edge = shapely.segmentize(layers["land"].boundary, 0.02)
    points = shapely.points(shapely.get_coordinates(edge))
    inland = points[shapely.distance(layers["sea"], points) > 0.02]
    assert len(inland) > 5000
    assert shapely.distance(layers["borders"], inland).max() < 1e-4


def test_figures_are_rounded_for_people_only_here() -> None:
    assert [words.km2(figure) for figure in (0.04, 0.05, 9.94, 9.95, 1234.5)] == ["0", "0.1", "9.9", "10", "1\xa0234"]
    assert words.signed(-0.0) == "0"
    assert words.day(date(2025, 3, 8), year=False) == "8 March"
