"""Stories: wrong rows are refused together, and no unit is shown fresher than thirty days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontgis.analysis import stories
from frontgis.catalog import shipped
from frontgis.model import InputError, Side
from tests.builders import PLACES_HEAD, UNITS_HEAD, told_world

DAYS = st.dates(date(2024, 1, 1), date(2025, 12, 31))
OFFICIAL = ("president", "General Staff", "Land Forces", "brigade itself")


def read(tmp_path, name, *lines):
    path = tmp_path / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return stories.read(path, name, shipped())


def test_a_good_line_is_a_report(tmp_path):
    (found,) = read(tmp_path, "attacks", PLACES_HEAD, "pokrovsk,2025-03-06,2025-03-07,B,TASS,a roof")
    places = shipped().settlements()
    assert places.id[found.place] == "pokrovsk"
    assert (found.lon, found.lat) == (places.lon[found.place], places.lat[found.place])
    assert (found.first, found.last, found.evidence) == (date(2025, 3, 6), date(2025, 3, 7), "B")
    assert (found.unit, found.side) == ("", None)


def test_a_unit_stands_at_its_towns_coarse_cell(tmp_path):
    (found,) = read(tmp_path, "units", UNITS_HEAD, "1st Brigade,ua,sudzha,35.3,51.2,2025-01-01,,B,staff,")
    assert (found.unit, found.side, found.lon, found.lat, found.last) == ("1st Brigade", Side.UA, 35.3, 51.2, None)


def test_every_wrong_line_is_named_at_once_with_its_reason(tmp_path):
    with pytest.raises(InputError) as refused:
        read(
            tmp_path,
            "units",
            UNITS_HEAD,
            "1st,ru,sudza,35.3,51.2,2025-01-01,,B,x,",
            "1st,ru,sudzha,35.3,51.2,2025-02-30,,B,x,",
            "1st,ru,sudzha,35.3,51.2,2025-01-02,2025-01-01,B,x,",
            "1st,ru,sudzha,35.3,51.2,2025-01-02,soon,D,,",
            "1st,by,sudzha,35.3,51.2,2025-01-02,,B,x,",
            ",ru,sudzha,35.271,51.191,2025-01-02,,B,x,",
            "1st,ru,sudzha,35.3,51.2,2025-01-02,,B,x,",
            "1st,ru,zhuravka-shostka,35.3,51.2,2025-01-02,,B,x,",
        )
    said = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in said] == [
        f"units.csv, line {number}" for number in (2, 3, 4, 5, 5, 5, 6, 7, 7, 9, 9)
    ]
    for part in (
        "line 2: there is no settlement 'sudza'; did you mean 'sudzha'?",
        "line 3: '2025-02-30' is no date",
        "line 4: valid_to 2025-01-01 is before valid_from 2025-01-02",
        "line 5: 'soon' is no date",
        "line 5: evidence 'D' is none of A, B, C",
        "line 5: the source is empty",
        "line 6: side 'by' is none of ru, ua",
        "line 7: position 35.271 51.191: a unit stands at its town's 0.1° cell, 35.3 51.2",
        "line 7: the unit has no name",
        "line 9: zhuravka-shostka has no coordinates",
    ):
        assert any(part in line for line in said), part


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(InputError, match="the column unit is missing"):
        read(tmp_path, "units", PLACES_HEAD)


@given(DAYS, DAYS)
def test_units_are_always_thirty_days_older_than_the_newest_map(day, latest):
    first, last = stories.span("units", day, latest=latest)
    assert first == last <= day
    assert (latest - last).days >= 30


@given(st.sampled_from(stories.NAMES), DAYS, DAYS, DAYS, st.none() | st.integers(0, 400))
def test_no_map_tells_what_had_not_begun_or_was_over(name, day, latest, begun, length):
    over = None if length is None else begun + timedelta(length)
    report = stories.Report(0, 0.0, 0.0, begun, over, "A", "x", "")
    first, last = stories.span(name, day, latest=latest)
    shown = report in stories.within([report], first, last)
    assert shown == any(
        begun <= moment and (over is None or moment <= over)
        for moment in (first + timedelta(step) for step in range((last - first).days + 1))
    )
    assert last <= day


def test_more_than_twenty_villages_of_belgorod_oblast_were_reported_attacked_in_march():
    catalog = shipped()
    places = catalog.settlements()
    day = date(2025, 3, 28)
    found = stories.within(stories.of("attacks", catalog), *stories.span("attacks", day, latest=day))
    named = {places.id[report.place] for report in found}
    assert len(named) > 20
    assert {places.unit[report.place] for report in found} == {"RU-BEL"}
    grades = {places.id[report.place]: report.evidence for report in found}
    assert grades["popovka-krasnoyaruzhsky"] == grades["demidovka-krasnoyaruzhsky"] == "A"
    assert sum(report.evidence != "C" for report in found) > 20


def test_ukrainian_units_are_those_that_an_official_source_named():
    found = [report for report in stories.of("units", shipped()) if report.side is Side.UA]
    assert found
    for report in found:
        assert any(word in report.source for word in OFFICIAL), report.unit


def test_what_is_not_known_is_said_to_be_general_reporting_of_the_lowest_grade():
    for name in stories.NAMES:
        for report in stories.of(name, shipped()):
            assert ("unverified" not in report.source) or report.evidence == "C", (name, report)


def test_a_catalog_without_stories_says_so(tmp_path):
    catalog = told_world(tmp_path)
    (tmp_path / "story_units.toml").unlink()
    with pytest.raises(InputError, match="stories: the catalog has no layer 'story_units'"):
        stories.of("units", catalog)
