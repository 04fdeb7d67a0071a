"""One more version in a composite: only the faces that meet its change are cut and coded again."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import shapely

from frontgis.geo import arrangement
from frontgis.geo.area import areas_km2
from frontgis.geo.arrangement import Numbers, Shapes, Sides
from frontgis.history.composite import (
    Codes,
    Composite,
    Edges,
    base_of,
    borders_in,
    code_at,
    delta,
    edges_of,
    lines_of,
)
from frontgis.model import Snapshot


def insert(composite: Composite, snapshot: Snapshot) -> Composite:
    """Return the composite with one more version: the newest, a late one, or one in place of another."""
    place = bisect_left(composite.as_of, snapshot.as_of)
    if place < len(composite.as_of) and composite.as_of[place] == snapshot.as_of:
        composite = _without(composite, place)
    now = edges_of(snapshot)
    newest, first = place == len(composite.as_of), place == 0
    come = {} if first else delta(composite.last if newest else composite.edges_at(place - 1), now)
    go = {} if newest else delta(now, composite.edges_at(place))
    cut = _cut(composite, [come, go])
    row = code_at(arrangement.inside(cut.geometry[cut.local]), now)
    whole = np.empty((len(composite.as_of) + 1, len(cut.geometry)), dtype=np.uint8)
    whole[:place], whole[place + 1 :] = cut.code[:place], cut.code[place:]
    if len(cut.code):
        whole[place] = cut.code[0 if first else place - 1]
    whole[place, cut.local] = row
    old = composite.deltas
    return _pruned(
        replace(
            composite,
            as_of=(*composite.as_of[:place], snapshot.as_of, *composite.as_of[place:]),
            first=now if first else composite.first,
            deltas=(*old[:place], come, *([] if newest else [go, *old[place + 1 :]])),
            last=now if newest else composite.last,
            geometry=cut.geometry,
            km2=cut.km2,
            unit=cut.unit,
            code=whole,
            base=base_of(now, composite.division) if first else composite.base,
            sides=cut.sides,
            steps=None,
        )
    )


def _without(composite: Composite, place: int) -> Composite:
    """Return the composite without one version; its faces may be finer than they need to be."""
    kept = [number for number in range(len(composite.as_of)) if number != place]
    deltas = list(composite.deltas)
    if place == 0:
        first = composite.edges_at(1) if kept else {}
        deltas[1:2] = [{}] if kept else []
    else:
        first = composite.first
        if place + 1 < len(deltas):
            deltas[place + 1] = delta(composite.edges_at(place - 1), composite.edges_at(place + 1))
    return replace(
        composite,
        as_of=tuple(composite.as_of[number] for number in kept),
        first=first,
        deltas=tuple(deltas[number] for number in kept),
        last=composite.edges_at(place - 1) if place == len(kept) else composite.last,
        code=composite.code[kept],
        base=base_of(first, composite.division) if place == 0 else composite.base,
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    geometry: Shapes
    km2: arrangement.Floats
    unit: Numbers
    code: Codes
    sides: Sides
    local: Numbers


def _cut(composite: Composite, changed: Iterable[Edges]) -> _Cut:
    """Cut the faces that meet a change, and add the ground that never changed before."""
    lines = lines_of(changed)
    ground = arrangement.faces(lines)
    met = np.unique(composite.tree.query(ground, predicate="intersects")[1])
    rims = arrangement.borders(composite.geometry[met]) if len(met) else np.zeros(0, dtype=object)
    fresh = arrangement.faces(np.concatenate([lines, rims, borders_in(ground, composite.division)]))
    points = arrangement.inside(fresh)
    owner = np.full(len(fresh), -1, dtype=np.int64)
    point, face = composite.tree.query(shapely.points(points), predicate="within")
    owner[point] = face
    ours = (owner < 0) | np.isin(owner, met)
    fresh, points, owner = fresh[ours], points[ours], owner[ours]
    code = np.tile(code_at(points, composite.first), (len(composite.as_of), 1))
    code[:, owner >= 0] = composite.code[:, owner[owner >= 0]]
    old = np.setdiff1d(np.arange(len(composite.geometry)), met)
    geometry = np.concatenate([composite.geometry[old], fresh])
    return _Cut(
        geometry=geometry,
        km2=np.concatenate([composite.km2[old], areas_km2(fresh)]),
        unit=np.concatenate([composite.unit[old], composite.division.places(points)]),
        code=np.concatenate([composite.code[:, old], code], axis=1),
        sides=_sides(composite, old, met, fresh),
        local=np.arange(len(old), len(geometry)),
    )


def _sides(composite: Composite, old: Numbers, met: Numbers, fresh: Shapes) -> Sides:
    """Return the sides after a cut: those between faces left alone stay, the others are measured again."""
    number = np.full(len(composite.geometry) + 1, -1, dtype=np.int64)
    number[old] = np.arange(len(old))
    both = composite.sides.faces
    cut = np.isin(both, met)
    near = np.setdiff1d(np.unique(both[cut.any(axis=1)]), [*met, -1])
    around = arrangement.sides(np.concatenate([composite.geometry[near], fresh]))
    names = np.append(np.concatenate([number[near], len(old) + np.arange(len(fresh))]), -1)
    touching = (around.faces >= len(near)).any(axis=1)
    same = ~cut.any(axis=1)
    return Sides(
        np.concatenate([number[both[same]], names[around.faces[touching]]]),
        np.concatenate([composite.sides.length_m[same], around.length_m[touching]]),
    )


def _pruned(composite: Composite) -> Composite:
    """Return the composite without the faces that never flip."""
    kept = (composite.code[1:] != composite.code[:-1]).any(axis=0)
    if kept.all():
        return composite
    number = np.full(len(kept) + 1, -1, dtype=np.int64)
    number[np.flatnonzero(kept)] = np.arange(kept.sum())
    sides = number[composite.sides.faces]
    left = (sides >= 0).any(axis=1)
    return replace(
        composite,
        geometry=composite.geometry[kept],
        km2=composite.km2[kept],
        unit=composite.unit[kept],
        code=np.ascontiguousarray(composite.code[:, kept]),
        sides=Sides(sides[left], composite.sides.length_m[left]),
    )
