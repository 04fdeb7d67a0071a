"""A source's snapshots in order, and every question that can be asked of them."""

from frontgis.history.history import Archive, History, open_archive

__all__ = ["Archive", "History", "open_archive"]
