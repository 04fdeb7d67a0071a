"""Where most of a change lies: parts within reach of each other, summed, for call-outs on small scales."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from frontgis.history.change import Change, Piece

REACH_M: Final = 10_000


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hold the sum of neighbouring gains, or of neighbouring losses, and the western end of the greatest of them."""

    kind: str
    km2: float
    lon: float
    lat: float


def greatest(change: Change, *, metric_crs: str, most: int, least_km2: float) -> list[Cluster]:
    """Return up to `most` clusters of at least `least_km2`, the greatest first.

    Parts whose edges lie within REACH_M belong together; figures are sums of the change's own.
    """
    kinds = (("gained", change.gains), ("lost", change.losses))
    found = [
        cluster
        for kind, counts in kinds
        for cluster in _clusters(
            kind, [piece for piece in change.pieces if counts(piece) and not piece.noise], metric_crs
        )
    ]
    large = [cluster for cluster in found if cluster.km2 >= least_km2]
    return sorted(large, key=lambda cluster: (-cluster.km2, cluster.lon, cluster.lat))[:most]


def _clusters(kind: str, pieces: list[Piece], metric_crs: str) -> list[Cluster]:
    if not pieces:
        return []
    there = Transformer.from_crs("OGC:CRS84", metric_crs, always_xy=True)
    shapes = np.array([piece.geometry for piece in pieces], dtype=object)
    flat = shapely.transform(shapes, lambda xy: np.column_stack(there.transform(xy[:, 0], xy[:, 1])))
    reach = shapely.get_parts(shapely.union_all(shapely.buffer(flat, REACH_M / 2)))
    middle, group = shapely.STRtree(reach).query(shapely.point_on_surface(flat), predicate="within")
    km2 = np.array([piece.km2 for piece in pieces])
    rows = []
    for index in sorted(set(group.tolist())):
        chosen = middle[group == index]
        edge = shapely.get_coordinates(shapes[chosen[int(km2[chosen].argmax())]])
        lon, lat = edge[int(edge[:, 0].argmin())].tolist()
        rows.append(Cluster(kind, float(km2[chosen].sum()), lon, lat))
    return rows
