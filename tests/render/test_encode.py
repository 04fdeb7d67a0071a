"""Geometry survives the short text of the data block to within half a step."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontgis.render import encode

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def decoded(text: str) -> np.ndarray:
    """Read the text as its format is defined: zigzag steps, five bits a character, the sixth for more to come."""
    steps, value, shift = [], 0, 0
    for letter in text:
        digit = ALPHABET.index(letter)
        value += (digit & 31) << shift
        shift += 5
        if not digit & 32:
            steps.append(-(value + 1) // 2 if value & 1 else value // 2)
            value = shift = 0
    return np.cumsum(np.array(steps).reshape(-1, 2), axis=0) / encode.SCALE


lonlat = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


@given(st.lists(lonlat, min_size=2, max_size=30, unique=True))
def test_lines_come_back(points: list[tuple[float, float]]) -> None:
    line = shapely.LineString(points)
    for text in encode.paths(line):
        back = decoded(text)
        assert shapely.hausdorff_distance(shapely.LineString(back), line) <= 1.5 / encode.SCALE


def test_rings_come_without_their_last_point_and_holes_apart() -> None:
    shape = shapely.box(30, 45, 31, 46).difference(shapely.box(30.25, 45.25, 30.75, 45.75))
    shell, hole = (decoded(text) for text in encode.paths(shape))
    assert len(shell) == len(hole) == 4
    assert shapely.Polygon(shell, [hole]).equals(shape)


def test_what_is_smaller_than_a_step_is_left_out() -> None:
    assert encode.paths(shapely.LineString([(1, 1), (1 + 1e-7, 1)])) == []
    assert encode.paths(shapely.Polygon()) == []
