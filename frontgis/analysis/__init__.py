"""Joins of history with layers: what follows from claims, and from where each side stands."""
