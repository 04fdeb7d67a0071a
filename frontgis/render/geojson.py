"""RFC 7946 GeoJSON of any table: winding by the right-hand rule, seven decimals, a bbox, no crs."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import orjson
import shapely

from frontgis.render.table import Table, tidy

_OPTIONS: Final = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE


def geojson(table: Table) -> bytes:
    """Return the table as one FeatureCollection; what it says of itself stands before the features.

    >>> from shapely import Point
    >>> geojson(Table("places", {"name": ["Lumunde"]}, np.array([Point(1, 2)]), {"licence": "CC0"}))[:60]
    b'{"type":"FeatureCollection","licence":"CC0","bbox":[1.0,2.0,'
    """
    shapes = tidy(table.geometry)
    about = {key: value for key, value in table.about.items() if value}
    nowhere = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    bounds = {} if nowhere.all() else {"bbox": shapely.total_bounds(shapes)}
    features = list(_features(table, shapes))
    collection = {"type": "FeatureCollection", **about, **bounds, "features": features}
    return orjson.dumps(collection, option=_OPTIONS)


def _features(table: Table, shapes: np.ndarray[Any, np.dtype[np.object_]]) -> Iterator[dict[str, Any]]:
    bounds = shapely.bounds(shapes)
    for row, shape in enumerate(shapes):
        empty = shape is None or shape.is_empty
        yield {
            "type": "Feature",
            **({} if empty else {"bbox": bounds[row]}),
            "properties": {name: plain(values[row]) for name, values in table.columns.items()},
            "geometry": None if empty else shape.__geo_interface__,
        }


def plain(value: Any) -> Any:
    """Return a value as JSON and other formats can hold it: text for words and dates, no numpy, no NaN."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(item) for item in value]
    return str(value)
