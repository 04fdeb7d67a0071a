"""Show the shipped layers."""

from typing import Any

import click
import msgspec

from frontgis.catalog import shipped
from frontgis.cli import _answer, _options
from frontgis.model import NotFoundError


@click.command("layers")
@click.argument("name", required=False)
@_options.output()
def command(name: str | None, form: str) -> None:
    """List the shipped layers, or show one layer's card: source, version, licence, accuracy.

    \b
    Examples:
      frontgis layers
      frontgis layers oblasts
    """
    catalog = shipped()
    names = catalog.names()
    if name is not None and name not in names:
        raise NotFoundError(f"there is no layer {name!r}: there are {', '.join(names)}")
    cards = [(layer, catalog.card(layer)) for layer in ([name] if name else names)]
    rows: list[dict[str, Any]] = [
        {
            "name": layer,
            "title": card.title,
            "kind": card.kind,
            "licence": card.licence,
            "attribution": card.attribution,
            "sha256": card.sha256,
        }
        for layer, card in cards
    ]
    lead = [f"{key}: {value}" for key, value in msgspec.to_builtins(cards[0][1]).items()] if name else []
    _answer.emit(_answer.Answer("layers", [] if name and form == "table" else rows), form, lead=lead)
