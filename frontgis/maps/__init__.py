"""Recipes for maps, and the scenes they resolve to; nothing is drawn here."""
