"""Every verb explains itself: a summary, two examples, a place in the docs."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from frontgis.cli.main import group


def verbs() -> list[str]:
    return sorted(group.list_commands(click.Context(group)))


def help_of(verb: str) -> str:
    context = click.Context(group, info_name="frontgis")
    command = group.get_command(context, verb)
    assert command is not None
    return command.get_help(click.Context(command, parent=context, info_name=verb))


@pytest.mark.parametrize("verb", verbs())
def test_the_help_of_a_verb_has_a_summary_and_two_examples(verb: str) -> None:
    lines = [line.strip() for line in help_of(verb).splitlines()]
    usage, summary, *rest = [line for line in lines if line]
    assert usage.startswith(f"Usage: frontgis {verb}")
    assert summary[0].isupper()
    assert len([line for line in rest if line.removeprefix("$ ").startswith(f"frontgis {verb}")]) >= 2


@pytest.mark.parametrize("verb", verbs())
def test_a_verb_is_named_in_the_docs(verb: str, root: Path) -> None:
    docs = "\n".join(page.read_text(encoding="utf-8") for page in sorted((root / "docs").rglob("*.md")))
    assert f"frontgis {verb}" in docs


def test_the_page_of_verbs_is_fresh(root: Path) -> None:
    check = [sys.executable, root / "scripts" / "write_cli_docs", "--check"]
    assert subprocess.run(check, check=False).returncode == 0, "run scripts/write_cli_docs"
