"""When a map is too unlike the last good one to be believed unseen, and when it is worth a note."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from frontgis.archive.ledger import LedgerNote
from frontgis.archive.step import Ground, Lost, Step, at_most_km2, differences, net_km2, step
from frontgis.model import AsOf, Status

SHARE: Final = 0.01
"""Share of the held ground beyond which a change, or a part that is gone, holds a map."""

GROWN: Final = 5.0
"""What the bar can grow to by the days elapsed, as a multiple."""

FLOOR_KM2: Final = 100.0
"""Below this nothing is held, however little ground a source has; a gain or loss beyond it is notable."""

STATUS_KM2: Final = 1000.0
BARRED_SHARE: Final = 0.15
"""Share of the held ground beyond which no later map can confirm a change: only a person's word can."""

TIMES_MEDIAN: Final = 10.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """Say what holds a map, what is notable in it, the net step in km², and whether only a person may release it."""

    holds: tuple[LedgerNote, ...] = ()
    notable: tuple[LedgerNote, ...] = ()
    net: float = 0.0
    barred: bool = False


def bar_km2(held: float, days: float) -> float:
    """Return the km² of change that hold a map.

    One in a hundred of the held ground; it grows with the square root of the days between, up to five times.

    >>> [round(bar_km2(100_000, days)) for days in (0, 1, 4, 100)]
    [1000, 1000, 2000, 5000]
    """
    return max(SHARE * held * min(math.sqrt(max(days, 1.0)), GROWN), FLOOR_KM2)


def alike(one: Ground, other: Ground, km2: float) -> bool:
    """Tell whether two maps differ by no more than some km²."""
    changed = differences(one, other)
    return at_most_km2(changed) <= km2 or step(one, other, changed).moved <= km2


def ruling(good: tuple[AsOf, Ground], new: tuple[AsOf, Ground], median: float | None) -> Ruling:
    """Compare a map with a good one of another date; `median` is the source's usual step in km², where known."""
    (then, before), (now, after) = good, new
    changed = differences(before, after)
    bar = min(FLOOR_KM2, TIMES_MEDIAN * median) if median else FLOOR_KM2
    ended = before.courses.keys() - after.courses.keys()
    if not ended and at_most_km2(changed) <= bar:
        return Ruling(net=net_km2(changed))
    found = step(before, after, changed)
    days = abs((now.end - then.end).total_seconds()) / 86_400
    vanished = {status: before.km2_of([status]) for status in sorted(ended)}
    against = f"against the map of {then}"
    gone = [part for part in found.gone if part.km2 > max(SHARE * before.held_km2, FLOOR_KM2)]
    return Ruling(
        holds=tuple(_holds(found, gone, vanished, (before.held_km2, days), against)),
        notable=tuple(_notable(found, vanished, bar, against)),
        net=found.gained - found.lost,
        barred=bool(gone) or found.moved > BARRED_SHARE * before.held_km2,
    )


def _holds(
    found: Step, gone: list[Lost], vanished: dict[Status, float], size: tuple[float, float], against: str
) -> Iterator[LedgerNote]:
    held, days = size
    for part in gone:
        yield _note("part-vanished", part.km2, f"a part {part.words!r} of {part.km2:.1f} km² vanished {against}")
    for status, km2 in vanished.items():
        if km2 > STATUS_KM2:
            yield _note("status-vanished", km2, f"all ground that was {status} vanished, {km2:.1f} km², {against}")
    if found.moved > bar_km2(held, days):
        share = f"{found.moved / held:.1%}" if held else "all"
        why = f"{found.moved:.1f} km² changed, {share} of the held ground, over {days:.1f} days {against}"
        yield _note("great-change", found.moved, why)


def _notable(found: Step, vanished: dict[Status, float], bar: float, against: str) -> Iterator[LedgerNote]:
    if (most := max(found.gained, found.lost)) > bar:
        yield _note("notable", most, f"gained {found.gained:.1f} km², lost {found.lost:.1f} km² {against}")
    for status, km2 in vanished.items():
        if km2 <= STATUS_KM2:
            yield _note("notable", km2, f"no ground is {status} any more: it was {km2:.1f} km² {against}")


def _note(rule: str, km2: float, why: str) -> LedgerNote:
    return LedgerNote(rule, round(km2, 6), why)
