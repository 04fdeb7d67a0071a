"""What a person at a terminal sees of long work; nothing where output is piped."""

import sys
from collections.abc import Iterable, Iterator

import click

from frontgis.model import Snapshot


def say(line: str) -> None:
    """Print a note on stderr."""
    click.echo(f"note: {line}", err=True)


def watch(snapshots: Iterator[Snapshot], count: int) -> Iterable[Snapshot]:
    """Show a bar while snapshots are read."""
    if not sys.stderr.isatty():
        return snapshots
    from rich.console import Console
    from rich.progress import track

    return track(snapshots, "overlaying", total=count, console=Console(stderr=True), transient=True)
