"""What is held, what sees it, and what lets it through."""

import itertools
import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from frontgis.archive import Outcome, Store
from frontgis.archive.step import Ground, at_most_km2, differences, step
from frontgis.geo.area import area_km2
from frontgis.geo.polygons import multipolygon
from frontgis.model import AsOf, Region, Status, UsageError
from frontgis.sources import adapter
from tests.builders import BOX, daily, full, square

DAILY, FULL = adapter("deepstate-daily"), adapter("deepstate")
RING = square(39, 49)  # 8 100 km²
OCCUPIED, CONTESTED = ("Окуповано /// Occupied", "#a52714"), ("Невідомо /// Unknown status", "#bcaaa4")
ABROAD = ("Звільнено /// Liberated", "#01579b")


def main(east: float = 0.0) -> shapely.Polygon:
    """Return 79 000 km² of ground, and 265 km² more for each hundredth of a degree that it reaches east."""
    return shapely.box(34, 45, 37 + east, 48)


def file(day: int, *ground: shapely.Polygon) -> tuple[str, bytes]:
    return f"deepstatemap_data_202503{day:02}.geojson", daily(*ground)


def seconds(day: int) -> str:
    return f"{1_743_000_000 + 86_400 * day}.geojson"


@pytest.fixture
def store(tmp_path):
    return Store.create(tmp_path / "archive")


def ingest(store, *files, source=DAILY):
    return [judged.entry for judged in store.ingest(source, files, box=BOX)]


def days(store):
    return [version.published.date.day for version in store.versions(DAILY.name)]


def rules(entry):
    return [note.rule for note in entry.notes]


def test_the_first_map_is_accepted_as_such(store):
    (entry,) = ingest(store, file(1, main()))
    assert (entry.outcome, rules(entry)) == (Outcome.ACCEPT, ["first"])
    assert entry.notes[0].km2 == pytest.approx(area_km2(main()), abs=1e-6)


def test_the_first_map_must_hold_ground(store):
    (entry,) = ingest(store, (seconds(1), full((square(37, 48), *CONTESTED))), source=FULL)
    assert (entry.outcome, rules(entry)) == (Outcome.REJECT, ["no-ground"])
    assert store.versions(FULL.name) == ()


def test_a_great_change_is_held_and_answers_nothing(store):
    _, entry = ingest(store, file(1, main()), file(2, main(0.1)))
    assert (entry.outcome, rules(entry)[0]) == (Outcome.HOLD, "great-change")
    moved = area_km2(shapely.box(37, 45, 37.1, 48))
    assert entry.notes[0].km2 == pytest.approx(moved, abs=0.01)
    assert days(store) == [1]
    assert [waiting.as_of for waiting in store.waiting(DAILY.name)] == ["2025-03-01"]


def test_less_than_one_in_a_hundred_is_accepted_and_notable(store):
    _, entry = ingest(store, file(1, main()), file(2, main(0.02)))
    assert (entry.outcome, rules(entry)) == (Outcome.ACCEPT, ["notable"])
    assert entry.notes[0].km2 == pytest.approx(area_km2(shapely.box(37, 45, 37.02, 48)), abs=0.01)


def test_a_small_step_needs_no_word(store):
    _, entry = ingest(store, file(1, main()), file(2, main(0.002)))
    assert (entry.outcome, entry.notes) == (Outcome.ACCEPT, ())
    assert entry.net_km2 == pytest.approx(area_km2(shapely.box(37, 45, 37.002, 48)), abs=1e-5)


def test_the_bar_grows_with_the_days_between(store):
    assert [entry.outcome for entry in ingest(store, file(1, main()), file(10, main(0.05)))] == [Outcome.ACCEPT] * 2


def test_ten_times_the_usual_step_is_notable(store):
    names = [f"deepstatemap_data_2025{month:02}{day:02}.geojson" for month in (1, 2, 3) for day in range(1, 25)]
    steps = [0.0001 * number for number in range(62)]
    *_, usual, great = ingest(
        store, *((name, daily(main(east))) for name, east in zip(names, [*steps, steps[-1] + 0.002], strict=False))
    )
    assert rules(usual) == []
    assert rules(great) == ["notable"]
    assert 50 < great.notes[0].km2 < 100


