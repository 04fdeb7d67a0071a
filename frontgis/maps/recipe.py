"""A map's recipe: a TOML file that a journalist can edit, checked as a whole."""

import re
import string
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from frontgis.analysis.stories import NAMES
from frontgis.model import AsOf, FrontgisError, InputError

TITLE_WORDS = ("day", "before", "gained", "lost", "net", "span", "abroad", "abroad_before", "places")

_WORLD = (-180, -85, 180, 85)
_SINCE = re.compile(r"previous|-[1-9]\d{0,3}d")
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*[=.]""")


class Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Say which layers a map shows."""

    relief: bool = True
    rivers: bool = True
    borders: bool = True
    contested: bool = True
    incursion: bool = True
    change: bool = True
    front: bool = True
    settlements: bool = True


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what a map shows, before any data is looked at."""

    title: str = "The front on {day}: {gained} and {lost} km² in {span}"
    alone: str = "The front on {day}"
    extent: str | tuple[float, float, float, float] = "theatre"
    since: str = "-28d"
    units: str = "oblasts"
    within: str = ""
    places: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    layers: Shown = Shown()


def load(path: Path) -> Recipe:
    """Read and check a recipe file.

    Raises InputError with one line a fault: the line in the file, the key, and the nearest valid word.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as a recipe: {error}") from None
    return parse(text, name=str(path))


def parse(text: str, *, name: str) -> Recipe:
    """Check a recipe's text; `name` stands before each fault in the InputError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not TOML: {error}") from None
    lines = _lines(text)
    faults = [(lines.get(key, lines.get(key[:1], 1)), f"{'.'.join(key)}: {fault}") for key, fault in _faults(table)]
    if faults:
        raise InputError("\n".join(f"{name}, line {line}: {fault}" for line, fault in sorted(faults)))
    return msgspec.convert(table, Recipe)


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the line on which each key stands, by its path."""
    lines: dict[tuple[str, ...], int] = {}
    header: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            header = (match[1],)
            lines.setdefault(header, number)
        elif match := _KEY.match(line):
            lines.setdefault((*header, match[1] or match[2] or match[3]), number)
    return lines


def _faults(table: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    shown = table.get("layers")
    yield from _table_faults(table, Recipe, ())
    if isinstance(shown, dict):
        yield from _table_faults(shown, Shown, ("layers",))
    for key in ("title", "alone"):
        if isinstance(title := table.get(key), str):
            yield from (((key,), fault) for fault in _title_faults(title))
    if isinstance(stories := table.get("stories"), list):
        unknown = [name for name in stories if isinstance(name, str) and name not in NAMES]
        yield from ((("stories",), f"no such story {name!r}{_nearest(name, NAMES)}") for name in unknown)
    if isinstance(since := table.get("since"), str) and (fault := _since_fault(since)):
        yield ("since",), fault
    if isinstance(extent := table.get("extent"), list) and (fault := _extent_fault(extent)):
        yield ("extent",), fault


def _table_faults(
    table: dict[str, Any], kind: type[msgspec.Struct], prefix: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    types = get_type_hints(kind)
    for key, value in table.items():
        if key not in types:
            yield (*prefix, key), f"no such key{_nearest(key, types)}"
        elif not (types[key] is Shown and isinstance(value, dict)):
            try:
                msgspec.convert(value, types[key])
            except msgspec.ValidationError as error:
                yield (*prefix, key), f"{error} (found {value!r})"


def _title_faults(title: str) -> Iterator[str]:
    try:
        words = [word for _, word, _, _ in string.Formatter().parse(title) if word is not None]
    except ValueError as error:
        yield f"{error}: write a single brace as two"
        return
    for word in words:
        if word not in TITLE_WORDS:
            yield f"no such word {{{word}}}{_nearest(word, TITLE_WORDS)}"


def _since_fault(since: str) -> str | None:
    if _SINCE.fullmatch(since):
        return None
    try:
        AsOf.parse(since)
    except FrontgisError:
        return f'{since!r} is neither days ("-28d"), "previous", nor a date like "2025-02-28"'
    return None


def _extent_fault(extent: list[Any]) -> str | None:
    if len(extent) != len(_WORLD) or not all(isinstance(value, int | float) for value in extent):
        return None  # its type is already a fault
    west, south, east, north = extent
    if not (_WORLD[0] <= west < east <= _WORLD[2] and _WORLD[1] <= south < north <= _WORLD[3]):
        return f"{extent} is not [west, south, east, north] in degrees"
    return None


def _nearest(word: str, words: object) -> str:
    known = sorted(words)  # type: ignore[call-overload]
    close = get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"
