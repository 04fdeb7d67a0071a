"""Check versions, data and archive."""

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import click

from frontgis import __version__
from frontgis.archive import Outcome, Store
from frontgis.catalog import shipped
from frontgis.cli import _answer, _options
from frontgis.model import FrontgisError

_PACKAGES: Final = ("numpy", "shapely", "pyproj", "pyarrow", "geopandas", "pyogrio", "rasterio", "folium")
_ROOM_MB: Final = 200

Row = dict[str, Any]


@click.command("doctor")
@_options.archive
@_options.output()
def command(archive_path: Path, form: str) -> None:
    """Check versions, GEOS and PROJ, shipped layers, disk and archive; exit code 1 where something failed.

    \b
    Examples:
      frontgis doctor
      frontgis doctor --archive archive --format json
    """
    rows = [*_versions(), _geometry(), *_layers(), _disk(archive_path), *_archive(archive_path)]
    _answer.emit(_answer.Answer("doctor", rows), form)
    sys.exit(any(row["outcome"] == "failed" for row in rows))


def _row(check: str, found: str, *, outcome: str = "ok", advice: str | None = None) -> Row:
    return {"check": check, "outcome": outcome, "found": found, "advice": advice}


def _versions() -> Iterator[Row]:
    yield _row("frontgis", __version__)
    yield _row("python", platform.python_version())
    for package in _PACKAGES:
        yield _row(package, version(package))


def _geometry() -> Row:
    import pyproj
    import shapely

    return _row("GEOS and PROJ", f"GEOS {shapely.geos_version_string}, PROJ {pyproj.proj_version_str}")


def _layers() -> Iterator[Row]:
    catalog = shipped()
    names = catalog.names()
    faults = []
    for name in names:
        try:
            catalog.path(name)
        except FrontgisError as error:
            faults.append(str(error))
    for fault in faults:
        yield _row("layers", fault, outcome="failed", advice="install frontgis anew")
    if not faults:
        yield _row("layers", f"{len(names)} layers as their cards say")


def _disk(path: Path) -> Row:
    there = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free // 2**20
    if free < _ROOM_MB:
        return _row("disk", f"{free} MB free at {there}", outcome="warning", advice="make room")
    return _row("disk", f"{free} MB free")


def _archive(path: Path) -> Iterator[Row]:
    if not path.exists():
        yield _row("archive", f"none at {path}", outcome="warning", advice="frontgis ingest SOURCE PATH makes one")
        return
    try:
        store = Store.open(path)
        for source in store.sources:
            yield _source(store, source)
    except FrontgisError as error:
        yield _row("archive", str(error), outcome="failed", advice="restore it from a copy")


def _source(store: Store, source: str) -> Row:
    versions = store.versions(source)
    whole = sum(1 for _ in store.snapshots(source, versions))
    refused = sum(entry.outcome is Outcome.REJECT for entry in store.ledger(source))
    span = f"{whole} versions, {versions[0].as_of} to {versions[-1].as_of}"
    if held := len(store.waiting(source)):
        advice = f"see frontgis ledger --source {source} --held"
        return _row(f"archive: {source}", f"{span}; {held} files held", outcome="warning", advice=advice)
    if refused:
        advice = f"see frontgis ledger --source {source} --rejected"
        return _row(f"archive: {source}", f"{span}; {refused} files refused", outcome="warning", advice=advice)
    return _row(f"archive: {source}", span)
