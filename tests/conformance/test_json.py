"""What each verb prints as JSON is what its published schema says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

from frontgis.cli.main import group

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
ARGUMENTS: dict[str, list[tuple[str, ...]]] = {
    "airdefence": [
        ("--class", "s-400-40n6", "--class", "osa-akm", "--altitude", "50", "--altitude", "10000", "--since", "first"),
        ("--side", "ua", "--class", "nasams", "--by", "oblasts", "--altitude", "500"),
    ],
    "area": [("--on", "latest"), ("--parts",), ("--on", "latest", "--by", "oblasts")],
    "banks": [(), ("--by", "oblasts"), ("--of", "western Ukraine")],
    "change": [("first", "latest"), ("first", "latest", "--by", "oblasts")],
    "cite": [()],
    "doctor": [()],
    "front": [("--on", "latest"), ("--on", "latest", "--by", "oblasts")],
    "layers": [(), ("oblasts",)],
    "ledger": [()],
    "naval": [(), ("--at", "odesa", "--within", "60")],
    "pace": [(), ("--to", "donetsk"), ("--to", "four oblasts", "--by", "oblasts")],
    "place": [("Pokrovsk",)],
    "reach": [("--class", "iskander-m", "--since", "first"), ("--side", "ua", "--class", "gmlrs", "--by", "countries")],
    "series": [(), ("--since", "-1d")],
    "settlements": [("--on", "latest"), ("--changed", "first", "latest")],
    "sources": [()],
    "surface": [("--on", "2025-03-28")],
    "verify": [("--sample", "2")],
}
CASES = [(verb, case) for verb, cases in sorted(ARGUMENTS.items()) for case in cases]


def validator(verb: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{verb}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize(("verb", "arguments"), CASES, ids=[" ".join([verb, *case]) for verb, case in CASES])
def test_a_verb_keeps_its_schema(verb: str, arguments: tuple[str, ...], archive: Path, cli: Callable[..., Any]) -> None:
    where = {} if verb in {"layers", "sources", "surface"} else {"FRONTGIS_ARCHIVE": str(archive)}
    ran = cli(verb, *arguments, "--format", "json", **where)
    assert ran.code == 0, ran.stderr
    answer = json.loads(ran.stdout, parse_constant=pytest.fail)
    assert [error.message for error in validator(verb).iter_errors(answer)] == []
    assert answer["rows"]


def test_every_verb_that_prints_json_has_a_schema_and_a_test() -> None:
    context = click.Context(group)
    verbs = {name: group.get_command(context, name) for name in group.list_commands(context)}
    printing = {name for name, verb in verbs.items() if verb and "json" in _forms(verb)}
    assert printing == ARGUMENTS.keys() | {"accept", "ingest"}
    assert {path.stem for path in SCHEMAS.glob("*.json")} == printing | {"report", "recipe"}


def _forms(verb: click.Command) -> tuple[str, ...]:
    kinds = [option.type for option in verb.params if "--format" in option.opts]
    return tuple(form for kind in kinds if isinstance(kind, click.Choice) for form in kind.choices)


def test_a_report_keeps_its_schema(archive: Path, tmp_path: Path, cli: Callable[..., Any]) -> None:
    ran = cli("report", "first", "latest", "--archive", archive, "-o", "report.json")
    assert ran.code == 0, ran.stderr
    answer = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert [error.message for error in validator("report").iter_errors(answer)] == []


def test_an_ingest_keeps_its_schema(files: list[Path], tmp_path: Path, cli: Callable[..., Any]) -> None:
    ran = cli("ingest", "deepstate-daily", *files, "--archive", tmp_path / "archive", "--format", "json")
    assert ran.code == 3, ran.stderr
    answer = json.loads(ran.stdout, parse_constant=pytest.fail)
    assert [error.message for error in validator("ingest").iter_errors(answer)] == []
    assert {row["file"] for row in answer["rows"]} == {file.name for file in files}
    assert {row["outcome"] for row in answer["rows"]} == {"ACCEPT", "HOLD"}


def test_an_acceptance_keeps_its_schema(files: list[Path], cli: Callable[..., Any]) -> None:
    assert cli("ingest", "deepstate-daily", *files, "--archive", "archive").code == 3
    ran = cli("accept", "deepstate-daily", "2025-03-26", "--why", "made up", "--archive", "archive", "--format", "json")
    assert ran.code == 0, ran.stderr
    answer = json.loads(ran.stdout, parse_constant=pytest.fail)
    assert [error.message for error in validator("accept").iter_errors(answer)] == []
    assert (answer["rows"][0]["rule"], answer["rows"][0]["why"]) == ("accepted", "made up")
