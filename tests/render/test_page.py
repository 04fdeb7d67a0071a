"""A page carries all it needs, runs only its own scripts, and is the same bytes each time."""

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import folium
import pytest
from branca.element import Element

from frontgis.history import History
from frontgis.maps.parts import Entry, Name, Place, Row
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.maps.words import signed
from frontgis.model import FrontgisError
from frontgis.render.leaflet import leaflet
from frontgis.render.page import fixed_ids, page
from frontgis.render.picture import svg
from frontgis.site.maps import draw

HOSTILE = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "`${alert(1)}`",
    "{{ 7 * 191 }}{% raw %}",
    "a\"b'c&d<e>",
    "\u202egnirts\u2066 \x00\x1b[31m",
    "\u2028\u2029\\u003c\\",
    "--><!--",
]


class Parsed(HTMLParser):
    """The page as a browser's parser reads it: elements with attributes, and the text inside each kind."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = [tag]
        self.texts.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name is the base class's
        self._open = []

    def meta(self, key: str, value: str) -> str:
        (found,) = (attrs["content"] for tag, attrs in self.elements if tag == "meta" and attrs.get(key) == value)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def scene(history: History) -> Scene:
    return draw(history, Recipe())


@pytest.fixture(scope="module")
def text(scene: Scene) -> str:
    return page(leaflet(scene))


@pytest.fixture(scope="module")
def parsed(text: str) -> Parsed:
    return Parsed(text)


def test_two_pages_of_a_scene_are_the_same_bytes(scene: Scene, text: str) -> None:
    drawn = leaflet(scene)
    assert page(drawn) == page(drawn) == text


def test_random_ids_are_back_after_rendering(scene: Scene) -> None:
    drawn = leaflet(scene)
    name = drawn.get_name()
    with fixed_ids(drawn):
        assert drawn.get_name() != name
    assert drawn.get_name() == name
    assert Element().get_name() != Element().get_name()


def test_an_unknown_branca_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontgis.render.page.version", lambda _: "0.9.0")
    with pytest.raises(FrontgisError, match=r"branca 0\.9\.0"):
        page(leaflet(scene))


def test_the_policy_lets_exactly_the_pages_scripts_and_styles_act(parsed: Parsed) -> None:
    policy = dict(
        part.strip().split(" ", 1) for part in parsed.meta("http-equiv", "Content-Security-Policy").split(";")
    )
    kinds = iter([attrs for tag, attrs in parsed.elements if tag == "script"])
    scripts = [script for script in parsed.texts["script"] if next(kinds).get("type") != "application/json"]
    assert policy["default-src"] == "'none'"
    for directive, texts in (("script-src", scripts), ("style-src", parsed.texts["style"])):
        hashes = [base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode() for inline in texts]
        assert policy[directive].split() == [f"'sha256-{digest}'" for digest in hashes]
    assert policy["img-src"] == policy["font-src"] == "data:"


def test_nothing_is_fetched_and_no_markup_acts(parsed: Parsed) -> None:
    for tag, attrs in parsed.elements:
        assert not {name for name in attrs if name.startswith("on") or name == "style"}, (tag, attrs)
        for name in ("src", "href", "data", "srcset", "action"):
            assert (attrs.get(name) or "data:").startswith(("data:", "#")), (tag, attrs)
    assert not re.search(r"@import|url\((?!['\"]?(data:|#))", "".join(parsed.texts["style"]))
    assert "sourceMappingURL" not in "".join(parsed.texts["script"])


def test_head_says_what_the_page_is(scene: Scene, parsed: Parsed) -> None:
    assert parsed.texts["title"] == [scene.title]
    dates = "first=2024-03-07;last=2024-04-04;versions=2"
    assert parsed.meta("name", "frontgis") == f"source=generated;{dates};history={scene.history}"
    assert "user-scalable" not in parsed.meta("name", "viewport")
    assert parsed.elements[0] == ("html", {"lang": "en"})


def test_the_table_has_the_scenes_figures(scene: Scene, parsed: Parsed) -> None:
    cells, across = parsed.texts["td"], scene.incursion
    assert across is not None
    total = 2 * len(scene.rows)
    assert cells[total : total + 2] == [f"+{scene.gained_km2:.0f}", f"−{scene.lost_km2:.0f}"]
    assert cells[total + 2 :] == [signed(across.gained_km2), signed(-across.lost_km2)]


def test_the_page_is_light(text: str) -> None:
    assert len(text.encode()) < 600_000


def hostile(scene: Scene) -> Scene:
    bad = "".join(HOSTILE)
    west, south, east, north = scene.extent
    lon, lat = (west + east) / 2, (south + north) / 2
    return replace(
        scene,
        title=bad,
        subtitle=bad,
        source=bad,
        rows=(Row(bad, bad, 1, 2, scene.extent),),
        places=tuple(Place(word, lon, lat + index / 10, "city", 1, 5) for index, word in enumerate(HOSTILE)),
        names=(Name(bad, "country", lon, lat - 1, 5, 12),),
        legend=(Entry("held", bad, ("occupied",)),),
        statuses=(("occupied", bad),),
        unmapped=bad,
        notices=(bad,),
        attributions=(bad,),
        boundary_set=bad,
    )


def test_hostile_names_stay_text(scene: Scene, parsed: Parsed) -> None:
    bad = Parsed(page(leaflet(hostile(scene))))
    kinds = [tag for tag, _ in bad.elements]
    assert kinds.count("script") == [tag for tag, _ in parsed.elements].count("script")
    assert kinds.count("img") == 0
    assert not any(name.startswith("on") for _, attrs in bad.elements for name in attrs)
    scripts = "".join(bad.texts["script"])
    assert "{{ 7 * 191 }}" in scripts
    assert "1337" not in scripts
    (block,) = (
        json.loads(script)
        for script, attrs in zip(
            bad.texts["script"], [attrs for tag, attrs in bad.elements if tag == "script"], strict=True
        )
        if attrs.get("type") == "application/json"
    )
    assert HOSTILE[0] in {row[0] for row in block["labels"]["city"]}
    visible = "".join(bad.texts["title"])
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069]", visible)


def test_hostile_names_stay_text_in_the_picture(scene: Scene) -> None:
    picture = Parsed(svg(hostile(scene)))
    assert not {"script", "img"} & {tag for tag, _ in picture.elements}
    assert not any(name.startswith("on") for _, attrs in picture.elements for name in attrs)


def test_what_a_user_adds_is_on_the_page(scene: Scene) -> None:
    drawn = leaflet(scene)
    folium.CircleMarker((1, 2), radius=4, tooltip="a place").add_to(drawn)
    assert "L.circleMarker" in page(drawn)
    assert "L.circleMarker" in drawn.get_root().render()


@pytest.mark.parametrize(
    ("added", "message"),
    [
        (folium.TileLayer("https://tile.example/{z}/{x}/{y}.png", attr="x"), "tile.example"),
        (folium.Popup("x"), "jQuery"),
        (Element('<img src="https://example.org/x.png">'), "example"),
        (Element('<link rel="stylesheet" href="//example.org/x.css">'), "example"),
        (Element("<style>body{background:url(https://example.org/x.png)}</style>"), "example"),
        (Element('<iframe src="http://example.org"></iframe>'), "example"),
        (folium.CircleMarker((1, 2), tooltip="`);alert(1)//"), "tooltip"),
    ],
)
def test_what_would_fetch_or_break_out_is_refused(scene: Scene, added: Element, message: str) -> None:
    drawn = leaflet(scene)
    if isinstance(added, folium.Popup):
        folium.CircleMarker((1, 2), popup=added).add_to(drawn)
    elif type(added) is Element:
        drawn.get_root().html.add_child(added)
        drawn.add_child(Foreign(added))
    else:
        added.add_to(drawn)
    with pytest.raises(FrontgisError, match=message):
        page(drawn)


class Foreign(folium.MacroElement):
    """An element of a user's own that writes into the page's body."""

    def __init__(self, inner: Element) -> None:
        super().__init__()
        self.inner = inner

    def render(self, **_: object) -> None:
        self.get_root().html.add_child(self.inner)


def test_a_map_without_a_scene_is_refused() -> None:
    with pytest.raises(FrontgisError, match="leaflet"):
        page(folium.Map())


def test_a_page_alone_says_method_and_limits_in_the_words_of_the_documentation(scene: Scene) -> None:
    alone = page(leaflet(scene))
    words = " ".join(re.sub(r"[*`]", "", (Path(__file__).parents[2] / "docs" / "limits.md").read_text("utf-8")).split())
    said = [html.unescape(line) for line in re.findall(r"<li>(.*?)</li>", alone.partition('class="limits"')[2])]
    assert len(said) == 14
    assert all(line in words for line in said[2:])
    assert "limits.html" not in alone


def test_a_page_of_a_site_leads_to_its_pages_on_method_and_limits(scene: Scene) -> None:
    within = page(leaflet(scene), home="../")
    assert re.findall(r'<a href="(.*?)"', within.partition("<footer")[2]) == ["../limits.html", "../method.html"]
    assert 'class="limits"' not in within
