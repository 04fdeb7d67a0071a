"""The front page: the map, the sentence with its figures, the table, the reports, the data, how it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from frontgis.maps.words import km2, signed
from frontgis.render.html import meta, page
from frontgis.render.report import Report, slug
from frontgis.render.view import days, finding, grids, marks_contested, reading, sentences, sources
from frontgis.render.words import count, moment
from frontgis.site.plan import RECENT, Pair, Plan, Site

SPANS: Final = {"day": "Since the map before", "week": "In a week", "month": "In four weeks"}

FILES: Final = (
    ("control-latest", "Control", "who holds which ground by status, in the source's own words too, with km²"),
    ("change-latest-month", "Change in four weeks", "each part that passed from one status to another, with km²"),
    ("front-latest", "Front line", "the line by kind, with km and the tolerance that they hold for"),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a map of the site: its file's name, its words, and its picture as SVG."""

    name: str
    title: str
    subtitle: str
    picture: str


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of the lists of reports."""

    label: str
    dates: str
    gained: str
    lost: str
    net: str
    contested: str
    finding: str
    name: str


def front_page(site: Site, planned: Plan, maps: tuple[Drawn, ...], reports: Mapping[Pair, Report]) -> str:
    """Return the front page's HTML."""
    month = reports[planned.spans["month"]]
    versions = site.history.versions
    return page(
        "index.html.j2",
        stamp=site.stamp,
        report=month,
        as_of=moment(month.after.as_of),
        headline=_headline(month),
        main=maps[0],
        maps=maps,
        sentences=list(sentences(month)),
        table=next(grids(month)),
        spans=[_line(words, reports[planned.spans[key]], f"latest-{key}") for key, words in SPANS.items()],
        daily=[_line("", reports[pair]) for pair in planned.daily],
        monthly=[_line("", reports[pair]) for pair in planned.monthly],
        files=FILES,
        kept=[(moment(version.as_of), slug(version.as_of)) for version in planned.kept],
        contested=any(marks_contested(report) for report in reports.values()),
        holds=_holds(planned),
        reading=list(reading(month)),
        sources=sources(month),
        meta=meta(site.credit.source, str(versions[0].as_of), str(versions[-1].as_of), len(versions), month.history),
    )


def _headline(report: Report) -> str:
    passed = round(report.figures.span_days)
    return f"{finding(report)} in {count(passed, 'day', 'days')}" if passed else finding(report)


def _line(label: str, report: Report, name: str = "") -> Line:
    found = report.figures
    return Line(
        label=label,
        dates=days(report),
        gained=km2(found.gained),
        lost=km2(found.lost),
        net=signed(found.net),
        contested=km2(found.gained_from_contested) if marks_contested(report) else "",
        finding=finding(report),
        name=name or report.name,
    )


def _holds(planned: Plan) -> str:
    if planned.dates == 1:
        return "The source's one map is here with its data."
    if planned.dates <= RECENT:
        return f"All {planned.dates} maps of the source are here, each with a report and its data."
    return (
        f"Of {planned.dates} maps of the source this site keeps the last {RECENT}, each with a report and its data, "
        f"and the last of each month: {len(planned.kept)} in all. The archive behind it keeps every one."
    )
