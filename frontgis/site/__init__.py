"""The daily site: what is on it, how it is built, and how it takes the place of the last one."""

from frontgis.site.build import build
from frontgis.site.maps import draw
from frontgis.site.plan import Site

__all__ = ["Site", "build", "draw"]