def test_a_ring_that_vanished_is_held_however_long_the_gap(store):
    _, entry = ingest(store, file(1, main(), RING), ("deepstatemap_data_20251231.geojson", daily(main())))
    assert entry.outcome is Outcome.HOLD
    assert entry.notes[0].rule == "part-vanished"
    assert entry.notes[0].km2 == pytest.approx(area_km2(RING), abs=0.01)


@pytest.mark.parametrize(
    ("side", "outcome", "rule"), [(0.5, Outcome.HOLD, "status-vanished"), (0.1, Outcome.ACCEPT, "notable")]
)
def test_a_status_that_vanished(store, side, outcome, rule):
    ground = square(35, 51, side)
    with_it = full((main(), *OCCUPIED), (ground, *ABROAD))
    without = full((main(), *OCCUPIED), (ground, *CONTESTED))
    _, entry = ingest(store, (seconds(1), with_it), (seconds(2), without), source=FULL)
    assert (entry.outcome, rule in rules(entry)) == (outcome, True)
    (note,) = (note for note in entry.notes if note.rule == rule and "incursion_ua" in note.why)
    assert note.km2 == pytest.approx(area_km2(ground), abs=0.01)


def test_a_person_releases_by_a_line_that_is_added(store):
    ingest(store, file(1, main(), RING), file(2, main()), file(3, main(0.001)))
    assert days(store) == [1]
    ledger = store.path / DAILY.name / "ledger.jsonl"
    before = ledger.read_bytes()
    one, other = store.accept(DAILY.name, AsOf.parse("2025-03-01"), "the ring was given up")
    assert (rules(one), one.notes[0].why) == (["accepted", "notable"], "the ring was given up")
    assert rules(other)[0] == "confirmed"
    assert days(store) == [1, 2, 3]
    assert ledger.read_bytes().startswith(before)
    assert store.waiting(DAILY.name) == []
    with pytest.raises(UsageError, match="no map of deepstate-daily is held on 2025-03-01"):
        store.accept(DAILY.name, AsOf.parse("2025-03-01"), "again")


def test_three_later_maps_confirm_a_change(store):
    moved = [file(2 + n, main(0.1 + n / 1000)) for n in range(4)]
    ingest(store, file(1, main()), *moved[:3])
    assert days(store) == [1]
    entries = ingest(store, moved[3])
    assert [entry.outcome for entry in entries] == [Outcome.HOLD, *[Outcome.ACCEPT] * 4]
    assert "three later maps" in entries[1].notes[0].why
    assert days(store) == [1, 2, 3, 4, 5]


def test_the_same_map_again_confirms_nothing(store):
    ingest(store, file(1, main()), *(file(day, main(0.1)) for day in range(2, 10)))
    assert days(store) == [1]


def test_later_maps_far_from_each_other_confirm_nothing(store):
    ingest(store, file(1, main()), *(file(day, main(day / 10)) for day in range(2, 6)))
    assert days(store) == [1]


@pytest.mark.parametrize("later", [(main(0.7),), (main(), square(35, 49, 1))], ids=["over 15 %", "a ring is gone"])
def test_what_only_a_person_may_release(store, later):
    changed = [multipolygon(shapely.union_all([*later, square(39, 45, n / 500)])).geoms for n in range(1, 9)]
    ingest(store, file(1, main(), RING), *(file(1 + n, *ground) for n, ground in enumerate(changed, 1)))
    assert days(store) == [1]


def test_a_held_file_again_is_the_same_line(store):
    ingest(store, file(1, main()), file(2, main(0.1)))
    before = store.ledger(DAILY.name)
    (again,) = store.ingest(DAILY, [file(2, main(0.1))], box=BOX)
    assert (again.entry.outcome, again.new) == (Outcome.HOLD, False)
    assert store.ledger(DAILY.name) == before


def test_a_released_file_again_is_unchanged(store):
    ingest(store, file(1, main()), file(2, main(0.1)))
    store.accept(DAILY.name, AsOf.parse("2025-03-01"), "so it is")
    (again,) = store.ingest(DAILY, [file(2, main(0.1))], box=BOX)
    assert (again.entry.outcome, again.new) == (Outcome.ACCEPT, False)


