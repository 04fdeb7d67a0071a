"""Tables entered by hand: rows with their line numbers, grades of evidence, and all faults said together."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from frontgis.catalog import Settlements
from frontgis.model import InputError

GRADES: Final = ("A", "B", "C")
"""Evidence: several independent reports agree; one or two known reports; general reporting or inference."""

T = TypeVar("T")
Box = tuple[float, float, float, float]
Fault = tuple[int, str]
Row = dict[str, str]


def whole(path: Path, columns: Sequence[str], parse: Callable[[list[tuple[int, Row]]], Iterator[T | Fault]]) -> list[T]:
    """Return what `parse` makes of a CSV file's numbered rows; InputError names the file, line and fault of each."""
    found: list[T] = []
    faults: list[Fault] = []
    for item in parse(_rows(path, columns)):
        if isinstance(item, tuple):
            faults.append(item)
        else:
            found.append(item)
    if faults:
        raise InputError("\n".join(f"{path.name}, line {line}: {fault}" for line, fault in sorted(faults)))
    return found


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[int, Row]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path.name}: the column {missing[0]} is missing: columns are {', '.join(columns)}")
            return [(reader.line_num, {key: value or "" for key, value in row.items() if key}) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read as a table: {error}") from None


def unknown(name: str, known: Settlements) -> str | None:
    """Say that a settlement's id is not known, and which is nearest."""
    if name in known.positions:
        return None
    close = get_close_matches(name, known.id, n=1)
    return f"there is no settlement {name!r}" + (f"; did you mean {close[0]!r}?" if close else "")


def misplaced(name: str, known: Settlements, box: Box) -> str | None:
    """Say that a settlement's id is not known, or that it has no place within a box (lon/lat)."""
    if fault := unknown(name, known):
        return fault
    place = known.positions[name]
    lon, lat = float(known.lon[place]), float(known.lat[place])
    if box[0] <= lon <= box[2] and box[1] <= lat <= box[3]:
        return None
    where = "no coordinates" if np.isnan(lon) else f"coordinates {lon:g} {lat:g}, outside the theatre"
    return f"{name} has {where}"


def no_day(text: str) -> str | None:
    """Say that a text is no ISO date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return f"{text!r} is no date: write 2025-03-28"
    return None


def groundless(row: Row) -> Iterator[str]:
    """Yield what is wrong with a row's columns `evidence` and `source`."""
    if row["evidence"] not in GRADES:
        yield f"evidence {row['evidence']!r} is none of {', '.join(GRADES)}"
    if not row["source"].strip():
        yield "the source is empty: say what the row rests on"
