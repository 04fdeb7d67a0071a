"""Make a partition of a domain from polygons that nearly cover it: overlaps settled, gaps given to a neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.geom import polygons

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLOSE_M = 400.0  # gaps narrower than twice this inside one unit are closed
SAMPLE_M = 250.0
REACH_M = 300.0
ISLAND_M2 = 600e6  # a detached part smaller than this goes to the neighbour of longest contact
SLIVER_M2 = 15e6


def tile(domain: Any, raw: list[Any]) -> list[Any]:
    """Divide `domain` among `raw` polygons (metre plane): each point goes to the polygon that has it or is nearest."""
    closed = [shapely.buffer(shapely.buffer(g, CLOSE_M, quad_segs=2), -CLOSE_M, quad_segs=2) for g in raw]
    inside = [polygons(shapely.intersection(g, domain)) for g in closed]
    cores = [polygons(shapely.difference(g, _others(inside, i))) for i, g in enumerate(inside)]
    rest = shapely.get_parts(polygons(shapely.difference(domain, shapely.union_all(cores))))
    gains = _share_out(rest, cores)
    return [polygons(shapely.union_all([core, *gain])) for core, gain in zip(cores, gains, strict=True)]


def _others(shapes: list[Any], index: int) -> Any:
    near = [g for j, g in enumerate(shapes) if j != index and g.intersects(shapes[index])]
    return shapely.union_all(near) if near else shapely.Polygon()


def _share_out(rest: NDArray[np.object_], cores: list[Any]) -> list[list[Any]]:
    gains: list[list[Any]] = [[] for _ in cores]
    samples, owners = _samples(cores)
    tree = shapely.STRtree(samples)
    edges = shapely.STRtree(cores)
    for part in rest:
        touching = np.unique(edges.query(part, predicate="dwithin", distance=1.0))
        if len(touching) == 1:
            gains[int(touching[0])].append(part)
        elif len(touching) == 0:
            gains[int(owners[int(tree.nearest(part))])].append(part)
        else:
            for owner, piece in _split(part, samples, owners, tree):
                gains[owner].append(piece)
    return gains


def _samples(cores: list[Any]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    lines = shapely.boundary(shapely.segmentize(np.array(cores, dtype=object), SAMPLE_M))
    coordinates, owners = shapely.get_coordinates(lines, return_index=True)
    _, first = np.unique(np.round(coordinates), axis=0, return_index=True)
    first.sort()
    return np.asarray(shapely.points(coordinates[first])), owners[first]


def _split(part: Any, samples: Any, owners: Any, tree: shapely.STRtree) -> list[tuple[int, Any]]:
    near = np.sort(tree.query(part, predicate="dwithin", distance=REACH_M))
    if len(set(owners[near])) < 2:  # noqa: PLR2004 — one owner, nothing to split
        return [(int(owners[int(tree.nearest(part))]), part)]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(samples[near]), extend_to=part))
    inner, cell = shapely.STRtree(samples[near]).query(cells, predicate="contains")
    pieces = shapely.intersection(cells[inner], part)
    belongs = owners[near][cell]
    return [
        (int(owner), piece)
        for owner in np.unique(belongs)
        if not (piece := polygons(shapely.union_all(pieces[belongs == owner]))).is_empty
    ]


def settle_islands(cells: list[Any], units: list[str], *, keep: set[int], rounds: int = 4) -> list[str]:
    """Give small groups of cells cut off from their unit's main part to the neighbour of longest contact."""
    units = list(units)
    for _ in range(rounds):
        changed = False
        for code in sorted(set(units)):
            members = [i for i, unit in enumerate(units) if unit == code]
            changed |= _settle_unit(cells, units, members, keep)
        if not changed:
            break
    return units


def _settle_unit(cells: list[Any], units: list[str], members: list[int], keep: set[int]) -> bool:
    grown = shapely.buffer(np.array([cells[i] for i in members], dtype=object), CLOSE_M, quad_segs=2)
    parts = shapely.get_parts(shapely.union_all(grown))
    if len(parts) < 2:  # noqa: PLR2004 — one part is whole
        return False
    main = int(np.argmax(shapely.area(parts)))
    home = shapely.STRtree(parts).query(shapely.point_on_surface(grown), predicate="within")
    changed = False
    for number in range(len(parts)):
        group = [members[int(i)] for i, p in zip(*home, strict=True) if int(p) == number]
        if number == main or not group or keep & set(group):
            continue
        if sum(cells[i].area for i in group) < ISLAND_M2:
            changed |= _give(cells, units, group)
    return changed


def _give(cells: list[Any], units: list[str], group: list[int]) -> bool:
    zone = shapely.buffer(shapely.union_all([cells[i] for i in group]), CLOSE_M, quad_segs=2)
    own = units[group[0]]
    contact: dict[str, float] = {}
    for i in shapely.STRtree(cells).query(zone, predicate="intersects"):
        if units[int(i)] != own:
            contact[units[int(i)]] = contact.get(units[int(i)], 0.0) + cells[int(i)].intersection(zone).area
    if not contact:
        return False
    new = min(contact, key=lambda code: (-contact[code], code))
    for i in group:
        units[i] = new
    return True
