import json

import pytest
import shapely

from frontgis.model import AsOf, RejectedError, Status
from frontgis.sources import adapter
from tests.builders import full, square

read = adapter("deepstate").read
NAME = "1743198777.geojson"


def statuses(*features):
    return {region.words: region.status for region in read(full(*features), NAME).regions}


def test_the_name_is_the_moment_of_publication():
    reading = read(full((square(37, 48), "Окуповано", "#a52714")), NAME)
    assert reading.as_of == reading.published == AsOf.parse("2025-03-28T21:52:57Z")


def test_the_fill_speaks_before_the_label():
    assert statuses(
        (square(30, 48), "Окуповано /// Occupied", "#a52714"),
        (square(32, 48), "ОРДЛО /// CADR and CALR /// geoJSON.territories.ordlo", "#880E4F"),
        (square(34, 48), "Звільнено /// Liberated /// geoJSON.status.dismissed", "#01579b"),
        (square(36, 48), "Звільнено 25.03\n///\xa0Liberated 25.03.", "#0f9d58"),
        (square(38, 48), "Багатокутник 11", "#bcaaa4"),
    ) == {
        "Окуповано / Occupied": Status.OCCUPIED,
        "ОРДЛО / CADR and CALR": Status.OCCUPIED_BEFORE_2022,
        "Звільнено / Liberated": Status.INCURSION_UA,
        "Звільнено 25.03 / Liberated 25.03": Status.LIBERATED,
        "Багатокутник 11": Status.CONTESTED,
    }


def test_an_unknown_fill_leaves_it_to_the_label_even_where_its_letters_are_broken():
    assert statuses((square(30, 48), "Окуп\ufffd\ufffdвано /// Occupied", "#123456")) == {
        "Окуп\ufffd\ufffdвано / Occupied": Status.OCCUPIED
    }


def test_foreign_ground_is_left_out_and_counted():
    reading = read(
        full(
            (square(37, 48), "Окуповано", "#a52714"),
            (square(29, 46), "Придністров'я /// Transnistria", "#880e4f"),
            (square(41, 43), "Окупована Абхазія", "#ff5252"),
        ),
        NAME,
    )
    assert [region.status for region in reading.regions] == [Status.OCCUPIED]
    (note,) = [note for note in reading.notes if note.rule == "foreign-claim"]
    assert note.why.startswith("2 polygons")
    assert note.km2 > 15_000


def test_a_label_against_its_fill_is_reported():
    (note,) = read(full((square(37, 48), "Статус невідомий /// Unknown status", "#a52714")), NAME).notes
    assert note.rule == "label-against-fill"
    assert "are occupied by their fill" in note.why


def test_mixed_geometry_with_z_is_read_and_points_are_no_territory():
    part = json.loads(shapely.to_geojson(square(37, 48)))
    part["coordinates"] = [[[*position, 0] for position in ring] for ring in part["coordinates"]]
    other = json.loads(shapely.to_geojson(square(39, 48)))
    data = full(
        ({"type": "GeometryCollection", "geometries": [part, other]}, "Окуповано", "#a52714"),
        (shapely.Point(30, 50), "Аеродром", ""),
    )
    (region,) = read(data, NAME).regions
    assert len(region.geometry.geoms) == 2
    assert not region.geometry.has_z


@pytest.mark.parametrize(
    ("data", "name", "rule"),
    [
        (full((square(37, 48), "Щось", "#123456")), NAME, "unknown-status"),
        (full((shapely.Point(37, 48), "Аеродром", "")), NAME, "no-ground"),
        (full((square(37, 48), "Окуповано", "#a52714")), "today.geojson", "no-date"),
    ],
)
def test_a_bad_file_breaks_a_named_rule(data, name, rule):
    with pytest.raises(RejectedError) as error:
        read(data, name)
    assert error.value.rule == rule
