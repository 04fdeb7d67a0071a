import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontgis.archive import Outcome
from frontgis.archive.gate import judge
from frontgis.geo.area import area_km2
from frontgis.geo.polygons import multipolygon
from frontgis.model import PRECEDENCE, AsOf, Note, Region, RejectedError, Status
from frontgis.sources import Reading
from tests.builders import BOX, square

DAY = AsOf.parse("2025-03-27")


def reading(*regions, notes=()):
    found = tuple(Region(status, str(status), multipolygon(ground)) for status, ground in regions)
    return Reading(DAY, DAY, found, tuple(notes))


def ground(verdict, status):
    return shapely.union_all([region.geometry for region in verdict.regions if region.status is status])


def test_a_clean_reading_is_accepted_unchanged():
    verdict = judge(reading((Status.OCCUPIED, square(37, 48))), BOX)
    assert verdict.outcome is Outcome.ACCEPT
    assert verdict.notes == ()
    assert shapely.equals_exact(verdict.regions[0].geometry, multipolygon(square(37, 48)))


def test_a_note_of_the_adapter_is_no_repair():
    note = Note("foreign-claim", 5.0, "left out")
    verdict = judge(reading((Status.OCCUPIED, square(37, 48)), notes=[note]), BOX)
    assert (verdict.outcome, verdict.notes) == (Outcome.ACCEPT, (note,))


def test_an_invalid_ring_is_mended_by_the_named_rule():
    bowtie = shapely.MultiPolygon([shapely.Polygon([(37, 48), (38, 49), (38, 48), (37, 49)])])
    region = Region(Status.OCCUPIED, "x", bowtie)
    verdict = judge(Reading(DAY, DAY, (region,)), BOX)
    assert verdict.outcome is Outcome.REPAIR
    assert [note.rule for note in verdict.notes] == ["make_valid"]
    assert verdict.regions[0].geometry.is_valid


def test_ground_of_two_statuses_goes_to_the_one_of_higher_precedence():
    verdict = judge(reading((Status.CONTESTED, square(37, 48, 2)), (Status.OCCUPIED, square(38, 48, 2))), BOX)
    assert shapely.equals(ground(verdict, Status.OCCUPIED), square(38, 48, 2))
    assert shapely.equals(ground(verdict, Status.CONTESTED), shapely.box(37, 48, 38, 50))
    (note,) = verdict.notes
    assert note.rule == "precedence"
    assert note.km2 == pytest.approx(area_km2(shapely.box(38, 48, 39, 50)), abs=1e-6)


def test_a_vertex_far_away_is_cut_by_place_and_listed():
    spike = shapely.Polygon([(37, 48), (65, 14), (38, 48), (38, 49), (37, 49)])
    verdict = judge(reading((Status.CONTESTED, spike)), BOX)
    assert verdict.outcome is Outcome.REPAIR
    assert shapely.equals(ground(verdict, Status.CONTESTED), square(37, 48))
    assert [note.rule for note in verdict.notes] == ["cut-by-place"]
    assert verdict.notes[0].km2 > 10_000


@pytest.mark.parametrize(
    ("where", "rule"), [(square(48, 37), "swapped"), (square(100, 10), "outside-theatre")], ids=["swapped", "elsewhere"]
)
def test_ground_elsewhere_is_refused(where, rule):
    with pytest.raises(RejectedError) as error:
        judge(reading((Status.OCCUPIED, where)), BOX)
    assert error.value.rule == rule


squares = st.tuples(st.sampled_from(PRECEDENCE), st.floats(22, 40), st.floats(44, 52), st.floats(0.1, 2)).map(
    lambda made: (made[0], square(*made[1:]))
)


@given(st.lists(squares, min_size=1, max_size=6))
def test_no_ground_is_of_two_statuses_and_none_is_lost(regions):
    verdict = judge(reading(*regions), BOX)
    total = sum(area_km2(ground(verdict, status)) for status in PRECEDENCE)
    union = shapely.union_all([shape for _, shape in regions])
    assert total == pytest.approx(area_km2(union), rel=1e-9, abs=1e-6)
    highest = min((status for status, _ in regions), key=PRECEDENCE.index)
    kept = shapely.union_all([shape for status, shape in regions if status is highest])
    assert area_km2(ground(verdict, highest)) == pytest.approx(area_km2(kept), rel=1e-9)
