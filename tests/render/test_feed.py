"""The feed is Atom as another project's reader takes it, and its ids last."""

import time
from dataclasses import replace

import feedparser
import pytest

from frontgis.render.feed import Entry, Feed, atom, urn

HISTORY = "f6a2d0c4" * 8
ENTRIES = [
    Entry("report/x/2024-03-02/2024-03-03", "A & B <c>", "+3 km²", "reports/b.html", "2024-03-04T03:00:00Z", HISTORY),
    Entry("report/x/2024-03-01/2024-03-02", "Second", "Nothing", "reports/a.html", "2024-03-03T03:00:00Z", HISTORY),
]
FEED = Feed(
    "feed/x", "Reports", "Example", "Somebody", "CC0", "index.html", "feed.xml", "2024-03-01T03:00:00Z", ENTRIES
)


HEADERS = {"content-location": "https://example.org/site/feed.xml", "content-type": "application/atom+xml"}


@pytest.fixture
def read():
    return feedparser.parse(atom(FEED), response_headers=HEADERS)


def test_feedparser_reads_it_without_complaint(read):
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.title for entry in read.entries] == ["A & B <c>", "Second"]
    assert read.entries[0].link == "https://example.org/site/reports/b.html"
    assert time.strftime("%Y-%m-%d %H:%M", read.entries[0].updated_parsed) == "2024-03-04 03:00"


def test_it_is_as_new_as_its_newest_entry(read):
    assert read.feed.updated == "2024-03-04T03:00:00Z"
    assert read.feed.rights == "CC0"


def test_ids_are_uris_that_depend_on_the_key_alone(read):
    ids = [read.feed.id, *(entry.id for entry in read.entries)]
    assert len(set(ids)) == 3
    assert all(found.startswith("urn:uuid:") for found in ids)
    assert read.entries[1].id == urn("report/x/2024-03-01/2024-03-02")


def test_each_entry_names_its_history(read):
    tags = [(tag.scheme, tag.term, tag.label) for entry in read.entries for tag in entry.tags]
    assert tags == [("urn:frontgis:history", HISTORY, "history f6a2d0c4f6a2")] * 2


def test_a_feed_without_entries_is_as_new_as_its_data():
    read = feedparser.parse(atom(replace(FEED, entries=[])), response_headers=HEADERS)
    assert not read.bozo
    assert (read.feed.updated, read.entries) == ("2024-03-01T03:00:00Z", [])


def test_the_same_feed_is_the_same_bytes():
    assert atom(FEED) == atom(FEED)
