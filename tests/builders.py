"""Small files and snapshots for tests, made here and nowhere traced."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from frontgis.archive import Store
from frontgis.catalog import Catalog, Units
from frontgis.catalog.world import generate, write
from frontgis.geo.polygons import multipolygon
from frontgis.model import AsOf, Provenance, Region, Snapshot, Status

BOX = (21.0, 43.0, 43.0, 54.0)


def square(west: float, south: float, size: float = 1.0) -> shapely.Polygon:
    return shapely.box(west, south, west + size, south + size)


def daily(*polygons: BaseGeometry) -> bytes:
    """Return a file as deepstate-daily writes it."""
    geometry = json.loads(shapely.to_geojson(shapely.MultiPolygon(polygons)))
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def full(*features: tuple[BaseGeometry | dict[str, Any], str, str]) -> bytes:
    """Return a file as deepstate writes it: (geometry, label, fill) each."""
    found = []
    for geometry, label, fill in features:
        shape = geometry if isinstance(geometry, dict) else json.loads(shapely.to_geojson(geometry))
        found.append({"type": "Feature", "geometry": shape, "properties": {"name": label, "fill": fill}})
    return json.dumps({"type": "FeatureCollection", "features": found}).encode()


def snapshot(day: str, regions: Iterable[tuple[Status, BaseGeometry]], *, source: str = "made") -> Snapshot:
    """Return a snapshot of the given ground; the regions must not overlap."""
    as_of = AsOf.parse(day)
    found = tuple(Region(status, str(status), multipolygon(ground)) for status, ground in regions)
    return Snapshot(source, as_of, found, Provenance(f"{day}.geojson", "0" * 64, as_of))


def units(**shapes: BaseGeometry) -> Units:
    """Return units that are called as their ids."""
    return Units(tuple(shapes), tuple(shapes), np.array(list(shapes.values()), dtype=object), "made")


def story(folder: Path, name: str, *lines: str) -> Path:
    """Write a story's table with its card into a folder of layers; the first line is its head."""
    path = folder / f"story_{name}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    card = {
        "title": f"Story of {name}",
        "kind": "table",
        "file": path.name,
        "licence": "CC0 1.0",
        "attribution": "made for a test",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    text = "".join(f'{key} = "{value}"\n' for key, value in card.items())
    (folder / f"story_{name}.toml").write_text(text, "utf-8")
    return path


PLACES_HEAD = "settlement_id,valid_from,valid_to,evidence,source,note"
UNITS_HEAD = "unit,side,settlement_id,lon,lat,valid_from,valid_to,evidence,source,note"


def told_world(folder: Path) -> Catalog:
    """Write the generated world with a story of each kind; its newest map is of 2024-04-04."""
    write(generate().land, folder)
    story(
        folder,
        "attacks",
        PLACES_HEAD,
        "dunemis,2024-04-01,2024-04-02,A,Herald of 2 April,a shed burnt",
        "dunemis,2024-03-20,2024-03-20,B,Herald of 21 March,",
        "shelimolt,2024-03-04,2024-03-05,C,hearsay,thirty days before the newest map",
        "fenunde,2024-03-03,2024-03-04,B,Herald of 4 March,a day too old for the newest map",
        "torimolt,2024-04-05,2024-04-05,A,Herald of 6 April,after the newest map",
    )
    story(
        folder,
        "places",
        PLACES_HEAD,
        "dunemis,2024-03-01,,A,Herald,where the talk is of",
        "lumavert,2024-03-01,2024-03-31,B,Herald,no longer",
    )
    story(
        folder,
        "units",
        UNITS_HEAD,
        "1st Brigade,ru,shelimolt,-149,39,2024-03-05,2024-03-05,B,Herald of 5 March,",
        "2nd Brigade,ua,shelimolt,-149,39,2024-03-01,,B,staff of 1 March,",
        "3rd Brigade,ua,dunemis,-149.9,39,2024-03-06,,B,staff of 6 March,29 days before the newest map",
    )
    return Catalog(folder)


def let_through(archive: Path, source: str = "deepstate-daily") -> None:
    """Accept all that the gate holds: made-up ground leaps as no front does."""
    store = Store.open(archive)
    while waiting := sorted(AsOf.parse(entry.as_of) for entry in store.waiting(source)):
        store.accept(source, waiting[0], "made up for a test")
