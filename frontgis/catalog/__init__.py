"""The layers that are shipped and the user's own, opened by name."""

from frontgis.catalog.card import Card
from frontgis.catalog.catalog import Catalog, Layer, shipped, shipped_root
from frontgis.catalog.settlements import Settlements
from frontgis.catalog.theatre import Theatre
from frontgis.catalog.units import Units, units_from_file

__all__ = [
    "Card",
    "Catalog",
    "Layer",
    "Settlements",
    "Theatre",
    "Units",
    "shipped",
    "shipped_root",
    "units_from_file",
]
