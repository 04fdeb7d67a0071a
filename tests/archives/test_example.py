"""The worked example judged by an archive of another's maps, over the whole line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(kept):
    ran = subprocess.run(
        [sys.executable, ROOT / "scripts" / "agreement", kept, "deepstate-daily"], capture_output=True, check=True
    )
    return json.loads(ran.stdout)


def test_near_the_line_it_agrees_better_than_an_old_map_would(found):
    day = found["days"]["2025-03-28"]
    assert day["overlap"] >= 0.90
    assert day["apart_mean_km"] <= 2.5
    assert day["apart_90_km"] <= 6
    assert day["settlements_right"] >= 0.90
    assert min(day["overlap"] for day in found["days"].values()) >= 0.90


def test_it_finds_what_changed(found):
    later = [day for day in found["days"].values() if "recall" in day]
    assert len(later) == 4
    assert min(day["recall"] for day in later[1:]) >= 0.5
    assert min(day["precision"] for day in later[1:]) >= 0.5
    assert later[0]["recall"] > 0.45
    assert all(row["net"] * row["theirs"] > 0 for row in found["net"])
    assert len(found["net"]) >= 6
