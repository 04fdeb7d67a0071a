"""A report composed from answers of history: each figure comes from there, sums by unit are taken here, once."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Final

from frontgis.archive import Version
from frontgis.catalog import Units
from frontgis.geo.area import METHOD_WORDS
from frontgis.history import History, sure
from frontgis.history.by_unit import change_by_unit
from frontgis.history.change import Change
from frontgis.history.control import ALL
from frontgis.history.front import Front
from frontgis.history.moments import gap_note
from frontgis.model import PRECEDENCE, Side, UsageError
from frontgis.render.report import (
    Dated,
    Figures,
    FrontChange,
    Gap,
    Report,
    SettlementChange,
    StatusArea,
    Transition,
    Used,
)
from frontgis.render.words import moment
from frontgis.sources import Credit

TOLERANCE_M: Final = 1000.0


def compose(history: History, a: str, b: str, *, credit: Credit, units: str, side: Side = Side.RU) -> Report:
    """Return the report of what changed from date `a` to date `b`, by a unit layer or polygon file.

    Raises UsageError where `a` is after `b`, NotFoundError where a date has no version.
    """
    first, last = history.pair(a, b)
    if last.as_of < first.as_of:
        raise UsageError(f"{a} is after {b}: did you mean {b} {a}?")
    change = history.compare(first.as_of, last.as_of, side=side)
    lines = [history.front_line(version.as_of, side=side, tolerance_m=TOLERANCE_M) for version in (first, last)]
    theatre = history.catalog.theatre()
    between = _last_of_each_date(history.versions, first, last)
    division = history.division(units)
    assert division is not None
    rows = change.table(division)
    ends = history.position(first.as_of), history.position(last.as_of)
    ranges = sure.change(history.composite(), *ends, side=side)
    return Report(
        credit=credit,
        history=history.id,
        theatre=theatre.title,
        side=side,
        sides={word: theatre.sides[word.value] for word in Side},
        before=_dated(a, first),
        after=_dated(b, last),
        units=division.units.layer,
        boundary_set=theatre.boundary_set,
        method=METHOD_WORDS["exact"],
        figures=_figures(change),
        range=ranges[ALL].holding(change.gained_km2, change.lost_km2),
        areas=_areas(history, first, last),
        transitions=tuple(Transition(**asdict(row)) for row in rows),
        by_unit=change_by_unit(rows, side, ranges if theatre.units == units else None),
        settlements=_settlements(history, first, last, division.units),
        front=_front(lines),
        tolerance_m=TOLERANCE_M,
        gaps=tuple(_gaps(between)),
        versions=len(between),
        unchanged=sum(old.geometry_hash == new.geometry_hash for old, new in pairwise(between)),
        notes=(
            *_notes(a, b, first, last, history.versions),
            *([_sentence(sure.TOTALS_ONLY.format(units=theatre.units))] if theatre.units != units else []),
        ),
        sources=(
            *(
                Used(credit.source, f"{credit.title}: {map_.file}", credit.licence, map_.sha256)
                for map_ in (first, last)
            ),
            *_layers(history, units),
        ),
    )


def _last_of_each_date(versions: Sequence[Version], first: Version, last: Version) -> list[Version]:
    by_date = {version.as_of: version for version in versions if first.as_of <= version.as_of <= last.as_of}
    return list(by_date.values())


def _dated(asked: str, version: Version) -> Dated:
    return Dated(asked, version.as_of, version.file, version.sha256, version.published)


def _figures(change: Change) -> Figures:
    return Figures(
        gained=change.gained_km2,
        lost=change.lost_km2,
        net=change.net_km2,
        gained_from_contested=change.gained_from_contested_km2,
        gained_from_unmapped=change.gained_from_unmapped_km2,
        noise_gained=change.noise_gained_km2,
        noise_lost=change.noise_lost_km2,
        span_days=change.span_days,
    )


def _areas(history: History, first: Version, last: Version) -> tuple[StatusArea, ...]:
    before, after = ({row.status: row.km2 for row in history.areas(end.as_of)} for end in (first, last))
    return tuple(
        StatusArea(status, before.get(status, 0.0), after.get(status, 0.0))
        for status in PRECEDENCE
        if status in before or status in after
    )


def _settlements(history: History, first: Version, last: Version, units: Units) -> tuple[SettlementChange, ...]:
    names = dict(zip(units.ids, units.names, strict=True))
    found = history.settlement_changes(first.as_of, last.as_of)
    return tuple(SettlementChange(**asdict(row), unit_name=names.get(row.unit, row.unit)) for row in found)


def _front(lines: Sequence[Front]) -> tuple[FrontChange, ...]:
    before, after = ({part.kind: part.km for part in line.parts} for line in lines)
    kinds = ("unmapped", "contested", "river", "border", "incursion")
    return tuple(
        FrontChange(kind, before.get(kind, 0.0), after.get(kind, 0.0))
        for kind in kinds
        if kind in before or kind in after
    )


def _gaps(versions: Sequence[Version]) -> Iterator[Gap]:
    for old, new in pairwise(versions):
        if (new.as_of.date - old.as_of.date).days > 1:
            yield Gap(old.as_of, new.as_of)


def _notes(a: str, b: str, first: Version, last: Version, versions: Sequence[Version]) -> Iterator[str]:
    for asked, version in ((a, first), (b, last)):
        if note := gap_note(asked, version.as_of, other=last.as_of):
            yield _sentence(note)
    for version in (first, last):
        same = [other for other in versions if other.as_of == version.as_of and other != version]
        if same:
            yield (
                f"Corrected: the source wrote its map of {moment(version.as_of)} {len(same) + 1} times; "
                f"this report uses the one published {moment(version.published)}."
            )


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:]}."


def _layers(history: History, units: str) -> Iterator[Used]:
    for name in (name for name in (units, "settlements") if name in history.catalog.names()):
        card = history.catalog.card(name)
        yield Used(name, card.title, card.licence, card.sha256)
