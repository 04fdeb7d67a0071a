"""Parts of control sum to the whole and hold the settlements that lie in them."""

import pytest
import shapely

from frontgis.geo.area import area_km2
from frontgis.history.parts import parts
from frontgis.model import Status
from tests.builders import snapshot
from tests.history.test_place import gazetteer

LARGE, SMALL, GREY = shapely.box(35, 47, 38, 49), shapely.box(40, 47, 40.5, 47.5), shapely.box(34, 47, 35, 49)


def test_parts_are_the_pieces_of_each_status_the_largest_first():
    made = snapshot("2025-01-01", [(Status.OCCUPIED, shapely.union(LARGE, SMALL)), (Status.CONTESTED, GREY)])
    found = parts(made, gazetteer((36, 48), (37, 48.5), (40.2, 47.2), (30, 50)))
    assert [(part.part, part.status) for part in found] == [
        (1, Status.OCCUPIED),
        (2, Status.CONTESTED),
        (3, Status.OCCUPIED),
    ]
    assert [part.km2 for part in found] == [pytest.approx(area_km2(shape)) for shape in (LARGE, GREY, SMALL)]
    assert [part.settlements for part in found] == [("place-0", "place-1"), (), ("place-2",)]
    assert all(
        shapely.contains_xy(shape, part.lon, part.lat) for shape, part in zip((LARGE, GREY, SMALL), found, strict=True)
    )
