"""The history id follows from the versions, the source and the files that a history is cut by, from nothing else."""

from pathlib import Path

import pytest
import shapely

from frontgis.catalog import Catalog
from frontgis.catalog.world import generate, write
from frontgis.history import History
from frontgis.model import Status
from tests.builders import snapshot

DAYS = ("2025-01-01", "2025-01-02")


def made(folder: Path, *, east: float = 37.0, days: tuple[str, ...] = DAYS, source: str = "made") -> str:
    ground = [(Status.OCCUPIED, shapely.box(36, 47, east, 48))]
    return History.of([snapshot(day, ground, source=source) for day in days], catalog=Catalog(folder)).id


@pytest.fixture
def land(tmp_path: Path) -> Path:
    write(generate().land, tmp_path / "land")
    return tmp_path / "land"


def test_the_same_history_has_the_same_id(land: Path, tmp_path: Path) -> None:
    write(generate().land, tmp_path / "again")
    assert made(land) == made(tmp_path / "again")


def test_another_map_day_or_source_is_another_history(land: Path) -> None:
    others = [made(land, east=37.1), made(land, days=("2025-01-01", "2025-01-03")), made(land, source="other")]
    assert len({made(land), made(land, days=DAYS[:1]), *others}) == 5


@pytest.mark.parametrize(("layer", "differs"), [("oblasts", True), ("sea", True), ("settlements", False)])
def test_other_units_or_another_sea_is_another_history(layer: str, land: Path, *, differs: bool) -> None:
    before, card = made(land), land / f"{layer}.toml"
    digest = Catalog(land).card(layer).sha256
    card.write_text(card.read_text("utf-8").replace(digest, digest[::-1]), "utf-8")
    assert (made(land) != before) is differs
