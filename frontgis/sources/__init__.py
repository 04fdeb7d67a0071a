"""The sources that can be read; the registry is one list."""

from typing import Final

from frontgis.model import UsageError
from frontgis.sources import deepstate, deepstate_daily
from frontgis.sources.adapter import Adapter, Reading
from frontgis.sources.credit import Credit

ADAPTERS: Final[dict[str, Adapter]] = {
    adapter.name: adapter for adapter in (deepstate.ADAPTER, deepstate_daily.ADAPTER)
}


def adapter(name: str) -> Adapter:
    """Return the adapter of that name; UsageError lists the known ones."""
    if name not in ADAPTERS:
        raise UsageError(f"there is no source {name!r}: known are {', '.join(sorted(ADAPTERS))}")
    return ADAPTERS[name]


def credit_of(source: str) -> Credit:
    """Return what outputs say of a source; what no adapter says of it is not stated."""
    if source not in ADAPTERS:
        return Credit(source, source, "licence not stated", source, "exactness not stated", "what is not stated")
    found = ADAPTERS[source]
    return Credit(source, found.title, found.licence, found.attribution, found.precision, found.maps)


__all__ = ["ADAPTERS", "Adapter", "Credit", "Reading", "adapter", "credit_of"]
