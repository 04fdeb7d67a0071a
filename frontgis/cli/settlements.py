"""List the status of settlements."""

import click

from frontgis.cli import _answer, _options
from frontgis.history import History, settlements
from frontgis.model import UsageError


@click.command("settlements", context_settings={"ignore_unknown_options": True})
@_options.history_options
@_options.on
@click.option("--changed", nargs=2, metavar="A B", help="Only those whose status differs between two dates.")
@_options.output()
def command(
    history: History,
    on: str,
    changed: tuple[str, str] | None,
    form: str,
) -> None:
    """List the status of every settlement on a date, or those that changed between two.

    A place nearer to a line than its own precision and 500 m is marked `undecided`.

    \b
    Examples:
      frontgis settlements --on 2025-03-28 --format csv
      frontgis settlements --changed 2025-03-01 2025-03-28
    """
    answer = _changed(history, *changed) if changed else _all(history, on)
    _answer.emit(answer, form)


def _all(history: History, on: str) -> _answer.Answer:
    version, rows = history.version(on), history.settlement_statuses(on)
    return _answer.Answer(
        "settlements",
        [_answer.row_of(row) for row in rows],
        source=history.source,
        history=history.id,
        dates={"on": on},
        as_of={"on": _options.version_of(version)},
        method=settlements.METHOD,
        notes=tuple(_options.notes_of(history, {"on": on})),
        sources=_options.sources_of(history, [version], "settlements"),
        columns=_answer.columns_of(settlements.SettlementRow),
    )


def _changed(history: History, a: str, b: str) -> _answer.Answer:
    before, after = history.pair(a, b)
    if before.as_of > after.as_of:
        raise UsageError(f"A is after B: did you mean {b} {a}?")
    rows = history.settlement_changes(before.as_of, after.as_of)
    return _answer.Answer(
        "settlements",
        [_answer.row_of(row) for row in rows],
        source=history.source,
        history=history.id,
        dates={"a": a, "b": b},
        as_of={"a": _options.version_of(before), "b": _options.version_of(after)},
        method=settlements.METHOD,
        notes=tuple(_options.notes_of(history, {"a": a, "b": b})),
        sources=_options.sources_of(history, [before, after], "settlements"),
        columns=_answer.columns_of(settlements.SettlementChange),
    )
