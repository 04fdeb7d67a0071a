"""The generated world as a history, and a report of it."""

from pathlib import Path

import pytest

from frontgis.catalog import Catalog
from frontgis.catalog.world import NOTICE, generate, write
from frontgis.history import History
from frontgis.render.compose import compose
from frontgis.render.report import Report
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


@pytest.fixture(scope="session")
def report(history: History) -> Report:
    return compose(history, "2024-03-08", "2024-04-04", credit=CREDIT, units="oblasts")
