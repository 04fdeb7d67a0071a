"""The builder's own rules: romanisation, a tiling without gaps, and the same bytes again."""

import subprocess
import sys
from pathlib import Path

import pytest
import shapely

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from layers.names import romanise
from layers.tiling import tile


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Запоріжжя", "Zaporizhzhia"), ("Згорани", "Zghorany"), ("Єнакієве", "Yenakiieve"), ("Щастя", "Shchastia"),
        ("Знам'янка", "Znamianka"), ("Ґорґани", "Gorgany"), ("Йосипівка", "Yosypivka"), ("Кривий Ріг", "Kryvyi Rih"),
        ("Івано-Франківськ", "Ivano-Frankivsk"), ("Їжакевич", "Yizhakevych"), ("ЮЖНЕ", "YuZhNE"),
    ],
)  # fmt: skip
def test_romanisation_is_the_cabinets(name: str, latin: str) -> None:
    assert romanise(name).casefold() == latin.casefold()


def test_a_tiling_has_neither_gap_nor_overlap() -> None:
    domain = shapely.box(0, 0, 60_000, 40_000)
    raw = [shapely.box(1_000, 1_000, 31_000, 39_000), shapely.box(29_000, -500, 52_000, 41_000)]
    parts = tile(domain, raw)
    assert shapely.union_all(parts).area == pytest.approx(domain.area, rel=1e-6)
    assert shapely.intersection(*parts).area == pytest.approx(0, abs=1.0)
    assert all(
        part.intersection(own).area > 0.9 * own.intersection(domain).area for part, own in zip(parts, raw, strict=True)
    )


@pytest.mark.slow
def test_building_again_gives_the_same_bytes(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "build_layers", "--check", "--downloads", root / ".cache" / "packages"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
