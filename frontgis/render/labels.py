"""Names placed once, when a map is made: by weight, at the best of eight positions, never to vanish on zooming in."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

Pixels = tuple[float, float, float, float]

_CELL: Final = 48
_FINE: Final = 6
_COARSE: Final = 8
"""Fine cells in a row of a coarse one, by which most spots are seen to lie off the line."""
_GAP: Final = 2.0
_MARK: Final = 3.5
_HIDDEN: Final = {"city": 2.0, "seat": 2.0, "town": 0.2}
"""What it costs to cover the mark of a place that is still to be named, by its style."""

SYMBOL: Final = 7.0
"""How far the symbol round a place reaches, pixels."""

_SYMBOL_COST: Final = 6.0
"""What it costs to cover the symbol of another place, named or not."""


@dataclass(frozen=True, slots=True)
class Style:
    """Say how a kind of name is set, in pixels; `dot` is the radius of its mark, `reach` its distance without one."""

    face: str
    size: float
    spacing: float = 0.0
    dot: float = 0.0
    reach: float = 0.0


STYLES: Final[dict[str, Style]] = {
    "city": Style("semibold", 15, dot=3),
    "seat": Style("semibold", 13, dot=2.6),
    "town": Style("regular", 12.5, dot=2.2),
    "village": Style("regular", 11.5, dot=1.7),
    "country": Style("semibold", 13, spacing=3),
    "unit": Style("regular", 11, spacing=2),
    "sea": Style("italic", 14, spacing=2),
    "river": Style("italic", 11, spacing=0.5),
    "gained": Style("semibold", 13, reach=9),
    "lost": Style("semibold", 13, reach=9),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a name that wants a place, from level `first` to level `last`, and maybe a symbol round its point.

    One that is `always` named may stand where its mark covers another's.
    """

    text: str
    style: str
    first: int
    last: int
    angle: float = 0.0
    marked: bool = False
    always: bool = False

    @property
    def dot(self) -> float:
        """Return how far what stands at the point reaches, pixels; 0 where nothing does."""
        return SYMBOL if self.marked else STYLES[self.style].dot


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold where a name stands: the text's left end on its baseline, and its box, in pixels from its point."""

    dx: float
    dy: float
    box: Pixels
    first: int


@dataclass(frozen=True, slots=True)
class Level:
    """Hold one scale: the candidates' pixels there, the fine cells that lines run through, and boxes kept free."""

    number: int
    xy: NDArray[np.float64]
    front: frozenset[tuple[int, int]] = frozenset()
    window: Pixels | None = None
    kept: tuple[Pixels, ...] = ()


@cache
def _widths() -> dict[str, dict[str, int]]:
    text = files("frontgis.render").joinpath("assets/font/widths.json").read_text(encoding="utf-8")
    table: dict[str, dict[str, int]] = json.loads(text)
    return table


def width(text: str, style: Style) -> float:
    """Return the text's width in pixels, from the font's own advances."""
    face = _widths()[style.face]
    return sum(face.get(letter, 600) for letter in text) * style.size / 1000 + style.spacing * len(text)


