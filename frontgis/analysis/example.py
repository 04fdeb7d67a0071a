"""The worked example: the shipped claims as a history of five days, which any install can show without an archive."""

from dataclasses import replace
from typing import Final

from frontgis.analysis import claims, surface
from frontgis.catalog import Catalog
from frontgis.history import History
from frontgis.model import Snapshot
from frontgis.sources import Credit

CREDIT: Final = Credit(
    source="worked-example",
    title="the worked example, from claims about settlements",
    licence="CC0 1.0",
    attribution="frontgis, a worked example written from general knowledge; do not cite",
    precision="lines lie between settlements, about 2 km off and up to 3 km for nine tenths of them",
    maps="ground held by either side, contested ground and incursions, settlement by settlement",
    notice="written from general knowledge; do not cite",
    label="Worked example",
)


def example(catalog: Catalog) -> History:
    """Return the history of the catalog's claims, a version each day that has any."""
    found = claims.of(catalog)
    ground = surface.field(found, catalog)
    card = catalog.card("claims")
    drawn = (surface.snapshot(surface.surface(ground, day), CREDIT.source, card.file) for day in found.days)
    return History.of([_hashed(snapshot, card.sha256) for snapshot in drawn], catalog=catalog)


def _hashed(snapshot: Snapshot, sha256: str) -> Snapshot:
    return replace(snapshot, provenance=replace(snapshot.provenance, sha256=sha256))
