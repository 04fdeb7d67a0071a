"""What the gate holds of the real archives, and how each day gets through."""

from collections import Counter

import pytest

from frontgis.archive import Outcome, Store

DAILY, FULL = "deepstate-daily", "deepstate"


@pytest.fixture
def store(kept):
    return Store.open(kept)


def test_nothing_is_held_of_the_daily_files(store):
    outcomes = Counter(entry.outcome for entry in store.ledger(DAILY))
    assert outcomes == {Outcome.ACCEPT: 536}


def test_every_held_day_of_the_collapses_gets_through(store):
    held = [entry for entry in store.ledger(FULL) if entry.outcome is Outcome.HOLD]
    assert {entry.as_of[:7] for entry in held} >= {"2022-04", "2022-09", "2022-11"}
    assert store.waiting(FULL) == []
    assert len(store.versions(FULL)) == 399
    released = [
        entry for entry in store.ledger(FULL) if entry.notes and entry.notes[0].rule in {"accepted", "confirmed"}
    ]
    assert len(released) == len(held)
    assert all(entry.notes[0].why for entry in released)
    assert sum(entry.notes[0].rule == "confirmed" for entry in released) > len(held) / 2


def test_the_calm_of_later_years_is_never_held(store):
    assert [
        entry.as_of for entry in store.ledger(FULL) if entry.outcome is Outcome.HOLD and entry.as_of > "2022-12"
    ] == []
