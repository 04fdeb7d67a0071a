"""Multipolygons in files that repeat most of each other: the text of a position is understood once and remembered.

Daily files differ in a few vertices out of thousands. A body of coordinates is split at its brackets; every piece, a
position with the brackets that close after it, is looked up among those seen before, but for the pieces with which the
body begins and ends like the last one. What does not fit is left to the ordinary reader, which says what is wrong.
"""

import math
import re
from array import array
from threading import Lock
from typing import Final, TypeAlias, cast

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


_Row: TypeAlias = tuple[float, float, float, float]
"""Longitude, latitude, brackets that close, whether a comma follows."""

_OPENING: Final[_Row] = (math.nan, math.nan, 0, True)


class _Seen(dict[bytes, int]):
    """Give every distinct piece of text its row in a table; ValueError where it is no position."""

    def __init__(self) -> None:
        super().__init__()
        self._written = array("d")
        self._text, self._rows = b"[", np.zeros(1, dtype=np.int64)
        self.last: tuple[bytes, MultiPolygon] = b"", MultiPolygon()

    def __missing__(self, text: bytes) -> int:
        self._written.extend(_row(text))
        self[text] = number = len(self._written) // 4 - 1
        return number

    def forget(self) -> None:
        """Start again with nothing seen."""
        self.clear()
        self.__init__()  # type: ignore[misc]

    def table_of(self, text: bytes) -> NDArray[np.float64]:
        """Return the row of the piece after each opening bracket; the text begins with one."""
        rows = self._rows_of(text)
        self._text, self._rows = text, rows
        return np.asarray(np.frombuffer(self._written).reshape(-1, 4)[rows])

    def _rows_of(self, text: bytes) -> NDArray[np.int64]:
        begin, end = _alike(self._text, text)
        head, tail = max(text.count(b"[", 0, begin) - 1, 0), text.count(b"[", len(text) - end)
        first = text.rfind(b"[", 0, begin) + 1 if head else 1
        last = text.find(b"[", len(text) - end) if tail else len(text)
        pieces = text[first:last].split(b"[")
        middle = np.fromiter(map(self.__getitem__, pieces), dtype=np.int64, count=len(pieces))
        return np.concatenate([self._rows[:head], middle, self._rows[len(self._rows) - tail :]])


def _alike(one: bytes, other: bytes) -> tuple[int, int]:
    """Return with how many bytes both begin alike, and with how many more they end alike."""
    short = min(len(one), len(other))
    a, b = np.frombuffer(one, np.uint8), np.frombuffer(other, np.uint8)
    begin = _first(a[:short] != b[:short])
    end = _first((a[len(a) - short :] != b[len(b) - short :])[::-1])
    return begin, min(end, short - begin)


def _first(true: NDArray[np.bool_]) -> int:
    place = int(true.argmax())
    return place if true[place] else len(true)


def _row(text: bytes) -> _Row:
    if not text.strip(b" \t\r\n"):
        return _OPENING
    found = _POSITION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    numbers = [float(number) for number in found.group(1, 2, 3) if number is not None]
    if not all(map(math.isfinite, numbers)):
        raise ValueError(text)
    return numbers[0], numbers[1], found.group(4).count(b"]"), bool(found.group(5))


_seen, _alone = _Seen(), Lock()


def cut_out(data: bytes) -> tuple[bytes, MultiPolygon | None]:
    """Return a document with its one body of coordinates emptied, and that body as a multipolygon.

    Where the document has no such body, or any of it is not as it should be, return the document as it is, and None.
    """
    begin, end = _body(data)
    try:
        found = _multipolygon(data[begin:end])
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


def _multipolygon(text: bytes) -> MultiPolygon:
    if not text:
        raise ValueError(text)
    before, found = _seen.last
    if text != before:
        table = _looked_up(text)
        closes = table[:, 2].astype(np.int64)
        _check_nesting(closes, table[:, 3] > 0)
        position = closes > 0
        ends = closes[position] > 1
        found = _built(np.ascontiguousarray(table[position, :2]), np.flatnonzero(ends), closes[position][ends])
        _seen.last = text, found
    return found


def _looked_up(text: bytes) -> NDArray[np.float64]:
    with _alone:
        if len(_seen) > _MANY:
            _seen.forget()
        return _seen.table_of(text)


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
