"""The shipped gazetteer: every name of a place finds it, and homonyms stay apart."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from frontgis.catalog import Catalog, Settlements

BEFORE = date(2024, 9, 18)
ON = date(2024, 9, 19)


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return Catalog(root / "layers")


@pytest.fixture(scope="module")
def places(catalog: Catalog) -> Settlements:
    return catalog.settlements()


def ids(places: Settlements, text: str) -> set[str]:
    return {places.id[row] for row in places.find(text)}


@pytest.mark.parametrize("text", ["Popovka", "Поповка", "Попівка", "поповка", " Popovka "])
def test_popovka_in_every_spelling_lists_both_of_belgorod(places: Settlements, text: str) -> None:
    assert {"popovka-krasnoyaruzhsky", "popovka-korochansky"} <= ids(places, text)


@pytest.mark.parametrize("text", ["Demidovka", "Демидовка", "Демидівка"])
def test_demidovka_in_every_spelling(places: Settlements, text: str) -> None:
    assert "demidovka-krasnoyaruzhsky" in ids(places, text)


def test_the_ukrainian_homonyms_stay_apart(places: Settlements) -> None:
    assert {"popivka-krasnopillia", "popivka-okhtyrka", "popivka-konotop"} <= ids(places, "Попівка")
    assert ids(places, "popivka-okhtyrka") == {"popivka-okhtyrka"}
    assert len(set(places.id)) == len(places)


@pytest.mark.parametrize(
    "text", ["Куп'янськ", "Куп’янськ", "Купʼянськ", "Купянск", "Kupiansk", "Kupyansk", "КУП`ЯНСЬК"]
)
def test_apostrophes_and_romanisations_do_not_matter(places: Settlements, text: str) -> None:
    assert "kupiansk" in ids(places, text)


def test_a_place_of_both_sources_is_one_row(places: Settlements) -> None:
    assert [places.name[row] for row in places.find("Sudzha")] == ["Sudzha"]
    (row,) = places.find("sudzha")
    assert places.source[row].startswith("GeoNames 486816")
    assert "gn486816" not in places.id
    assert places.population[row] > 0


def test_every_hand_entered_place_is_there_with_a_source(places: Settlements, root: Path) -> None:
    own = [row for row, key in enumerate(places.id) if not key.startswith("gn")]
    with (root / "scripts" / "layers" / "places.csv").open(encoding="utf-8", newline="") as stream:
        assert {places.id[row] for row in own} == {row["id"] for row in csv.DictReader(stream)}
    assert all(places.source[row] for row in own)


def test_a_place_without_a_position_is_allowed(places: Settlements) -> None:
    (row,) = places.find("zhuravka-shostka")
    assert np.isnan(places.lon[row])
    assert np.isnan(places.lat[row])
    assert places.unit[row] == "UA-59"


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Zaporizhzhia", "UA-23"), ("Mykolaiv", "UA-48"), ("Kryvyi Rih", "UA-12"), ("Sloviansk", "UA-14"),
        ("Kostiantynivka", "UA-14"), ("Odesa", "UA-51"), ("Kyiv", "UA-30"), ("Bila Tserkva", "UA-32"),
        ("Izmail", "UA-51"),
    ],
)  # fmt: skip
def test_names_are_the_official_romanisation(places: Settlements, name: str, unit: str) -> None:
    assert (name, unit) in {(places.name[row], places.unit[row]) for row in places.find(name)}


def test_every_unit_of_the_state_has_its_seat(places: Settlements) -> None:
    seats = {unit for unit, rank in zip(places.unit, places.rank.tolist(), strict=True) if rank == 0}
    home = {unit for unit in places.unit if unit.startswith("UA-")}
    assert home - seats == {"UA-32"}  # Kyiv is a unit of its own


@pytest.mark.parametrize("name", ["Pravyi Bereh", "Khanzhonkivskyi", "Rutchenkivskyi"])
def test_districts_do_not_stand_in_for_their_city(places: Settlements, name: str) -> None:
    found = [row for row in places.find(name) if places.unit[row] == "UA-14" and places.is_section[row]]
    assert found
    assert all(places.rank[row] == 7 and places.population[row] == 0 for row in found)
    assert not any(places.is_section[row] for row in places.find("Mariupol"))


def test_names_are_those_of_the_day(catalog: Catalog) -> None:
    def name(day: date | None) -> str:
        places = catalog.settlements(on=day)
        return places.name[places.find("gn691999")[0]]

    assert name(BEFORE) == "Sievierodonetsk"
    assert name(ON) == name(None) == "Siverskodonetsk"
    assert catalog.settlements(on=BEFORE).find("Siverskodonetsk") == catalog.settlements().find("Siverskodonetsk")


def test_positions_lie_in_the_theatre(catalog: Catalog, places: Settlements) -> None:
    west, south, east, north = catalog.theatre().box
    known = ~np.isnan(places.lon)
    assert ((places.lon[known] >= west) & (places.lon[known] <= east)).all()
    assert ((places.lat[known] >= south) & (places.lat[known] <= north)).all()
