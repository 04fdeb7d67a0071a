"""Options that verbs share, and the history that they name."""

import tomllib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from frontgis.archive import Version
from frontgis.cli import _progress
from frontgis.history import History, open_archive
from frontgis.history.keeping import Told
from frontgis.history.moments import gap_note
from frontgis.model import InputError, UsageError
from frontgis.sources import ADAPTERS

Command = TypeVar("Command", bound=Callable[..., Any])

_TOLD = Told(_progress.say, _progress.watch)

archive = click.option(
    "--archive",
    "archive_path",
    type=click.Path(path_type=Path),
    envvar="FRONTGIS_ARCHIVE",
    default="archive",
    show_default="./archive",
    help="Folder of the archive.",
)
archive_if_named = click.option(
    "--archive",
    "archive_path",
    type=click.Path(path_type=Path),
    envvar="FRONTGIS_ARCHIVE",
    help="Folder of the archive; without it the worked example is used.",
)
source = click.option("--source", "source_name", metavar="NAME", help="Source, where the archive holds several.")
known_by = click.option("--known", "known", metavar="DATE", help="Answer from what was published by that day.")
by = click.option("--by", metavar="UNITS", help="Unit layer (oblasts, regions) or a polygon file with id and name.")
on = click.option("--on", default="latest", show_default=True, metavar="DATE", help="Day or instant (UTC).")
side = click.option(
    "--side", type=click.Choice(["ru", "ua"]), default="ru", show_default=True, help="Side whose ground is counted."
)
tolerance = click.option(
    "--tolerance",
    "tolerance_m",
    type=click.FloatRange(0, 20_000),
    default=1000,
    show_default=True,
    metavar="M",
    help="Metres by which the front line is simplified before its length is taken; 0: as drawn.",
)


def output(*forms: str) -> Callable[[Command], Command]:
    """Return the option that chooses a form of output."""
    choice = click.Choice(["table", "json", "csv", *forms])
    return click.option("--format", "form", type=choice, default="table", show_default=True, help="Form of output.")


def history_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a history, and hand the command that history as `history`."""

    @wraps(command)
    def opened(archive_path: Path, source_name: str | None, known: str | None, **rest: Any) -> Any:
        return command(history=open_history(archive_path, source_name, known), **rest)

    return archive(source(known_by(opened)))


def open_history(archive_path: Path, source_name: str | None, known: str | None) -> History:
    """Return the history that the options name; UsageError where several sources fit."""
    opened = open_archive(archive_path, told=_TOLD)
    return opened.history(source_name or default_source(opened.sources), known=known)


def default_source(sources: tuple[str, ...]) -> str:
    """Return the only source, or the one that `frontgis.toml` names; UsageError lists them otherwise."""
    if len(sources) == 1:
        return sources[0]
    named = _settings().get("source")
    if isinstance(named, str):
        return named
    if not sources:
        raise UsageError("the archive holds no snapshot yet: put some in with 'frontgis ingest SOURCE PATH'")
    raise UsageError(f"the archive holds several sources: choose one with --source ({', '.join(sources)})")


def _settings() -> dict[str, Any]:
    path = Path("frontgis.toml")
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML ({error}): mend it") from None


def version_of(version: Version) -> dict[str, str]:
    """Return what an answer says of a version it rests on."""
    return {
        "as_of": str(version.as_of),
        "published": str(version.published),
        "file": version.file,
        "sha256": version.sha256,
    }


def sources_of(history: History, versions: list[Version], units: str | None = None) -> tuple[dict[str, Any], ...]:
    """Return the sources of an answer: the files of its versions, and the unit layer."""
    adapter = ADAPTERS.get(history.source)
    licence = adapter.licence if adapter else None
    found = [{"source": history.source, "licence": licence, "sha256": version.sha256} for version in versions]
    if units and units in history.catalog.names():
        card = history.catalog.card(units)
        found.append({"source": f"layer {units}: {card.source}", "licence": card.licence, "sha256": card.sha256})
    return tuple(dict(item) for item in {tuple(item.items()): None for item in found})


def boundary_note(history: History, by: str | None = None) -> str:
    """Return the sentence that names the set of boundaries: the theatre's, or that of the units asked for."""
    division = history.division(by)
    return f"boundaries: {division.units.boundary_set if division else history.catalog.theatre().boundary_set}"


def notes_of(history: History, asked: dict[str, str]) -> list[str]:
    """Return notes on what the source does not map, and on days without a version of their own."""
    ends = {moment: history.version(moment).as_of for moment in asked.values() if not moment.startswith("-")}
    other = next(iter(ends.values()), None)
    found = [gap_note(moment, history.version(moment, other=other).as_of, other=other) for moment in asked.values()]
    adapter = ADAPTERS.get(history.source)
    return [*(note for note in found if note), *([f"{history.source} maps {adapter.maps}"] if adapter else [])]
