"""Scenes drawn: Leaflet pages and static pictures; answers written out."""
