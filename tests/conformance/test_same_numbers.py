"""Whatever form an answer takes, its figures are the same numbers, and they come from the kept history."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from frontgis.history import open_archive

A, B = "2025-03-25", "2025-03-27"
SOURCE = "deepstate-daily"


@pytest.fixture(scope="module")
def bare(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the archive with its history kept and its maps gone."""
    open_archive(archive).history(SOURCE).composite()
    copy = Path(shutil.copytree(archive, tmp_path_factory.mktemp("bare") / "archive"))
    shutil.rmtree(copy / SOURCE / "segments")
    return copy


@pytest.fixture
def ask(archive: Path, cli: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: str) -> Any:
        ran = cli(*arguments, "--format", "json", "--archive", archive)
        assert ran.code == 0, ran.stderr
        return json.loads(ran.stdout)

    return run


def test_a_change_is_one_figure_in_every_form(
    ask: Callable[..., Any], archive: Path, tmp_path: Path, cli: Callable[..., Any]
) -> None:
    told = ask("change", A, B, "--by", "oblasts")
    table = cli("change", A, B, "--by", "oblasts", "--format", "csv", "--archive", archive).stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [float(row["km2"]) for row in rows] == [row["km2"] for row in told["rows"]]
    assert sum(row["km2"] for row in told["rows"] if row["after"] == "occupied") == pytest.approx(told["gained"])
    assert cli("report", A, B, "--archive", archive, "-o", "report.json").code == 0
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [report[name] for name in ("gained", "lost")] == [told[name] for name in ("gained", "lost")]
    assert [(row["unit"], row["km2"]) for row in report["rows"]] == [(row["unit"], row["km2"]) for row in told["rows"]]
    pieces = json.loads(cli("export", "change", A, B, "--archive", archive).stdout)["features"]
    gained = sum(piece["properties"]["km2"] for piece in pieces if piece["properties"]["after"] == "occupied")
    assert gained == pytest.approx(told["gained"], abs=1e-6)
    assert sum(row["km2"] for row in ask("change", A, B, "--by", "regions")["rows"] if row["after"] == "occupied") == (
        pytest.approx(told["gained"], abs=1e-6)
    )


def test_the_steps_of_the_series_are_the_changes_from_day_to_day(ask: Callable[..., Any]) -> None:
    series = ask("series")["rows"]
    days = sorted({row["date"] for row in series})
    for a, b in pairwise(days):
        told = ask("change", a, b)
        steps = {row["unit"]: (row["gained"], row["lost"]) for row in series if row["date"] == b}
        assert sum(gained for gained, _ in steps.values()) == pytest.approx(told["gained"], abs=1e-6)
        assert (told["turnover_gained"], told["turnover_lost"]) == (
            pytest.approx(told["gained"]),
            pytest.approx(told["lost"]),
        )


def test_an_area_by_unit_is_the_number_of_the_series(ask: Callable[..., Any]) -> None:
    series = {(row["unit"], row["status"]): row["km2"] for row in ask("series")["rows"] if row["date"] == B}
    rows = ask("area", "--on", B, "--by", "oblasts")["rows"]
    told = {(row["unit"], row["status"]): row["km2"] for row in rows if row["unit"] != "noise" and row["km2"]}
    assert told == {key: km2 for key, km2 in series.items() if km2}
    (whole,) = ask("area", "--on", B)["rows"]
    assert sum(row["km2"] for row in rows) == pytest.approx(whole["km2"], abs=1e-6)


def test_a_place_is_what_the_table_of_settlements_says(ask: Callable[..., Any], archive: Path) -> None:
    history = open_archive(archive).history(SOURCE)
    spells = history.settlement_spells()
    for on in (A, B):
        now = spells[(spells["from_by"] <= on) & ((spells["to_by"] > on) | spells["to_by"].isna())].set_index("id")
        rows = {row["id"]: row for row in ask("settlements", "--on", on)["rows"]}
        assert now["status"].to_dict() == {key: row["status"] for key, row in rows.items()}
        assert now["undecided"].to_dict() == {key: row["undecided"] for key, row in rows.items()}
    near = spells.loc[spells["undecided"], "id"].iloc[0]
    (told,) = ask("place", near, "--on", B)["rows"]
    assert told["undecided"] == rows[near]["undecided"]
    assert told["history"][-1]["status"] == rows[near]["status"]
    assert told["distances"][-1]["front_km"] == pytest.approx(told["front_km"], abs=1e-3)


@pytest.mark.parametrize(
    "arguments",
    [
        ("change", A, B, "--by", "oblasts"),
        ("change", A, B, "--by", "regions"),
        ("export", "change", A, B),
        ("export", "settlements", "--on", B),
        ("pace", "--to", "donetsk"),
        ("series",),
        ("settlements", "--on", A),
        ("settlements", "--changed", A, B),
    ],
    ids=" ".join,
)
def test_what_needs_no_map_is_answered_from_the_kept_history_alone(
    arguments: tuple[str, ...], archive: Path, bare: Path, cli: Callable[..., Any]
) -> None:
    ran = cli(*arguments, "--archive", bare)
    assert (ran.code, ran.stdout) == (0, cli(*arguments, "--archive", archive).stdout), ran.stderr


def test_a_change_is_answered_without_heavy_packages(bare: Path, root: Path) -> None:
    heavy = {"folium", "geopandas", "pandas", "pyogrio", "pyproj", "rasterio"}
    asked = ["change", A, B, "--by", "oblasts", "--archive", str(bare)]
    report = f"print('imported:', *sorted({heavy!r} & sys.modules.keys()))"
    program = f"import sys; from frontgis.cli import main; main({asked!r}); {report}"
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "imported:"


@pytest.mark.parametrize(
    ("arguments", "header"),
    [
        (("change", B, B), "unit,name,before,after,km2,noise_km2"),
        (
            ("settlements", "--changed", B, B),
            "id,name,name_uk,name_ru,unit,lon,lat,precision_m,before,after,undecided",
        ),
        (("ledger", "--held"), "source,date,file,outcome,rule,km2,why"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_table_without_rows_still_names_its_columns(
    arguments: tuple[str, ...], header: str, archive: Path, cli: Callable[..., Any]
) -> None:
    ran = cli(*arguments, "--format", "csv", "--archive", archive)
    assert (ran.code, ran.stdout) == (0, header + "\n"), ran.stderr
