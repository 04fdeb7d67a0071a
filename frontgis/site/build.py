"""The daily site: maps, reports, data, a feed and a front page, built whole and put in place at once."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import orjson

from frontgis.catalog import shipped_root
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.maps.stories import at_first
from frontgis.model import AsOf, UsageError
from frontgis.render import features
from frontgis.render.compose import compose
from frontgis.render.export import write
from frontgis.render.feed import Entry, Feed, atom
from frontgis.render.html import TEXTS, report_html, text_html
from frontgis.render.leaflet import leaflet
from frontgis.render.page import page
from frontgis.render.picture import svg
from frontgis.render.report import Report, slug
from frontgis.render.report_json import report_json
from frontgis.render.report_text import report_markdown
from frontgis.render.view import finding, sentences, title
from frontgis.render.words import moment
from frontgis.site.front_page import Drawn, Shot, front_page
from frontgis.site.maps import draw
from frontgis.site.plan import Pair, Plan, Site, plan
from frontgis.site.publish import MARK, publishing

FORMATS: Final = (".geojson", ".parquet", ".gpkg", ".kml", ".csv")


def build(out: Path, site: Site) -> Plan:
    """Build the site and put it in place of the one at `out`; where the build fails, that one stays.

    Raises UsageError where there is no recipe or `out` holds other things, and whatever the data's faults raise.
    """
    if not site.recipes:
        raise UsageError("a site needs at least one map: name a folder of recipes that has one")
    planned = plan(site.history)
    with publishing(out) as folder:
        maps = tuple(_map(folder, site, planned, name) for name in site.recipes)
        reports = _reports(folder, site, planned, maps[0])
        _data(folder, site, planned)
        _feed(folder, site, planned, reports)
        _schemas(folder)
        _texts(folder)
        _put(folder / "index.html", front_page(site, planned, maps, reports).encode())
        _put(folder / MARK, _contents(folder, site))
    return planned


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _map(folder: Path, site: Site, planned: Plan, name: str) -> Drawn:
    """Write a recipe's page, its picture and one a date, and return what they are called."""
    recipe, stem = site.recipes[name], site.credit.filed(name)
    latest = draw(site.history, recipe, credit=site.credit)
    scenes = {stem: latest} | {_dated(stem, pair): _drawn(site, recipe, pair) for pair in planned.dated}
    pictures = {file: svg(at_first(scene)) for file, scene in scenes.items()}
    _put(folder / "maps" / f"{stem}.html", page(leaflet(latest), home="../").encode())
    for file, picture in pictures.items():
        _put(folder / "maps" / f"{file}.svg", picture.encode())
    return Drawn(
        name=stem,
        title=latest.title,
        subtitle=latest.subtitle,
        dates=tuple(_shot(stem, pair) for pair in planned.dated),
        pictures={(scene.before, scene.as_of): pictures[file] for file, scene in scenes.items()},
    )


def _dated(stem: str, pair: Pair) -> str:
    return f"{stem}-{slug(pair.after.as_of)}"


def _shot(stem: str, pair: Pair) -> Shot:
    before, after = pair.before.as_of, pair.after.as_of
    return Shot(moment(after), f"{_dated(stem, pair)}.svg", f"{stem}.html#date={after}&from={before}")


def _drawn(site: Site, recipe: Recipe, pair: Pair) -> Scene:
    return draw(site.history, recipe, on=pair.after.as_of, since=pair.before.as_of, credit=site.credit)


def _reports(folder: Path, site: Site, planned: Plan, drawn: Drawn) -> dict[Pair, Report]:
    reports = {pair: _report(site, pair) for pair in planned.pairs}
    pictures = {pair: drawn.pictures.get((pair.before.as_of, pair.after.as_of), "") for pair in planned.pairs}
    pictures |= {pair: pictures[pair] or _picture(site, pair) for pair in planned.spans.values()}
    for pair, report in reports.items():
        _write_report(folder, report.name, report, pictures[pair])
    for span, pair in planned.spans.items():
        _write_report(folder, site.credit.filed(f"latest-{span}"), reports[pair], pictures[pair])
    return reports


