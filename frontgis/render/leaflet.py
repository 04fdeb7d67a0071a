"""A scene as a plain folium map, which a notebook shows and its user extends."""

import folium
from branca.element import Element, Figure, MacroElement

from frontgis.maps.scene import Scene
from frontgis.render import block, shelf
from frontgis.render.escape import script_json


class Raw(Element):
    """Hold finished text; branca would read it as a template once more."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_: object) -> str:
        """Return the text as it is."""
        return self.text


class SceneElement(MacroElement):
    """Carry a scene's data and the script that draws it over the map it is added to."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Scene"
        self.scene = scene

    def render(self, **_: object) -> str:
        """Add style, script, data and the call that joins them to the figure; nothing stands where it is itself."""
        figure = self.get_root()
        assert isinstance(figure, Figure)
        assert self._parent is not None
        style = shelf.fonts() + shelf.palette() + shelf.text("map.css")
        figure.header.add_child(Raw(f"<style>{style}</style>"), name="frontgis_style")
        figure.header.add_child(Raw(f"<script>{shelf.script()}</script>"), name="frontgis_script")
        data = script_json(block.data(self.scene))
        identity = self.get_name()
        figure.html.add_child(Raw(f'<script type="application/json" id="{identity}">{data}</script>'), name=identity)
        call = f'frontgis.attach({self._parent.get_name()}, document.getElementById("{identity}"));'
        figure.script.add_child(Raw(call), name=identity)
        return ""


def leaflet(scene: Scene) -> folium.Map:
    """Return the scene as a folium map without tiles; what a user adds to it comes on top."""
    west, south, east, north = scene.extent
    drawn = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=6,
        tiles=None,
        zoom_control="topleft",
        attribution_control=False,
        minZoom=block.MIN_ZOOM,
        maxZoom=block.MAX_ZOOM,
        zoom_snap=0.5,
        max_bounds_viscosity=0.8,
    )
    drawn.add_child(SceneElement(scene))
    return drawn