def cells(xy: NDArray[np.float64]) -> frozenset[tuple[int, int]]:
    """Return the cells of the fine grid that a line of pixels runs through."""
    found: set[tuple[int, int]] = set()
    for (ax, ay), (bx, by) in zip(xy[:-1].tolist(), xy[1:].tolist(), strict=True):
        steps = max(1, math.ceil(max(abs(bx - ax), abs(by - ay)) / _FINE))
        for step in range(steps + 1):
            share = step / steps
            found.add((int((ax + share * (bx - ax)) // _FINE), int((ay + share * (by - ay)) // _FINE)))
    return frozenset(found)


def place(candidates: Sequence[Candidate], levels: Sequence[Level]) -> list[Spot | None]:
    """Give each candidate, the weightiest first, a spot that is free at every level from its own up.

    `levels` stand from coarse to fine. A spot's `first` is the coarsest level from which on it stays free;
    None where there is none. Crossing the front is allowed where every other spot is worse.
    """
    boards = [_Board(level, candidates) for level in levels]
    spots: list[Spot | None] = []
    for index, candidate in enumerate(candidates):
        best = min(_options(index, candidate, boards), default=None, key=lambda option: option[:2])
        spots.append(best[2] if best else None)
        if best:
            for board in boards:
                if best[2].first <= board.level.number <= candidate.last:
                    board.take(index, candidate, best[2])
    return spots


def _options(index: int, candidate: Candidate, boards: Sequence["_Board"]) -> Iterable[tuple[int, float, Spot]]:
    for order, (dx, dy, box) in enumerate(_anchors(candidate)):
        first, cost = None, order * 0.6
        for board in reversed(boards):
            if board.level.number > candidate.last:
                continue
            if board.level.number < candidate.first or not board.free(index, box, candidate):
                break
            first = board.level.number
            cost += board.crossings(index, box) + board.hidden(index, box)
        if first is not None:
            yield first, cost, Spot(dx, dy, box, first)


def _anchors(candidate: Candidate) -> list[tuple[float, float, Pixels]]:
    """Return the positions, best first, as (dx, dy, box)."""
    style = STYLES[candidate.style]
    wide, up, down = width(candidate.text, style), 0.72 * style.size, 0.22 * style.size
    if not candidate.dot and not style.reach:
        return [_centred(wide, up, down, candidate.angle)]
    gap = style.reach or candidate.dot + 2.5
    left, middle, right = -wide - gap, -wide / 2, gap
    above, centre, below = -gap, up / 2 - 0.5, up + gap
    slant = 0.7 * gap
    spots = [
        (right, centre),
        (slant, -slant),
        (slant, up + slant),
        (left, centre),
        (-wide - slant, -slant),
        (-wide - slant, up + slant),
        (middle, above),
        (middle, below),
    ]
    return [(x, y, (x - _GAP, y - up - _GAP, x + wide + _GAP, y + down + _GAP)) for x, y in spots]


def _centred(wide: float, up: float, down: float, angle: float) -> tuple[float, float, Pixels]:
    turn, tilt = abs(math.cos(angle)), abs(math.sin(angle))
    half_w = (wide * turn + (up + down) * tilt) / 2 + _GAP
    half_h = (wide * tilt + (up + down) * turn) / 2 + _GAP
    return -wide / 2, (up - down) / 2, (-half_w, -half_h, half_w, half_h)


class _Board:
    """Keep what is taken at one level, in a grid of boxes."""

    def __init__(self, level: Level, candidates: Sequence[Candidate]) -> None:
        self.level = level
        self.xy: list[list[float]] = level.xy.tolist()
        self.coarse = {(x // _COARSE, y // _COARSE) for x, y in level.front}
        self.grid: dict[tuple[int, int], list[Pixels]] = defaultdict(list)
        self.marks: dict[tuple[int, int], list[tuple[int, float, bool]]] = defaultdict(list)
        for box in level.kept:
            self._keep(box)
        for index, candidate in enumerate(candidates):
            cost = _HIDDEN.get(candidate.style, 0.0) if candidate.first <= level.number else 0.0
            if cost or candidate.marked:
                x, y = self.xy[index]
                mark = index, _SYMBOL_COST if candidate.marked else cost, candidate.marked
                self.marks[int(x // _CELL), int(y // _CELL)].append(mark)

    def free(self, index: int, box: Pixels, candidate: Candidate) -> bool:
        if not self._open(self._at(index, box)):
            return False
        dot = 0.0 if candidate.always else candidate.dot
        return not dot or self._open(self._at(index, (-dot, -dot, dot, dot)))

    def take(self, index: int, candidate: Candidate, spot: Spot) -> None:
        boxes = [self._at(index, spot.box)]
        if dot := candidate.dot:
            boxes.append(self._at(index, (-dot - 1, -dot - 1, dot + 1, dot + 1)))
        for box in boxes:
            self._keep(box)

    def crossings(self, index: int, box: Pixels) -> float:
        at = self._at(index, box)
        if self.coarse.isdisjoint(_spanned(at, _FINE * _COARSE)):
            return 0.0
        return min(4.0, 0.5 * len(self.level.front.intersection(_spanned(at, _FINE))))

    def hidden(self, index: int, box: Pixels) -> float:
        """Return the cost of covering the marks of places that are still to be named, and symbols of any."""
        left, top, right, bottom = self._at(index, box)
        around = (left - SYMBOL, top - SYMBOL, right + SYMBOL, bottom + SYMBOL)
        total = 0.0
        for mark, cost, is_symbol in (mark for cell in _spanned(around, _CELL) for mark in self.marks.get(cell, ())):
            x, y = self.xy[mark]
            reach = SYMBOL + 1 if is_symbol else _MARK
            matters = mark > index or (is_symbol and mark != index)
            if matters and left - reach < x < right + reach and top - reach < y < bottom + reach:
                total += cost
        return total

    def _keep(self, box: Pixels) -> None:
        for cell in _spanned(box, _CELL):
            self.grid[cell].append(box)

    def _at(self, index: int, box: Pixels) -> Pixels:
        x, y = self.xy[index]
        return x + box[0], y + box[1], x + box[2], y + box[3]

    def _open(self, box: Pixels) -> bool:
        return self._inside(box) and not self._taken(box)

    def _inside(self, box: Pixels) -> bool:
        window = self.level.window
        return window is None or (
            box[0] >= window[0] and box[1] >= window[1] and box[2] <= window[2] and box[3] <= window[3]
        )

    def _taken(self, box: Pixels) -> bool:
        left, top, right, bottom = box
        for cell in _spanned(box, _CELL):
            for other in self.grid.get(cell, ()):
                if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                    return True
        return False


def _spanned(box: Pixels, size: int) -> list[tuple[int, int]]:
    down = range(int(box[1] // size), int(box[3] // size) + 1)
    return [(x, y) for x in range(int(box[0] // size), int(box[2] // size) + 1) for y in down]
