"""Exported GeoJSON is what RFC 7946 says, as another project's validator reads it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXPORTS = [
    ("control", "--on", "latest"),
    ("change", "first", "latest"),
    ("front", "--on", "latest"),
    ("sea",),
]


@pytest.mark.node
@pytest.mark.parametrize("what", EXPORTS, ids=[what[0] for what in EXPORTS])
def test_geojsonhint_has_nothing_to_say(
    what: tuple[str, ...], export: Callable[..., Path], node: Callable[..., Any]
) -> None:
    ran = node("geojsonhint", export(*what, suffix=".geojson"))
    assert (ran.code, ran.stdout.strip()) == (0, "")


@pytest.mark.node
def test_geojsonhint_bites(tmp_path: Path, node: Callable[..., Any]) -> None:
    clockwise = tmp_path / "clockwise.geojson"
    clockwise.write_text('{"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}')
    assert "right-hand rule" in node("geojsonhint", clockwise).stdout
