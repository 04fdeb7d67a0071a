import pytest
import shapely

from frontgis.archive import Outcome, Store
from frontgis.model import AsOf, StoreError
from frontgis.sources import adapter
from tests.builders import BOX, daily, square

DAILY = adapter("deepstate-daily")


def name(day: int) -> str:
    return f"deepstatemap_data_202503{day:02}.geojson"


def ingest(store, *files):
    return list(store.ingest(DAILY, files, box=BOX))


def tree(path):
    return {item.relative_to(path): item.read_bytes() for item in sorted(path.rglob("*")) if item.is_file()}


@pytest.fixture
def store(tmp_path):
    return Store.create(tmp_path / "archive")


def snapshots(store):
    return list(store.snapshots(DAILY.name, store.versions(DAILY.name)))


def test_what_is_stored_comes_back_exactly(store):
    ground = shapely.Polygon([(37.1234567, 48), (38, 48.0000001), (37.5, 49)], [])
    (judged,) = ingest(store, (name(28), daily(ground)))
    assert (judged.entry.outcome, judged.new) == (Outcome.ACCEPT, True)
    (snapshot,) = snapshots(Store.open(store.path))
    assert snapshot.as_of == AsOf.parse("2025-03-27")
    assert shapely.equals_exact(snapshot.regions[0].geometry, shapely.MultiPolygon([ground]))
    assert snapshot.provenance.file == name(28)
    assert snapshot.provenance.sha256 == judged.entry.sha256
    assert snapshot.geometry_hash == judged.entry.geometry


def test_the_same_content_twice_changes_no_byte(store):
    files = [(name(28), daily(square(37, 48))), (name(29), daily(square(37, 48)))]
    ingest(store, *files)
    before = tree(store.path)
    assert [judged.new for judged in ingest(store, *files)] == [False, False]
    assert tree(store.path) == before


def test_other_bytes_with_the_same_geometry_change_nothing(store):
    ingest(store, (name(28), daily(square(37, 48))))
    before = tree(store.path)
    (judged,) = ingest(store, (name(28), daily(square(37, 48)) + b"\n"))
    assert not judged.new
    assert tree(store.path) == before


def test_a_rewritten_day_is_a_new_version_beside_the_old_one(store):
    ingest(store, (name(28), daily(square(37, 48))))
    ingest(store, (name(28), daily(square(37, 48, 1.004))))
    assert [entry.outcome for entry in store.ledger(DAILY.name)] == [Outcome.ACCEPT] * 2
    (snapshot,) = snapshots(store)
    assert shapely.equals(snapshot.regions[0].geometry, square(37, 48, 1.004))


def test_late_files_fall_into_their_place(store):
    for day in (28, 10, 20):
        ingest(store, (name(day), daily(square(37, 48, 1 + day / 10_000))))
    assert [str(version.as_of) for version in store.versions(DAILY.name)] == ["2025-03-09", "2025-03-19", "2025-03-27"]
    assert len(snapshots(store)) == 3


def test_known_leaves_out_what_was_published_later(store):
    for day in (10, 20):
        ingest(store, (name(day), daily(square(37, 48))))
    known = store.versions(DAILY.name, known=AsOf.parse("2025-03-19"))
    assert [str(version.as_of) for version in known] == ["2025-03-09"]
    assert store.versions(DAILY.name, known=AsOf.parse("2025-03-01")) == ()


def test_a_refused_file_is_in_the_ledger_once_and_nowhere_else(store):
    for _ in range(2):
        (judged,) = ingest(store, (name(28), b"{"))
        assert judged.entry.outcome is Outcome.REJECT
    (entry,) = store.ledger(DAILY.name)
    assert [note.rule for note in entry.notes] == ["no-json"]
    assert store.versions(DAILY.name) == ()
    assert store.sources == ()


def test_segments_hold_64_distinct_snapshots_and_closed_ones_stay_as_they_are(store):
    days = [(f"deepstatemap_data_2025{m:02}{d:02}.geojson", (m, d)) for m in (1, 2, 3) for d in range(1, 29)]
    files = [(file, daily(square(37, 48, 1 + (m * 28 + d) / 10_000))) for file, (m, d) in days]
    ingest(store, *files[:70])
    segments = store.path / DAILY.name / "segments"
    closed = (segments / "0001.parquet").read_bytes()
    ingest(store, *files[70:])
    assert [path.name for path in sorted(segments.iterdir())] == ["0001.parquet", "0002.parquet"]
    assert (segments / "0001.parquet").read_bytes() == closed
    assert len(snapshots(store)) == 84


def test_one_by_one_and_at_once_hold_the_same(tmp_path):
    files = [(name(day), daily(square(37, 48, 1 + day / 10_000))) for day in range(1, 20)]
    once, single = Store.create(tmp_path / "once"), Store.create(tmp_path / "single")
    ingest(once, *files)
    for file in reversed(files):
        ingest(single, file)
    hashes = [[v.geometry_hash for v in store.versions(DAILY.name)] for store in (once, single)]
    assert hashes[0] == hashes[1]
    assert [s.geometry_hash for s in snapshots(once)] == [s.geometry_hash for s in snapshots(single)] == hashes[0]


def test_a_line_torn_by_a_crash_is_passed_over_and_cut_off(store):
    ingest(store, (name(10), daily(square(37, 48))))
    path = store.path / DAILY.name / "ledger.jsonl"
    with path.open("ab") as file:
        file.write(b'{"file":"deepstatemap_data_2025')
    assert len(store.ledger(DAILY.name)) == 1
    ingest(store, (name(11), daily(square(37, 49))))
    assert [entry.file for entry in store.ledger(DAILY.name)] == [name(10), name(11)]


def test_damage_is_said_in_one_line(store):
    ingest(store, (name(10), daily(square(37, 48))))
    segment = store.path / DAILY.name / "segments" / "0001.parquet"
    segment.write_bytes(segment.read_bytes()[:100])
    with pytest.raises(StoreError, match=r"segment .* cannot be read"):
        snapshots(store)
    ledger = store.path / DAILY.name / "ledger.jsonl"
    ledger.write_bytes(b"{}\n" + ledger.read_bytes())
    with pytest.raises(StoreError, match="line 1 is damaged"):
        store.ledger(DAILY.name)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other things"):
        Store.create(tmp_path)
    with pytest.raises(StoreError, match="is no frontgis archive"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="there is no archive"):
        Store.open(tmp_path / "nowhere")
    assert [item.name for item in tmp_path.iterdir()] == ["thesis.txt"]
