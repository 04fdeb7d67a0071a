"""The sources that can be read; the registry is one list."""

from typing import Final

from frontgis.model import UsageError
from frontgis.sources import deepstate, deepstate_daily
from frontgis.sources.adapter import Adapter, Reading

ADAPTERS: Final[dict[str, Adapter]] = {
    adapter.name: adapter for adapter in (deepstate.ADAPTER, deepstate_daily.ADAPTER)
}


def adapter(name: str) -> Adapter:
    """Return the adapter of that name; UsageError lists the known ones."""
    if name not in ADAPTERS:
        raise UsageError(f"there is no source {name!r}: known are {', '.join(sorted(ADAPTERS))}")
    return ADAPTERS[name]


__all__ = ["ADAPTERS", "Adapter", "Reading", "adapter"]