def _picture(site: Site, pair: Pair) -> str:
    """Return the first map's picture with the change of a pair of versions."""
    return svg(at_first(_drawn(site, next(iter(site.recipes.values())), pair)))


def _report(site: Site, pair: Pair) -> Report:
    a, b = str(pair.before.as_of), str(pair.after.as_of)
    return compose(site.history, a, b, credit=site.credit, units=site.history.catalog.theatre().units)


def _write_report(folder: Path, name: str, report: Report, picture: str) -> None:
    links = (("Markdown", f"{name}.md"), ("JSON", f"{name}.json"))
    html = report_html(report, picture=picture, home="../index.html", links=links)
    _put(folder / "reports" / f"{name}.html", html.encode())
    _put(folder / "reports" / f"{name}.md", report_markdown(report).encode())
    _put(folder / "reports" / f"{name}.json", report_json(report))


def _data(folder: Path, site: Site, planned: Plan) -> None:
    data, history, credit = folder / "data", site.history, site.credit
    for version in planned.kept:
        table = features.control(history.snapshot(version.as_of), credit=credit, history=history.id)
        write(data / credit.filed(f"control-{slug(version.as_of)}.geojson"), table)
    latest = planned.kept[0].as_of
    line = features.front(history.front_line(latest), credit=credit, history=history.id)
    month = planned.spans["month"]
    moved = features.change(history.compare(month.before.as_of, latest), credit=credit, history=history.id)
    control = features.control(history.snapshot(latest), credit=credit, history=history.id)
    for name, table in (("control-latest", control), ("front-latest", line), ("change-latest-month", moved)):
        for suffix in FORMATS:
            write(data / credit.filed(f"{name}{suffix}"), table)


def _feed(folder: Path, site: Site, planned: Plan, reports: Mapping[Pair, Report]) -> None:
    shown = [pair for pair in planned.pairs if pair in {*planned.daily, *planned.monthly}]
    feed = Feed(
        key=f"feed/{site.credit.source}",
        title=site.credit.titled(f"{reports[planned.spans['month']].theatre}: change reports"),
        subtitle=site.credit.warning or site.credit.title,
        author=site.credit.attribution,
        rights=site.credit.licence,
        home="index.html",
        address="feed.xml",
        updated=_instant(planned.kept[0].published),
        entries=[_entry(reports[pair]) for pair in shown],
    )
    _put(folder / "feed.xml", atom(feed))


def _entry(report: Report) -> Entry:
    return Entry(
        key=f"report/{report.credit.source}/{report.before.as_of}/{report.after.as_of}",
        title=f"{title(report)}: {finding(report)}",
        summary=" ".join(sentences(report)),
        address=f"reports/{report.name}.html",
        updated=_instant(report.after.published),
        history=report.history,
    )


def _instant(published: AsOf) -> str:
    return f"{published.end:%Y-%m-%dT%H:%M:%SZ}"


def _schemas(folder: Path) -> None:
    for path in sorted((shipped_root() / "docs" / "schemas").glob("*.json")):
        _put(folder / "schemas" / path.name, path.read_bytes())


def _texts(folder: Path) -> None:
    for name in TEXTS:
        text = (shipped_root() / "docs" / f"{name}.md").read_text("utf-8")
        _put(folder / f"{name}.html", text_html(text).encode())


def _contents(folder: Path, site: Site) -> bytes:
    """Return the list of the site's files with their hashes, so that a copy can be checked."""
    versions = site.history.versions
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    table = {
        "source": site.credit.source,
        "history": site.history.id,
        "first": str(versions[0].as_of),
        "last": str(versions[-1].as_of),
        "versions": len(versions),
        "files": {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    return orjson.dumps(table, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
