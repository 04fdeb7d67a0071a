"""What outputs are made from: a named archive, or the worked example; and what they say of the source."""

from dataclasses import dataclass
from pathlib import Path

from frontgis.catalog import shipped, shipped_root
from frontgis.cli._options import open_history
from frontgis.history import History
from frontgis.sources import Credit, credit_of


@dataclass(frozen=True)
class Material:
    """Hold a history with what outputs must say of it; the head of `lead`, a Markdown text, leads the site."""

    history: History
    credit: Credit
    lead: str = ""


def material(archive_path: Path | None, source_name: str | None, known: str | None) -> Material:
    """Return the history of an archive, or where none is named the worked example."""
    if archive_path is not None:
        history = open_history(archive_path, source_name, known)
        return Material(history, credit_of(history.source))
    from frontgis.analysis.example import CREDIT, example

    lead = (shipped_root() / "docs" / "example.md").read_text("utf-8")
    return Material(example(shipped()), CREDIT, lead)
