"""What an adapter is: bytes of one source in, a reading of them out."""

from collections.abc import Callable
from dataclasses import dataclass

from frontgis.model import AsOf, Note, Region


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what a file says, before the gate has judged it."""

    as_of: AsOf
    published: AsOf
    regions: tuple[Region, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Adapter:
    """Name a source, say what it reads and under which terms, and read it.

    `read` takes a file's bytes and name, and raises RejectedError, naming the rule that the file breaks.
    """

    name: str
    title: str
    reads: str
    suffixes: tuple[str, ...]
    licence: str
    attribution: str
    endpoint: str
    precision: str
    maps: str
    read: Callable[[bytes, str], Reading]
