"""The verbs of the command line; no logic of their own."""

from frontgis.cli.main import main

__all__ = ["main"]
