import pytest

from frontgis.history import History
from frontgis.history.moments import gap_note
from frontgis.model import AsOf, NotFoundError, Status, UsageError
from tests.builders import snapshot, square

HISTORY = History.of(
    [snapshot(day, [(Status.OCCUPIED, square(37, 48))]) for day in ("2025-01-01", "2025-01-08", "2025-01-10")]
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("latest", "2025-01-10"),
        ("first", "2025-01-01"),
        ("2025-01-09", "2025-01-08"),
        ("2025-01-08T12:00Z", "2025-01-01"),
        ("2030-01-01", "2025-01-10"),
    ],
)
def test_a_moment_means_the_last_version_by_its_end(asked, found):
    assert str(HISTORY.version(asked).as_of) == found


def test_days_count_back_from_the_other_end():
    assert [str(version.as_of) for version in HISTORY.pair("-2d", "latest")] == ["2025-01-08", "2025-01-10"]
    with pytest.raises(UsageError, match="counts back"):
        HISTORY.version("-2d")


@pytest.mark.parametrize("asked", ["yesterday", "2025-13-01", "28.03.2025", "2025-03-28T12:00", ""])
def test_what_is_no_date_is_said(asked):
    with pytest.raises(UsageError, match="is no date"):
        HISTORY.version(asked)


def test_before_the_first_version_is_an_error_that_names_it():
    with pytest.raises(NotFoundError, match="2025-01-01"):
        HISTORY.version("2024-12-31")


def test_a_gap_is_said():
    assert gap_note("2025-01-09", AsOf.parse("2025-01-08")) == (
        "no version of 2025-01-09: answered from 2025-01-08, the last one before it"
    )
    assert gap_note("2025-01-08", AsOf.parse("2025-01-08")) is None
    assert gap_note("-2d", AsOf.parse("2025-01-07"), other=AsOf.parse("2025-01-10")) == (
        "no version of 2025-01-08: answered from 2025-01-07, the last one before it"
    )
    assert gap_note("latest", AsOf.parse("2025-01-08")) is None


def test_a_history_is_of_one_source():
    with pytest.raises(UsageError, match="one source"):
        History.of([snapshot("2025-01-01", [], source="a"), snapshot("2025-01-02", [], source="b")])
