"""Put files of a source into the archive, through the gate."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from frontgis.archive import Judged, Outcome, Store, walk
from frontgis.catalog import shipped
from frontgis.cli import _answer, _options
from frontgis.cli.ledger import rows_of
from frontgis.model import InputError
from frontgis.sources import adapter

HELD_CODE, REJECTED_CODE = 3, 1
SHOWN = 5


@click.command("ingest")
@click.argument("source_name", metavar="SOURCE")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_options.archive
@_options.output()
def command(source_name: str, paths: tuple[Path, ...], archive_path: Path, form: str) -> None:
    """Put files, folders or archives (.zip, .tar.*) of SOURCE into the archive; each file is judged.

    A refused file is named with the rule it breaks and does not stop the others. A file too unlike the last
    good one is held: stored, but in no answer until later files or 'frontgis accept' release it. Exit code 3 if
    any of the files is held at the end, else 1 if any was rejected.

    \b
    Examples:
      frontgis ingest deepstate-daily data/
      frontgis ingest deepstate 1743198777.geojson --archive history
    """
    chosen = adapter(source_name)
    files = walk(paths, chosen.suffixes)
    store = Store.create(archive_path)
    judged = []
    for item in store.ingest(chosen, files, box=shipped().theatre().box):
        judged.append(item)
        if form == "table":
            _say(item)
    if form != "table":
        rows = [row for item in judged for row in _rows(source_name, item)]
        _answer.emit(_answer.Answer("ingest", rows, source=source_name), form)
    for name in files.passed[:SHOWN]:
        click.echo(f"passed over: {name} (not {' or '.join(chosen.suffixes)})", err=True)
    if len(files.passed) > SHOWN:
        click.echo(f"passed over: {len(files.passed) - SHOWN} more", err=True)
    if not judged:
        raise InputError(f"nothing to read: no {' or '.join(chosen.suffixes)} under {', '.join(map(str, paths))}")
    sys.exit(_code(judged))


def _say(item: Judged) -> None:
    entry = item.entry
    if entry.outcome in (Outcome.REJECT, Outcome.HOLD):
        note = entry.notes[0]
        click.echo(f"{entry.outcome} {entry.file}: {note.why} [{note.rule}]", err=True)
        return
    word = entry.outcome if item.new else "UNCHANGED"
    rules = sorted({note.rule for note in entry.notes if item.new})
    click.echo(f"{word} {entry.file} {entry.as_of}{' ' + ' '.join(rules) if rules else ''}")


def _rows(source: str, item: Judged) -> Iterator[dict[str, Any]]:
    for row in rows_of(source, item.entry):
        yield row if item.new or not item.entry.stored else {**row, "outcome": "UNCHANGED"}


def _code(judged: list[Judged]) -> int:
    last = {(item.entry.file, item.entry.as_of, item.entry.geometry): item.entry.outcome for item in judged}
    outcomes = set(last.values())
    if Outcome.HOLD in outcomes:
        return HELD_CODE
    return REJECTED_CODE if Outcome.REJECT in outcomes else 0
