"""Front-line GIS: who holds which ground, on any date, from public data."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from frontgis.catalog import Catalog, shipped
    from frontgis.history import Archive, History, open_archive
    from frontgis.model import AsOf, FrontgisError, Side, Snapshot, Status

__version__ = "0.1.0"

_HOMES: Final = {
    "Archive": "frontgis.history",
    "AsOf": "frontgis.model",
    "Catalog": "frontgis.catalog",
    "FrontgisError": "frontgis.model",
    "History": "frontgis.history",
    "Side": "frontgis.model",
    "Snapshot": "frontgis.model",
    "Status": "frontgis.model",
    "open_archive": "frontgis.history",
    "shipped": "frontgis.catalog",
}

__all__ = [
    "Archive",
    "AsOf",
    "Catalog",
    "FrontgisError",
    "History",
    "Side",
    "Snapshot",
    "Status",
    "open_archive",
    "shipped",
]


def __getattr__(name: str) -> Any:
    """Import a public name, or a floor such as `frontgis.render`, when it is first used."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"frontgis has no {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*__all__, "__version__"])
