"""What a site is made from, and which versions and reports it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from frontgis.archive import Version
from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.model import NotFoundError
from frontgis.sources import Credit

RECENT: Final = 30
"""Versions that keep a daily report and their own files; older ones keep the last of each month."""

DATED: Final = 5
"""Dates with maps of their own: every date of a short history, the ends of the last months of a longer one."""

SPANS: Final = {"day": "previous", "week": "-7d", "month": "-28d"}


@dataclass(frozen=True, slots=True)
class Site:
    """Hold what a site is made from; the head of `lead`, a Markdown text, leads it, `stamp` says when it was built."""

    history: History
    recipes: Mapping[str, Recipe]
    credit: Credit
    lead: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Name the two versions that a report compares."""

    before: Version
    after: Version


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what a site shows: `spans` end with the latest version, daily and monthly pairs are newest first.

    `dates` counts the as-of dates of the source; of a date with several versions the last one counts. `dated` has the
    dates with maps of their own, oldest first, each with the one before it; the first stands beside itself.
    """

    spans: dict[str, Pair]
    dates: int
    daily: tuple[Pair, ...]
    monthly: tuple[Pair, ...]
    dated: tuple[Pair, ...]
    kept: tuple[Version, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Return every pair once, newest first."""
        every = {*self.spans.values(), *self.daily, *self.monthly}
        return tuple(sorted(every, key=lambda pair: (pair.after.as_of, pair.before.as_of), reverse=True))


def plan(history: History) -> Plan:
    """Return what the site of a history holds."""
    last = _last_of_each(history.versions, "%Y-%m-%dT%H:%M:%S")
    months = _last_of_each(last, "%Y-%m")
    recent = last[-RECENT:]
    daily = [Pair(*pair) for pair in pairwise(last[-RECENT - 1 :])]
    monthly = [Pair(*pair) for pair in pairwise(months)] if len(last) > RECENT else []
    return Plan(
        spans=_spans(history, last),
        dates=len(last),
        daily=tuple(reversed(daily)),
        monthly=tuple(reversed(monthly)),
        dated=_dated(last if len(last) <= DATED else months),
        kept=tuple(sorted({*recent, *months}, key=lambda version: version.as_of, reverse=True)),
    )


def _last_of_each(versions: Sequence[Version], period: str) -> list[Version]:
    grouped = groupby(versions, key=lambda version: version.as_of.end.strftime(period))
    return [list(group)[-1] for _, group in grouped]


def _dated(versions: Sequence[Version]) -> tuple[Pair, ...]:
    first = Pair(versions[0], versions[0])
    return tuple([first, *(Pair(*pair) for pair in pairwise(versions))][-DATED:])


def _spans(history: History, versions: Sequence[Version]) -> dict[str, Pair]:
    """Return the pairs of a day, a week, four weeks; a span longer than the history starts with its first."""
    latest, first = versions[-1], versions[0]
    spans = {"day": Pair(versions[-2] if len(versions) > 1 else latest, latest)}
    for name in ("week", "month"):
        try:
            spans[name] = Pair(history.pair(SPANS[name], "latest")[0], latest)
        except NotFoundError:
            spans[name] = Pair(first, latest)
    return spans
