"""Multipolygons in files that repeat most of each other: the text of a position is understood once and remembered.

Daily files differ in a few vertices out of thousands. A body of coordinates is split at its brackets; every piece, a
position with the brackets that close after it, is looked up among those seen before. What does not fit is left to the
ordinary reader, which says what is wrong.
"""

import math
import re
from threading import Lock
from typing import Final, NamedTuple, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

_NUMBER: Final = rb"(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)"
_SPACE: Final = rb"[ \t\r\n]*"
_POSITION: Final = re.compile(
    rb"%b%b%b,%b%b(?:%b,%b%b)?%b((?:\]%b){1,4})(,?)%b"
    % (_SPACE, _NUMBER, _SPACE, _SPACE, _NUMBER, _SPACE, _SPACE, _NUMBER, _SPACE, _SPACE, _SPACE)
)
_KEY: Final = b'"coordinates"'
_DEPTH: Final = 4
_RING_MIN: Final = 4
_RING_AND_POSITION: Final = 2
_MANY: Final = 1_000_000


class _Piece(NamedTuple):
    lon: float
    lat: float
    closes: int
    comma: bool


_OPENING: Final = _Piece(math.nan, math.nan, 0, comma=True)


class _Seen(dict[bytes, int]):
    """Give every distinct piece of text its row in a table; ValueError where it is no position."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[_Piece] = []
        self._table = np.zeros((0, 4))

    def __missing__(self, text: bytes) -> int:
        self.rows.append(_piece(text))
        self[text] = number = len(self.rows) - 1
        return number

    def forget(self) -> None:
        """Start again with nothing seen."""
        self.clear()
        self.rows.clear()
        self._table = self._table[:0]

    def table_of(self, pieces: list[bytes]) -> NDArray[np.float64]:
        """Return a row a piece: longitude, latitude, brackets that close, whether a comma follows."""
        rows = np.fromiter(map(self.__getitem__, pieces), dtype=np.int64, count=len(pieces))
        if len(self._table) < len(self.rows):
            self._table = np.concatenate([self._table, np.array(self.rows[len(self._table) :], dtype=np.float64)])
        return np.asarray(self._table[rows])


def _piece(text: bytes) -> _Piece:
    if not text.strip(b" \t\r\n"):
        return _OPENING
    found = _POSITION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    numbers = [float(number) for number in found.group(1, 2, 3) if number is not None]
    if not all(map(math.isfinite, numbers)):
        raise ValueError(text)
    return _Piece(numbers[0], numbers[1], found.group(4).count(b"]"), bool(found.group(5)))


_seen, _alone = _Seen(), Lock()


def cut_out(data: bytes) -> tuple[bytes, MultiPolygon | None]:
    """Return a document with its one body of coordinates emptied, and that body as a multipolygon.

    Where the document has no such body, or any of it is not as it should be, return the document as it is, and None.
    """
    begin, end = _body(data)
    try:
        found = _multipolygon(data[begin:end].split(b"["))
    except ValueError:
        return data, None
    return data[:begin] + b"[]" + data[end:], found


def _body(data: bytes) -> tuple[int, int]:
    key = data.find(_KEY)
    begin = data.find(b"[", key)
    end = data.find(b"}", begin)
    if min(key, begin, end) < 0 or data.find(_KEY, key + 1) >= 0:
        return 0, 0
    return begin, end


def _multipolygon(pieces: list[bytes]) -> MultiPolygon:
    if pieces.pop(0):
        raise ValueError(pieces)
    table = _looked_up(pieces)
    closes = table[:, 2].astype(np.int64)
    _check_nesting(closes, table[:, 3] > 0)
    position = closes > 0
    ends = closes[position] > 1
    return _built(np.ascontiguousarray(table[position, :2]), np.flatnonzero(ends), closes[position][ends])


def _looked_up(pieces: list[bytes]) -> NDArray[np.float64]:
    with _alone:
        if len(_seen) > _MANY:
            _seen.forget()
        return _seen.table_of(pieces)


def _check_nesting(closes: NDArray[np.int64], comma: NDArray[np.bool_]) -> None:
    """Raise ValueError where positions do not lie four brackets deep, or a comma is missing or too many."""
    depth = np.cumsum(1 - closes)
    opening = closes == 0
    nested = (
        len(depth) > 0
        and depth[-1] == 0
        and (depth[:-1] > 0).all()
        and (depth[opening] < _DEPTH).all()
        and (depth + closes == _DEPTH)[~opening].all()
    )
    if not nested or comma[-1] or not comma[:-1].all():
        raise ValueError


def _built(points: NDArray[np.float64], last: NDArray[np.int64], closes: NDArray[np.int64]) -> MultiPolygon:
    """Return the multipolygon of rings that end at the positions `last`; three or more brackets end a polygon too."""
    first = np.append(0, last[:-1] + 1)
    length = last + 1 - first
    if (length < _RING_MIN).any() or not np.array_equal(points[first], points[last]):
        raise ValueError
    rings = np.asarray(shapely.linearrings(points, indices=np.repeat(np.arange(len(last)), length)))
    polygon = np.cumsum(np.append(0, closes[:-1] > _RING_AND_POSITION))
    parts = np.asarray(shapely.polygons(rings, indices=polygon))
    return cast("MultiPolygon", shapely.multipolygons(parts))
