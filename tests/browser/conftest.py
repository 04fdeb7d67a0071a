"""Pages of the generated world in a real browser, with the network shut."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from frontgis.catalog import Catalog
from frontgis.catalog.world import NOTICE, generate, write
from frontgis.history import History
from frontgis.maps.recipe import Recipe
from frontgis.maps.scene import Scene
from frontgis.render.leaflet import leaflet
from frontgis.render.page import page
from frontgis.site.maps import draw
from frontgis.sources import Credit

CREDIT = Credit("generated", "the generated example", "CC0 1.0", "frontgis, generated", "invented", "all", NOTICE)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Opened:
    """A page in the browser, with all it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def do(self, script: str, argument: object = None) -> Any:
        return self.page.evaluate(script, argument)

    def until_drawn(self) -> "Opened":
        for _ in range(200):
            if self.do("performance.getEntriesByName('frontgis-drawn').length > 0"):
                return self
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not drawn: {self.complaints}")


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    world, folder = generate(), tmp_path_factory.mktemp("world")
    write(world.land, folder)
    return History.of(world.snapshots, catalog=Catalog(Path(folder)))


@pytest.fixture(scope="session")
def scene(history: History) -> Scene:
    return draw(history, Recipe(), credit=CREDIT)


@pytest.fixture(scope="session")
def path(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("page") / "front.html"
    target.write_text(page(leaflet(scene)), "utf-8", newline="\n")
    return target


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("FRONTGIS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("Chromium is not there: install it, or name it in FRONTGIS_CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Browser, path: Path) -> Iterator[Callable[..., Opened]]:
    """Open the page from its file; every other request is counted and refused."""
    contexts = []

    def open_page(
        *, fragment: str = "", width: int = 1280, height: int = 800, source: Path = path, **settings: Any
    ) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        contexts.append(context)
        found = Opened(context.new_page())
        own = source.as_uri()

        def judge(route: Route) -> None:
            url = route.request.url
            if url.split("#")[0] == own or url.startswith("data:"):
                route.continue_()
            else:
                found.requests.append(url)
                route.abort()

        context.route("**/*", judge)
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.goto(own + fragment)
        return found

    yield open_page
    for context in contexts:
        context.close()
