"""A table of features with what it says of itself: the one value that every export format is written from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

DECIMALS: Final = 7
"""Decimals of a degree in files: 0.01 m, finer than any source."""


@dataclass(frozen=True)
class Table:
    """Hold features as columns beside their geometry (lon/lat, WGS 84), and what every copy must say.

    `about` has title, source, licence, attribution, as_of and the like; its values are plain text.
    """

    name: str
    columns: Mapping[str, Sequence[Any]]
    geometry: NDArray[np.object_]
    about: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.geometry)


def tidy(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes as RFC 7946 wants them: two dimensions, outer rings anticlockwise, seven decimals.

    >>> tidy(np.array([shapely.from_wkt("POLYGON Z ((0 0 5, 0 1 5, 1.123456789 1 5, 0 0 5))")]))[0].wkt
    'POLYGON ((0 0, 1.1234568 1, 0 1, 0 0))'
    """
    rounded = shapely.transform(shapely.force_2d(geometry), lambda degrees: np.round(degrees, DECIMALS))
    broken = np.flatnonzero(~shapely.is_valid(rounded))
    broken = broken[shapely.is_valid(geometry[broken])]
    rounded[broken] = shapely.set_precision(shapely.force_2d(geometry[broken]), 10.0**-DECIMALS)
    return np.asarray(shapely.orient_polygons(shapely.normalize(rounded), exterior_cw=False), dtype=object)


def ordered(table: Table, *by: str) -> Table:
    """Return the table with its rows sorted by the named columns, then by shape, whatever order they came in."""
    shapes = shapely.to_wkb(table.geometry, byte_order=1)
    keys = [tuple(_key(table.columns[name][row]) for name in by) for row in range(len(table))]
    order = sorted(range(len(table)), key=lambda row: (keys[row], shapes[row]))
    columns = {name: [values[row] for row in order] for name, values in table.columns.items()}
    return Table(table.name, columns, table.geometry[order], table.about)


def _key(value: object) -> tuple[bool, str | float]:
    return (False, float(value)) if isinstance(value, int | float) else (True, str(value))
