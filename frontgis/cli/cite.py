"""Cite what answers rest on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from frontgis import __version__
from frontgis.cli import _answer, _options
from frontgis.history import History, open_archive
from frontgis.sources import ADAPTERS

_SOFTWARE: Final = "Apache-2.0"

Row = dict[str, Any]


@click.command("cite")
@_options.archive
@_options.source
@_options.known_by
@_options.output()
def command(archive_path: Path, source_name: str | None, known: str | None, form: str) -> None:
    """Print a citation of the software, of each source with its versions and history id, and of the units.

    The history id is a hash of every version's date and geometry and of the units: the same id, the same figures.

    \b
    Examples:
      frontgis cite
      frontgis cite --format json
    """
    archive = open_archive(archive_path)
    names = (source_name,) if source_name else archive.sources
    histories = [archive.history(name, known=known) for name in names]
    rows = [_software(), *map(_data, histories), *_units(histories)]
    if form == "table":
        click.echo("\n\n".join(row["citation"] for row in rows))
        return
    _answer.emit(_answer.Answer("cite", rows, source=source_name), form)


def _software() -> Row:
    text = f"The frontgis maintainers: frontgis, version {__version__}. Licence: {_SOFTWARE}."
    return {"kind": "software", "name": "frontgis", "citation": text, "licence": _SOFTWARE, **_versions(None)}


def _data(history: History) -> Row:
    adapter = ADAPTERS[history.source]
    versions = _versions(history)
    span = "{versions} versions as of {first} to {last}; last file {file}, published {published}, SHA-256 {sha256}"
    text = (
        f"{adapter.attribution}: {adapter.title}. {span.format_map(versions)}. "
        f"Licence: {adapter.licence}. History id: {versions['history']}."
    )
    return {"kind": "source", "name": history.source, "citation": text, "licence": adapter.licence, **versions}


def _versions(history: History | None) -> Row:
    if history is None:
        return dict.fromkeys(("versions", "first", "last", "file", "published", "sha256", "history"))
    first, last = history.versions[0], history.versions[-1]
    return {
        "versions": len(history.versions),
        "first": str(first.as_of),
        "last": str(last.as_of),
        "file": last.file,
        "published": str(last.published),
        "sha256": last.sha256,
        "history": history.id,
    }


def _units(histories: list[History]) -> Iterator[Row]:
    for catalog in {history.catalog: None for history in histories}:
        name = catalog.theatre().units
        card = catalog.card(name)
        text = f"{card.attribution}: {card.title}. {card.source}, SHA-256 {card.sha256}. Licence: {card.licence}."
        empty = {**_versions(None), "file": card.file, "sha256": card.sha256}
        yield {"kind": "layer", "name": name, "citation": text, "licence": card.licence, **empty}
