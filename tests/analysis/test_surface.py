"""The worked example's surface: claims lie in ground of their status, and what agrees changes nothing."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from frontgis.analysis import claims, surface
from frontgis.analysis.claims import Claim
from frontgis.catalog import shipped
from frontgis.geo.area import area_km2
from frontgis.model import HELD, Side, Status


@cache
def field():
    return surface.field(claims.of(shipped()), shipped())


@cache
def on(day):
    return surface.surface(field(), day)


DAYS = claims.of(shipped()).days


@pytest.mark.parametrize("day", DAYS)
def test_every_claim_lies_in_ground_of_its_status(day):
    snapshot = surface.snapshot(on(day), "example", "claims.csv")
    places, wrong = field().claims.settlements, []
    ground = {status: snapshot.ground({status}) for status in Status}
    for claim in field().claims.on(day):
        spot = shapely.Point(places.lon[claim.place], places.lat[claim.place])
        found = [status for status, shape in ground.items() if shapely.dwithin(shape, spot, 1e-5)]
        if claim.status is Status.UNMAPPED:
            wrong += [claim] if set(found) & {Status.INCURSION_UA, Status.CONTESTED} and found else []
        elif claim.status not in found:
            wrong.append(claim)
    assert [places.id[claim.place] for claim in wrong] == []


@pytest.mark.parametrize("day", DAYS)
def test_the_statuses_do_not_overlap(day):
    snapshot = surface.snapshot(on(day), "example", "claims.csv")
    for one, other in combinations(snapshot.by_status.values(), 2):
        assert area_km2(shapely.intersection(one, other)) < 0.01


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_a_claim_that_agrees_changes_nothing_but_confidence(data):
    day = data.draw(st.sampled_from(DAYS))
    before = on(day)
    sure = np.flatnonzero((np.array(before.evidence) == surface.BETWEEN) & (field().cells.place >= 0))
    sure = sure[field().cells.place[sure] < len(field().claims.settlements)]
    cell = int(data.draw(st.sampled_from(list(sure))))
    more = Claim(int(field().cells.place[cell]), day, before.status[cell], "A", "hypothesis", "")
    known = replace(field().claims, claims=(*field().claims.claims, more))
    after = surface.surface(replace(field(), claims=known), day)
    decided = np.array(before.evidence) != surface.UNCERTAIN
    assert [s for s, d in zip(after.status, decided, strict=True) if d] == [
        s for s, d in zip(before.status, decided, strict=True) if d
    ]
    assert after.confidence[cell] > before.confidence[cell]


def test_far_from_every_claim_ground_keeps_the_status_of_its_rule_and_is_uncertain():
    found = on(DAYS[0])
    far = found.km > surface.DECIDED_KM
    assert far.any()
    assert {found.evidence[cell] for cell in np.flatnonzero(far)} == {surface.UNCERTAIN}
    assert max(found.confidence[far]) <= min(found.confidence[~far])


def test_confidence_fades_with_age_when_asked():
    day = DAYS[-1]
    later = type(day)(day.year, day.month + 1, day.day)
    fresh, faded = surface.surface(field(), later), surface.surface(field(), later, fade_days=30)
    assert np.allclose(faded.confidence, fresh.confidence / 2)
    assert faded.status == fresh.status


def test_no_held_ground_lies_in_the_rivers_that_part_the_sides():
    held = surface.snapshot(on(DAYS[0]), "example", "claims.csv").ground(HELD[Side.RU])
    water = shipped().layer("water")
    chosen = [
        row == "Dnipro" and kind == "reservoir"
        for row, kind in zip(water.column("river"), water.column("kind"), strict=True)
    ]
    assert area_km2(shapely.intersection(held, shapely.union_all(water.geometry[chosen]))) < 10
