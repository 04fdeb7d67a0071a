"""A body of coordinates read piece by piece is what the ordinary reader finds, and nothing else is ever taken."""

import json
import threading

import orjson
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontgis.model import RejectedError
from frontgis.sources import _repeated, adapter

NAME = "deepstatemap_data_20250328.geojson"
READ = adapter("deepstate-daily").read

numbers = st.floats(-180, 180).map(lambda value: round(value, 7))
points = st.tuples(numbers, numbers) | st.tuples(numbers, numbers, numbers)
rings = st.lists(points, min_size=3, max_size=9).map(lambda ring: [*ring, ring[0]])
bodies = st.lists(st.lists(rings, min_size=1, max_size=3), min_size=1, max_size=3)
layouts = st.sampled_from([{"separators": (",", ":")}, {}, {"indent": 1}, {"separators": (" , ", " : ")}])


def document(body, **layout):
    geometry = {"type": "MultiPolygon", "coordinates": body}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, **layout).encode()


def flat(body):
    return [[[list(point[:2]) for point in ring] for ring in rings] for rings in body]


@given(bodies, layouts)
def test_it_finds_what_was_written(body, layout):
    rest, found = _repeated.cut_out(document(body, **layout))
    assert found is not None
    assert json.loads(rest)["features"][0]["geometry"]["coordinates"] == []
    assert json.loads(shapely.to_geojson(found))["coordinates"] == flat(body)


BODY = [[[[37.0, 47.0], [38.0, 47.0], [38.0, 48.0], [37.0, 47.0]]]]
TEXT = document(BODY)


@given(
    st.integers(0, len(TEXT) - 1), st.sampled_from([b"", b"[", b"]", b",", b"0", b"-", b" ", b'"', b"}", b"e9", b"."])
)
def test_a_spoiled_text_is_never_taken_for_another(place, instead):
    spoiled = TEXT[:place] + instead + TEXT[place + 1 :]
    _, found = _repeated.cut_out(spoiled)
    if found is None:
        return
    try:
        told = orjson.loads(spoiled)["features"][0]["geometry"]["coordinates"]
    except (orjson.JSONDecodeError, KeyError, TypeError, IndexError):
        with pytest.raises(RejectedError):
            READ(spoiled, NAME)
        return
    assert json.loads(shapely.to_geojson(found))["coordinates"] == flat(told)


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "[[[]]]",
        "[[[[37,47],[38,47],[38,48]]]]",
        "[[[[37,47],[38,47],[38,48],[37,48]]]]",
        "[[[[37,47],[38,47],[38,48],[37,47],]]]",
        "[[[[37,47],[38,47][38,48],[37,47]]]]",
        "[[[[37,47],[038,47],[38,48],[37,47]]]]",
        "[[[[37,47],[1e999,47],[38,48],[37,47]]]]",
        "[[[[37,47],[38,47,1,2],[38,48],[37,47]]]]",
        "[[[37,47],[38,47],[38,48],[37,47]]]",
        '[[[[37,47],["38",47],[38,48],[37,47]]]]',
    ],
)
def test_what_does_not_fit_is_left_to_the_ordinary_reader(body):
    text = TEXT.replace(json.dumps(BODY).encode(), body.encode())
    assert _repeated.cut_out(text) == (text, None)


def test_coordinates_within_a_text_are_not_taken():
    inner = json.dumps(json.dumps(BODY))
    geometry = '{"type": "Point", "c\\u006fordinates": [37, 47]}'
    text = f'{{"type": "FeatureCollection", "features": [{{"note": {inner}, "geometry": {geometry}}}]}}'.encode()
    with pytest.raises(RejectedError):
        READ(text, NAME)


def test_files_read_side_by_side_are_as_they_are_one_by_one():
    def body(turn):
        return [[[[37 + turn / 997, 47.0], [38.0, 47.0], [38.0, 48 + turn / 991], [37 + turn / 997, 47.0]]]]

    found = {}
    threads = [
        threading.Thread(target=lambda turn=turn: found.update({turn: _repeated.cut_out(document(body(turn)))[1]}))
        for turn in range(64)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(json.loads(shapely.to_geojson(found[turn]))["coordinates"] == body(turn) for turn in range(64))


@given(bodies, layouts, st.lists(st.tuples(st.integers(0, 99), points), max_size=5))
def test_what_was_read_before_does_not_show(body, layout, moves):
    for place, point in [(None, None), *moves]:
        if place is not None:
            ring = body[place % len(body)][place % len(body[place % len(body)])]
            ring[1 + place % (len(ring) - 2)] = point
        for _ in range(2):
            _, found = _repeated.cut_out(document(body, **layout))
            assert json.loads(shapely.to_geojson(found))["coordinates"] == flat(body)
