"""A folium map as one published page: everything inside, nothing from elsewhere, only known scripts run."""

import base64
import hashlib
import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib.metadata import version
from typing import Final

import folium
from branca.element import Element, Figure
from jinja2 import Environment, Template
from markupsafe import Markup

from frontgis.maps import words
from frontgis.maps.parts import Row
from frontgis.maps.scene import Scene
from frontgis.maps.stories import at_first
from frontgis.model import FrontgisError
from frontgis.render import picture, shelf, symbols
from frontgis.render.escape import plain
from frontgis.render.html import meta, unbroken
from frontgis.render.leaflet import SceneElement
from frontgis.render.texts import method_and_limits

_CSP: Final = "%frontgis-content-security-policy%"
_FOREIGN: Final = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_LOADING: Final = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data",
    "embed": "src", "audio": "src", "video": "src", "image": "href", "use": "href",
}  # fmt: skip
_KNOWN_BRANCA: Final = ("0.8",)
_FOLIUM_LINKS: Final = folium.Map.default_js + folium.Map.default_css


def page(drawn: folium.Map, *, home: str = "") -> str:
    """Return the map that `leaflet` made, and what its user added, as one self-contained HTML file.

    `home` leads to the folder of a site that has the pages on method and limits; without it their sentences are in the
    page. Raises FrontgisError where something would be fetched from elsewhere, or needs a library pages do not carry.
    """
    element = next((child for child in drawn._children.values() if isinstance(child, SceneElement)), None)  # noqa: SLF001
    if element is None:
        raise FrontgisError("this map has no scene: make it with frontgis.render.leaflet(scene)")
    header, html, script = _rendered(drawn)
    text = _template().render(
        **_words(element.scene),
        home=home,
        limits=() if home else method_and_limits(),
        styles=[Markup(shelf.leaflet_style()), Markup(shelf.text("page.css") + shelf.text("time.css"))],  # noqa: S704
        scripts=[Markup(shelf.leaflet_script())],  # noqa: S704
        header=Markup(header),  # noqa: S704
        html=Markup(html),  # noqa: S704
        script=Markup(script),  # noqa: S704
        picture=Markup(picture.svg(at_first(element.scene), width=1200, height=780, words=False)),  # noqa: S704 - escaped
        csp=_CSP,
    )
    return text.replace(_CSP, _policy(text))


@contextmanager
def fixed_ids(root: Element) -> Iterator[None]:
    """Give a branca tree, and what is made while it renders, ids that are the same each time.

    branca draws its ids at random and keeps them in `_id`; there is no public way to set them. Raises
    FrontgisError where the installed branca was not seen to work like that.
    """
    installed = version("branca")
    if not installed.startswith(_KNOWN_BRANCA):
        raise FrontgisError(f"branca {installed} is not known to frontgis: install branca 0.8")
    count = itertools.count(1)
    elements = list(_tree(root))
    before, draw = [element._id for element in elements], Element.__dict__["_generate_id"]  # noqa: SLF001
    try:
        Element._generate_id = classmethod(lambda _: f"{next(count):04x}")  # type: ignore[method-assign,assignment]  # noqa: SLF001
        for element in elements:
            element._id = Element._generate_id()  # noqa: SLF001
        yield
    finally:
        Element._generate_id = draw  # type: ignore[method-assign]  # noqa: SLF001
        for element, identity in zip(elements, before, strict=True):
            element._id = identity  # noqa: SLF001


