"""What a report says in words and tables, once for Markdown and HTML: the only rounding of its figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from frontgis.history.by_unit import UnitChange
from frontgis.history.sure import Range, Sure
from frontgis.maps.words import km2, signed
from frontgis.model import HELD, AsOf, Side, Status
from frontgis.render.report import Dated, Report
from frontgis.render.words import KIND, SPACE, count, interval, km, moment, share, span, status

UNIT: Final = f"{SPACE}km²"
SHOWN: Final = 200
GAPS: Final = 8


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a table for people: text, figures to the right from the `text`-th column on, perhaps bars of ± km²."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: int = 1
    foot: tuple[str, ...] = ()
    note: str = ""
    bars: tuple[tuple[float, float], ...] = ()


def title(report: Report) -> str:
    """Say what the report is about."""
    still = report.before.as_of == report.after.as_of
    said = f"No time passed: {moment(report.after.as_of)}" if still else f"What changed from {days(report)}"
    return report.credit.titled(said)


def days(report: Report) -> str:
    """Say the report's span by its days, or by its instants where both are of one day."""
    before, after = report.before.as_of, report.after.as_of
    if before.date == after.date:
        return span(before, after)
    return span(AsOf.day(before.date), AsOf.day(after.date))


def finding(report: Report) -> str:
    """Say the finding in a few words with its figures.

    The figures are those of the direct comparison; both stand, the net is left to the text.
    """
    side, found = report.sides[report.side], report.figures
    gained, lost = km2(found.gained), km2(found.lost)
    if (gained, lost) == ("0", "0"):
        return f"No change of ground held by {side}"
    return f"{side} gained {gained}{UNIT} and lost {lost}{UNIT}"


def sentences(report: Report) -> Iterator[str]:
    """Yield the sentences to print, in order of importance."""
    found, dates = report.figures, span(report.before.as_of, report.after.as_of, "and")
    apart = count(round(found.span_days), "day", "days")
    said = finding(report)
    lead = said if said.startswith(report.sides[report.side]) else said[:1].lower() + said[1:]
    yield f"Between the maps of {dates}, {apart} apart: {lead} (source: {report.credit.title})."
    if not marks_contested(report):
        yield "The source marks no contested ground: how much of the change was fought over before, it does not say."
    elif km2(found.gained) != "0":
        yield f"What the ground gained had been before: {', '.join(_origins(report))}."
    grey = sum(row.newly_contested for row in report.by_unit)
    if km2(grey) != "0":
        yield f"A further {km2(grey)}{UNIT} turned contested or unknown that had not been marked before."
    yield (
        f"Gained and lost are counted directly between the two maps, net {signed(found.net)}{UNIT}; "
        f"what changed and changed back in between is in neither."
    )
    yield from _sure(report)
    yield from when(report)


def _sure(report: Report) -> Iterator[str]:
    """Yield how far the figures can be off, where that shows in what is printed."""
    words = {
        "counting contested ground as held": [found.definition for found in (report.range.gained, report.range.lost)],
        "with the map before or after each date": [found.timing for found in (report.range.gained, report.range.lost)],
    }
    for way, (gained, lost) in words.items():
        spans = [f"{name} {_between(found)}" for name, found in (("gained", gained), ("lost", lost)) if _wide(found)]
        if spans:
            yield f"How sure: {way}, {' and '.join(spans)}."


def _wide(found: Range) -> bool:
    return km2(found.low) != km2(found.high)


def _between(found: Range) -> str:
    return f"would be {km2(found.low)} to {km2(found.high)}{UNIT}"


def when(report: Report) -> Iterator[str]:
    """Yield what is known of the time of the changes: an interval, and the days without a map."""
    if report.figures.span_days:
        yield f"This comparison dates each change {interval(report.before.as_of, report.after.as_of)}, and no finer."
    gaps = [interval(AsOf.day(gap.after.date), AsOf.day(gap.by.date)) for gap in report.gaps]
    if gaps and not (len(gaps) == 1 and report.versions == 2):  # noqa: PLR2004 - the pair itself, said above
        yield f"Days without a map lie {'; '.join(gaps[:GAPS])}{'; and more' if len(gaps) > GAPS else ''}."
    elif gaps:
        yield "The days between have no map of their own."
    if report.unchanged:
        yield (
            f"{count(report.unchanged, 'map', 'maps')} of {report.versions} repeated the one before: "
            f"either nothing changed or the source was not updated."
        )


def _origins(report: Report) -> Iterator[str]:
    """Yield what the gained ground had been, largest part first."""
    held, parts = HELD[report.side], dict[Status, float]()
    for row in report.transitions:
        if row.after in held and row.before not in held:
            parts[row.before] = parts.get(row.before, 0.0) + row.km2
    for before, part in sorted(parts.items(), key=lambda item: (-item[1], item[0])):
        if km2(part) != "0":
            yield f"{km2(part)}{UNIT} ({share(part, report.figures.gained)}) {_said(report, before)}"


def grids(report: Report) -> Iterator[Grid]:
    """Yield the tables of the report, the most asked for first."""
    yield _by_unit(report)
    yield _settlements(report)
    yield _front(report)
    yield _areas(report)
    yield _transitions(report)


def marks_contested(report: Report) -> bool:
    """Tell whether the source marks contested ground on either date."""
    return any(row.status is Status.CONTESTED for row in report.areas)


