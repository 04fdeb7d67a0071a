"""Let a held file through by a person's word."""

from pathlib import Path

import click

from frontgis.archive import Store
from frontgis.cli import _answer, _options
from frontgis.cli.ledger import rows_of
from frontgis.model import AsOf, UsageError


@click.command("accept")
@click.argument("source_name", metavar="SOURCE")
@click.argument("date", metavar="DATE")
@click.option("--why", required=True, metavar="TEXT", help="The reason, kept in the ledger.")
@_options.archive
@_options.output()
def command(source_name: str, date: str, why: str, archive_path: Path, form: str) -> None:
    """Let the held files of a day or instant through, and those that agree with them in turn.

    The reason is kept in the ledger, to which lines are only ever added. See 'frontgis ledger --held'.

    \b
    Examples:
      frontgis accept deepstate-daily 2025-03-28 --why "the withdrawal was confirmed by both sides"
      frontgis accept deepstate 2022-11-11T10:48Z --why "the bank was left within hours"
    """
    if not why.strip():
        raise UsageError("--why is empty: say why the map is right, it is kept in the ledger")
    released = Store.open(archive_path).accept(source_name, AsOf.parse(date), " ".join(why.split()))
    rows = [row for entry in released for row in rows_of(source_name, entry)]
    _answer.emit(_answer.Answer("accept", rows, source=source_name), form)
