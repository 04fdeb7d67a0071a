"""Tables entered by hand, which lie in `layers/` as they are: a card is all that is built."""

from __future__ import annotations

import csv
from pathlib import Path

from layers.write import Draft

LAYERS = Path(__file__).parents[2] / "layers"


def draft(name: str, title: str, source: str, accuracy: str, about: dict[str, str], attribution: str = "") -> Draft:
    """Return a table entered by hand, with the columns that `about` tells of."""
    with (LAYERS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return Draft(
        name=name,
        title=title,
        kind="table",
        source=source,
        version="2026-11",
        licence=("CC0 1.0", attribution),
        built="as it was entered",
        accuracy=accuracy,
        about=about,
        columns={column: [row[column] for row in rows] for column in about},
    )
