"""A source's history: its versions in order, and every question that can be asked of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from frontgis.archive import Store, Version
from frontgis.catalog import Catalog, Units, shipped, units_from_file
from frontgis.geo.area import Method
from frontgis.history import captures, change, control, front, lookup, moments, pace, panel, place, settlements
from frontgis.history.composite import CODES, Composite, build
from frontgis.history.division import Division
from frontgis.history.keeping import Told, composite_of
from frontgis.history.kept import Origin
from frontgis.history.setting import front_setting, sea_of, theatre_of, units_hash
from frontgis.model import AsOf, NotFoundError, Side, Snapshot, UsageError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

Moment = str | AsOf
_TOLD = Told()


class Shelf(Protocol):
    """Give snapshots for versions: an archive on disk, or snapshots in memory."""

    def snapshots(self, versions: Iterable[Version]) -> Iterator[Snapshot]:
        """Yield the snapshots of versions in the order asked for."""


@dataclass(frozen=True)
class _Stored:
    store: Store
    source: str

    def snapshots(self, versions: Iterable[Version]) -> Iterator[Snapshot]:
        return self.store.snapshots(self.source, versions)


@dataclass(frozen=True)
class _InMemory:
    held: dict[Version, Snapshot]

    def snapshots(self, versions: Iterable[Version]) -> Iterator[Snapshot]:
        return (self.held[version] for version in versions)


class History:
    """Answer questions about one source, on any date; a bare day means the last version by the end of it."""

    def __init__(
        self,
        source: str,
        versions: Sequence[Version],
        shelf: Shelf,
        catalog: Catalog,
        *,
        folder: Path | None = None,
        told: Told = _TOLD,
    ) -> None:
        self.source = source
        self.versions = tuple(versions)
        self.catalog = catalog
        self._shelf = shelf
        self.folder = folder
        self._told = told
        self._composite: Composite | None = None
        self._one = lru_cache(maxsize=8)(lambda version: next(iter(shelf.snapshots([version]))))
        self._edge = lru_cache(maxsize=8)(self._drawn)
        self._front = lru_cache(maxsize=16, typed=True)(self._simplified)

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot], *, catalog: Catalog | None = None) -> "History":
        """Return the history of snapshots in memory, all of one source."""
        held = {_version(snapshot): snapshot for snapshot in snapshots}
        sources = {snapshot.source for snapshot in held.values()}
        if len(sources) != 1:
            raise UsageError(f"a history is of one source, not of {', '.join(sorted(sources)) or 'none'}")
        ordered = sorted(held, key=lambda version: version.as_of)
        return cls(sources.pop(), ordered, _InMemory(held), catalog or shipped())

    def version(self, moment: Moment, *, other: Moment | None = None) -> Version:
        """Return the version that a moment means; `-7d` counts back from `other`."""
        end = None if other is None else self.version(other).as_of
        return moments.resolve(moment, self.versions, other=end)

    def pair(self, a: Moment, b: Moment) -> tuple[Version, Version]:
        """Return the versions of two moments, the first of which may count back from the second."""
        return self.version(a, other=b if _absolute(b) else None), self.version(b)

    def position(self, moment: Moment) -> int:
        """Return the place of a moment's version in `versions`, which is its row in the composite."""
        return self.versions.index(self.version(moment))

    def snapshot(self, moment: Moment) -> Snapshot:
        """Return the snapshot of a moment."""
        return self._one(self.version(moment))

    def snapshots(self, first: Moment = "first", last: Moment = "latest") -> Iterator[Snapshot]:
        """Yield the snapshots from one moment to another, both included, in order."""
        begin, end = self.version(first), self.version(last)
        yield from self._shelf.snapshots(v for v in self.versions if begin.as_of <= v.as_of <= end.as_of)

    def division(self, by: str | Path | Units | None) -> Division | None:
        """Return the division by a unit layer's name, a polygon file or units; None for none."""
        if by is None:
            return None
        if by == self.catalog.theatre().units:
            return self.theatre
        units = by if isinstance(by, Units) else self._units(by)
        return Division(units, lambda: sea_of(self.catalog))

    def _units(self, by: str | Path) -> Units:
        if isinstance(by, str) and by in self.catalog.names():
            return self.catalog.units(by)
        if Path(by).exists():
            return units_from_file(Path(by))
        raise NotFoundError(f"there is no unit layer or file {str(by)!r}: layers are {', '.join(self.catalog.names())}")

    def areas(
        self, on: Moment = "latest", *, by: str | Path | None = None, method: Method = "exact"
    ) -> list[control.AreaRow]:
        """Return km² by status on a date: the map's own, unrounded; with `by` those of units, on the grid, and `noise`.

        The rows of a status by unit sum to its whole.
        """
        snapshot, division = self.snapshot(on), self.division(by)
        if division is None:
            return control.area(snapshot, method=method)
        whole = {row.status: row.km2 for row in control.area(snapshot, method=method)}
        if division is self.theatre and method == "exact":
            km2 = lookup.areas(self.composite())[self.position(on)]
            return control.divided(whole, {code: km2[:, number] for number, code in enumerate(CODES)}, division)
        ground = self.composite().on(self.position(on))
        return control.divided(whole, control.by_unit(ground, division, method=method), division)

    def area(self, on: Moment = "latest", *, by: str | Path | None = None, method: Method = "exact") -> "pd.DataFrame":
        """Return km² by status (and unit) on a date."""
        return _frame(self.areas(on, by=by, method=method))

    def on(self, moment: Moment = "latest") -> "gpd.GeoDataFrame":
        """Return control on a date: one row a region, with status, the source's words and as-of date."""
        import geopandas as gpd

        snapshot = self.snapshot(moment)
        table = {
            "status": [str(region.status) for region in snapshot.regions],
            "status_source_words": [region.words for region in snapshot.regions],
            "as_of": [str(snapshot.as_of)] * len(snapshot.regions),
        }
        return gpd.GeoDataFrame(table, geometry=[region.geometry for region in snapshot.regions], crs="OGC:CRS84")

    def compare(self, a: Moment, b: Moment, *, side: Side = Side.RU) -> change.Change:
        """Return the direct comparison of two dates; A after B exchanges before and after."""
        return lookup.compare(self.composite(), *self.pair(a, b), side=side)

    def composite(self) -> Composite:
        """Return the space-time composite of all versions, cut by the theatre's units.

        An archive keeps it beside its segments, and reads or grows it there.
        """
        if self._composite is None:
            if self.folder is None:
                self._composite = build(self._watched(self.versions), self.theatre)
            else:
                self._composite = composite_of(
                    self.folder, self._origin, self.theatre, read=self._watched, say=self._told.say
                )
        return self._composite

    def _watched(self, versions: Sequence[Version]) -> Iterable[Snapshot]:
        return self._told.watch(self._shelf.snapshots(versions), len(versions))

    @property
    def id(self) -> str:
        """Return the history id: a hash of the versions and of the units that the history is cut by."""
        return self._origin.id

    @cached_property
    def _origin(self) -> Origin:
        return Origin(self.source, self.versions, units_hash(self.catalog))

    @cached_property
    def theatre(self) -> Division:
        """Return the division by the theatre's units, which the composite is cut by."""
        return theatre_of(self.catalog)

    def turnover(self, a: Moment, b: Moment, *, side: Side = Side.RU) -> tuple[float, float]:
        """Return Σ km² gained and Σ km² lost over the steps between versions from one date to another.

        Ground taken and lost again counts in both: never a headline.
        """
        first, last = (self.versions.index(version) for version in self.pair(a, b))
        found = lookup.steps(self.composite(), side=side)
        chosen = (found.version > first) & (found.version <= last)
        return float(found.gained[chosen].sum()), float(found.lost[chosen].sum())

    def series(self, *, side: Side = Side.RU) -> "pd.DataFrame":
        """Return one row a version, unit and status: km², what the side held, gained and lost of the unit, how sure."""
        return _frame(panel.series_rows(lookup.series(self.composite(), side=side), side=side))

    def paces(
        self, to: str | None = None, *, on: Moment = "latest", by: str | Path | None = None, side: Side = Side.RU
    ) -> pace.Pace:
        """Return the pace of a side over windows that end on a date, with what must be said beside it.

        `to` names the ground: a preset of the theatre, a unit's id or name; `by` adds a row each unit of it.
        """
        composite = self.cut(by)
        told = pace.past(composite, self.position(on), side=side)
        units = composite.division.units
        chosen = () if to is None else units.find(to, self.catalog.theatre().presets)
        name = units.ids[chosen[0]] if len(chosen) == 1 else to
        return pace.pace(told, pace.grounds(told, chosen, name, each=by is not None))

    def cut(self, by: str | Path | None) -> Composite:
        """Return the composite cut by units: the kept one for those of the theatre, else one made for them."""
        division = self.division(by)
        if division is None or division is self.theatre:
            return self.composite()
        return build(self._watched(self.versions), division)

    def pace(
        self, to: str | None = None, *, on: Moment = "latest", by: str | Path | None = None, side: Side = Side.RU
    ) -> "pd.DataFrame":
        """Return km² a day over 7, 30, 90 and 365 days, what remains, and how long at each pace, with its past errors.

        Arithmetic, not a forecast: `attrs["method"]` and `attrs["notes"]` say what the figures mean.
        """
        found = self.paces(to, on=on, by=by, side=side)
        frame = _frame(found.rows)
        frame.attrs |= {"method": pace.METHOD, "notes": list(found.notes)}
        return frame

    def change(self, a: Moment, b: Moment, *, by: str | Path | None = None, side: Side = Side.RU) -> "pd.DataFrame":
        """Return the transition table between two dates: unit, before, after, km²."""
        return _frame(self.compare(a, b, side=side).table(self.division(by)))

    def captures(self, *, side: Side = Side.RU) -> "gpd.GeoDataFrame":
        """Return one row a face that ever changed: captures as intervals, flips, age of the last status in days."""
        import geopandas as gpd

        whole = self.composite()
        found = captures.captures(whole, side=side)
        moments = [str(as_of) for as_of in whole.as_of] + [None]
        table = {
            "unit": [whole.ids[unit] for unit in whole.unit],
            "km2": whole.km2,
            "first_after": [moments[n - 1] if n > 0 else None for n in found.first],
            "first_by": [moments[n] for n in found.first],
            "last_after": [moments[n - 1] if n > 0 else None for n in found.last],
            "last_by": [moments[n] for n in found.last],
            "captures": found.count,
            "flips": found.flips,
            "age_days": found.age_days,
        }
        return gpd.GeoDataFrame(table, geometry=whole.geometry, crs="OGC:CRS84")

    def settlement_spells(self) -> "pd.DataFrame":
        """Return one row a settlement and stretch of versions with one status, decided or not, on every date.

        It began after `from_after` and by `from_by`, and ended after `to_after` and by `to_by`. A settlement is
        `undecided` while a line lies within 500 m and its own precision.
        """
        import pandas as pd

        places, whole = self.catalog.settlements(), self.composite()
        found = settlements.through(whole, places, self.catalog.plane())
        moments = np.array([None, *map(str, whole.as_of), None], dtype=object)
        return pd.DataFrame(
            {
                "id": np.array(places.id, dtype=object)[found.settlement],
                "status": np.array([code.value for code in CODES], dtype=object)[found.code],
                "undecided": found.undecided,
                "from_after": moments[found.first],
                "from_by": moments[found.first + 1],
                "to_after": moments[found.last + 1],
                "to_by": moments[found.last + 2],
            }
        )

    def place(self, settlement: int, *, side: Side = Side.RU) -> place.Place:
        """Return what a settlement of the catalog, by its row, was in every version."""
        places = self.catalog.settlements()
        lonlat = float(places.lon[settlement]), float(places.lat[settlement])
        return place.through(self.composite(), lonlat, self.catalog.plane(), side=side)

    def front_line(self, on: Moment = "latest", *, side: Side = Side.RU, tolerance_m: float = 1000) -> front.Front:
        """Return the front on a date, by kind."""
        return self._front(self.version(on), side, tolerance_m)

    def _simplified(self, version: Version, side: Side, tolerance_m: float) -> front.Front:
        return front.simplified(self._edge(version, side), front_setting(self.catalog), tolerance_m=tolerance_m)

    def _drawn(self, version: Version, side: Side) -> front.Edge:
        return front.edge(self._one(version), front_setting(self.catalog), side=side)

    def front(self, on: Moment = "latest", *, side: Side = Side.RU, tolerance_m: float = 1000) -> "gpd.GeoDataFrame":
        """Return the front on a date as lines: kind, km, tolerance."""
        import geopandas as gpd

        found = self.front_line(on, side=side, tolerance_m=tolerance_m)
        table = {
            "kind": [part.kind for part in found.parts],
            "km": [part.km for part in found.parts],
            "tolerance_m": [tolerance_m] * len(found.parts),
        }
        return gpd.GeoDataFrame(table, geometry=[part.geometry for part in found.parts], crs="OGC:CRS84")

    def settlement_statuses(self, on: Moment = "latest") -> list[settlements.SettlementRow]:
        """Return the status of every settlement of the catalog on a date."""
        places, plane = self.catalog.settlements(), self.catalog.plane()
        return settlements.statuses(self.composite(), self.position(on), places, plane)

    def settlement_changes(self, a: Moment, b: Moment) -> list[settlements.SettlementChange]:
        """Return the settlements of the catalog whose status differs between two dates."""
        before, after = (self.versions.index(version) for version in self.pair(a, b))
        return settlements.changed(self.composite(), before, after, self.catalog.settlements(), self.catalog.plane())

    def settlements(self, on: Moment = "latest") -> "pd.DataFrame":
        """Return the status of every settlement of the catalog on a date."""
        return _frame(self.settlement_statuses(on))


