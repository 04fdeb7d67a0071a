"""The files that pages are made of: script, style, fonts, and Leaflet, all carried inside the package."""

import base64
import re
from functools import cache
from importlib.resources import files
from typing import Final

from frontgis.maps.style import DARK, LIGHT, Palette

_SCRIPTS: Final = (
    "geometry", "theme", "labels", "stories", "paint", "layer", "panel", "search",
    "wording", "timeline", "ground", "axis", "past", "pastwords", "attach",
)  # fmt: skip
_FACES: Final = (("regular", 400, "normal"), ("semibold", 600, "normal"), ("italic", 400, "italic"))
_ROOT: Final = files("frontgis.render").joinpath("assets")


@cache
def text(name: str) -> str:
    """Return an asset's text, with line ends as browsers see them."""
    return _ROOT.joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def script() -> str:
    """Return our own script as one classic script that leaves only `frontgis` behind."""
    body = "\n".join(text(f"{name}.js") for name in _SCRIPTS)
    return f"(function () {{\n'use strict';\n{body}\n}})();\n"


@cache
def leaflet_script() -> str:
    """Return Leaflet without the pointer to its source map."""
    return re.sub(r"//# sourceMappingURL=\S+\s*$", "", text("vendor/leaflet.js"))


@cache
def leaflet_style() -> str:
    """Return Leaflet's style sheet with its pictures inside."""
    return re.sub(r"url\(images/([\w-]+\.png)\)", lambda match: _picture(match[1]), text("vendor/leaflet.css"))


@cache
def fonts() -> str:
    """Return the font faces with the fonts inside."""
    return "".join(
        f'@font-face{{font-family:"frontgis-sans";font-weight:{weight};font-style:{style};'
        f'src:url(data:font/woff2;base64,{_base64(f"font/{face}.woff2")}) format("woff2")}}\n'
        for face, weight, style in _FACES
    )


def palette() -> str:
    """Return both palettes as CSS custom properties."""
    return (
        f":root{{{_properties(LIGHT)}--dark:0}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(DARK)}--dark:1}}}}\n"
    )


def _properties(colours: Palette) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _picture(name: str) -> str:
    return f"url(data:image/png;base64,{_base64(f'vendor/images/{name}')})"


def _base64(name: str) -> str:
    return base64.b64encode(_ROOT.joinpath(name).read_bytes()).decode()
