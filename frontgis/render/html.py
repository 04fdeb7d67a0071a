"""Pages without script: templates, one style sheet inside each page, and a policy that lets nothing else in."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from frontgis.maps.words import named
from frontgis.render.report import Report
from frontgis.render.view import finding, grids, reading, sentences, sources, title, versions
from frontgis.render.words import SPACE, moment

STYLE_FILE: Final = "style.css"
TEXTS: Final = ("method", "limits", "sources", "codebook", "example")
"""The pages of the documentation that stand on a site."""


def page(template: str, **values: Any) -> str:
    """Return a page from one of the templates; every value is escaped."""
    return _environment().get_template(template).render(**values)


def report_html(
    report: Report,
    *,
    picture: str = "",
    home: str = "",
    links: tuple[tuple[str, str], ...] = (),
) -> str:
    """Return the report as one HTML file; `picture` is an SVG, `home` the address of a front page.

    `links` are (text, address) of the same report in other forms.
    """
    return page(
        "report.html.j2",
        report=report,
        title=title(report),
        finding=finding(report),
        as_of=moment(report.after.as_of),
        source=report.credit.title[:1].upper() + report.credit.title[1:],
        sentences=list(sentences(report)),
        grids=list(grids(report)),
        reading=list(reading(report)),
        evidence=[versions(report), sources(report)],
        picture=data_url(picture) if picture else "",
        home=home,
        links=links,
        meta=meta(
            report.credit.source, str(report.before.as_of), str(report.after.as_of), report.versions, report.history
        ),
    )


def text_html(markdown: str) -> str:
    """Return a page of the documentation; its links to other such pages lead to their pages on the site."""
    heading = markdown.partition("\n")[0].removeprefix("# ")
    return page("text.html.j2", title=heading, body=_rendered(markdown), meta="")


def lead_html(markdown: str) -> Markup:
    """Return what a page of the documentation says between its title and its first heading."""
    head = markdown.partition("\n")[2].partition("\n## ")[0]
    return _rendered(head)


def _rendered(markdown: str) -> Markup:
    from markdown_it import MarkdownIt

    linked = re.sub(rf"\]\(({'|'.join(TEXTS)})\.md\)", r"](\1.html)", markdown)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(linked)
    for token in tokens:
        if "style" in token.attrs:
            token.attrs = {"class": "n"}  # the reader aligns figures by inline style, which a page's policy refuses
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - our own text


def meta(source: str, first: str, last: str, versions: int, history: str) -> str:
    """Return what every page tells of its data to machines."""
    return f"source={source};first={first};last={last};versions={versions};history={history}"


def unbroken(text: str) -> str:
    """Return text whose numbers stay on one line with what they count.

    >>> len(unbroken("From 26 February to 1 March").split(" "))
    4
    """
    return re.sub(r"(?<=\d) (?=[A-Za-z])", SPACE, text)


def data_url(svg: str) -> Markup:
    """Return a picture as an address that holds it whole."""
    return Markup(f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}")  # noqa: S704 - only base64


@cache
def _environment() -> Environment:
    style = files("frontgis.render").joinpath("templates").joinpath(STYLE_FILE).read_text("utf-8")
    environment = Environment(
        loader=PackageLoader("frontgis.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.filters |= {"unbroken": unbroken, "named": named}
    environment.globals |= {"style": Markup(style), "style_hash": f"sha256-{digest}"}  # noqa: S704 - our own file
    return environment
