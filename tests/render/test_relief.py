"""Hillshade: light from the north-west, shadow to the south-east, level ground untouched."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from frontgis.maps.parts import Relief
from frontgis.render.relief import shade

BOX = (30.0, 45.0, 34.0, 48.0)


def greys(metres: np.ndarray) -> np.ndarray:
    kind, text = shade(Relief(BOX, metres)).split(",")
    assert kind == "data:image/webp;base64"
    picture = Image.open(io.BytesIO(base64.b64decode(text))).convert("L")
    return np.asarray(picture, dtype=float)[20:-20, 20:-20]


@pytest.mark.parametrize(("east", "south", "least", "most"), [(1, 1, 250, 255), (-1, -1, 0, 200), (0, 0, 250, 255)])
def test_slopes_away_from_the_light_are_dark(east: int, south: int, least: int, most: int) -> None:
    row, column = np.mgrid[0:120, 0:160]
    assert least <= greys(12_000.0 + 40 * (east * column + south * row)).mean() <= most


def test_the_sea_floor_casts_no_shadow() -> None:
    row, column = np.mgrid[0:120, 0:160]
    assert greys(-10.0 * (row + column)).min() > 250


def test_the_shade_ends_softly() -> None:
    row, column = np.mgrid[0:120, 0:160]
    text = shade(Relief(BOX, 12_000.0 - 40 * (column + row))).split(",")[1]
    whole = np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("L"), dtype=float)
    edge = np.concatenate([whole[0], whole[-1], whole[:, 0], whole[:, -1]])
    assert edge.mean() > 225 > whole[60].mean()
