"""Sentences out of the documentation, for pages that stand alone."""

import re
from functools import cache
from typing import Final

from frontgis.catalog import shipped_root

_LINES: Final = re.MULTILINE | re.DOTALL


@cache
def method_and_limits() -> tuple[str, ...]:
    """Return how areas and changes are measured and what the figures cannot say, a line each.

    They are the first sentences of two sections of docs/method.md, and those of each paragraph of docs/limits.md that
    are bold, with the next one.
    """
    docs = shipped_root() / "docs"
    method = re.findall(r"^## (?:Area|Change)\n\n(.+?\.)\s", (docs / "method.md").read_text("utf-8"), _LINES)
    limits = re.findall(r"^(\*\*.+?\*\* .+?\.)\s", (docs / "limits.md").read_text("utf-8"), _LINES)
    return tuple(" ".join(found.replace("**", "").replace("`", "").split()) for found in (*method, *limits))
