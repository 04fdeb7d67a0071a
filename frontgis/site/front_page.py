"""The front page: the map, the sentence with its figures, the table, the reports, the data, how it is made."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from frontgis.maps.words import km2, signed
from frontgis.model import AsOf
from frontgis.render.html import lead_html, meta, page
from frontgis.render.report import Report, slug
from frontgis.render.view import days, finding, grids, marks_contested, reading, sentences, sources
from frontgis.render.words import count, moment
from frontgis.site.plan import RECENT, Pair, Plan, Site

SPANS: Final = {"day": ("Since the map before", 0), "week": ("In a week", 7), "month": ("In four weeks", 28)}
"""The words of a span, and its days where it has a number of them."""

FILES: Final = (
    ("control-latest", "Control", "who holds which ground by status, in the source's own words too, with km²"),
    ("change-latest-month", "Change in about four weeks", "each part that passed from one status to another, with km²"),
    ("front-latest", "Front line", "the line by kind, with km and the tolerance that they hold for"),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """Name a map on one date: the day, its picture, and the address at which its page shows that date."""

    day: str
    picture: str
    address: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a map of the site: the stem of its files, its words, its dates, and its pictures by the dates compared."""

    name: str
    title: str
    subtitle: str
    dates: tuple[Shot, ...]
    pictures: Mapping[tuple[AsOf, AsOf], str]


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
    versions, filed = site.history.versions, site.credit.filed
    return page(
        "index.html.j2",
        stamp=site.stamp,
        report=month,
        as_of=moment(month.after.as_of),
        headline=site.credit.titled(_headline(month)),
        lead=lead_html(site.lead) if site.lead else "",
        main=maps[0],
        maps=maps,
        sentences=list(sentences(month)),
        table=next(grids(month)),
        spans=list(_spans(planned, reports, filed)),
        daily=[_line("", reports[pair]) for pair in planned.daily],
        monthly=[_line("", reports[pair]) for pair in planned.monthly],
        files=[(filed(name), what, holds) for name, what, holds in FILES],
        kept=[(moment(version.as_of), filed(f"control-{slug(version.as_of)}")) for version in planned.kept],
        contested=any(marks_contested(report) for report in reports.values()),
        holds=_holds(planned),
        reading=list(reading(month)),
        sources=sources(month),
        meta=meta(site.credit.source, str(versions[0].as_of), str(versions[-1].as_of), len(versions), month.history),
    )


def _headline(report: Report) -> str:
    passed = round(report.figures.span_days)
    return f"{finding(report)} in {count(passed, 'day', 'days')}" if passed else finding(report)


def _spans(planned: Plan, reports: Mapping[Pair, Report], filed: Callable[[str], str]) -> Iterator[Line]:
    """Yield the spans up to the latest version, each once, under words that fit the days they really have."""
    pairs = list(planned.spans.values())
    for key, (words, days_of) in SPANS.items():
        pair = planned.spans[key]
        if key != "day" and pairs.index(pair) < list(SPANS).index(key):
            continue
        passed = round(reports[pair].figures.span_days)
        fits = not days_of or abs(passed - days_of) <= 1
        label = words if fits else f"In {count(passed, 'day', 'days')}"
        yield _line(label, reports[pair], filed(f"latest-{key}"))


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
