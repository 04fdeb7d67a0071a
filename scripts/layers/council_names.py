"""Settle border councils by their names: a council is called after a village, and villages are listed by oblast.

Where settlements tell the oblast of a border council, the name alone agrees 440 times and disagrees 7 times; so it is
used where they tell nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.names import key, romanise

if TYPE_CHECKING:
    from layers.codifier import Codifier

NEAR_M = 3_000.0
ROUNDS = 3
LEAST_STEM = 4
_ENDINGS = ("yvska", "ovska", "evska", "ynska", "anska", "enska", "nska", "tska", "ska", "zka")


def settle_by_names(
    units: list[str], open_cells: list[bool], names: list[str], geometry: Any, codifier: Codifier
) -> list[str]:
    """Move councils that are open to question to the one nearby oblast that has a village of their name."""
    villages = {unit: sorted({key(romanise(n)) for n in listed}) for unit, listed in codifier.by_unit.items()}
    left, right = shapely.STRtree(geometry).query(geometry, predicate="dwithin", distance=NEAR_M)
    stems = [_stem(name) for name in names]
    settled = list(units)
    for _ in range(ROUNDS):
        for cell, others in _across(settled, left, right).items():
            stem = stems[cell]
            if open_cells[cell] and len(stem) >= LEAST_STEM and not _has(villages.get(settled[cell], []), stem):
                fitting = [unit for unit in sorted(others) if _has(villages.get(unit, []), stem)]
                settled[cell] = fitting[0] if len(fitting) == 1 else settled[cell]
    return settled


def _across(units: list[str], left: Any, right: Any) -> dict[int, set[str]]:
    """Return the other units near each cell that has any."""
    code = np.array(units)
    apart = code[left] != code[right]
    found: dict[int, set[str]] = defaultdict(set)
    for one, other in zip(left[apart].tolist(), right[apart].tolist(), strict=True):
        found[one].add(units[other])
    return dict(sorted(found.items()))


def _stem(adjective: str) -> str:
    flat = key(adjective)
    for ending in _ENDINGS:
        if flat.endswith(ending) and len(flat) - len(ending) >= LEAST_STEM - 1:
            return flat.removesuffix(ending)
    return flat[:-1]


def _has(villages: list[str], stem: str) -> bool:
    spot = bisect_left(villages, stem)
    return spot < len(villages) and villages[spot].startswith(stem)
