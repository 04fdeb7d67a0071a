"""What every output says of its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credit:
    """Say what a source is called, under which terms it may be used, how coarse it is and what it maps.

    `notice` is what must stand on top of every page, such as that all on it is invented.
    """

    source: str
    title: str
    licence: str
    attribution: str
    precision: str
    maps: str
    notice: str = ""
