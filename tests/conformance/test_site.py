"""The built site is valid HTML and its feed is well-formed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest


@pytest.mark.node
def test_every_page_is_valid_html(site: Path, root: Path, node: Callable[..., Any]) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 1
    ran = node("html-validate", "--config", root / ".htmlvalidate.cjs", "--formatter", "text", *pages)
    assert (ran.code, ran.stdout.strip()) == (0, "")


@pytest.mark.node
def test_html_validate_bites(tmp_path: Path, root: Path, node: Callable[..., Any]) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<!DOCTYPE html><html lang=en><head><title>x</title></head><body><p><div></div></p></body></html>")
    assert node("html-validate", "--config", root / ".htmlvalidate.cjs", page).code != 0


def test_the_feed_is_well_formed(site: Path) -> None:
    (path,) = site.rglob("feed.xml")
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    assert feed.feed.title
    assert feed.entries
    assert all(entry.id and entry.link and entry.updated_parsed for entry in feed.entries)
