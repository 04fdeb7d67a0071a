"""The banks of the dividing river: they add up, and cities that anyone can look up lie on theirs."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.analysis import banks
from frontgis.analysis.target import home_units
from frontgis.catalog import shipped
from frontgis.geo.area import area_km2, areas_km2
from frontgis.history import History
from frontgis.model import InputError, Status
from tests.builders import snapshot

CATALOG = shipped()
HELD = shapely.box(32, 46.3, 38, 48)
HISTORY = History.of([snapshot("2025-01-01", [(Status.OCCUPIED, HELD)])])
EAST = ["Brovary", "Kremenchuk", "Enerhodar", "Nova Kakhovka", "Oleshky", "Hola Prystan", "Kinburn Spit", "Simferopol"]
WEST = ["Kyiv", "Kaniv", "Cherkasy", "Svitlovodsk", "Nikopol", "Beryslav", "Kherson", "Ochakiv", "Odesa"]


@pytest.mark.parametrize(("name", "is_east"), [*((name, True) for name in EAST), *((name, False) for name in WEST)])
def test_a_city_lies_on_its_bank(name: str, is_east: bool) -> None:  # noqa: FBT001
    places = CATALOG.settlements()
    row = next(row for row in places.find(name) if places.unit[row].startswith("UA"))
    assert banks.banks_of(CATALOG).of(np.array([[places.lon[row], places.lat[row]]]))[0] == is_east


def test_both_banks_add_up_to_the_state_and_to_what_is_held() -> None:
    found = banks.divided(HISTORY, "2025-01-01")
    units, _ = home_units(CATALOG)
    assert sum(row.km2 for row in found) == pytest.approx(areas_km2(units.geometry).sum(), rel=1e-9)
    held = sum(row.km2 for row in found if row.status is Status.OCCUPIED)
    direct = sum(area_km2(shapely.intersection(unit, HELD)) for unit in units.geometry)
    assert held == pytest.approx(direct, rel=1e-9)
    assert {row.bank for row in found} == {"east", "west"}
    for bank in ("east", "west"):
        assert sum(row.share or 0 for row in found if row.bank == bank) == pytest.approx(1)


def test_units_of_both_banks_sum_to_all_of_them() -> None:
    by_unit = [row for row in banks.divided(HISTORY, "2025-01-01", by="oblasts") if row.unit.startswith("UA")]
    for whole in banks.divided(HISTORY, "2025-01-01"):
        parts = [row for row in by_unit if (row.bank, row.status) == (whole.bank, whole.status)]
        assert sum(row.km2 for row in parts) == pytest.approx(whole.km2)
        assert sum(row.settlements for row in parts) == whole.settlements
        assert sum(row.population for row in parts) == whole.population


def test_sets_of_units_lie_where_their_names_say() -> None:
    assert {row.bank for row in banks.divided(HISTORY, "2025-01-01", of="western Ukraine")} == {"west"}
    found = banks.divided(HISTORY, "2025-01-01", of="east of the Dnipro")
    west = sum(row.km2 for row in found if row.bank == "west")
    assert 0 < west < 0.002 * sum(row.km2 for row in found)


@settings(max_examples=10)
@given(st.lists(st.floats(24, 38), min_size=2, max_size=6))
def test_any_line_that_runs_south_divides_without_loss(longitudes: list[float]) -> None:
    lat = np.linspace(53, 44, len(longitudes))
    cut = banks.user_banks(shapely.LineString(np.column_stack([longitudes, lat]))).cut(home_units(CATALOG)[0].geometry)
    km2 = {bank: areas_km2(shapes).sum() for bank, shapes in cut.items()}
    assert sum(km2.values()) == pytest.approx(areas_km2(home_units(CATALOG)[0].geometry).sum(), rel=1e-9)


def test_a_line_drawn_upwards_has_its_left_bank_in_the_west() -> None:
    down = shapely.LineString([(31, 52), (31, 45)])
    odesa = np.array([[30.7, 46.5]])
    assert not banks.user_banks(down).of(odesa)[0]
    assert banks.user_banks(down.reverse()).of(odesa)[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{}", "cannot be read"),
        ('{"type":"Point","coordinates":[30,50]}', "0 lines"),
        ('{"type":"LineString","coordinates":[[30,52],[30,46],[34,48],[28,49]]}', "not cross itself"),
    ],
)
def test_a_users_line_is_one_line_that_divides(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "line.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=why):
        banks.banks_from_file(path)
