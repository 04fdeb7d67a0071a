"""Build the whole site."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from frontgis.catalog import shipped_root
from frontgis.cli import _options
from frontgis.cli._material import material
from frontgis.maps import recipe
from frontgis.model import InputError
from frontgis.site import Site, build


@click.command("build")
@click.option("--out", type=click.Path(path_type=Path), default="site", show_default=True, help="Folder of the site.")
@_options.archive_if_named
@_options.source
@_options.known_by
def command(out: Path, archive_path: Path | None, source_name: str | None, known: str | None) -> None:
    """Build the site: front page, maps, reports, data and feed, put in place at once.

    Without --archive or FRONTGIS_ARCHIVE it is the site of the worked example: not to be cited, and it says so.

    \b
    Examples:
      frontgis build
      frontgis build --archive archive --out site
    """
    made = material(archive_path, source_name, known)
    planned = build(out, Site(made.history, _recipes(), made.credit, lead=made.lead, stamp=_stamp()))
    click.echo(f"wrote {out}/index.html, {len(planned.pairs)} reports", err=True)


def _recipes() -> dict[str, recipe.Recipe]:
    """Return the shipped recipes by name, that of the whole theatre first."""
    loaded = {path.stem: recipe.load(path) for path in sorted((shipped_root() / "maps").glob("*.toml"))}
    return dict(sorted(loaded.items(), key=lambda item: item[1].extent != "theatre"))


def _stamp() -> str:
    """Return the time of the build where SOURCE_DATE_EPOCH says one; no output looks at a clock."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return ""
    try:
        return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, OSError):
        raise InputError(f"SOURCE_DATE_EPOCH is {seconds!r}: it must be seconds since 1970") from None
