"""Geometry without meaning: pure functions on arrays and shapely objects."""
