"""What the archive of the daily files takes on disk."""

import shutil

from frontgis.archive import Store
from frontgis.sources import adapter
from tests.builders import BOX

DAILY = "deepstate-daily"


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_536_days_take_less_than_a_megabyte(kept, tmp_path):
    shutil.copytree(kept / DAILY, tmp_path / DAILY, ignore=shutil.ignore_patterns("history"))
    assert size(tmp_path) <= 1_000_000


def test_a_further_day_takes_less_than_25_kb(archives, tmp_path):
    files = [(path.name, path.read_bytes()) for path in sorted((archives / DAILY).glob("*.geojson"))]
    store = Store.create(tmp_path / "archive")
    list(store.ingest(adapter(DAILY), files[:-60], box=BOX))
    before = size(store.path)
    for file in files[-60:]:
        list(store.ingest(adapter(DAILY), [file], box=BOX))
    assert (size(store.path) - before) / 60 <= 25_000
