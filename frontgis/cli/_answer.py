"""An answer as every verb gives it: one envelope, printed as a table, JSON, CSV or GeoJSON."""

import csv
import io
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import click
import orjson

from frontgis.maps.words import named
from frontgis.model import AsOf, UsageError

if TYPE_CHECKING:
    from rich.table import Table

Rows = Sequence[dict[str, Any]]
_FEW = 4


@dataclass(frozen=True)
class Answer:
    """Hold what a verb found: its rows, the history and versions it rests on, its method, notes and sources.

    `columns` are those of its rows, where there may be none.
    """

    verb: str
    rows: Rows
    source: str | None = None
    history: str | None = None
    dates: dict[str, str] = field(default_factory=dict)
    as_of: dict[str, dict[str, str]] = field(default_factory=dict)
    method: str | None = None
    units: str | None = None
    top: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """Return the notes as people read them, the history named last."""
        return (*self.notes, named(self.history)) if self.history else self.notes

    def envelope(self) -> dict[str, Any]:
        """Return the object that `--format json` prints."""
        return {
            "verb": self.verb,
            "source": self.source,
            "history": self.history,
            **self.dates,
            "as_of": self.as_of,
            "method": self.method,
            "units": self.units,
            **self.top,
            "rows": list(self.rows),
            "notes": list(self.notes),
            "sources": list(self.sources),
        }


def row_of(value: Any) -> dict[str, Any]:
    """Return a row (a dataclass) as plain values; as-of dates as text, a number that is none as null."""
    return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}


def columns_of(kind: Any) -> tuple[str, ...]:
    """Return the columns that rows of a kind (a dataclass) have."""
    return tuple(each.name for each in fields(kind))


def plain(value: Any) -> Any:
    """Return a value as JSON knows it."""
    if isinstance(value, AsOf):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return str(value)
    return value


def emit(
    answer: Answer,
    form: str,
    *,
    geojson: Callable[[], bytes] | None = None,
    lead: Sequence[str] = (),
    sums: Rows = (),
) -> None:
    """Print an answer on stdout; `geojson` makes that form where there is one.

    `lead` are lines above the table, `sums` the rows of a table above it.
    """
    if form == "json":
        click.echo(orjson.dumps(answer.envelope(), option=orjson.OPT_INDENT_2))
    elif form == "csv":
        click.echo(_csv(answer.rows, answer.columns), nl=False)
    elif form == "geojson":
        if geojson is None:
            raise UsageError(f"'{answer.verb}' has no geometry here: use --format table, json or csv")
        click.echo(geojson(), nl=False)
    else:
        _print(answer, lead, sums)
    if form in ("csv", "geojson"):
        for note in answer.said:
            click.echo(f"note: {note}", err=True)


def _csv(rows: Rows, columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _joined(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _joined(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _print(answer: Answer, lead: Iterable[str], sums: Rows) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    for line in lead:
        console.print(Text(line))
    for rows in (sums, answer.rows):
        if rows:
            console.print(_table(rows))
    for note in answer.said:
        console.print(Text(f"Note: {note}."))


def _table(rows: Rows) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, value in rows[0].items():
        table.add_column(name.replace("_", " "), justify="right" if isinstance(value, float | int) else "left")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:,.3f}".replace(",", "\u202f")
    if isinstance(value, list | tuple):
        more = f" … and {len(value) - _FEW} more" if len(value) > _FEW else ""
        return "; ".join(map(str, value[:_FEW])) + more
    return str(value)