@given(st.permutations(range(2, 14)), st.sets(st.integers(1, 11), max_size=4), st.sampled_from([5, 8]))
def test_other_orders_and_pieces_end_with_the_same_versions(tmp_path_factory, order, cuts, bad):
    """The first map being good, a bad one is left out and all others are seen, whatever the order and the pieces."""
    files = {day: file(day, main(day / 1000), *([RING] if day != bad else [])) for day in range(1, 14)}
    store = Store.create(tmp_path_factory.mktemp("orders") / "archive")
    whole = [1, *order]
    ends = [0, *sorted(cuts), len(whole)]
    for begin, end in itertools.pairwise(ends):
        ingest(store, *(files[day] for day in whole[begin:end]))
    assert days(store) == [day for day in range(1, 14) if day != bad]


def test_in_pieces_the_ledger_is_the_same(tmp_path):
    files = [file(day, main((day > 5) / 10 + day / 1000)) for day in range(1, 14)]
    once, single = Store.create(tmp_path / "once"), Store.create(tmp_path / "single")
    ingest(once, *files)
    for one in files:
        ingest(single, one)
    assert once.ledger(DAILY.name) == single.ledger(DAILY.name)
    assert days(once) == list(range(1, 14))


STATUSES = [Status.OCCUPIED, Status.CONTESTED, Status.INCURSION_UA]
patches = st.lists(
    st.tuples(st.sampled_from(STATUSES), st.integers(0, 8), st.integers(0, 8), st.integers(1, 4), st.integers(1, 4)),
    min_size=1,
    max_size=5,
)


def ground_of(found):
    """Return rectangles of a coarse lattice, the earlier ones keeping what they share with later ones."""
    taken, regions = shapely.Polygon(), []
    for status, west, south, wide, high in found:
        whole = shapely.box(west / 10 + 35, south / 10 + 47, (west + wide) / 10 + 35, (south + high) / 10 + 47)
        if not (shape := multipolygon(whole.difference(taken))).is_empty:
            regions.append(Region(status, str(status), shape))
            taken = taken.union(whole)
    return Ground(tuple(regions))


def by_status(ground, statuses):
    return shapely.union_all([region.geometry for region in ground.regions if region.status in statuses])


@given(patches, patches)
def test_steps_are_what_overlays_of_polygons_say(one, other):
    before, after = ground_of(one), ground_of(other)
    changed = differences(before, after)
    found = step(before, after, changed)
    held = [by_status(ground, {Status.OCCUPIED, Status.INCURSION_UA}) for ground in (before, after)]
    same = shapely.union_all([by_status(before, {s}).intersection(by_status(after, {s})) for s in STATUSES])
    whole = by_status(before, STATUSES).union(by_status(after, STATUSES))
    assert found.gained == pytest.approx(area_km2(held[1].difference(held[0])), abs=0.01)
    assert found.lost == pytest.approx(area_km2(held[0].difference(held[1])), abs=0.01)
    assert found.moved == pytest.approx(area_km2(whole) - area_km2(same), abs=0.01)
    assert found.moved <= at_most_km2(changed) + 1e-6


def test_the_command_line_holds_tells_and_accepts(tmp_path, cli):
    for name, data in (file(1, main()), file(2, main(0.1))):
        (tmp_path / name).write_bytes(data)
    ran = cli("ingest", "deepstate-daily", tmp_path)
    assert ran.code == 3
    (line,) = ran.lines
    assert line.startswith("HOLD deepstatemap_data_20250302.geojson: ")
    assert line.endswith("[great-change]")
    assert json.loads(cli("area", "--format", "json").stdout)["as_of"]["on"]["as_of"] == "2025-02-28"
    held = json.loads(cli("ledger", "--held", "--format", "json").stdout)["rows"]
    assert {row["date"] for row in held} == {"2025-03-01"}
    assert "held" in cli("doctor").stdout
    assert cli("accept", "deepstate-daily", "2025-03-01", "--why", " ").code == 2
    assert cli("accept", "deepstate-daily", "2025-03-01", "--why", "so it is").code == 0
    assert json.loads(cli("area", "--format", "json").stdout)["as_of"]["on"]["as_of"] == "2025-03-01"
    assert cli("ledger", "--held", "--format", "json").code == 0
    assert cli("ingest", "deepstate-daily", tmp_path).code == 0
    missing = cli("accept", "deepstate-daily", "2025-03-01", "--why", "again")
    assert (missing.code, len(missing.lines)) == (2, 1)
