"""A report as JSON, by the contract that `docs/schemas/report.json` publishes: figures unrounded."""

from dataclasses import asdict
from typing import Any

import orjson

from frontgis.render.report import Dated, Report


def report_json(report: Report) -> bytes:
    """Return the report as one JSON object."""
    return orjson.dumps(as_object(report), default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def as_object(report: Report) -> dict[str, Any]:
    """Return the report's values by the keys of the contract."""
    return {
        "verb": "report",
        "source": report.credit.source,
        "history": report.history,
        "a": report.before.asked,
        "b": report.after.asked,
        "as_of": {"a": _dated(report.before), "b": _dated(report.after)},
        "side": report.side,
        "sides": {side.value: name for side, name in report.sides.items()},
        "theatre": report.theatre,
        "boundary_set": report.boundary_set,
        "method": report.method,
        "units": report.units,
        "precision": report.credit.precision,
        "maps": report.credit.maps,
        "attribution": report.credit.attribution,
        "notice": report.credit.warning,
        **asdict(report.figures),
        "range": asdict(report.range),
        "areas": [asdict(row) for row in report.areas],
        "rows": [asdict(row) for row in report.transitions],
        "by_unit": [asdict(row) for row in report.by_unit],
        "settlements": [asdict(row) for row in report.settlements],
        "front": [asdict(row) | {"tolerance_m": report.tolerance_m} for row in report.front],
        "gaps": [{"after": str(gap.after), "by": str(gap.by)} for gap in report.gaps],
        "versions": report.versions,
        "unchanged": report.unchanged,
        "notes": list(report.notes),
        "sources": [asdict(row) for row in report.sources],
    }


def _dated(version: Dated) -> dict[str, str]:
    return {
        "asked": version.asked,
        "as_of": str(version.as_of),
        "file": version.file,
        "sha256": version.sha256,
        "published": str(version.published),
    }