def _tree(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():  # noqa: SLF001
        yield from _tree(child)


def _rendered(drawn: folium.Map) -> tuple[str, str, str]:
    """Return header, body and script of the map, without folium's own shell and libraries."""
    _check_elements(drawn)
    shell, parent = Figure(), drawn._parent  # noqa: SLF001
    try:
        shell.add_child(drawn)
        with fixed_ids(drawn):
            drawn.render()  # type: ignore[no-untyped-call]
            own_shell = {"meta_http", drawn.get_name(), *(name for name, _ in _FOLIUM_LINKS)}
            header, html, script = (
                "\n".join(child.render() for name, child in part._children.items() if name not in without)  # noqa: SLF001
                for part, without in ((shell.header, own_shell), (shell.html, ()), (shell.script, ()))
            )
    finally:
        drawn._parent = parent  # noqa: SLF001
    if re.search(r"\$\(|L\.AwesomeMarkers", script):
        raise FrontgisError("the map holds an element that needs jQuery or Awesome Markers, which pages do not carry")
    return header, html, script


def _check_elements(drawn: folium.Map) -> None:
    """Refuse what folium would write into a script: addresses to fetch from, tooltips that could end the script."""
    for element in _tree(drawn):
        for address in (getattr(element, name, None) for name in ("tiles", "url", "video_url")):
            if isinstance(address, str) and _FOREIGN.match(address):
                raise FrontgisError(f"the page would fetch {address!r}: a page carries all it needs; remove that layer")
        if isinstance(element, folium.Tooltip) and re.search(r"[`\\]|\$\{|</", str(element.text)):
            raise FrontgisError(f"a tooltip's text could end its script: {str(element.text)[:40]!r}")


class _Inventory(HTMLParser):
    """List a page's inline scripts and styles, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self.foreign: list[str] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        target = found.get(_LOADING.get(tag, "")) or ""
        if target and not target.startswith(("data:", "#")):
            self.foreign.append(target)
        if tag in self.inline and not target:
            self._open = None if found.get("type") == "application/json" else tag
            if self._open:
                self.inline[tag].append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inline[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = None


def _policy(text: str) -> str:
    """Return the content security policy that lets exactly this page's scripts and styles act."""
    inventory = _Inventory()
    inventory.feed(text)
    foreign = inventory.foreign + [
        url for style in inventory.inline["style"] for url in re.findall(r"url\(['\"]?([^)'\"]*)", style)
        if not url.startswith(("data:", "#"))
    ]  # fmt: skip
    if foreign:
        raise FrontgisError(f"the page would fetch {foreign[0]!r}: a page carries all it needs; remove that element")
    scripts, styles = (" ".join(map(_hash, inventory.inline[kind])) for kind in ("script", "style"))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _template() -> Template:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["unbroken"] = unbroken
    return environment.from_string(shelf.text("page.html"))


def _words(scene: Scene) -> dict[str, object]:
    versions = len({scene.before, scene.as_of})
    return {
        "title": plain(scene.title),
        "subtitle": plain(scene.subtitle),
        "meta": plain(meta(scene.source, str(scene.before), str(scene.as_of), versions, scene.history)),
        "before": words.day(scene.before.date, year=scene.before.date.year != scene.as_of.date.year),
        "after": words.day(scene.as_of.date),
        "rows": [(row.unit, plain(row.name), *_figures(row.gained_km2, row.lost_km2)) for row in scene.rows],
        "total": _figures(scene.gained_km2, scene.lost_km2),
        "within": plain(scene.within),
        "incursion": _incursion(scene.incursion),
        "graded": plain(scene.graded),
        "empty": {story.name for story in scene.stories if not story.marks},
        "stories": [symbols.table(story) for story in scene.stories if story.ever],
        "legend": [(entry.swatch, plain(entry.words), " ".join(entry.layers)) for entry in scene.legend],
        "notices": [plain(notice) for notice in scene.notices],
        "sources": " · ".join(plain(text) for text in scene.credits),
        "history": scene.timeline is not None,
        "lang": "en",
    }  # fmt: skip


def _incursion(row: Row | None) -> tuple[str, ...]:
    return (plain(row.name), *_figures(row.gained_km2, row.lost_km2)) if row else ()


def _figures(gained_km2: float, lost_km2: float) -> tuple[str, str]:
    return words.signed(gained_km2), words.signed(-lost_km2)
