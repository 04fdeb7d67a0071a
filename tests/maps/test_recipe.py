"""A recipe is read whole, and all its faults are said at once."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from frontgis.maps import recipe
from frontgis.model import InputError


def faults(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        recipe.parse(text, name="mine.toml")
    return str(caught.value).splitlines()


def test_the_shipped_recipe_says_what_the_defaults_are(root: Path) -> None:
    assert recipe.load(root / "maps" / "front.toml") == recipe.Recipe()


def test_every_fault_is_said_at_once_with_line_key_and_nearest_word() -> None:
    text = """\
titel = "x"
title = "A {dey}"
since = "28d"

extent = [40, 50, 30, 60]
places = "Popovka"
[layers]
relif = true
front = "yes"
"""
    found = faults(text)
    assert [line.split(": ")[:2] for line in found] == [
        ["mine.toml, line 1", "titel"],
        ["mine.toml, line 2", "title"],
        ["mine.toml, line 3", "since"],
        ["mine.toml, line 5", "extent"],
        ["mine.toml, line 6", "places"],
        ["mine.toml, line 8", "layers.relif"],
        ["mine.toml, line 9", "layers.front"],
    ]
    assert "did you mean 'title'?" in found[0]
    assert "did you mean 'day'?" in found[1]
    assert "did you mean 'relief'?" in found[5]


@pytest.mark.parametrize(
    "text",
    [
        'since = "yesterday"',
        'since = "2025-02-30"',
        'since = "-0d"',
        "since = 2025-02-28",
        "extent = [1, 2, 3]",
        'extent = ["a", "b", "c", "d"]',
        "extent = [nan, 40, 41, 50]",
        'title = "{day"',
        'title = "{day.year}"',
        'title = "{}"',
        "layers = true",
        "places = [1]",
        "units = 3",
    ],
)
def test_one_fault_is_one_line(text: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith("mine.toml, line 1: ")


@pytest.mark.parametrize("text", ["a = ", "\x00", "[layers]\n[layers]"])
def test_what_is_no_toml_is_said_so(text: str) -> None:
    (fault,) = faults(text)
    assert "not TOML" in fault


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.toml", tmp_path):
        with pytest.raises(InputError) as caught:
            recipe.load(path)
        assert str(path) in str(caught.value)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'title = "\xe9"')
    with pytest.raises(InputError):
        recipe.load(latin)


def test_good_values_are_taken() -> None:
    read = recipe.parse('since = "previous"\nextent = [30, 45.5, 40, 50]\nplaces = ["Popovka"]\n', name="x")
    assert (read.since, read.extent, read.places) == ("previous", (30.0, 45.5, 40.0, 50.0), ("Popovka",))


def test_every_key_and_word_is_documented(root: Path) -> None:
    text = (root / "docs" / "recipes.md").read_text("utf-8")
    keys = [*recipe.Recipe.__struct_fields__, *recipe.Shown.__struct_fields__]
    assert [key for key in keys if key not in text] == []
    assert [word for word in recipe.TITLE_WORDS if f"{{{word}}}" not in text] == []


def test_the_schema_is_fresh_and_takes_the_shipped_recipes(root: Path) -> None:
    check = [sys.executable, root / "scripts" / "write_recipe_schema", "--check"]
    assert subprocess.run(check, check=False).returncode == 0, "run scripts/write_recipe_schema"
    schema = json.loads((root / "docs" / "schemas" / "recipe.json").read_text("utf-8"))
    shipped = [tomllib.loads(path.read_text("utf-8")) for path in (root / "maps").glob("*.toml")]
    assert len(shipped) >= 4
    for table in shipped:
        jsonschema.validate(table, schema)
    with pytest.raises(jsonschema.ValidationError, match="relieff"):
        jsonschema.validate({"layers": {"relieff": True}}, schema)
