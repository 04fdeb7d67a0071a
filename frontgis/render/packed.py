"""A history as one short text: whole numbers in as few bytes as they need, compressed, in base64.

What is packed is a sequence of columns; the page's script unpacks them in the same order.
"""

import base64
import gzip
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from frontgis.geo.polygons import THIN_M
from frontgis.history.composite import CODES, Composite, held
from frontgis.maps.arcs import Arcs
from frontgis.maps.timeline import Timeline
from frontgis.model import AsOf, Side
from frontgis.render.escape import plain

Numbers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

SCALE: Final = 10_000
"""Steps a degree: about ten metres, less than a pixel at any zoom of the page."""

KM2: Final = 1e5
"""Steps a km²: ten square metres, so that a sum of thousands of faces still holds to 0.01 km²."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_MORE: Final = 128


def history(timeline: Timeline) -> dict[str, Any]:
    """Return what the page's script needs to show any version of a history, ready for JSON."""
    composite = timeline.composite
    met = np.unique(composite.unit)
    return {
        "packed": pack(columns(composite, timeline.arcs)),
        "scale": SCALE,
        "km2": KM2,
        "thin": THIN_M,
        "codes": [status.value for status in CODES],
        "mine": held(timeline.side).tolist(),
        "theirs": held(Side.UA if timeline.side is Side.RU else Side.RU).tolist(),
        "layers": list(timeline.layers),
        "legend": [[entry.swatch, plain(entry.words), list(entry.layers)] for entry in timeline.legend],
        "statuses": {status: plain(words) for status, words in timeline.statuses},
        "a": composite.as_of.index(timeline.before),
        "b": composite.as_of.index(timeline.after),
        "title": plain(timeline.title),
        "alone": plain(timeline.alone),
        "drawnBy": plain(timeline.drawn_by),
        "attribution": plain(timeline.attribution),
        "within": list(timeline.within),
        "place": plain(timeline.place),
        "abroad": round(timeline.abroad, 3),
        "incursion": plain(timeline.incursion),
        "dashed": timeline.dashed,
        "units": {int(n): [plain(timeline.names[n]), [round(x, 3) for x in timeline.boxes[n]]] for n in met},
    }


def pack(columns: Sequence[Numbers]) -> str:
    """Return columns of whole numbers as text; each is led by its length."""
    raw = b"".join(_bytes(np.concatenate([[len(column)], _unsigned(column)])) for column in columns)
    return base64.b64encode(gzip.compress(raw, 9, mtime=0)).decode()


def unpack(text: str) -> list[Numbers]:
    """Return the columns of a packed text."""
    values = _values(gzip.decompress(base64.b64decode(text)))
    found, at = [], 0
    while at < len(values):
        size = int(values[at])
        column = values[at + 1 : at + 1 + size]
        found.append((column >> 1) ^ -(column & 1))
        at += 1 + size
    return found


def columns(composite: Composite, arcs: Arcs) -> list[Numbers]:
    """Return a history as columns: faces one beside the other, flips by version, arcs."""
    import geopandas as gpd

    version, face = composite.flips
    order = np.argsort(gpd.GeoSeries(composite.geometry).hilbert_distance().to_numpy(), kind="stable")
    rank = np.argsort(order)
    flip = np.lexsort((rank[face], version))
    version, face = version[flip], face[flip]
    return [
        _steps(np.array([as_of.date.toordinal() for as_of in composite.as_of], dtype=np.int64) - _EPOCH),
        np.array([_minute(as_of) for as_of in composite.as_of], dtype=np.int64),
        np.rint(composite.km2[order] * KM2).astype(np.int64),
        _steps(composite.unit[order]),
        composite.code[0, order].astype(np.int64),
        np.bincount(version, minlength=len(composite.as_of)),
        _steps(rank[face]),
        composite.code[version, face].astype(np.int64),
        *_lines(arcs, rank),
    ]


def _minute(as_of: AsOf) -> int:
    """Return the minute of the day that an as-of names, −1 where it names a whole day."""
    return -1 if as_of.is_day else as_of.end.hour * 60 + as_of.end.minute


def _lines(arcs: Arcs, rank: Numbers) -> list[Numbers]:
    """Return the arcs in the order of their faces: grounds left and right, what is near, how many points, points."""
    left, right = (np.where(side >= 0, rank[np.maximum(side, 0)], side) for side in (arcs.left, arcs.right))
    order = np.lexsort((right, left))
    paths = [_path(arcs.points[arcs.start[arc] : arcs.start[arc + 1]]) for arc in order]
    kept = np.array([len(path) > 1 for path in paths], dtype=bool)
    order, paths = order[kept], [path for path in paths if len(path) > 1]
    every = np.concatenate([np.zeros((0, 2), dtype=np.int64), *paths])
    return [
        _steps(left[order]),
        _steps(right[order]),
        arcs.near[order],
        np.array([len(path) for path in paths], dtype=np.int64),
        _steps(every[:, 0]),
        _steps(every[:, 1]),
    ]


def _path(line: Floats) -> Numbers:
    """Return a line's positions in steps, without those that repeat the one before."""
    path = np.rint(line * SCALE).astype(np.int64)
    return path[np.any(np.diff(path, axis=0, prepend=path[:1] - 1) != 0, axis=1)]


def _steps(column: Numbers) -> Numbers:
    return np.diff(column, prepend=0)


def _unsigned(column: Numbers) -> Numbers:
    return (column << 1) ^ (column >> 63)


def _bytes(values: Numbers) -> bytes:
    """Return unsigned numbers, seven bits a byte from the lowest on; the eighth bit says that more follow."""
    width = np.maximum(1, -(-np.frexp(values.astype(np.float64))[1] // 7))
    place = np.arange(width.sum()) - np.repeat(np.cumsum(width) - width, width)
    seven = (np.repeat(values, width) >> (7 * place)) & (_MORE - 1)
    more = place < np.repeat(width, width) - 1
    return bytes((seven + _MORE * more).astype(np.uint8))


def _values(raw: bytes) -> Numbers:
    seven = np.frombuffer(raw, dtype=np.uint8).astype(np.int64)
    last = seven < _MORE
    owner = np.concatenate([[0], np.cumsum(last)[:-1]]) if len(seven) else np.zeros(0, dtype=np.int64)
    place = np.arange(len(seven)) - np.concatenate([[0], np.flatnonzero(last)[:-1] + 1])[owner] if len(seven) else owner
    values = np.zeros(int(last.sum()), dtype=np.int64)
    np.add.at(values, owner, (seven & (_MORE - 1)) << (7 * place))
    return values
