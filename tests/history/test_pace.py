"""Pace against direct overlays and areas of the same dates; how it is said, and what it refuses to say."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.catalog import Catalog, Units
from frontgis.catalog.world import generate, write
from frontgis.geo.area import area_km2
from frontgis.geo.polygons import multipolygon
from frontgis.history import History, change, composite, control, pace
from frontgis.history.division import Division
from frontgis.model import HELD, AmbiguousError, NotFoundError, Side, Status
from frontgis.render import pace_text
from frontgis.render.words import SPACE
from tests.builders import snapshot

UNITS = Units(
    ("A", "B"),
    ("Aland", "Beland"),
    np.array([shapely.box(36, 47, 37.13, 49), shapely.box(37.13, 47, 38.4, 49)], object),
    "two",
)
DIVISION = Division(UNITS, shapely.box(36, 46, 39, 47))
FIRST = date(2025, 1, 1)
HOLDS = HELD[Side.RU]

boxes = st.tuples(st.integers(0, 20), st.integers(0, 16), st.integers(1, 8), st.integers(1, 8))
maps = st.tuples(st.lists(boxes, max_size=3), st.lists(boxes, max_size=2))
archives = st.lists(st.tuples(st.integers(1, 40), maps), min_size=2, max_size=6)


def ground(found):
    """Return the union of boxes on a lattice of a tenth of a degree."""
    shapes = [
        shapely.box(36.2 + w / 10, 46.8 + s / 10, 36.2 + (w + wide) / 10, 46.8 + (s + high) / 10)
        for w, s, wide, high in found
    ]
    return shapely.set_precision(shapely.union_all(shapes), 1e-6)


def history(found):
    day, snapshots = FIRST, []
    for gap, (taken, grey) in found:
        day += timedelta(days=gap)
        occupied = ground(taken)
        contested = shapely.difference(ground(grey), occupied, grid_size=1e-6)
        parts = [(Status.OCCUPIED, occupied), (Status.CONTESTED, contested)]
        snapshots.append(snapshot(day.isoformat(), [(s, multipolygon(g)) for s, g in parts if not g.is_empty]))
    return snapshots


def answer(snapshots, version=-1, *, name="both"):
    told = pace.past(composite.build(snapshots, DIVISION), range(len(snapshots))[version])
    return pace.pace(told, pace.grounds(told, (0, 1), name, each=True)).rows


def direct(a, b, unit, side=Side.RU):
    """Return what a side gained and lost in a unit by overlay of the two snapshots."""
    rows = [row for row in change.between(a, b, side=side).table(DIVISION) if row.unit == unit]
    holds = HELD[side]
    gained = sum(row.km2 for row in rows if row.after in holds and row.before not in holds)
    return gained, sum(row.km2 for row in rows if row.before in holds and row.after not in holds)


def before(snapshots, days):
    """Return the last snapshot at least so many days before the last one."""
    last = snapshots[-1].as_of.date
    old = [told for told in snapshots if (last - told.as_of.date).days >= days]
    return old[-1] if old else None


@settings(max_examples=40)
@given(archives)
def test_pace_is_the_direct_comparison_over_the_days_between(found):
    snapshots = history(found)
    for row in answer(snapshots):
        start = before(snapshots, row.window_days)
        if start is None:
            assert row.gross_km2_per_day is row.net_km2_per_day is row.days is None
        elif row.unit != "both":
            span = (snapshots[-1].as_of.date - start.as_of.date).days
            gained, lost = direct(start, snapshots[-1], row.unit)
            assert row.gross_km2_per_day == pytest.approx(gained / span, abs=1e-3)
            assert row.net_km2_per_day == pytest.approx((gained - lost) / span, abs=1e-3)


@settings(max_examples=40)
@given(archives)
def test_what_remains_is_all_of_the_unit_that_is_not_held(found):
    snapshots = history(found)
    held = {
        unit: sum(r.km2 for r in control.area(snapshots[-1], DIVISION) if r.unit == unit and r.status in HOLDS)
        for unit in UNITS.ids
    }
    for row in answer(snapshots):
        if row.unit != "both":
            whole = area_km2(UNITS.geometry[UNITS.ids.index(row.unit)])
            assert row.remaining_km2 == pytest.approx(whole - held[row.unit], abs=1e-3)


@settings(max_examples=40)
@given(archives)
def test_the_units_add_up_and_days_are_what_remains_at_the_net_pace(found):
    rows = answer(history(found))
    by = {(row.unit, row.window_days): row for row in rows}
    for window in pace.WINDOWS:
        whole, parts = by["both", window], [by[unit, window] for unit in UNITS.ids]
        assert whole.remaining_km2 == pytest.approx(sum(part.remaining_km2 for part in parts))
        if whole.net_km2_per_day is not None:
            assert whole.gross_km2_per_day == pytest.approx(sum(part.gross_km2_per_day for part in parts))
            assert whole.net_km2_per_day == pytest.approx(sum(part.net_km2_per_day for part in parts), abs=0.01)
    for row in rows:
        if row.net_km2_per_day is None or row.net_km2_per_day <= 0:
            assert row.days is None
        else:
            assert row.days * row.net_km2_per_day == pytest.approx(row.remaining_km2)


@settings(max_examples=30)
@given(archives, st.data())
def test_an_answer_for_a_date_knows_nothing_of_what_came_later(found, data):
    snapshots = history(found)
    version = data.draw(st.integers(0, len(snapshots) - 1))
    early = answer(snapshots[: version + 1])
    for ours, alone in zip(answer(snapshots, version), early, strict=True):
        for name in ("gross_km2_per_day", "net_km2_per_day", "remaining_km2"):
            expected = getattr(alone, name)
            assert getattr(ours, name) == (None if expected is None else pytest.approx(expected, abs=1e-6))


def test_two_versions_of_a_day_count_as_the_last():
    taken = [snapshot(f"2025-01-{d:02}", [(Status.OCCUPIED, shapely.box(36.5, 47.5, e, 48))]) for d, e in STEPS]
    rows = [row for row in answer(taken) if row.window_days == 7]
    gained = area_km2(shapely.box(36.6, 47.5, 37, 48))
    assert rows[0].net_km2_per_day == pytest.approx(gained / 8)


STEPS = ((1, 36.55), (1, 36.6), (9, 36.8), (9, 37.0))


def steady(west, size, count=80):
    """Return daily ground that grows to the east by the same step."""
    return [
        (FIRST + timedelta(days=day), shapely.MultiPolygon([shapely.box(west, 48, west + size + day / 1000, 48.1)]))
        for day in range(count)
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory, command, write_daily):
    """Give a folder with eighty days of steady gains in an archive, and the user's own unit ahead of them."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "data").mkdir()
    for day, shape in steady(37.4, 0.2):
        write_daily(folder / "data", day + timedelta(days=1), shape)
    unit = gpd.GeoDataFrame(
        {"id": ["x", "y"], "name": ["Ahead", "Far"]},
        geometry=[shapely.box(37.4, 48, 37.69, 48.1), shapely.box(38, 48, 39, 49)],
        crs="OGC:CRS84",
    )
    unit.to_file(folder / "own.geojson", driver="GeoJSON")
    assert command("ingest", "deepstate-daily", "data", cwd=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def ask(desk, command):
    def run(*arguments, form="json"):
        return command("pace", *arguments, "--format", form, cwd=desk)

    return run


def window(rows, days, unit=None):
    return next(row for row in rows if row["window_days"] == days and unit in (None, row["unit"]))


def test_a_steady_advance_has_a_range_as_far_as_it_was_checked(ask):
    found = json.loads(ask("--to", "Ahead", "--by", "own.geojson").stdout)
    month = window(found["rows"], 30)
    assert month["unit"] == "x"
    assert month["days"] == pytest.approx(11, abs=0.01)  # 0.011 degrees at 0.001 a day
    assert month["past_error_factor_50"] == month["past_error_factor_90"] is None  # eighty days hold two horizons
    week = window(found["rows"], 7)
    assert (week["past_error_factor_90"], week["coverage"]) == (pytest.approx(1, abs=1e-6), pytest.approx(1))
    assert week["low_days"] is week["high_days"] is None  # eleven days are further than seven
    nearer = window(json.loads(ask("--to", "x", "--by", "own.geojson", "--on", "latest").stdout)["rows"], 7)
    assert nearer == week
    text = ask("--to", "Ahead", "--by", "own.geojson", form="table").stdout
    assert (
        "11\N{NO-BREAK SPACE}days; in the past this arithmetic, over 7 days, was wrong by a factor of 1.0 half" in text
    )


def test_a_range_is_given_within_the_horizon(desk, command):
    near = gpd.GeoDataFrame({"id": ["z"], "name": ["Near"]}, geometry=[shapely.box(37.4, 48, 37.683, 48.1)])
    near.set_crs("OGC:CRS84").to_file(desk / "near.geojson", driver="GeoJSON")
    ran = command("pace", "--to", "z", "--by", "near.geojson", "--format", "json", cwd=desk)
    week = window(json.loads(ran.stdout)["rows"], 7)
    assert week["days"] == pytest.approx(4, abs=0.01)
    assert week["low_days"] == pytest.approx(4, abs=0.01)
    assert week["high_days"] == pytest.approx(4, abs=0.01)


def test_without_ground_nothing_is_said_of_what_remains(ask):
    found = json.loads(ask().stdout)
    assert {row["unit"] for row in found["rows"]} == {"all"}
    assert {(row["remaining_km2"], row["days"]) for row in found["rows"]} == {(None, None)}
    assert window(found["rows"], 30)["net_km2_per_day"] > 0
    assert "no ground was named, so nothing is said of what remains of it" in found["notes"]


def test_ground_without_advance_has_no_number_of_days(ask):
    far = json.loads(ask("--to", "Far", "--by", "own.geojson").stdout)
    assert {row["days"] for row in far["rows"]} == {None}
    assert window(far["rows"], 30)["net_km2_per_day"] == 0
    assert any("not positive" in note for note in far["notes"])
    assert "at the net pace" not in ask("--to", "Far", "--by", "own.geojson", form="table").stdout.partition("unit")[0]


def test_every_form_says_that_it_is_no_forecast_and_names_no_date_to_come(ask):
    table, text = ask("--to", "donetsk", form="table"), ask("--to", "donetsk", form="csv")
    found = json.loads(ask("--to", "donetsk").stdout)
    assert "not a forecast" in found["method"]
    for said in (table.stdout, text.stderr, "\n".join(found["notes"])):
        assert "arithmetic, not a forecast" in said
    for said in (table.stdout, text.stdout):
        assert not [year for year in range(2026, 2100) if f" {year}" in said or f"{year}-" in said]
    assert "about" in table.stdout
    assert list(csv.DictReader(io.StringIO(text.stdout)))[1]["days"] == str(window(found["rows"], 30)["days"])


def test_a_gap_makes_the_window_longer_and_is_said(ask, desk, command):
    days = [path for path in sorted((desk / "data").glob("*.geojson")) if not path.stem.endswith(("0313", "0314"))]
    assert command("ingest", "deepstate-daily", *days, "--archive", "gap", cwd=desk).code == 0
    ran = command("pace", "--to", "UA-14", "--archive", "gap", "--format", "json", cwd=desk)
    found = json.loads(ran.stdout)
    assert found["as_of"]["on"]["as_of"] == "2025-03-21"
    assert found["as_of"]["-7d"]["as_of"] == "2025-03-14"
    assert found["as_of"]["-30d"]["as_of"] == "2025-02-19"
    earlier = json.loads(
        command("pace", "--to", "UA-14", "--archive", "gap", "--on", "2025-03-20", "--format", "json", cwd=desk).stdout
    )
    assert earlier["as_of"]["-7d"]["as_of"] == "2025-03-11"
    assert any(note.startswith("7 days: the window is 9 days long, from 2025-03-11") for note in earlier["notes"])
    week = window(earlier["rows"], 7)
    assert week["past_error_factor_50"] is week["coverage"] is None  # nine days are not seven
    assert any("a gap makes it another window" in note for note in earlier["notes"])
    whole = json.loads(ask("--to", "UA-14", "--on", "2025-03-20").stdout)
    assert window(whole["rows"], 7)["coverage"] is not None
    for name in ("net_km2_per_day", "remaining_km2"):
        assert window(earlier["rows"], 7)[name] == pytest.approx(window(whole["rows"], 7)[name], rel=1e-4)


@pytest.mark.parametrize(("name", "code", "said"), [("donezk", 1, "near it: donetsk"), ("Atlantis", 1, "nothing")])
def test_an_unknown_ground_is_one_line_with_the_nearest(ask, name, code, said):
    ran = ask("--to", name)
    assert (ran.code, ran.stdout) == (code, "")
    assert said in ran.stderr
    assert len(ran.lines) == 1


def test_errors_are_said_in_words_and_never_as_a_date():
    row = pace.PaceRow("x", 30, 2.0, 1.5, 300.0, 200.0, None, None, 1.44, np.inf, 0.5)
    (said,) = pace_text.sentences((row,))
    assert said.replace(SPACE, " ") == (
        "at the net pace of the last 30 days: 200 days; in the past this arithmetic, over 30 days, was wrong"
        " by a factor of 1.4 half of the time and without bound (nothing was gained) one time in ten"
    )
    near = replace(row, days=20.0, low_days=10.0, high_days=40.2, past_error_factor_90=12.0)
    (said,) = pace_text.sentences((near,))
    assert "20 days (10 days to 40 days); " in said.replace(SPACE, " ")
    assert "and by a factor of over 10 one time in ten" in said
    assert list(pace_text.sentences((replace(row, days=None),))) == []


def test_units_are_found_by_id_name_and_preset():
    presets = {"the two": ("B", "A"), "gone": ("A", "C")}
    assert UNITS.find("B", presets) == (1,)
    assert UNITS.find("beland", presets) == (1,)
    assert UNITS.find("The Two", presets) == (1, 0)
    with pytest.raises(NotFoundError, match="does not have: C"):
        UNITS.find("gone", presets)
    with pytest.raises(AmbiguousError, match="A \\(Same\\); B \\(Same\\)"):
        Units(UNITS.ids, ("Same", "Same"), UNITS.geometry, "two").find("same", {})


def test_another_theatre_answers_in_its_own_words(tmp_path):
    world = generate()
    write(world.land, tmp_path / "world")
    made = History.of(world.snapshots, catalog=Catalog(tmp_path / "world"))
    frame = made.pace("east", by="oblasts")
    assert frame["unit"].unique().tolist() == ["east", *made.catalog.theatre().presets["east"]]
    assert any("contested" in note for note in frame.attrs["notes"])
    assert "not a forecast" in frame.attrs["method"]
    a, b = made.pair("-30d", "latest")
    whole = made.pace().set_index("window_days").loc[30]
    told = made.compare(a.as_of, b.as_of)
    assert whole["net_km2_per_day"] == pytest.approx(told.net_km2 / told.span_days, abs=1e-3)
    assert whole["gross_km2_per_day"] == pytest.approx(told.gained_km2 / told.span_days, abs=1e-3)
