"""Draw a map from a recipe."""

from pathlib import Path

import click

from frontgis.cli import _options
from frontgis.cli._material import material
from frontgis.maps import recipe
from frontgis.maps.scene import Scene
from frontgis.model import UsageError
from frontgis.render.files import replacing
from frontgis.site import draw


@click.command("map")
@click.argument("recipe_path", metavar="RECIPE", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write: .html (default) or .svg.")
@_options.archive_if_named
@_options.source
@_options.known_by
@_options.on
def command(
    recipe_path: Path,
    out: Path | None,
    archive_path: Path | None,
    source_name: str | None,
    known: str | None,
    on: str,
) -> None:
    """Draw a map from a recipe: one HTML page that works offline, or a picture by the suffix .svg.

    Without --archive or FRONTGIS_ARCHIVE the worked example is drawn, and says so in its title and name.

    \b
    Examples:
      frontgis map maps/front.toml --archive archive -o front.html
      frontgis map maps/front.toml --on 2025-03-28 -o front.svg
    """
    if out is not None and out.suffix not in (".html", ".svg"):
        raise UsageError(f"{out.name}: a map is written as .html or .svg")
    wanted = recipe.load(recipe_path)
    made = material(archive_path, source_name, known)
    target = out or Path(made.credit.filed(f"{recipe_path.stem}.html"))
    text = _text(draw(made.history, wanted, on=on, credit=made.credit), target.suffix)
    with replacing(target) as temporary:
        temporary.write_text(text, "utf-8", newline="\n")
    click.echo(f"wrote {target}", err=True)


def _text(scene: Scene, suffix: str) -> str:
    if suffix == ".svg":
        from frontgis.render.picture import svg

        return svg(scene)
    from frontgis.render.leaflet import leaflet
    from frontgis.render.page import page

    return page(leaflet(scene))
