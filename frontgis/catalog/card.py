"""A layer's card: what it is, where it comes from, under which licence, and how exact."""

from pathlib import Path
from typing import TypeVar

import msgspec

from frontgis.model import InputError

T = TypeVar("T")


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """Describe one shipped or user's layer, as its TOML file says."""

    title: str
    kind: str
    file: str
    licence: str
    attribution: str
    sha256: str
    source: str = ""
    geometry: str = ""
    crs: str = ""
    version: str = ""
    built: str = ""
    accuracy: str = ""
    boundary_set: str = ""
    resolution: str = ""
    rows: int = 0
    columns: dict[str, str] = {}


def decode(path: Path, kind: type[T]) -> T:
    """Read a TOML file into a typed struct; InputError says which key is wrong."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    except msgspec.MsgspecError as error:
        raise InputError(f"{path}: {error}") from None
