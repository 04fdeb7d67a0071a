"""Captures against counting day by day, face by face."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings

from frontgis.history import composite, spells
from frontgis.history.captures import NEVER, captures
from frontgis.history.composite import CODES
from frontgis.model import HELD, Side
from tests.laws.test_composite_laws import DIVISION, days, history


@settings(max_examples=40)
@given(days)
def test_captures_are_those_counted_day_by_day(found):
    whole = composite.build(history(found), DIVISION)
    told = captures(whole)
    for face in range(len(whole.km2)):
        codes = [CODES[code] for code in whole.code[:, face]]
        steps = list(enumerate(pairwise(codes), 1))
        taken = [n for n, (a, b) in steps if b in HELD[Side.RU] and a not in HELD[Side.RU]]
        flips = [n for n, (a, b) in steps if a is not b]
        assert (told.first[face], told.last[face]) == ((taken[0], taken[-1]) if taken else (NEVER, NEVER))
        assert (told.count[face], told.flips[face]) == (len(taken), len(flips))
        assert told.age_days[face] == (whole.as_of[-1].date - whole.as_of[flips[-1]].date).days


@settings(max_examples=40)
@given(days)
def test_spells_of_faces_count_their_flips(found):
    whole = composite.build(history(found), DIVISION)
    told = spells.of(whole.code)
    counts = np.bincount(told.owner, minlength=len(whole.km2)) - 1
    assert np.array_equal(counts, captures(whole).flips)