def _by_unit(report: Report) -> Grid:
    found, contested = report.figures, marks_contested(report)
    figures = [(row, _figures(row, contested=contested)) for row in report.by_unit]
    shown = [(row, cells) for row, cells in figures if any(cell != "0" for cell in cells)]
    grey = sum(row.newly_contested for row in report.by_unit)
    total = UnitChange(
        "all", "All", found.gained, found.lost, found.net, found.gained_from_contested, grey, report.range
    )
    head = ("Unit", "Gained, km²", "Lost, km²", "Net, km²", "Gained from contested, km²", "Newly contested, km²")
    return Grid(
        f"By {report.units}",
        head if contested else head[:4],
        tuple((row.name, *cells) for row, cells in shown),
        foot=(total.name, *_figures(total, contested=contested)) if shown else (),
        note=" ".join(_notes_by_unit(shown, contested=contested)) if shown else "No unit changed.",
        bars=tuple((row.gained, row.lost) for row, _ in shown),
    )


def _notes_by_unit(rows: Sequence[tuple[UnitChange, tuple[str, ...]]], *, contested: bool) -> Iterator[str]:
    yield "Units without any change are left out. Figures are rounded, so sums may differ by one."
    if any("(" in cell for _, cells in rows for cell in cells):
        either = "counting contested ground as held or not, and " if contested else ""
        yield f"In brackets the least and the greatest of a figure, {either}with the map before or after each date."


def _figures(row: UnitChange, *, contested: bool) -> tuple[str, ...]:
    sure = (row.range.gained, row.range.lost, row.range.net) if row.range else (None, None, None)
    figures = ((row.gained, km2), (row.lost, km2), (row.net, signed))
    moved = tuple(_ranged(figure, said, found) for (figure, said), found in zip(figures, sure, strict=True))
    return (*moved, km2(row.from_contested), km2(row.newly_contested)) if contested else moved


def _ranged(figure: float, said: Callable[[float], str], found: Sure | None) -> str:
    """Return a figure with its range where that is wider than the rounding."""
    ends = {said(end): None for end in (found.whole.low, found.whole.high)} if found else {}
    return f"{said(figure)} ({' to '.join(ends)})" if len(ends) > 1 else said(figure)


def _settlements(report: Report) -> Grid:
    rows = tuple(
        (
            row.name,
            row.name_uk,
            row.unit_name,
            _said(report, row.before),
            _said(report, row.after) + (" (undecided)" if row.undecided else ""),
        )
        for row in report.settlements[:SHOWN]
    )
    more = len(report.settlements) - len(rows)
    note = (
        "Undecided: the line of one of the dates runs within the place's precision + 0.5 km."
        if rows
        else "No settlement changed its status."
    )
    return Grid(
        "Settlements that changed",
        ("Name", f"Name in {report.sides[Side.UA]}", "In", "Before", "After"),
        rows,
        text=5,
        note=f"{note} {more} more are in the data." if more > 0 else note,
    )


def _front(report: Report) -> Grid:
    rows = tuple(
        (KIND[row.kind], km(row.before), km(row.after), signed(row.after - row.before)) for row in report.front
    )
    before, after = sum(row.before for row in report.front), sum(row.after for row in report.front)
    return Grid(
        f"Front line at {km(report.tolerance_m / 1000)}{SPACE}km tolerance",
        ("Kind", *_dates(report, "km"), "Difference, km"),
        rows,
        foot=("In all", km(before), km(after), signed(after - before)),
        note="A length depends on how finely a line is followed, here to the tolerance, ±"
        f"{SPACE}3{SPACE}%: compare only lengths of one tolerance.",
    )


def _areas(report: Report) -> Grid:
    rows = tuple(
        (_said(report, row.status), km2(row.before), km2(row.after), signed(row.after - row.before))
        for row in report.areas
    )
    return Grid("Ground by status", ("Status", *_dates(report, "km²"), "Difference, km²"), rows)


def _transitions(report: Report) -> Grid:
    total: dict[tuple[Status, Status], float] = {}
    for row in report.transitions:
        total[row.before, row.after] = total.get((row.before, row.after), 0.0) + row.km2
    largest = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple(
        (_said(report, before), _said(report, after), km2(area))
        for (before, after), area in largest
        if km2(area) != "0"
    )
    return Grid("From what to what", ("Before", "After", "km²"), rows, text=2)


def _said(report: Report, word: Status) -> str:
    return status(word, {side.value: name for side, name in report.sides.items()})


def _dates(report: Report, unit: str) -> tuple[str, str]:
    return f"{moment(report.before.as_of)}, {unit}", f"{moment(report.after.as_of)}, {unit}"


def versions(report: Report) -> Grid:
    """Return the two versions that the report compares."""
    rows: Sequence[Dated] = (report.before, report.after)
    return Grid(
        "The two maps",
        ("As of", "Published or captured", "File", "SHA-256"),
        tuple((moment(row.as_of), moment(row.published), row.file, row.sha256) for row in rows),
        text=4,
    )


def sources(report: Report) -> Grid:
    """Return the sources with their licences."""
    return Grid(
        "Sources",
        ("Source", "Licence", "SHA-256"),
        tuple((row.title, row.licence, row.sha256) for row in report.sources),
        text=3,
    )


def reading(report: Report) -> Iterator[str]:
    """Yield how to read the figures: coarseness, method, boundaries, noise, notes."""
    side, found = report.sides[report.side], report.figures
    other = report.sides[Side.UA if report.side is Side.RU else Side.RU]
    yield f"How coarse it is: {report.credit.precision}. The source maps {report.credit.maps}."
    yield (
        f"Gained: held by {side} on the second map and not on the first; lost: the reverse. "
        f"Ground that the source does not mark is said to be not marked, never held by {other}."
    )
    yield f"Areas: {report.method}. Boundaries: {report.boundary_set}."
    yield (
        f"Changed parts thinner than 0.1 m are drawing noise and not counted: "
        f"{found.noise_gained:.3f}{UNIT} gained, {found.noise_lost:.3f}{UNIT} lost."
    )
    yield from report.notes
