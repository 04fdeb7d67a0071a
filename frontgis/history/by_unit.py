"""What a side holds, gained and lost in each unit: sums of a table's rows, and how sure they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frontgis.history.change import ChangeRow
from frontgis.history.control import AreaRow
from frontgis.history.division import NOISE
from frontgis.history.sure import Sure, SureChange
from frontgis.model import HELD, Side, Status


@dataclass(frozen=True, slots=True)
class UnitChange:
    """Hold what a unit's transitions come to, km²; `range` says how sure, None where that is not known by unit."""

    unit: str
    name: str
    gained: float
    lost: float
    net: float
    from_contested: float
    newly_contested: float
    range: SureChange | None = None


def change_by_unit(
    rows: Sequence[ChangeRow], side: Side, ranges: Mapping[str, SureChange] | None = None
) -> tuple[UnitChange, ...]:
    """Return what a side gained and lost in each unit of a transition table, the most first."""
    parts: dict[tuple[str, str], list[ChangeRow]] = {}
    for row in rows:
        parts.setdefault((row.unit, row.name), []).append(row)
    found = [_sums(unit, name, part, side, (ranges or {}).get(unit)) for (unit, name), part in parts.items()]
    touched = (unit for unit in found if unit.gained or unit.lost or unit.newly_contested)
    return tuple(sorted(touched, key=lambda unit: (-unit.gained - unit.lost, unit.name)))


def _sums(unit: str, name: str, rows: Sequence[ChangeRow], side: Side, sure: SureChange | None) -> UnitChange:
    held = HELD[side]
    gains = [row for row in rows if row.after in held and row.before not in held]
    gained, lost = _km2(gains), _km2(row for row in rows if row.before in held and row.after not in held)
    return UnitChange(
        unit=unit,
        name=name,
        gained=gained,
        lost=lost,
        net=gained - lost,
        from_contested=_km2(row for row in gains if row.before is Status.CONTESTED),
        newly_contested=_km2(row for row in rows if (row.before, row.after) == (Status.UNMAPPED, Status.CONTESTED)),
        range=sure and sure.holding(gained, lost),
    )


def _km2(rows: Iterable[ChangeRow]) -> float:
    return sum((row.km2 for row in rows), 0.0)


@dataclass(frozen=True, slots=True)
class UnitGround:
    """Hold what a side holds of a unit, km²; `range` says how sure, None where that is not known by unit."""

    unit: str
    name: str
    side: Side
    held: float
    range: Sure | None = None


def ground_by_unit(
    rows: Sequence[AreaRow], side: Side, ranges: Mapping[str, Sure] | None = None
) -> tuple[UnitGround, ...]:
    """Return what a side holds of each unit in a table of areas, where it holds or could hold any, in its order."""
    held = {(row.unit, row.name): 0.0 for row in rows if row.unit != NOISE}
    for row in rows:
        if row.status in HELD[side] and row.unit != NOISE:
            held[row.unit, row.name] += row.km2
    found = [UnitGround(*key, side, km2, _held(ranges, key[0], km2)) for key, km2 in held.items()]
    return tuple(unit for unit in found if unit.held or (unit.range and unit.range.whole.high > 0))


def _held(ranges: Mapping[str, Sure] | None, unit: str, km2: float) -> Sure | None:
    return ranges[unit].holding(km2) if ranges else None
