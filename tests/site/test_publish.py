"""A site takes the place of the old one as a whole, and a build that fails leaves the old one."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from frontgis.model import InputError, UsageError
from frontgis.site import publish
from frontgis.site.publish import publishing


def make(out, text):
    with publishing(out) as folder:
        (folder / "site.json").write_text("{}")
        (folder / "a.txt").write_text(text)
        (folder / "sub").mkdir()
        (folder / "sub" / "b.txt").write_text(text)


def content(out):
    return (out / "a.txt").read_text(), (out / "sub" / "b.txt").read_text()


def test_it_is_put_in_place_and_replaced(tmp_path):
    out = tmp_path / "deep" / "site"
    for text in ("one", "two"):
        make(out, text)
        assert content(out) == (text, text)
        assert [path.name for path in out.parent.iterdir()] == ["site"]


def fail(out):
    with publishing(out) as folder:
        (folder / "a.txt").write_text("half")
        raise ZeroDivisionError


def test_a_build_that_fails_leaves_what_was_there(tmp_path):
    make(tmp_path / "site", "one")
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "site")
    assert content(tmp_path / "site") == ("one", "one")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_build_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_other_things_is_not_touched(tmp_path):
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(UsageError, match="no frontgis site"), publishing(tmp_path):
        pytest.fail("nothing may be built")
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]
    with pytest.raises(UsageError, match="not a folder"), publishing(tmp_path / "precious.txt"):
        pytest.fail("nothing may be built")


def test_an_empty_folder_and_a_link_to_a_site_are_taken(tmp_path):
    (tmp_path / "site").mkdir()
    make(tmp_path / "site", "one")
    (tmp_path / "link").symlink_to("site")
    make(tmp_path / "link", "two")
    assert content(tmp_path / "site") == ("two", "two")
    assert (tmp_path / "link").is_symlink()


def test_what_killed_builds_left_is_swept_and_living_ones_are_not(tmp_path):
    left = tmp_path / ".site.building-dead"
    (left / "sub").mkdir(parents=True)
    with publishing(tmp_path / "site") as living:
        (living / "site.json").write_text("{}")
        make(tmp_path / "site", "one")
        assert living.exists()
        assert not left.exists()


def test_without_an_exchange_of_folders_it_is_two_renames(tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "_EXCHANGE", 1 << 30)  # a flag that no kernel knows
    for text in ("one", "two"):
        make(tmp_path / "site", text)
    assert content(tmp_path / "site") == ("two", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_reader_finds_a_whole_site_at_any_time(tmp_path):
    out = tmp_path / "site"
    make(out, "0")
    seen, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            seen.add((out / "a.txt").read_text())
            seen.add((out / "sub" / "b.txt").read_text())

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for turn in range(1, 40):
            make(out, str(turn))
        stop.set()
        reading.result()
    assert len(seen) > 10
    assert seen <= {str(turn) for turn in range(40)}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written"), publishing(tmp_path / "site"):
        pytest.fail("nothing may be built")
