"""Full maps of DeepState as its API gave them, named by the second of publication."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from shapely import MultiPolygon, Polygon

from frontgis.geo.area import areas_km2
from frontgis.model import AsOf, Note, Region, RejectedError, Status
from frontgis.sources import _geojson
from frontgis.sources._deepstate_words import Label, LeftOut, Meaning, label, label_meaning, meaning
from frontgis.sources.adapter import Adapter, Reading

_NAME: Final = re.compile(r"^(\d{9,10})\.(?:geo)?json$")
_GROUND: Final = {"Polygon", "MultiPolygon", "GeometryCollection"}
_LEFT_OUT_WORDS: Final = {
    LeftOut.FOREIGN: "ground that is not of this war, by its label or fill",
    LeftOut.REBELS: "ground under rebels of the state's own, no side of this war",
    LeftOut.STRAY: "a polygon whose fill and label say no status",
}


def read(data: bytes, name: str) -> Reading:
    """Read one file: status polygons by fill, then label; points and lines are not territory."""
    published = _published(name)
    found = [_classified(*item) for item in _ground(_geojson.features(data))]
    if not any(isinstance(what, Status) for what, _, _ in found):
        raise RejectedError("no-ground", "no polygon of the file has a control status")
    regions = tuple(
        Region(what, words.words, MultiPolygon(parts)) for what, words, parts in found if isinstance(what, Status)
    )
    notes = (*_left_out(found), *_disagreements(found))
    return Reading(as_of=published, published=published, regions=regions, notes=notes)


def _published(name: str) -> AsOf:
    match = _NAME.match(name)
    if not match:
        raise RejectedError("no-date", f"{name} does not say its moment: name it SECONDS.geojson (unix time, UTC)")
    return AsOf.instant(datetime.fromtimestamp(int(match.group(1)), UTC))


def _ground(features: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, feature in enumerate(features, 1):
        if _geojson.kind(feature, number=number) in _GROUND:
            yield number, feature


Found = tuple[Meaning, Label, list[Polygon]]


def _classified(number: int, feature: dict[str, Any]) -> Found:
    table = _geojson.properties(feature)
    words, fill = label(str(table.get("name", ""))), str(table.get("fill", ""))
    what = meaning(fill, words)
    if what is None:
        raise RejectedError(
            "unknown-status",
            f"feature {number} has a fill {fill!r} and a label {words.words!r} that nobody knows",
        )
    return what, words, _geojson.polygons(feature["geometry"], where=f"feature {number} ({words.words})")


def _left_out(found: list[Found]) -> Iterator[Note]:
    for why in LeftOut:
        parts = [part for what, _, polygons in found if what is why for part in polygons]
        if parts:
            km2 = float(areas_km2(np.array(parts)).sum())
            yield Note(why.value, km2, f"{len(parts)} polygons left out: {_LEFT_OUT_WORDS[why]}")


def _disagreements(found: list[Found]) -> Iterator[Note]:
    km2: dict[tuple[Status, str], float] = defaultdict(float)
    count: Counter[tuple[Status, str]] = Counter()
    for what, words, polygons in found:
        said = label_meaning(words)
        if isinstance(what, Status) and said is not None and said is not _as_labelled(what):
            count[what, words.words] += 1
            km2[what, words.words] += float(areas_km2(np.array(polygons)).sum())
    for (what, text), number in sorted(count.items()):
        yield Note(
            "label-against-fill",
            km2[what, text],
            f"{number} polygons labelled {text!r} are {what} by their fill",
        )


def _as_labelled(status: Status) -> Status:
    """Return the status under which the source labels it: ground held abroad is labelled 'Liberated'."""
    return Status.LIBERATED if status is Status.INCURSION_UA else status


ADAPTER: Final = Adapter(
    name="deepstate",
    title="DeepState, full maps with all statuses",
    reads="UNIXSECONDS.geojson (UTC moment of publication = as-of)",
    suffixes=(".geojson", ".json"),
    licence="none stated: ask DeepState before publishing",
    attribution="DeepState (deepstatemap.live)",
    endpoint="github:DanielRose2310/deepstatemaps-history",
    precision="lines lie 0.7–1.2 km from those of other providers on average",
    maps="occupied, occupied before 2022, contested or unknown, liberated, ground of Russia held by Ukraine",
    read=read,
)
