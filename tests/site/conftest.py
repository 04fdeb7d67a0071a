"""The generated world as a history."""

from pathlib import Path

import pytest

from frontgis.catalog import Catalog
from frontgis.catalog.world import NOTICE, generate, write
from frontgis.history import History
from frontgis.sources import Credit

CREDIT = Credit("generated", "Generated example", "CC0 1.0", NOTICE, "invented", "everything")


@pytest.fixture(scope="session")
def credit() -> Credit:
    return CREDIT


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    world, folder = generate(), tmp_path_factory.mktemp("world")
    write(world.land, folder)
    return History.of(world.snapshots, catalog=Catalog(Path(folder)))