class Archive:
    """Open an archive's sources as histories."""

    def __init__(self, store: Store, catalog: Catalog, told: Told = _TOLD) -> None:
        self.store = store
        self.catalog = catalog
        self._told = told

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the sources that have a stored snapshot."""
        return self.store.sources

    def history(self, source: str, *, known: str | AsOf | None = None) -> History:
        """Return a source's history; with `known`, as one would have answered on that day.

        Raises NotFoundError where the archive has nothing of the source.
        """
        if source not in self.sources:
            raise NotFoundError(f"{self.store.path} has nothing of {source!r}: it has {', '.join(self.sources) or '–'}")
        day = AsOf.parse(known) if isinstance(known, str) else known
        versions = self.store.versions(source, known=day)
        if not versions:
            raise NotFoundError(f"nothing of {source} was known on {day}")
        folder = self.store.path / source / "history" if day is None else None
        shelf = _Stored(self.store, source)
        return History(source, versions, shelf, self.catalog, folder=folder, told=self._told)


def open_archive(path: str | Path, *, catalog: Catalog | None = None, told: Told = _TOLD) -> Archive:
    """Open an archive that `frontgis ingest` made; StoreError where the folder is none."""
    return Archive(Store.open(Path(path)), catalog or shipped(), told)


def _version(snapshot: Snapshot) -> Version:
    provenance = snapshot.provenance
    return Version(
        as_of=snapshot.as_of,
        published=provenance.published,
        file=provenance.file,
        sha256=provenance.sha256,
        geometry_hash=snapshot.geometry_hash,
        segment=0,
    )


def _absolute(moment: Moment) -> bool:
    return isinstance(moment, AsOf) or not moment.startswith("-")


def _frame(rows: Sequence[object]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows)
