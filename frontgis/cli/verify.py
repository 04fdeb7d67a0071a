"""Prove the archive and its history."""

import sys
from pathlib import Path

import click

from frontgis.archive import Store
from frontgis.catalog import shipped
from frontgis.cli import _answer, _options
from frontgis.history import Archive
from frontgis.history.verify import FAILED, WITHIN_KM2, archive_checks, history_checks


@click.command("verify")
@_options.archive
@_options.source
@click.option(
    "--sample",
    type=click.IntRange(0, 10_000),
    default=10,
    show_default=True,
    metavar="N",
    help="How many dates and how many changes to compare with direct overlays.",
)
@_options.output()
def command(archive_path: Path, source_name: str | None, sample: int, form: str) -> None:
    """Check segments against their hashes, the kept history against its id, and samples against direct overlays.

    Nothing is written. Without --source every source is checked. Exit code 1 where something failed.

    \b
    Examples:
      frontgis verify --sample 5
      frontgis verify --sample 20 --format json
    """
    archive = Archive(Store.open(archive_path), shipped())
    histories = [archive.history(source) for source in ((source_name,) if source_name else archive.sources)]
    checks = []
    for history in histories:
        checks += [*archive_checks(archive.store, history.source), *history_checks(history, sample=sample)]
    answer = _answer.Answer(
        "verify",
        [_answer.row_of(check) for check in checks],
        source=source_name,
        history=histories[0].id if len(histories) == 1 else None,
        method=f"direct overlay on the grid of 1e-6 degree, within {WITHIN_KM2} km² by unit and status",
        top={"sample": sample, "histories": {history.source: history.id for history in histories}},
    )
    _answer.emit(answer, form)
    sys.exit(any(check.outcome == FAILED for check in checks))
