"""Tables of control, change, front and layers, ready for any export format; `history` is the id of one."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from frontgis.analysis.surface import Surface
from frontgis.catalog import Layer, Settlements
from frontgis.geo.area import areas_km2
from frontgis.history.change import Change
from frontgis.history.front import Front
from frontgis.maps.words import SHORT
from frontgis.model import Snapshot
from frontgis.render.table import Table, ordered, tidy
from frontgis.sources import Credit


def control(snapshot: Snapshot, *, credit: Credit, history: str) -> Table:
    """Return the regions of a snapshot under the source's own words, with their areas."""
    geometry = np.array([region.geometry for region in snapshot.regions], dtype=object)
    columns: dict[str, Sequence[Any]] = {
        "status": [region.status.value for region in snapshot.regions],
        "status_source_words": [region.words for region in snapshot.regions],
        "area_km2": areas_km2(geometry).tolist(),
        "as_of": [str(snapshot.as_of)] * len(geometry),
        **credited(credit, history, len(geometry)),
    }
    told = about("Control by status", credit, history, as_of=str(snapshot.as_of), sha256=snapshot.provenance.sha256)
    return ordered(Table("control", columns, geometry, told), "status", "status_source_words")


def change(found: Change, *, credit: Credit, history: str) -> Table:
    """Return the parts that passed from one status to another; those finer than a file's decimals are left out."""
    shapes = np.array([piece.geometry for piece in found.pieces], dtype=object)
    seen = ~shapely.is_empty(tidy(shapes))
    pieces = [piece for piece, is_seen in zip(found.pieces, seen, strict=True) if is_seen]
    a, b = str(found.before.as_of), str(found.after.as_of)
    columns: dict[str, Sequence[Any]] = {
        "before": [piece.before.value for piece in pieces],
        "after": [piece.after.value for piece in pieces],
        "km2": [piece.km2 for piece in pieces],
        "noise": [piece.noise for piece in pieces],
        "a": [a] * len(pieces),
        "b": [b] * len(pieces),
        **credited(credit, history, len(pieces)),
    }
    told = about("Change between two dates, compared directly", credit, history, a=a, b=b, as_of=b)
    return ordered(Table("change", columns, shapes[seen], told), "before", "after")


def front(line: Front, *, credit: Credit, history: str) -> Table:
    """Return the front line by kind, with lengths and the tolerance they hold for."""
    as_of = str(line.snapshot.as_of)
    columns: dict[str, Sequence[Any]] = {
        "kind": [part.kind for part in line.parts],
        "km": [part.km for part in line.parts],
        "tolerance_m": [line.tolerance_m] * len(line.parts),
        "as_of": [as_of] * len(line.parts),
        **credited(credit, history, len(line.parts)),
    }
    geometry = np.array([part.geometry for part in line.parts], dtype=object)
    told = about("Front line by kind", credit, history, as_of=as_of)
    return ordered(Table("front", columns, geometry, told), "kind")


def surface(found: Surface, *, source: str) -> Table:
    """Return the cells of a surface near its claims: status, evidence, confidence, km to the nearest claim."""
    ids, places = found.field.claims.settlements.id, found.field.cells.place
    columns: dict[str, Sequence[Any]] = {
        "status": [status.value for status in found.status],
        "evidence": list(found.evidence),
        "confidence": found.confidence.tolist(),
        "claim_km": found.km.tolist(),
        "settlement_id": [ids[place] if 0 <= place < len(ids) else None for place in places],
        "as_of": [str(found.day)] * len(places),
        "source": [source] * len(places),
    }
    told = {"title": "Control by cells, from claims", "source": source, "as_of": str(found.day)}
    return ordered(Table("surface", columns, found.field.lonlat_cells, told), "status", "evidence")


def layer(name: str, found: Layer, *, places: Settlements | None = None) -> Table:
    """Return a layer of the catalog, with its licence and attribution on each feature.

    `places` give the rows of a table about settlements their names, and where they lie.
    """
    card, columns, shapes = found.card, dict[str, Sequence[Any]](found.columns), _shapes(found)
    if places is not None and "settlement_id" in columns:
        rows = [places.positions[key] for key in columns["settlement_id"]]
        columns = {"settlement": [places.name[row] for row in rows], **columns}
        if "lon" not in columns:
            shapes = _points(places.lon[rows], places.lat[rows])
    columns |= {"licence": [card.licence] * len(found), "attribution": [card.attribution] * len(found)}
    told = {"title": card.title, "licence": card.licence, "attribution": card.attribution, "sha256": card.sha256}
    return Table(name, columns, shapes, told)


def _shapes(found: Layer) -> NDArray[np.object_]:
    """Return a layer's geometry; that of a table with positions is points, of one without is none."""
    if len(found.geometry):
        return found.geometry
    if "lon" not in found.columns:
        return np.full(len(found), None, dtype=object)
    return _points(*np.array([found.column("lon"), found.column("lat")], dtype=np.float64))


def _points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.object_]:
    points = np.asarray(shapely.points(lon, lat), dtype=object)
    points[np.isnan(lon) | np.isnan(lat)] = None
    return points


def credited(credit: Credit, history: str, rows: int) -> dict[str, list[str]]:
    """Return the columns that say of each row where it is from."""
    return {
        "source": [credit.source] * rows,
        "licence": [credit.licence] * rows,
        "attribution": [credit.attribution] * rows,
        "history": [history[:SHORT]] * rows,
        **({"notice": [credit.warning] * rows} if credit.warning else {}),
    }


def about(title: str, credit: Credit, history: str, **more: str) -> Mapping[str, str]:
    """Return what a table says of itself."""
    return {
        "title": credit.titled(title),
        "source": credit.source,
        "licence": credit.licence,
        "attribution": credit.attribution,
        "precision": credit.precision,
        "history": history,
        **({"notice": credit.warning} if credit.warning else {}),
        **more,
    }
