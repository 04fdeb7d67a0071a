"""Cost against size: ten times the vertices with the same change, ten times the days."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from frontgis.catalog import shipped
from frontgis.history import lookup
from frontgis.history.composite import build
from frontgis.history.setting import theatre_of
from measures.pipeline import judged
from measures.row import ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.pipeline import Files

HEAD = "| vertices a map | days | reading and judging | history and series | a vertex read | a day of history |"
MOVING = 20


def lines() -> Iterator[str]:
    """Yield the table of made-up maps, 20 vertices of each moving outwards from day to day."""
    yield HEAD
    yield "|---:|---:|---:|---:|---:|---:|"
    for vertices, days in ((2_000, 60), (6_000, 60), (20_000, 60), (2_000, 180), (2_000, 600)):
        files = _files(vertices, days)
        begin = time.perf_counter()
        snapshots = judged(files)
        read = time.perf_counter() - begin
        division = theatre_of(shipped())
        _ = division.border_tree, division.whole
        begin = time.perf_counter()
        lookup.series(build(snapshots, division))
        made = time.perf_counter() - begin
        each = f"{read / days / vertices * 1e9:.0f} ns | {ms(made / days)}"
        yield f"| {vertices} | {days} | {ms(read)} | {ms(made)} | {each} |"


def _files(vertices: int, days: int) -> Files:
    chance = np.random.default_rng(0)
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    radius = chance.uniform(0.98, 1.0, vertices)
    files = []
    for day in range(days):
        radius[chance.choice(vertices, MOVING, replace=False)] += 0.001
        ring = np.column_stack([37.5 + radius * np.cos(angle), 48.5 + 0.6 * radius * np.sin(angle)]).round(6)
        body = [[[*ring.tolist(), ring[0].tolist()]]]
        feature = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": body}}
        name = f"deepstatemap_data_{date(2024, 1, 1) + timedelta(days=day):%Y%m%d}.geojson"
        files.append((name, json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()))
    return files
