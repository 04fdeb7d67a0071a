"""Courses of rivers that the packaged rivers lack: traced along valley floors between points entered by hand."""

from __future__ import annotations

import csv
import heapq
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.flat import CELLS_A_DEGREE, read_globe

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE = Path(__file__).parent
MARGIN_DEG = 0.15
FLOOR_CELLS = 6  # how far around a cell its valley's floor is looked for
METRES_DEAR = 4.0  # a cell this much above the floor costs twice
ROUNDS = 2
Cell = tuple[int, int]


def read_courses(downloads: Path) -> tuple[list[dict[str, str]], list[Any]]:
    """Return names and traced lines (lon/lat) of the hand-entered rivers."""
    with (HERE / "courses.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return rows, [_trace(row["points"], downloads) for row in rows]


def _trace(points: str, downloads: Path) -> Any:
    spots = np.array([[float(v) for v in point.split()] for point in points.split(";")])
    west, south = np.floor((spots.min(axis=0) - MARGIN_DEG) * CELLS_A_DEGREE) / CELLS_A_DEGREE
    east, north = np.minimum(np.ceil((spots.max(axis=0) + MARGIN_DEG) * CELLS_A_DEGREE) / CELLS_A_DEGREE, [180, 50])
    cost = _cost(read_globe(downloads, (west, south, east, north)).astype(np.float64))
    cells = [(int((north - lat) * CELLS_A_DEGREE), int((lon - west) * CELLS_A_DEGREE)) for lon, lat in spots]
    path = cells[:1]
    for start, goal in pairwise(cells):
        path += _cheapest(cost, start, goal)[1:]
    row, column = np.array(path).T
    line = np.column_stack([west + (column + 0.5) / CELLS_A_DEGREE, north - (row + 0.5) / CELLS_A_DEGREE])
    return shapely.LineString(np.round(_smooth(line), 5))


def _cost(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what it costs to pass a cell: one on its valley's floor, more the higher above it."""
    wide = np.pad(heights, FLOOR_CELLS, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(wide, (2 * FLOOR_CELLS + 1, 2 * FLOOR_CELLS + 1))
    return np.asarray(1 + (heights - windows.min(axis=(2, 3))) / METRES_DEAR)


def _cheapest(cost: NDArray[np.float64], start: Cell, goal: Cell) -> list[Cell]:
    """Return the cheapest way between two cells, by Dijkstra's rule on eight neighbours."""
    steps = [(i, j, float(np.hypot(i, 0.66 * j))) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    best: dict[Cell, float] = {start: 0.0}
    came: dict[Cell, Cell] = {}
    queue = [(0.0, start)]
    while queue:
        spent, cell = heapq.heappop(queue)
        if cell == goal:
            break
        if spent > best[cell]:
            continue
        for i, j, length in steps:
            near = (cell[0] + i, cell[1] + j)
            if 0 <= near[0] < cost.shape[0] and 0 <= near[1] < cost.shape[1]:
                price = spent + length * float(cost[cell] + cost[near]) / 2
                if price < best.get(near, np.inf):
                    best[near], came[near] = price, cell
                    heapq.heappush(queue, (price, near))
    path = [goal]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]


def _smooth(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round the steps of the grid: every other cell kept, then Chaikin's rule with the ends held."""
    xy = np.vstack([line[:-1:2], line[-1:]])
    for _ in range(ROUNDS):
        cut = np.stack([0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]], axis=1).reshape(-1, 2)
        xy = np.vstack([xy[:1], cut, xy[-1:]])
    return xy
