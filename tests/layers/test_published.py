"""The tables of published figures say who published what, and hold what they say."""

import pytest

from frontgis.catalog import shipped
from frontgis.catalog.systems import systems
from frontgis.model import Side

CATALOG = shipped()


def test_every_class_has_a_source_and_figures_that_can_be() -> None:
    for system in systems(CATALOG).values():
        assert system.source, system.id
        assert 5 < system.range_km <= 2500, system.id
        assert system.behind_km < 200, system.id
        assert (system.antenna_m > 0) == (system.role != "reach"), system.id


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("role", ["air_defence", "coastal", "reach"])
def test_each_side_has_classes_of_each_role(side: Side, role: str) -> None:
    assert sum(side in system.sides and system.role == role for system in systems(CATALOG).values()) >= 2


def test_no_sites_are_shipped() -> None:
    assert not {"lon", "lat"} & set(CATALOG.layer("systems").columns)


def test_a_plant_lies_in_its_unit_and_country() -> None:
    layer, units = CATALOG.layer("plants"), CATALOG.units("oblasts")
    for lon, lat, unit in zip(*(layer.column(name) for name in ("lon", "lat", "unit")), strict=True):
        import shapely

        assert shapely.contains_xy(units.geometry[units.ids.index(unit)], lon, lat), unit


def test_trade_adds_up_as_its_reporter_counts_it() -> None:
    layer = CATALOG.layer("trade")
    figure = dict(zip(layer.column("id"), map(float, layer.column("billion_usd")), strict=True))
    sold, bought = figure["in-us-2023-24-exports"], figure["in-us-2023-24-imports"]
    assert figure["in-us-2023-24-total"] == pytest.approx(sold + bought, abs=0.02)
    assert figure["in-us-2023-24-surplus"] == pytest.approx(sold - bought, abs=0.02)
    assert all(layer.column("reporter"))
