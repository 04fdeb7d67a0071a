"""A history packed for a page comes back as it was, to within half a step."""

import json
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontgis.history import History
from frontgis.history.composite import held
from frontgis.history.setting import front_setting
from frontgis.maps.arcs import arcs
from frontgis.model import Side
from frontgis.render import packed

ASSETS = Path(packed.__file__).parent / "assets"

whole = st.lists(st.integers(-(2**40), 2**40), max_size=50)


@given(st.lists(whole, max_size=6))
def test_columns_come_back(columns: list[list[int]]) -> None:
    text = packed.pack([np.array(column, dtype=np.int64) for column in columns])
    assert [column.tolist() for column in packed.unpack(text)] == columns


@pytest.fixture(scope="session")
def columns(history: History) -> list[np.ndarray]:
    composite = history.composite()
    return packed.unpack(packed.pack(packed.columns(composite, arcs(composite, front_setting(history.catalog)))))


def test_faces_and_flips_come_back(history: History, columns: list[np.ndarray]) -> None:
    composite = history.composite()
    _, _, area, unit, first, flips, face, code, *_ = columns
    table = np.tile(first, (len(history.versions), 1))
    moved, ends = np.cumsum(face), np.cumsum(flips)
    for version, (begin, end) in enumerate(pairwise([0, *ends])):
        table[version:, moved[begin:end]] = code[begin:end]
    known = sorted(zip(np.rint(composite.km2 * packed.KM2), composite.unit, map(tuple, composite.code.T), strict=True))
    assert sorted(zip(area, np.cumsum(unit), map(tuple, table.T), strict=True)) == known


def test_dates_come_back(history: History, columns: list[np.ndarray]) -> None:
    days, minutes, *_ = columns
    told = np.cumsum(days).astype("datetime64[D]").astype(str).tolist()
    assert told == [str(version.as_of) for version in history.versions]
    assert set(minutes.tolist()) == {-1}


@pytest.mark.node
def test_the_pages_script_reads_it_and_counts_change_as_we_do(history: History, columns: list[np.ndarray]) -> None:
    last = len(history.versions) - 1
    pairs = [(0, last), (1, 2), (last // 2, last), (last - 1, last)]
    settings = {"scale": packed.SCALE, "km2": packed.KM2, "thin": 0.1}
    program = f"""
      {(ASSETS / "timeline.js").read_text("utf-8")}
      const text = {json.dumps(packed.pack(columns))};
      readTimeline({{ packed: text, ...{json.dumps(settings)} }}).then((timeline) => {{
        const mine = {json.dumps(held(Side.RU).tolist())};
        console.log(JSON.stringify({json.dumps(pairs)}.map(([a, b]) => timeline.change(a, b, mine))));
      }});
    """
    ran = subprocess.run(["node", "-"], input=program, capture_output=True, text=True, check=True)
    for (a, b), rows in zip(pairs, json.loads(ran.stdout), strict=True):
        found = history.compare(history.versions[a].as_of, history.versions[b].as_of).moved
        gained, lost = found.gains(Side.RU), found.losses(Side.RU)
        for row in rows:
            assert row["gained"] == pytest.approx(gained[row["unit"]], abs=0.01)
            assert row["lost"] == pytest.approx(lost[row["unit"]], abs=0.01)
        assert sum(row["gained"] for row in rows) == pytest.approx(gained.sum(), abs=0.01)
        assert sum(row["lost"] for row in rows) == pytest.approx(lost.sum(), abs=0.01)
