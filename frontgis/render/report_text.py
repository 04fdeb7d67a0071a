"""A report as Markdown."""

from collections.abc import Iterator

from frontgis.maps.words import named
from frontgis.render.report import Report
from frontgis.render.view import Grid, finding, grids, reading, sentences, sources, title, versions
from frontgis.render.words import moment


def report_markdown(report: Report) -> str:
    """Return the report as Markdown with pipe tables."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    if report.credit.warning:
        yield from (f"> **{_escaped(report.credit.warning)}**", "")
    yield from (f"# {_escaped(title(report))}", "", f"**{_escaped(finding(report))}.**", "")
    yield from (_escaped(f"{report.theatre} · {report.credit.title} · as of {moment(report.after.as_of)}"), "")
    yield from (f"- {_escaped(sentence)}" for sentence in sentences(report))
    for grid in grids(report):
        yield from _grid(grid)
    yield from ("", "## How to read this", "")
    yield from (f"- {_escaped(sentence)}" for sentence in reading(report))
    for grid in (versions(report), sources(report)):
        yield from _grid(grid)
    yield from ("", _escaped(f"{report.credit.attribution} · {named(report.history)}"))


def _grid(grid: Grid) -> Iterator[str]:
    yield from ("", f"## {_escaped(grid.title)}", "")
    if grid.rows:
        yield _row(grid.head)
        yield _row([":---" if column < grid.text else "---:" for column in range(len(grid.head))])
        yield from (_row([_escaped(cell) for cell in row]) for row in grid.rows)
        if grid.foot:
            yield _row([f"**{_escaped(cell)}**" for cell in grid.foot])
        yield ""
    if grid.note:
        yield _escaped(grid.note)


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    r"""Return text that Markdown shows as it is: no markup, no HTML, no table cell, no line of its own.

    >>> _escaped("<b>a|b*c_")
    '&lt;b&gt;a\\|b\\*c\\_'
    """
    text = " ".join(text.split()) if "\n" in text or "\r" in text else text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\\", "\\\\")
    for mark in "`*_[]|#":
        text = text.replace(mark, f"\\{mark}")
    return text
