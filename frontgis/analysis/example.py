"""The worked example: the shipped claims as a history of five days, which any install can show without an archive."""

from typing import Final

from frontgis.analysis import claims, surface
from frontgis.catalog import Catalog
from frontgis.history import History

SOURCE: Final = "worked-example"
NOTICE: Final = "Worked example, written from general knowledge; do not cite"


def example(catalog: Catalog) -> History:
    """Return the history of the catalog's claims, a version each day that has any."""
    found = claims.of(catalog)
    ground = surface.field(found, catalog)
    file = catalog.card("claims").file
    snapshots = [surface.snapshot(surface.surface(ground, day), SOURCE, file) for day in found.days]
    return History.of(snapshots, catalog=catalog)
