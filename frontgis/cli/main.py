"""The command line: one small module a verb, loaded when it is called."""

import sys
from importlib import import_module
from typing import Any, Final

import click

from frontgis import __version__
from frontgis.model import FrontgisError

VERBS: Final[dict[str, str]] = {
    "sources": "List the sources that can be read.",
    "ingest": "Put files of a source into the archive.",
    "ledger": "Show what was decided on each file, and why.",
    "accept": "Let a held file through, with the reason.",
    "area": "Measure km² by status, in all or by unit.",
    "change": "Compare two dates: what passed from which status to which.",
    "series": "Give km² by unit and status for every version, with gains and losses.",
    "front": "Measure the front line by kind.",
    "surface": "Make control from a table of claims about settlements.",
    "pace": "Measure km² a day, and how long what remains would take at that pace.",
    "airdefence": "Measure what published classes of air defence cover from held ground.",
    "banks": "Divide area, settlements and people by the river that parts the theatre.",
    "reach": "List regions within published reach of held ground, and nuclear plants.",
    "settlements": "List the status of settlements, or those that changed.",
    "place": "Tell one settlement's history.",
    "locate": "Tell where dated points of a table lay.",
    "naval": "Tell which waters coastal missiles reach from the coast each side has.",
    "map": "Draw a map from a recipe: one offline page.",
    "report": "Write a change report.",
    "export": "Write control, change, front, settlements or a shipped layer to a file.",
    "layers": "Show the shipped layers and their cards.",
    "build": "Build the whole site.",
    "verify": "Prove the archive and its history by hashes and direct overlays.",
    "cite": "Cite the sources, with versions and the history id.",
    "doctor": "Check versions, data and archive.",
}


class LazyGroup(click.Group):
    """Know the verbs by name and import only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the verbs in the order in which they are used."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"frontgis.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="frontgis")
def group() -> None:
    """Who holds which ground, on any date: offline maps, change reports and GeoJSON from public data.

    \b
    Examples:
      frontgis ingest deepstate-daily data/
      frontgis change -7d latest --by oblasts
    """


def main(args: list[str] | None = None) -> Any:
    """Run the command line; a known error is one line on stderr and its exit code, never a traceback."""
    try:
        return group.main(args=args, prog_name="frontgis", standalone_mode=False)
    except FrontgisError as error:
        _fail(str(error), error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        _fail("stopped", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _fail(line: str, code: int) -> None:
    for part in line.splitlines():
        click.echo(f"frontgis: {' '.join(part.split())}", err=True)
    sys.exit(code)
