"""What outputs are made from: a named archive, or the generated example; and what they say of the source."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frontgis.catalog import Catalog
from frontgis.catalog.world import SOURCE, generate
from frontgis.catalog.world.folder import NOTICE, write
from frontgis.cli._options import open_history
from frontgis.history import History
from frontgis.sources import Credit, credit_of

_EXAMPLE: Final = Credit(
    source=SOURCE,
    title="the generated example, an invented country",
    licence="CC0 1.0",
    attribution="frontgis, generated",
    precision="invented, exact by construction",
    maps="occupied, contested and liberated ground of a country that does not exist",
    notice=NOTICE,
)


@dataclass(frozen=True)
class Material:
    """Hold a history with what outputs must say of it."""

    history: History
    credit: Credit


@contextmanager
def material(archive_path: Path | None, source_name: str | None, known: str | None) -> Iterator[Material]:
    """Give the history of an archive, or where none is named the generated example."""
    if archive_path is not None:
        history = open_history(archive_path, source_name, known)
        yield Material(history, credit_of(history.source))
        return
    with tempfile.TemporaryDirectory(prefix="frontgis-") as folder:
        world = generate()
        write(world.land, Path(folder))
        yield Material(History.of(world.snapshots, catalog=Catalog(Path(folder))), _EXAMPLE)
