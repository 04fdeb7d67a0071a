"""Show what was decided on each file, and why."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from frontgis.archive import Entry, Outcome, Store
from frontgis.cli import _answer, _options


@click.command("ledger")
@_options.archive
@_options.source
@click.option("--held", "only", flag_value=Outcome.HOLD.value, help="Only files that are held and wait.")
@click.option("--rejected", "only", flag_value=Outcome.REJECT.value, help="Only files that were refused.")
@click.option("--repaired", "only", flag_value=Outcome.REPAIR.value, help="Only files that were mended.")
@_options.output()
def command(archive_path: Path, source_name: str | None, only: str | None, form: str) -> None:
    """Show the decision on every file that was ever judged: outcome, rule, km² moved, and why.

    A file that was held and let through later has a line of each; --held shows those that still wait.

    \b
    Examples:
      frontgis ledger --held
      frontgis ledger --source deepstate --format csv
    """
    store = Store.open(archive_path)
    names = [source_name] if source_name else sorted(item.name for item in archive_path.iterdir() if item.is_dir())
    rows = [
        row
        for name in names
        for entry in (store.waiting(name) if only == Outcome.HOLD else store.ledger(name))
        if only is None or entry.outcome == only
        for row in rows_of(name, entry)
    ]
    _answer.emit(_answer.Answer("ledger", rows, source=source_name, columns=COLUMNS), form)


COLUMNS: Final = ("source", "date", "file", "outcome", "rule", "km2", "why")


def rows_of(source: str, entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield one row a rule that touched the file; one without a rule where none did."""
    head = {"source": source, "date": entry.as_of or None, "file": entry.file, "outcome": str(entry.outcome)}
    for note in entry.notes:
        yield {**head, "rule": note.rule, "km2": note.km2, "why": note.why}
    if not entry.notes:
        yield {**head, "rule": None, "km2": 0.0, "why": None}
