"""Pace on the real daily archive, against tables that others made, told date by date, and against direct areas."""

import csv
import json
import math
from datetime import date, timedelta
from itertools import accumulate

import jsonschema
import pytest

from frontgis.history import control
from frontgis.model import HELD, Side

DAILY = "deepstate-daily"
FOUR = ("UA-09", "UA-14", "UA-23", "UA-65")


@pytest.fixture
def four(ask):
    return ask(DAILY, "pace", "--to", "four oblasts", "--by", "oblasts")


def held(history, moment):
    """Return the km² held in the four oblasts by direct areas of the snapshot."""
    rows = control.area(history.snapshot(moment), history.division("oblasts"))
    return sum(row.km2 for row in rows if row.unit in FOUR and row.status in HELD[Side.RU])


def test_pace_and_what_remains_are_those_of_direct_areas(daily, four):
    division = daily.division("oblasts")
    whole = sum(km2 for unit, km2 in zip(division.units.ids, division.km2, strict=True) if unit in FOUR)
    now, today = held(daily, "latest"), daily.version("latest").as_of.date
    for row in four["rows"][:4]:
        start = date.fromisoformat(four["as_of"][f"-{row['window_days']}d"]["as_of"])
        assert (today - start).days >= row["window_days"]
        net = (now - held(daily, start.isoformat())) / (today - start).days
        assert row["net_km2_per_day"] == pytest.approx(net, abs=0.005)
        assert row["net_km2_per_day"] <= row["gross_km2_per_day"]
        assert row["remaining_km2"] == pytest.approx(whole - now, abs=0.01)
        assert row["days"] == pytest.approx((whole - now) / net, rel=0.005)
    units = [row for row in four["rows"] if row["window_days"] == 30]
    assert [row["unit"] for row in units] == ["four oblasts", *FOUR]
    assert units[0]["net_km2_per_day"] == pytest.approx(sum(row["net_km2_per_day"] for row in units[1:]), abs=0.01)


def test_past_errors_are_those_of_the_tables_of_others(ask, tables):
    """The whole map's net by day, as others measured it: the errors of every window, date by date."""
    lines = list(csv.DictReader((tables / "deepstate-daily-days.csv").read_text("utf-8").splitlines()))
    days = [date.fromisoformat(line["file_day"]) - timedelta(days=1) for line in lines]
    net = list(accumulate(float(line["gained_km2"] or 0) - float(line["lost_km2"] or 0) for line in lines))
    rows = {row["window_days"]: row for row in ask(DAILY, "pace")["rows"]}
    for window in (7, 30, 90):
        found = factors(days, net, window)
        ordered = sorted(factor for _, _, factor in found)
        assert rows[window]["past_error_factor_50"] == pytest.approx(rank(ordered, 5), rel=0.01)
        assert rows[window]["past_error_factor_90"] == pytest.approx(rank(ordered, 9), rel=0.03)
        assert rows[window]["coverage"] == pytest.approx(coverage(found), abs=0.02)
    assert rows[365]["past_error_factor_50"] is rows[365]["coverage"] is None


def factors(days, net, window):
    found, least = [], timedelta(days=window)
    for origin, today in enumerate(days):
        start = max((n for n in range(origin) if today - days[n] >= least), default=None)
        end = min((n for n in range(origin, len(days)) if days[n] - today >= least), default=None)
        if start is None or end is None or max(today - days[start], days[end] - today) > 1.25 * least:
            continue
        if (told := net[origin] - net[start]) > 0.01:
            told, came = told / (today - days[start]).days, (net[end] - net[origin]) / (days[end] - today).days
            found.append((today, days[end], max(told / came, came / told) if came * window > 0.01 else math.inf))
    return found


def rank(ordered, tenths):
    return ordered[math.ceil(tenths * len(ordered) / 10) - 1]


def coverage(found):
    judged = []
    for today, _, factor in found:
        known = sorted(other for _, end, other in found if end <= today)
        if len(known) >= 10:
            judged.append(factor <= rank(known, 8) < math.inf)
    return sum(judged) / len(judged)


def test_the_range_from_earlier_errors_holds_where_the_bootstrap_did_not(four):
    held_often = {row["window_days"]: row["coverage"] for row in four["rows"][:3]}
    assert all(0.65 < often < 0.9 for often in held_often.values())


def test_no_range_is_given_for_years_that_nobody_could_check(four):
    for row in four["rows"]:
        if row["days"] is None or row["days"] > row["window_days"]:
            assert row["low_days"] is row["high_days"] is None
        assert row["days"] is None or row["net_km2_per_day"] > 0


def test_the_answer_keeps_its_schema(four, root):
    schema = json.loads((root / "docs" / "schemas" / "pace.json").read_text(encoding="utf-8"))
    jsonschema.validate(four, schema)


def test_an_earlier_date_is_answered_from_what_was_there_then(ask):
    early = ask(DAILY, "pace", "--to", "donetsk", "--on", "2025-03-28")
    again = ask(DAILY, "pace", "--to", "UA-14", "--on", "2025-03-28", "--known", "2025-03-29")
    assert early["rows"] == [
        {name: pytest.approx(value) if isinstance(value, float) else value for name, value in row.items()}
        for row in again["rows"]
    ]


def test_the_full_archive_answers_too(ask):
    """Instants, several a day and gaps of days: the same arithmetic."""
    found = ask("deepstate", "pace", "--to", "donetsk")
    assert any("is contested" in note for note in found["notes"])
    assert {row["unit"] for row in found["rows"]} == {"UA-14"}
    assert all(row["remaining_km2"] > 0 for row in found["rows"])
