"""A catalog opens any folder of cards: checks it, and says what is wrong in one line."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from frontgis.catalog import Catalog, Settlements
from frontgis.catalog.settlements import fold
from frontgis.model import InputError, NotFoundError

CARD = """
title = "Ponds"
kind = "water"
file = "ponds.parquet"
licence = "CC0 1.0"
attribution = ""
sha256 = "{digest}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    table = pa.table(
        {
            "name": ["old", "always", "new"],
            "valid_from": ["", "", "2024-02-01"],
            "valid_to": ["2024-01-31", "", ""],
            "geometry": shapely.to_wkb(shapely.box([0, 1, 2], 0, [1, 2, 3], 1)).tolist(),
        }
    )
    pq.write_table(table, tmp_path / "ponds.parquet")
    digest = hashlib.sha256((tmp_path / "ponds.parquet").read_bytes()).hexdigest()
    (tmp_path / "ponds.toml").write_text(CARD.format(digest=digest), encoding="utf-8")
    return tmp_path


def test_a_layer_is_opened_by_name(folder: Path) -> None:
    catalog = Catalog(folder)
    assert catalog.names() == ["ponds"]
    layer = catalog.layer("ponds")
    assert len(layer) == 3
    assert layer.column("name") == ["old", "always", "new"]
    assert list(layer.frame().columns) == ["name", "valid_from", "valid_to", "geometry"]
    assert layer.frame().crs.to_authority() == ("OGC", "CRS84")


@pytest.mark.parametrize(
    ("day", "there"),
    [(date(2024, 1, 31), ["old", "always"]), (date(2024, 2, 1), ["always", "new"])],
)
def test_rows_hold_between_their_dates(folder: Path, day: date, there: list[str]) -> None:
    layer = Catalog(folder).layer("ponds").on(day)
    assert layer.column("name") == there
    assert len(layer.geometry) == len(there)


def test_an_unknown_layer_and_an_unknown_column_name_what_there_is(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="ponds"):
        Catalog(folder).layer("lakes")
    with pytest.raises(NotFoundError, match="valid_from"):
        Catalog(folder).layer("ponds").column("depth")


def test_a_changed_file_is_not_read(folder: Path) -> None:
    with (folder / "ponds.parquet").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(InputError, match=r"ponds\.parquet.*sha256"):
        Catalog(folder).layer("ponds")


def test_a_card_with_a_wrong_key_names_it(folder: Path) -> None:
    card = folder / "ponds.toml"
    card.write_text(card.read_text(encoding="utf-8").replace('title = "Ponds"', "title = 3"), encoding="utf-8")
    with pytest.raises(InputError, match="title"):
        Catalog(folder).layer("ponds")


def test_a_raster_is_no_table(root: Path) -> None:
    with pytest.raises(InputError, match=r"relief\.tif"):
        Catalog(root / "layers").layer("relief")


def places() -> Settlements:
    return Settlements(
        id=("a", "b", "c"),
        name=("Novi Sanzhary", "Sanzhary", "Ivanivka"),
        name_uk=("Нові Санжари", "Санжари", "Іванівка"),
        name_ru=("Новые Санжары", "Санжары", "Ивановка"),
        aliases=(("Sanzhary",), (), ("Old Name",)),
        lon=np.array([1.0, 2.0, np.nan]),
        lat=np.array([1.0, 2.0, np.nan]),
        precision_m=np.array([1.0, 1.0, 1.0]),
        unit=("", "", ""),
        district=("", "", ""),
        population=np.array([1, 1, 1]),
        rank=np.array([6, 6, 6]),
        source=("", "", ""),
        is_section=np.array([False, False, False]),
    )


def test_main_names_rank_above_aliases_and_ids_stand_alone() -> None:
    assert places().find("Санжари") == [1]
    assert places().find("sanzhary") == [1]
    assert places().find("old name") == [2]
    assert places().find("b") == [1]
    assert places().find("nowhere") == []
    assert "Ivanivka" in places().nearest("Ivanivks")


def test_a_renamed_place_is_found_by_both_names() -> None:
    renamed = places().renamed({"c": ("Petrivka", "Петрівка"), "unknown": ("X", "X")})
    assert renamed.name[2] == "Petrivka"
    assert renamed.find("Петрівка") == renamed.find("Іванівка") == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Знам’янка", "знам'янка"),
        ("Kryvyi Rih", "KRYVYY RIH"),
        ("Кривий Ріг", "Кривый Риг"),
        ("Zaporizʹke", "Zaporizke"),
    ],
)
def test_spellings_that_differ_by_a_keyboard_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_reading_layers_needs_no_pandas(root: Path) -> None:
    program = (
        "import sys; from frontgis.catalog import Catalog; from pathlib import Path;"
        " catalog = Catalog(Path('layers')); catalog.layer('oblasts').columns; catalog.settlements();"
        " print(sorted({'pandas', 'geopandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
