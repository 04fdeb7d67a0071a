"""Tables of what published ranges reach, each feature saying that it is no site and not operational."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from frontgis.analysis import airdefence
from frontgis.geo.area import areas_km2
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
