"""Write a change report."""

from pathlib import Path
from typing import Final

import click

from frontgis.cli import _options
from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.model import Side, UsageError
from frontgis.render.compose import compose
from frontgis.render.files import replacing
from frontgis.render.html import report_html
from frontgis.render.picture import svg
from frontgis.render.report import Report
from frontgis.render.report_json import report_json
from frontgis.render.report_text import report_markdown
from frontgis.site import draw
from frontgis.sources import credit_of

_FORMS: Final = (".md", ".html", ".json")


@click.command("report", context_settings={"ignore_unknown_options": True})
@click.argument("a")
@click.argument("b")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write: .md, .html or .json by the suffix.")
@_options.history_options
@click.option("--by", metavar="UNITS", help="Unit layer or polygon file.  [default: the theatre's]")
@_options.side
def command(a: str, b: str, out: Path | None, history: History, by: str | None, side: str) -> None:
    """Write a change report from date A to date B: figures, table by unit, settlements, front, sources.

    Without -o it is printed as Markdown.

    \b
    Examples:
      frontgis report -7d latest -o week.md
      frontgis report 2025-03-01 2025-03-28 --by oblasts -o march.html
    """
    if out is not None and out.suffix not in _FORMS:
        raise UsageError(f"{out.name}: a report is written as {', '.join(_FORMS)}")
    units = by or history.catalog.theatre().units
    report = compose(history, a, b, credit=credit_of(history.source), units=units, side=Side(side))
    if out is None:
        click.echo(report_markdown(report), nl=False)
        return
    with replacing(out) as temporary:
        temporary.write_bytes(_bytes(history, report, out.suffix))
    click.echo(f"wrote {out}", err=True)


def _bytes(history: History, report: Report, suffix: str) -> bytes:
    if suffix == ".json":
        return report_json(report)
    if suffix == ".md":
        return report_markdown(report).encode()
    scene = draw(history, Recipe(), on=report.after.as_of, since=report.before.as_of, side=report.side)
    return report_html(report, picture=svg(scene)).encode()
