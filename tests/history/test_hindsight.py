"""The errors of past paces against the same told date by date, and what must hold of them on any history."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.history.hindsight import errors, hindsight

gaps = st.lists(st.sampled_from([1, 1, 1, 1, 2, 3, 9]), min_size=30, max_size=90)
walks = st.integers(0, 2**32 - 1)
windows = st.sampled_from([3, 5, 8])


def archive(found, seed):
    """Return days with gaps, and whole km² that mostly grow."""
    day = np.cumsum(found) + 739_000
    return day, np.random.default_rng(seed).integers(-2, 6, len(day)).cumsum().astype(float)


def told(day, km2, window):
    """Return (origin, end, factor) of every past date, one by one."""
    found, days = [], day.tolist()
    for origin, today in enumerate(days):
        starts = [n for n, other in enumerate(days) if other <= today - window]
        ends = [n for n, other in enumerate(days) if other >= today + window]
        if not starts or not ends:
            continue
        start, end = starts[-1], ends[0]
        back, ahead = today - days[start], days[end] - today
        if max(back, ahead) > 1.25 * window or km2[origin] - km2[start] <= 0.01:
            continue
        pace, came = (km2[origin] - km2[start]) / back, (km2[end] - km2[origin]) / ahead
        factor = math.exp(abs(math.log(pace / came))) if came * ahead > 0.01 else math.inf
        found.append((origin, end, factor))
    return found


def least_reaching(tenths, values):
    """Return the smallest value that at least so many tenths of the values do not exceed."""
    return min(v for v in values if 10 * sum(other <= v for other in values) >= tenths * len(values))


def held(found):
    """Return whether each date's error was within the 80 % of those known by then, where there were ten."""
    for origin, _, factor in found:
        known = [other for _, end, other in found if end <= origin]
        if len(known) >= 10:
            bound = least_reaching(8, known)
            yield math.isfinite(bound) and factor <= bound * (1 + 1e-12)


@settings(max_examples=60)
@given(gaps, walks, windows)
def test_errors_are_those_told_date_by_date(found, seed, window):
    day, km2 = archive(found, seed)
    expected = told(day, km2, window)
    origin, end, factor = errors(day, km2, window)
    assert list(zip(origin, end, strict=True)) == [(a, b) for a, b, _ in expected]
    assert factor == pytest.approx([value for _, _, value in expected])


@settings(max_examples=60)
@given(gaps, walks, windows)
def test_factors_and_coverage_are_those_told_date_by_date(found, seed, window):
    day, km2 = archive(found, seed)
    expected = told(day, km2, window)
    ours = hindsight(day, km2, window)
    assert ours.dates == len(expected)
    if ours.factor_50 is None:
        assert len(expected) < 10 or ours.horizons < 3
        return
    factors = [value for _, _, value in expected]
    assert ours.factor_50 == pytest.approx(least_reaching(5, factors))
    assert ours.factor_80 == pytest.approx(least_reaching(8, factors))
    assert ours.factor_90 == pytest.approx(least_reaching(9, factors))
    judged = list(held(expected))
    assert ours.coverage == (pytest.approx(sum(judged) / len(judged)) if judged else None)


@settings(max_examples=60)
@given(gaps, walks, windows, st.integers(1, 29))
def test_what_comes_later_changes_no_error_known_before(found, seed, window, cut):
    day, km2 = archive(found, seed)
    early, whole = errors(day[:-cut], km2[:-cut], window), errors(day, km2, window)
    known = whole[1] < len(day) - cut
    for ours, all_of_them in zip(early, whole, strict=True):
        assert ours.tolist() == all_of_them[known].tolist()


@settings(max_examples=30)
@given(gaps, walks, windows, st.sampled_from([0.5, 4.0, 1024.0]))
def test_the_unit_of_area_is_of_no_matter(found, seed, window, scale):
    day, km2 = archive(found, seed)
    assert hindsight(day, km2 * scale, window) == hindsight(day, km2, window)


@given(st.floats(0.1, 1e3), windows)
def test_a_steady_pace_was_never_wrong(pace, window):
    day = np.arange(60)
    found = hindsight(day, pace * day, window)
    assert (found.factor_50, found.factor_90) == (pytest.approx(1), pytest.approx(1))
    assert found.dates == 60 - 2 * window


def test_a_pace_that_doubles_at_each_window_was_wrong_by_two_each_time():
    day = np.arange(0, 100, 10)
    found = hindsight(np.arange(100), np.interp(np.arange(100), day, 2.0 ** np.arange(10)), 10)
    assert found.factor_50 == pytest.approx(2)
    assert found.factor_90 == pytest.approx(2)


def test_where_nothing_followed_the_error_has_no_bound_and_no_range_held():
    day = np.arange(200)
    stops = np.where(day % 20 < 10, day % 20, 9) + 9.0 * (day // 20)  # ten days of advance, ten of none
    found = hindsight(day, stops, 5)
    assert found.factor_90 == math.inf
    assert found.coverage is not None
    assert found.coverage < 0.5


@pytest.mark.parametrize(("days", "checked"), [(40, False), (41, True)])
def test_fewer_than_ten_dates_or_three_horizons_tell_nothing(days, checked):
    day = np.arange(days)
    assert (hindsight(day, 1.0 * day, 10).factor_50 is not None) is checked


def test_ground_that_only_shook_on_the_grid_has_no_pace():
    day = np.arange(100)
    assert hindsight(day, 0.004 * (day % 2), 7).dates == 0
