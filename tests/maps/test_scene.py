"""A scene says and shows what its change says, and no more."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
import shapely
from shapely import Point

from frontgis.catalog import shipped
from frontgis.geo.area import area_km2
from frontgis.history import History
from frontgis.maps import ground, words
from frontgis.maps.legend import FRONT_LAYERS
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
    assert scene.title == "The front on 1 March 2024"
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


def graded(history: History, grade: str) -> History:
    """Return a history whose regions all rest on one grade of evidence."""
    snapshots = [
        replace(one, regions=tuple(replace(region, evidence=grade) for region in one.regions))
        for one in (history.snapshot("2024-03-07"), history.snapshot("2024-04-04"))
    ]
    return History.of(snapshots, catalog=history.catalog)


def test_a_front_is_dashed_where_the_source_grades_its_evidence(history: History, scene: Scene) -> None:
    dashed = {layer.name for layer in draw(graded(history, "B"), Recipe()).grounds if layer.dashed}
    assert dashed == {layer.name for layer in scene.grounds} & set(FRONT_LAYERS)
    assert not any(layer.dashed for layer in scene.grounds)


def test_the_legend_says_what_a_line_and_the_grades_are(history: History, scene: Scene) -> None:
    told = draw(graded(history, "B"), Recipe())
    assert {entry.words for entry in told.legend if entry.swatch == "sketched"} == {"Front line, between claims"}
    assert told.graded.startswith("Evidence: A several reports agree")
    assert scene.graded == ""
    assert {entry.words for entry in scene.legend if entry.swatch == "front"} == {"Front line"}


def test_a_place_has_the_status_and_the_evidence_of_the_ground_under_it(history: History) -> None:
    scene = draw(graded(history, "C"), Recipe())
    snapshot, words = history.snapshot("2024-04-04"), dict(scene.statuses)
    assert len(scene.places) > 50
    for place in scene.places:
        under = [
            status for status, ground in snapshot.by_status.items() if ground.intersects(Point(place.lon, place.lat))
        ]
        expected = (words[under[0]], "C") if under else ("Not marked as held", "")
        assert (place.status, place.grade) == expected
        assert place.grades[1] == place.grade


def test_titles_say_whose_places_are(history: History) -> None:
    settlements, scene = history.catalog.settlements(), draw(history, Recipe())
    by_standing: dict[str, list[str]] = {}
    for place in scene.places:
        if len(settlements.find(place.name)) == 1:
            by_standing.setdefault(place.status, []).append(place.name)
    held, free = by_standing["Held by Tarsk"][:2], by_standing["Not marked as held"][0]
    asked = draw(history, Recipe(title="{places}", places=(held[0], free, held[1])))
    assert asked.title == f"{held[0]} and {held[1]} held by Tarsk, {free} not marked as held"
    assert [entry.words for entry in asked.legend if entry.swatch == "place"] == [
        f"{held[0]}: held by Tarsk", f"{free}: not marked as held", f"{held[1]}: held by Tarsk"
    ]  # fmt: skip


def test_figures_can_be_counted_on_some_ground_alone(history: History) -> None:
    change = history.change("2024-03-07", "2024-04-04", by="oblasts")
    row = draw(history, Recipe()).rows[0]
    part = draw(history, Recipe(within=row.unit, title="{gained} {lost}"))
    held = {"occupied", "occupied_before_2022", "incursion_ru"}
    own = change[change.unit == row.unit]
    gained = own[own.after.isin(held) & ~own.before.isin(held)].km2.sum()
    assert part.gained_km2 == pytest.approx(gained)
    assert part.rows == (row,)
    assert part.title == f"{words.signed(row.gained_km2)} {words.signed(-row.lost_km2)}"
    with pytest.raises(InputError, match="within: no unit"):
        draw(history, Recipe(within="atlantis"))


def test_incursions_have_their_figures(history: History) -> None:
    areas = [history.area(day).set_index("status").km2.get("incursion_ua", 0.0) for day in ("2024-03-07", "2024-04-04")]
    scene = draw(history, Recipe(title="{abroad_before}, {abroad}"))
    assert scene.title == ", ".join(map(words.km2, areas))
    assert scene.incursion is not None
    assert scene.incursion.gained_km2 - scene.incursion.lost_km2 == pytest.approx(areas[1] - areas[0], abs=1e-3)
    left = scene.ground("left")
    assert (area_km2(left) if left else 0.0) == pytest.approx(scene.incursion.lost_km2, abs=1e-6)


def test_a_map_of_an_extent_reaches_as_far_again_on_every_side(history: History, scene: Scene) -> None:
    west, south, east, north = history.catalog.theatre().box
    middle = ((2 * west + east) / 3, (2 * south + north) / 3, (west + 2 * east) / 3, (south + 2 * north) / 3)
    part = draw(history, Recipe(extent=middle))
    reach = shapely.box(*part.box)
    assert part.box == pytest.approx((west, south, east, north))
    for layer in part.grounds:
        assert reach.buffer(1e-9).covers(layer.geometry), layer.name
    whole = scene.ground("occupied")
    assert part.ground("occupied").area == pytest.approx(whole.intersection(reach).area)


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
    west, south, east, north = units.geometry[0].bounds
    inside = (west, south, (west + east) / 2, (south + north) / 2)
    assert draw(history, Recipe(extent=inside)).extent == inside
    with pytest.raises(InputError, match="outside the theatre"):
        draw(history, Recipe(extent=(1, 2, 3, 4)))


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
