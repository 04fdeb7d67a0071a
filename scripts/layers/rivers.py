"""Named centre lines of the larger rivers, through their reservoirs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from layers.fetch import PACKAGES, member
from layers.valleys import read_courses
from layers.write import NATURAL_EARTH, Draft

HERE = Path(__file__).parent
BOX = (19.5, 42.0, 45.0, 55.0)


def rivers(downloads: Path) -> Draft:
    """Return the rivers layer."""
    rows, lines = _read(downloads)
    fields = ("id", "name", "name_uk", "name_ru", "kind", "rank")
    return Draft(
        name="rivers",
        title="Rivers with names",
        kind="lines",
        source="Natural Earth 3.0.0, rivers and lake centre lines; smaller rivers traced on NOAA GLOBE; names by hand",
        version="; ".join(PACKAGES[name].spec.replace("==", " ") for name in ("rivers", "globe")),
        licence=NATURAL_EARTH,
        built=f"scripts/build_layers: clipped to {BOX}, joined by name and kind, unnamed lines left out;"
        " smaller rivers follow the valley floor of GLOBE between points entered by hand (from memory)",
        accuracy="made for 1:10 million: 1-3 km; traced ones 1-2 km, only their lower or middle course",
        about={
            "id": "the name and kind, in lower case",
            "name": "English name (2010 romanisation of the Ukrainian name for rivers of Ukraine)",
            "name_uk": "Ukrainian name",
            "name_ru": "Russian name",
            "kind": "river, or lake_line: the middle of a lake or reservoir on its course",
            "rank": "label rank, 0 first",
        },
        columns={field: [row[field] for row in rows] for field in fields},
        geometry=lines,
    )


def courses(draft: Draft) -> dict[str, Any]:
    """Return one line by river name, for naming river surfaces."""
    names = np.array(draft.columns["name"])
    return {name: shapely.union_all(draft.geometry[names == name]) for name in sorted(set(names.tolist()))}


def _read(downloads: Path) -> tuple[list[dict[str, Any]], Any]:
    with (HERE / "rivers.csv").open(encoding="utf-8") as stream:
        known = {row["ne_name"]: row for row in csv.DictReader(stream)}
    frame = pyogrio.read_dataframe(member("rivers", downloads), bbox=BOX)
    groups: dict[tuple[str, str], list[Any]] = {}
    for name, feature, line in zip(frame["name"], frame["featurecla"], frame.geometry, strict=True):
        if name in known:
            kind = "lake_line" if feature.startswith("Lake") else "river"
            groups.setdefault((name, kind), []).append(shapely.clip_by_rect(line, *BOX))
    rows, lines = [], []
    for (ne_name, kind), parts in sorted(groups.items(), key=lambda item: (known[item[0][0]]["name"], item[0][1])):
        row = known[ne_name]
        slug = f"{row['name']}-{kind}".lower().replace(" ", "-")
        rows.append(
            {"id": slug, "kind": kind, "rank": int(row["rank"])} | {k: row[k] for k in ("name", "name_uk", "name_ru")}
        )
        merged = shapely.line_merge(shapely.union_all(parts))
        lines.append(shapely.transform(shapely.normalize(merged), lambda xy: np.round(xy, 6)))
    named, traced = read_courses(downloads)
    for row, line in zip(named, traced, strict=True):
        slug = f"{row['name']}-river".lower().replace(" ", "-")
        rows.append(
            {"id": slug, "kind": "river", "rank": int(row["rank"])}
            | {k: row[k] for k in ("name", "name_uk", "name_ru")}
        )
        lines.append(line)
    geometry = np.empty(len(lines), dtype=object)
    geometry[:] = lines
    return rows, geometry
