"""An Atom feed: one entry a report, ids that stay the same when a report is corrected, dates from data."""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from frontgis.maps.words import named

_ATOM: Final = "http://www.w3.org/2005/Atom"
HISTORY: Final = "urn:frontgis:history"
"""The scheme of the category that names the history of an entry."""
_OURS: Final = uuid.uuid5(uuid.NAMESPACE_OID, "frontgis")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one report of the feed: `key` names it for ever, `updated` is an RFC 3339 instant, `history` an id."""

    key: str
    title: str
    summary: str
    address: str
    updated: str
    history: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Hold what a feed says of itself (`updated`: the newest data), and its entries, newest first."""

    key: str
    title: str
    subtitle: str
    author: str
    rights: str
    home: str
    address: str
    updated: str
    entries: Sequence[Entry]


def atom(feed: Feed) -> bytes:
    """Return the feed as RFC 4287 has it; addresses are relative to the feed's own."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(root, "id", urn(feed.key))
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", max([feed.updated, *(entry.updated for entry in feed.entries)]))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "rights", feed.rights)
    _add(root, "generator", "frontgis")
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    for entry in feed.entries:
        _entry(_add(root, "entry"), entry)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def urn(key: str) -> str:
    """Return the name-based UUID of a key as a URN (RFC 4122).

    >>> urn("report/generated/2024-03-01/2024-03-02")
    'urn:uuid:cebe66fe-b5c1-5a9a-b4b6-3b338a49a1bb'
    """
    return uuid.uuid5(_OURS, key).urn


def _entry(element: ET.Element, entry: Entry) -> None:
    _add(element, "id", urn(entry.key))
    _add(element, "title", entry.title)
    _add(element, "updated", entry.updated)
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    _add(element, "category", scheme=HISTORY, term=entry.history, label=named(entry.history))
    _add(element, "summary", entry.summary)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child
