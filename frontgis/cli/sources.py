"""List the sources that can be read."""

import click

from frontgis.cli import _answer, _options
from frontgis.sources import ADAPTERS


@click.command("sources")
@_options.output()
def command(form: str) -> None:
    """List the sources that can be read: what each holds, its licence and its home.

    \b
    Examples:
      frontgis sources
      frontgis sources --format json
    """
    rows = [
        {
            "source": adapter.name,
            "title": adapter.title,
            "reads": adapter.reads,
            "licence": adapter.licence,
            "endpoint": adapter.endpoint,
        }
        for adapter in ADAPTERS.values()
    ]
    _answer.emit(_answer.Answer("sources", rows), form)
