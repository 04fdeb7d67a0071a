"""Laws of ranges, against direct overlays: of the neighbouring versions, and of maps with contested ground as held."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.history import change, composite, control, lookup, sure
from frontgis.history.by_unit import change_by_unit, ground_by_unit
from frontgis.history.control import ALL
from frontgis.history.panel import series_rows
from frontgis.model import HELD, Side, Status
from tests.laws.test_composite_laws import DIVISION, days, history

FIGURES = ("gained", "lost", "net")
WITHIN = 0.02

pairs = st.tuples(st.integers(0, 4), st.integers(0, 4))


def near(place, count):
    return range(max(0, place - 1), min(count, place + 2))


def widened(snapshot):
    """Return the map with its contested ground as held."""
    grey = {Status.CONTESTED: Status.OCCUPIED}
    return replace(snapshot, regions=tuple(replace(r, status=grey.get(r.status, r.status)) for r in snapshot.regions))


def flows(before, after):
    """Return gained, lost and net by unit and in all, of the direct overlay, noise counted."""
    rows = [replace(row, km2=row.km2 + row.noise_km2) for row in change.between(before, after).table(DIVISION)]
    found = {unit.unit: (unit.gained, unit.lost, unit.net) for unit in change_by_unit(rows, Side.RU)}
    total = tuple(sum(figures[n] for figures in found.values()) for n in range(3))
    return {name: np.array(found.get(name, (0, 0, 0))) for name in DIVISION.ids} | {ALL: np.array(total)}


def spans(every):
    """Return the least and the greatest of each figure by unit."""
    return {
        name: (np.min([f[name] for f in every], axis=0), np.max([f[name] for f in every], axis=0)) for name in every[0]
    }


@settings(max_examples=25)
@given(days, pairs)
def test_change_ranges_are_those_of_the_overlays(found, ends):
    maps = history(found)
    a, b = sorted(min(end, len(maps) - 1) for end in ends)
    ranges = sure.change(composite.build(maps, DIVISION), a, b)
    by_definition = spans([flows(maps[a], maps[b]), flows(widened(maps[a]), widened(maps[b]))])
    by_timing = spans([flows(maps[x], maps[y]) for x, y in product(near(a, len(maps)), near(b, len(maps)))])
    for name, (number, figure) in product(by_timing, enumerate(FIGURES)):
        said = getattr(ranges[name], figure)
        for span, wanted in ((said.definition, by_definition), (said.timing, by_timing)):
            assert (span.low, span.high) == pytest.approx([end[number] for end in wanted[name]], abs=WITHIN)


@settings(max_examples=40)
@given(days, pairs, st.sampled_from(Side))
def test_change_ranges_hold_their_figures_and_units_the_total(found, ends, side):
    maps = history(found)
    a, b = (min(end, len(maps) - 1) for end in ends)
    whole = composite.build(maps, DIVISION)
    ranges, rows = sure.change(whole, a, b, side=side), change.between(maps[a], maps[b], side=side).table(DIVISION)
    for unit in change_by_unit(rows, side, ranges):
        for figure in FIGURES:
            span = getattr(unit.range, figure)
            assert span.definition.low <= getattr(unit, figure) <= span.definition.high
            assert span.timing.low <= getattr(unit, figure) <= span.timing.high
    for figure, reason in product(FIGURES, ("definition", "timing")):
        units = [getattr(getattr(ranges[name], figure), reason) for name in DIVISION.ids]
        total = getattr(getattr(ranges[ALL], figure), reason)
        assert sum(span.low for span in units) <= total.low + 1e-9
        assert total.high - 1e-9 <= sum(span.high for span in units)


@settings(max_examples=40)
@given(days, st.integers(0, 4))
def test_area_ranges_hold_their_figures_and_add_up_by_definition(found, on):
    maps = history(found)
    place = min(on, len(maps) - 1)
    by_unit = sure.area(composite.build(maps, DIVISION), place)
    grounds = [ground_by_unit(control.area(one, DIVISION), Side.RU) for one in (maps[place], widened(maps[place]))]
    alone, both = ({unit.unit: unit.held for unit in ground} for ground in grounds)
    for name in DIVISION.ids:
        span = by_unit[name].definition
        assert (span.low, span.high) == pytest.approx((alone.get(name, 0), both.get(name, 0)), abs=WITHIN)
        assert by_unit[name].timing.low <= span.low <= by_unit[name].timing.high
    for end in ("low", "high"):
        total = sum(getattr(by_unit[name].definition, end) for name in DIVISION.ids)
        assert getattr(by_unit[ALL].definition, end) == pytest.approx(total, abs=1e-9)


@given(days)
def test_the_only_version_has_no_other_time(found):
    (alone,) = history(found[:1])
    whole = composite.build([alone], DIVISION)
    held = Status.CONTESTED in alone.by_status
    for span in sure.area(whole, 0).values():
        assert span.timing.low == span.timing.high == span.definition.low
        assert held or span.definition.low == span.definition.high
    for moved in sure.change(whole, 0, 0).values():
        assert {moved.gained, moved.lost, moved.net} == {sure.Sure(sure.Range(0, 0), sure.Range(0, 0))}


@settings(max_examples=40)
@given(days)
def test_the_series_says_the_ranges_of_every_version(found):
    maps = history(found)
    series = lookup.series(composite.build(maps, DIVISION))
    ranges = {str(one.as_of): sure.area(series.composite, place) for place, one in enumerate(maps)}
    sums = {}
    for row in series_rows(series):
        span = ranges[row.date][row.unit]
        assert (row.held, row.held_or_contested) == (span.definition.low, span.definition.high)
        assert (row.held_timing_low, row.held_timing_high) == (span.timing.low, span.timing.high)
        if row.status in HELD[Side.RU]:
            sums[row.date, row.unit] = (sums.get((row.date, row.unit), (0, 0))[0] + row.km2, row.held)
    assert all(total == pytest.approx(held, abs=1e-9) for total, held in sums.values())
