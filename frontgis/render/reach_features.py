"""Tables of what published ranges reach, each feature saying that it is no site and not operational."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from frontgis.analysis import airdefence
from frontgis.analysis.banks import Banks
from frontgis.analysis.target import home_units
from frontgis.geo.area import areas_km2
from frontgis.history import History
from frontgis.model import Side
from frontgis.render.features import about, credited
from frontgis.render.table import Table
from frontgis.sources import Credit


def covers(found: Sequence[airdefence.Cover], side: Side, *, credit: Credit, history: str) -> Table:
    """Return what each class covers at each altitude, within the theatre."""
    geometry = np.array([cover.geometry for cover in found], dtype=object)
    columns: dict[str, Sequence[Any]] = {
        "class": [cover.system.id for cover in found],
        "name": [cover.system.name for cover in found],
        "side": [side.value] * len(found),
        "altitude_m": [cover.altitude_m for cover in found],
        "radius_km": [cover.radius_km for cover in found],
        "behind_km": [cover.behind_km for cover in found],
        "range_source": [cover.system.source for cover in found],
        "area_km2": areas_km2(geometry).tolist(),
        "as_of": [cover.date for cover in found],
        "notice": [airdefence.NOTICE] * len(found),
        **credited(credit, history, len(found)),
    }
    dates = ", ".join(sorted({cover.date for cover in found}))
    told = about("Published coverage of air-defence classes", credit, history, as_of=dates, notice=airdefence.NOTICE)
    return Table("airdefence", columns, geometry, told)


def banks(history: History, on: str, found: Banks, *, credit: Credit) -> Table:
    """Return the state's land on each bank of a line, and the line itself."""
    units, name = home_units(history.catalog)
    halves = found.cut(np.array([shapely.union_all(units.geometry)], dtype=object))
    geometry = np.array([*(shapes[0] for shapes in halves.values()), found.line], dtype=object)
    as_of = str(history.version(on).as_of)
    columns: dict[str, Sequence[Any]] = {
        "bank": [*halves, "dividing line"],
        "name": [name] * len(geometry),
        "area_km2": areas_km2(geometry).tolist(),
        "as_of": [as_of] * len(geometry),
        **credited(credit, history.id, len(geometry)),
    }
    return Table("banks", columns, geometry, about("Banks of the dividing river", credit, history.id, as_of=as_of))
