"""The watch over a source: which maps are good, which wait, and what lets a waiting one through."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from statistics import median
from typing import Final, TypeAlias

import msgspec

from frontgis.archive.gate import Outcome
from frontgis.archive.hold import FLOOR_KM2, SHARE, Ruling, alike, ruling
from frontgis.archive.ledger import Entry, LedgerNote
from frontgis.archive.step import Ground
from frontgis.model import AsOf

HOLDING: Final = ("part-vanished", "status-vanished", "great-change")
_LATER: Final = 3
_LAST: Final = 60

Key: TypeAlias = tuple[str, str]
"""As-of date and geometry: what makes one map."""

as_of = lru_cache(maxsize=1 << 14)(AsOf.parse)


class Watch:
    """Decide on readings one by one, from the ledger so far and the ground behind its lines.

    Each map is compared with the good one nearest at or before its date, else after it. A held one is let through by a
    person's word, by agreeing with a good neighbour that came or was released since, or by three later maps of other
    dates and other geometry that, like it, stay within one in a hundred of each other.
    """

    def __init__(self, entries: Iterable[Entry], ground: Callable[[Entry], Ground], memo: "Memo") -> None:
        self._ground, self._memo = ground, memo
        self._good, self._all = _Dated(), _Dated()
        self._waiting: dict[Key, Entry] = {}
        for entry in entries:
            self._remember(entry)

    @property
    def waiting(self) -> list[Entry]:
        """Return the held maps that wait, by date."""
        return sorted(self._waiting.values(), key=lambda entry: (as_of(entry.as_of), entry.published, entry.geometry))

    def judge(self, entry: Entry) -> list[Entry]:
        """Return the decision on a map that the gate let in, and the maps that it lets through in turn."""
        decided = self._decided(entry)
        self._remember(decided)
        return [decided, *self._settled()]

    def accept(self, moment: AsOf, why: str) -> list[Entry]:
        """Release the maps that wait and speak of that time, and return all that this lets through."""
        within = [e for e in self.waiting if moment.start <= as_of(e.as_of).start and as_of(e.as_of).end <= moment.end]
        released = [_released(entry, "accepted", why) for entry in within]
        for entry in released:
            self._remember(entry)
        return [*released, *self._settled()] if released else []

    def _remember(self, entry: Entry) -> None:
        key = (entry.as_of, entry.geometry)
        if entry.outcome is Outcome.HOLD:
            self._waiting[key] = entry
        elif entry.stored:
            self._waiting.pop(key, None)
            self._good.add(entry)
        if entry.kept:
            self._all.add(entry)

    def _decided(self, entry: Entry) -> Entry:
        good = self._good.nearest(as_of(entry.as_of))
        if good is None:
            return _first(entry, self._ground(entry).held_km2)
        found = self._ruling(good, entry)
        net = round(found.net if as_of(good.as_of) <= as_of(entry.as_of) else -found.net, 6)
        if not found.holds:
            return msgspec.structs.replace(entry, notes=(*found.notable, *entry.notes), net_km2=net)
        notes = (*found.holds, *found.notable, *entry.notes)
        return msgspec.structs.replace(entry, outcome=Outcome.HOLD, if_released=entry.outcome, notes=notes, net_km2=net)

    def _ruling(self, good: Entry, entry: Entry) -> Ruling:
        if good.geometry == entry.geometry:
            return Ruling()
        usual = self._median(as_of(good.as_of))
        key = (good.as_of, good.geometry, entry.as_of, entry.geometry, usual)
        if key not in self._memo.rulings:
            pair = [(as_of(one.as_of), self._ground(one)) for one in (good, entry)]
            self._memo.rulings[key] = ruling(pair[0], pair[1], usual)
        return self._memo.rulings[key]

    def _median(self, until: AsOf) -> float | None:
        """Return the median net step of the last 60 good maps up to a date, those without change left out."""
        last = self._good.until(until, _LAST)
        steps = [abs(entry.net_km2) for entry in last if entry.net_km2]
        return median(steps) if steps and len(last) == _LAST else None

    def _settled(self) -> list[Entry]:
        released: list[Entry] = []
        while free := next(self._free(), None):
            self._remember(free)
            released.append(free)
        return released

    def _free(self) -> Iterator[Entry]:
        for entry in self.waiting:
            good = self._good.nearest(as_of(entry.as_of))
            found = self._ruling(good, entry) if good else Ruling()
            if good and not found.holds:
                yield _released(entry, "confirmed", f"agrees with the map of {good.as_of}, which is good")
            elif not found.barred and (later := self._confirmed_by(entry)):
                dates = ", ".join(one.as_of for one in later)
                yield _released(entry, "confirmed", f"three later maps stay within one in a hundred of it: {dates}")

    def _confirmed_by(self, entry: Entry) -> list[Entry]:
        later = self._all.distinct_after(entry, _LATER)
        if len(later) < _LATER:
            return []
        within = all(self._alike(one, other) for one, other in combinations([entry, *later], 2))
        return later if within else []

    def _alike(self, one: Entry, other: Entry) -> bool:
        key = (one.geometry, other.geometry)
        if key not in self._memo.alike:
            ground = self._ground(one)
            bar = max(SHARE * ground.held_km2, FLOOR_KM2)
            self._memo.alike[key] = alike(ground, self._ground(other), bar)
        return self._memo.alike[key]


class Memo:
    """Remember comparisons: they depend on nothing but the maps."""

    def __init__(self) -> None:
        self.rulings: dict[tuple[str, str, str, str, float | None], Ruling] = {}
        self.alike: dict[Key, bool] = {}


class _Dated:
    """Keep the last published map of each as-of date, in order of the dates."""

    def __init__(self) -> None:
        self._dates: list[AsOf] = []
        self._entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        date = as_of(entry.as_of)
        place = bisect_left(self._dates, date)
        if place == len(self._dates) or self._dates[place] != date:
            self._dates.insert(place, date)
            self._entries.insert(place, entry)
        elif as_of(self._entries[place].published).end <= as_of(entry.published).end:
            self._entries[place] = entry

    def nearest(self, date: AsOf) -> Entry | None:
        """Return the map at or nearest before a date, else the first after it."""
        return self._entries[max(bisect_right(self._dates, date) - 1, 0)] if self._entries else None

    def until(self, date: AsOf, count: int) -> list[Entry]:
        """Return the last maps at or before a date."""
        place = bisect_right(self._dates, date)
        return self._entries[max(place - count, 0) : place]

    def distinct_after(self, entry: Entry, count: int) -> list[Entry]:
        """Return the next maps after one, each of another geometry than it and than those before."""
        found: dict[str, Entry] = {}
        for later in self._entries[bisect_right(self._dates, as_of(entry.as_of)) :]:
            if later.geometry != entry.geometry:
                found.setdefault(later.geometry, later)
            if len(found) == count:
                break
        return list(found.values())


def _first(entry: Entry, held_km2: float) -> Entry:
    if held_km2 <= 0:
        note = LedgerNote("no-ground", 0.0, "the first map of a source must hold ground, and this one holds none")
        return Entry(file=entry.file, sha256=entry.sha256, outcome=Outcome.REJECT, notes=(note,))
    note = LedgerNote("first", round(held_km2, 6), "the first map of the source: nothing to compare it with")
    return msgspec.structs.replace(entry, notes=(note, *entry.notes))


def _released(entry: Entry, rule: str, why: str) -> Entry:
    rest = tuple(note for note in entry.notes if note.rule not in HOLDING)
    note = LedgerNote(rule, entry.notes[0].km2, why)
    return msgspec.structs.replace(entry, outcome=entry.if_released, if_released=Outcome.ACCEPT, notes=(note, *rest))
