"""The generated world as a history, and its newest scene."""

from pathlib import Path

import pytest

from frontgis.catalog import Catalog
from frontgis.catalog.world import generate, write
from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.site.maps import draw


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    world, folder = generate(), tmp_path_factory.mktemp("world")
    write(world.land, folder)
    return History.of(world.snapshots, catalog=Catalog(Path(folder)))


@pytest.fixture(scope="session")
def scene(history: History) -> Scene:
    return draw(history, Recipe())
