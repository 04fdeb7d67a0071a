"""Front-line GIS: who holds which ground, on any date, from public data."""

__version__ = "0.1.0"
