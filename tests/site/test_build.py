"""The site of the generated world: whole, offline, the same bytes twice, its figures those of the history."""

import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import jsonschema
import pytest

from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.maps.words import km2
from frontgis.model import InputError, UsageError
from frontgis.site import Site, build

NOTICE = "Generated example: an invented country, no real place"


@pytest.fixture(scope="module")
def made(history, credit):
    recipes = {"front": Recipe(), "east": Recipe(title="The east on {day}", extent="east")}
    return Site(history, recipes, replace(credit, notice=NOTICE))


@pytest.fixture(scope="module")
def out(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "site"
    build(folder, made)
    return folder


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.ids = [], set()
        self.feed(html)

    def handle_starttag(self, _tag, attrs):
        values = dict(attrs)
        self.found += [values[name] for name in ("href", "src") if values.get(name)]


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_give_the_same_bytes(made, out, tmp_path):
    build(tmp_path / "again", made)
    assert files(tmp_path / "again") == files(out)


def test_a_failing_build_keeps_the_site_that_was_there(made, out):
    before = files(out)
    bad = replace(made, recipes={"front": Recipe(), "bad": Recipe(extent="atlantis")})
    with pytest.raises(InputError, match="atlantis"):
        build(out, bad)
    assert files(out) == before
    with pytest.raises(UsageError, match="at least one map"):
        build(out, replace(made, recipes={}))
    assert files(out) == before


def test_a_history_of_one_map_has_a_site(made, history, tmp_path):
    one = History.of([history.snapshot("first")], catalog=history.catalog)
    build(tmp_path / "site", replace(made, history=one))
    text = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "No change of ground held by Tarsk" in text
    assert "The source&#39;s one map is here" in text
    assert (tmp_path / "site" / "data" / "control-2024-03-01.geojson").is_file()
    assert feedparser.parse((tmp_path / "site" / "feed.xml").read_bytes()).entries == []


def test_every_link_leads_to_a_file_of_the_site(out):
    for path in [out / "index.html", *(out / "reports").glob("*.html"), *(out / "maps").glob("*.html")]:
        links = [link for link in Links(path.read_text("utf-8")).found if not link.startswith("data:")]
        assert links
        assert [link for link in links if not (path.parent / link.partition("#")[0]).is_file()] == []


def test_every_page_says_that_the_place_is_invented_and_what_it_rests_on(out):
    for path in [out / "index.html", *(out / "reports").glob("*.html")]:
        text = path.read_text("utf-8")
        assert f'<p class="notice">{NOTICE}</p>' in text
        assert re.search(
            r'<meta name="frontgis" content="source=generated;first=[\d-]+;last=[\d-]+;versions=\d+;history=\w{64}">',
            text,
        )
    assert "versions=33" in (out / "index.html").read_text("utf-8")


def test_the_front_page_shows_the_figures_of_the_history(out, history):
    text = (out / "index.html").read_text("utf-8")
    for before in ("2024-03-07", "2024-03-28", "2024-04-03"):
        change = history.compare(before, "2024-04-04")
        row = f'<td class="n gained">{km2(change.gained_km2)}</td><td class="n lost">{km2(change.lost_km2)}</td>'
        assert row in text
    assert "Of 32 maps of the source this site keeps the last 30" in text


def test_there_is_a_report_for_each_step_in_three_forms(out):
    names = {path.stem for path in (out / "reports").iterdir()}
    assert {
        "2024-03-12-to-2024-03-16",
        "2024-03-31-to-2024-04-04",
        "latest-day",
        "latest-week",
        "latest-month",
    } <= names
    for name in names:
        assert all((out / "reports" / f"{name}{suffix}").is_file() for suffix in (".html", ".md", ".json"))


def test_control_has_dated_and_latest_addresses(out):
    dated = sorted(path.name for path in (out / "data").glob("control-2*.geojson"))
    assert len(dated) == 30
    assert dated[-1] == "control-2024-04-04.geojson"
    assert (out / "data" / dated[-1]).read_bytes() == (out / "data" / "control-latest.geojson").read_bytes()
    data = json.loads((out / "data" / "control-2024-03-26.geojson").read_bytes())
    assert {feature["properties"]["as_of"] for feature in data["features"]} == {"2024-03-26"}


def test_json_reports_keep_the_schema_beside_them(out):
    schema = json.loads((out / "schemas" / "report.json").read_bytes())
    for path in (out / "reports").glob("*.json"):
        jsonschema.validate(json.loads(path.read_bytes()), schema)


def test_the_feed_lists_the_reports_newest_first(out):
    feed = feedparser.parse((out / "feed.xml").read_bytes())
    assert not feed.bozo
    days = [entry.updated for entry in feed.entries]
    assert days[0] == feed.feed.updated == "2024-04-05T03:00:00Z"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 31
    assert all((out / entry.link).is_file() for entry in feed.entries)


def test_the_list_of_files_has_their_hashes(out):
    listed = json.loads((out / "site.json").read_bytes())
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files(out).items() if name != "site.json"}
    assert listed["files"] == found
    assert (listed["first"], listed["last"], listed["versions"]) == ("2024-03-01", "2024-04-04", 33)


def test_nothing_is_fetched_from_anywhere(out):
    for path in Path(out).rglob("*"):
        if path.suffix in {".html", ".svg"}:
            text = path.read_text("utf-8")
            assert not re.search(r"""(?:src|url)\s*[=(]\s*["']?(?:https?:)?//""", text), path.name


def test_a_stamp_is_shown_only_where_it_is_given(made, out, tmp_path):
    build(tmp_path / "site", replace(made, stamp="1 May 2024, 06:00 UTC"))
    changed = {name for name, data in files(tmp_path / "site").items() if data != files(out)[name]}
    assert changed == {"index.html", "site.json"}
    assert "Built 1 May 2024, 06:00 UTC." in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "Built" not in (out / "index.html").read_text("utf-8")
