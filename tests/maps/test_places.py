"""Settlements on a map: the right ones, under the names of the day, none for its greater neighbour."""

from datetime import date

import pytest
import shapely

from frontgis.catalog import shipped
from frontgis.maps.parts import Place
from frontgis.maps.places import places

BOX = (21.0, 43.0, 43.0, 54.0)
NOWHERE = shapely.MultiLineString()


def named(day: date = date(2025, 3, 28), line: object = NOWHERE, always: tuple[str, ...] = ()) -> dict[str, Place]:
    catalog = shipped()
    countries = catalog.layer("countries")
    state = countries.geometry[countries.column("id").index(catalog.theatre().state)]
    found = places(catalog, day=day, state=state, line=line, box=BOX, always=always)
    return {place.name: place for place in sorted(found, key=lambda place: place.weight)}


@pytest.fixture(scope="module")
def today() -> dict[str, Place]:
    return named()


@pytest.mark.parametrize(
    "name", ["Kyiv", "Kharkiv", "Zaporizhzhia", "Mykolaiv", "Kryvyi Rih", "Odesa", "Donetsk", "Sevastopol", "Lviv"]
)
def test_great_cities_have_their_official_names_at_small_scale(today: dict[str, Place], name: str) -> None:
    assert today[name].first <= 6


def test_the_name_is_that_of_the_day() -> None:
    before, after = named(date(2024, 9, 18)), named(date(2024, 9, 20))
    assert "Sievierodonetsk" in before
    assert "Siverskodonetsk" not in before
    assert "Siverskodonetsk" in after
    assert "Sievierodonetsk" not in after


def test_suburbs_and_sections_come_after_their_city(today: dict[str, Place]) -> None:
    near = named(line=shapely.LineString([(37.5, 47.9), (38.1, 48.1)]))
    assert near["Donetsk"].style == "city"
    beside = [place for place in near.values() if abs(place.lon - 37.8) < 0.1 and abs(place.lat - 48.02) < 0.07]
    assert all(place.first >= 8 for place in beside if place.name != "Donetsk")
    assert today["Brovary"].first > today["Kyiv"].first + 2


def test_villages_are_named_only_near_the_line(today: dict[str, Place]) -> None:
    near = named(line=shapely.LineString([(37.0, 48.2), (37.4, 48.3)]))
    assert "Ocheretyne" in near
    assert "Ocheretyne" not in today
    assert all(place.style != "village" for place in today.values())


def test_land_abroad_comes_later(today: dict[str, Place]) -> None:
    assert today["Voronezh"].first > 5
    assert today["Voronezh"].style == "seat"


def test_a_place_asked_for_by_id_has_its_ring() -> None:
    found = named(always=("demidovka-krasnoyaruzhsky",))["Demidovka"]
    assert (found.first, found.ring_m, found.style) == (5, 1000, "town")
