"""A scene as a static vector picture on the theatre's equal-area projection."""

from frontgis.maps.scene import Scene


def svg(scene: Scene, *, width: int = 1200, height: int = 675, words: bool = True) -> str:
    """Return the picture as SVG."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"></svg>'
