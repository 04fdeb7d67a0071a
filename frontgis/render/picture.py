"""A scene as a static vector picture on the theatre's equal-area projection, with live text."""

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from frontgis.maps.control import LEFT
from frontgis.maps.legend import FRONT_LAYERS
from frontgis.maps.scene import Scene
from frontgis.maps.style import HELD_ALPHA, INCURSION_ALPHA, LIGHT, RELIEF_ALPHA
from frontgis.render import key, labels, naming, shelf, symbols
from frontgis.render.escape import markup, plain
from frontgis.render.relief import shade_on
from frontgis.render.sheet import TENTH, Sheet, outline

_FAMILY: Final = "frontgis-sans, 'Fira Sans Condensed', 'Arial Narrow', sans-serif"
_HEAD_PX: Final = 74
_FOOT_PX: Final = 24
_SCALE_PX: Final = 140
_SCALES_KM: Final = (5, 10, 20, 25, 50, 100, 200, 500)
_STRONG: Final = FRONT_LAYERS[:-1]
_SMALL_ZOOM: Final = 7.5
_DASHES: Final = "70 50"
_RELIEF_ZOOM: Final = 10.2
_RELIEF_FADES: Final = 2.2
"""Relief fades out over so many zooms up to the one where its grid would show, as on the page."""


def svg(scene: Scene, *, width: int = 1200, height: int = 675, words: bool = True) -> str:
    """Return the picture as SVG; with `words` it stands alone: title, legend, sources and fonts inside."""
    head, foot = (_HEAD_PX, _FOOT_PX) if words else (0, 0)
    sheet = Sheet(scene.picture_crs, scene.extent, width, height, (8, head + 4, width - 8, height - foot - 4))
    window = (4, head + 4, width - 4, height - foot - 4)
    legend = key.key(scene, sheet, window) if words else None
    kept = (_scale_box(sheet, foot), *([legend.box] if legend else []))
    body = [
        *_defs(),
        f'<rect width="{width}" height="{height}" fill="{LIGHT.abroad}"/>',
        f'<g transform="scale({1 / TENTH:g})" fill-rule="evenodd" stroke-linejoin="round" stroke-linecap="round">',
        *_ground(scene, sheet),
        *_control(scene, sheet),
        *_borders(scene, sheet),
        *_front(scene, sheet),
        "</g>",
        *(text for story in scene.stories for text in symbols.svg(story, sheet)),
        *_names(scene, sheet, window, kept),
        *_scale_bar(sheet, foot),
    ]
    if legend:
        body = [f"<style>{shelf.fonts()}</style>", *body, *_words(scene, width, height), *key.lines(legend)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{markup(scene.title)}" font-family="{_FAMILY}">' + "\n".join(body) + "</svg>\n"
    )


def _defs() -> Iterator[str]:
    yield "<defs>"
    for name, colour, turn in key.HATCHES:
        yield (
            f'<pattern id="frontgis-{name}" width="42" height="42" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({turn})"><rect width="12" height="42" fill="{colour}"/></pattern>'
        )
    yield (
        f'<filter id="frontgis-shade" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">'
        f'<feColorMatrix values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 {-RELIEF_ALPHA} 0 0 0 {RELIEF_ALPHA}"/></filter></defs>'
    )


def _path(scene: Scene, sheet: Sheet, name: str, attributes: str) -> Iterator[str]:
    ground = next((ground for ground in scene.grounds if ground.name == name), None)
    if ground is not None and (data := outline(ground, sheet)):
        yield f'<path class="{name}" d="{data}" {attributes}/>'


def _line(colour: str, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="none" stroke="{colour}" stroke-width="{width * TENTH:g}"{dashes}'


def _ground(scene: Scene, sheet: Sheet) -> Iterator[str]:
    yield from _path(scene, sheet, "land", f'fill="{LIGHT.land}"')
    fade = min(1.0, (_RELIEF_ZOOM - sheet.zoom) / _RELIEF_FADES)
    if scene.relief is not None and fade > 0:
        uri = shade_on(scene.relief, sheet)
        size = f'width="{sheet.width * TENTH}" height="{sheet.height * TENTH}" opacity="{fade:.2f}"'
        yield f'<image class="relief" href="{uri}" {size} preserveAspectRatio="none" filter="url(#frontgis-shade)"/>'


def _control(scene: Scene, sheet: Sheet) -> Iterator[str]:
    for status in ("occupied", "occupied_before_2022", "incursion_ru"):
        yield from _path(scene, sheet, status, f'fill="{LIGHT.held}" fill-opacity="{HELD_ALPHA}"')
    yield from _path(scene, sheet, "occupied_before_2022", 'fill="url(#frontgis-before)" fill-opacity="0.45"')
    yield from _path(scene, sheet, "incursion_ua", f'fill="{LIGHT.incursion}" fill-opacity="{INCURSION_ALPHA}"')
    yield from _path(scene, sheet, "incursion_ua", 'fill="url(#frontgis-incursion)"')
    yield from _path(scene, sheet, LEFT, f'fill="url(#frontgis-left)" fill-opacity="0.4" stroke="{LIGHT.incursion}" '
                     'stroke-width="9" stroke-dasharray="40 30"')  # fmt: skip
    yield from _path(scene, sheet, "claimed", 'fill="url(#frontgis-claimed)" fill-opacity="0.45"')
    for status in ("presence", "claimed"):
        yield from _path(scene, sheet, status, f'fill="{LIGHT.held}" fill-opacity="0.14" stroke="{LIGHT.held}" '
                         'stroke-width="10" stroke-dasharray="30 30"')  # fmt: skip
    yield from _path(scene, sheet, "contested", f'fill="url(#frontgis-contested)" stroke="{LIGHT.contested}" '
                     'stroke-width="6"')  # fmt: skip
    water = f'fill="{LIGHT.sea}" stroke="{LIGHT.coast}" stroke-width="6"'
    yield from _path(scene, sheet, "sea", water)
    yield from _path(scene, sheet, "water", water)
    yield from _path(scene, sheet, "former_water", _line(LIGHT.former_water, 0.9, "40 30"))
    yield from _path(scene, sheet, "rivers", _line(LIGHT.river, 0.9))


def _borders(scene: Scene, sheet: Sheet) -> Iterator[str]:
    yield from _path(scene, sheet, "units", _line(LIGHT.unit_border, 0.8))
    yield from _path(scene, sheet, "borders", _line(LIGHT.state_border, 1.1))


def _front(scene: Scene, sheet: Sheet) -> Iterator[str]:
    """Yield the front, and over it the change: widened on small scales, where it would vanish under the line."""
    small = sheet.zoom < _SMALL_ZOOM
    change = list(_change(scene, sheet, small=small))
    if not small:
        yield from change
    for name in FRONT_LAYERS:
        yield from _path(scene, sheet, name, _line(LIGHT.casing, 4))
    dashed = {ground.name for ground in scene.grounds if ground.dashed}
    for name in FRONT_LAYERS:
        line = _line(LIGHT.front, 2 if name in _STRONG else 1.3, _DASHES if name in dashed else "")
        yield from _path(scene, sheet, name, line)
    if small:
        yield from change


def _change(scene: Scene, sheet: Sheet, *, small: bool) -> Iterator[str]:
    if small:
        for name in ("gained", "lost"):
            yield from _path(scene, sheet, name, _line(LIGHT.casing, 4))
    for name, colour in (("gained", LIGHT.gained), ("lost", LIGHT.lost)):
        stroke = f' stroke="{colour}" stroke-width="{2.6 * TENTH:g}"' if small else ""
        yield from _path(scene, sheet, name, f'fill="{colour}"{stroke}')


def _names(scene: Scene, sheet: Sheet, window: labels.Pixels, kept: tuple[labels.Pixels, ...]) -> Iterator[str]:
    for name in naming.on_sheet(scene, sheet, window, kept):
        at = sheet.pixels(np.array([[name.lon, name.lat]]))[0]
        yield from _ring(name, at.tolist(), sheet)
        yield from _name(name, at.tolist())


def _ring(name: naming.Named, at: list[float], sheet: Sheet) -> Iterator[str]:
    """Yield the ring that says how far off a place may lie, where it is wider than the place's mark."""
    radius = name.ring_m / sheet.metres_per_pixel
    if radius >= 2 * labels.STYLES[name.style].dot > 0:
        yield (
            f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" fill="none" stroke="{LIGHT.ink}" '
            'stroke-dasharray="3 3"/>'
        )


def _name(name: naming.Named, at: list[float]) -> Iterator[str]:
    spot = name.spot
    style = labels.STYLES[name.style]
    ink = {"gained": LIGHT.gained, "lost": LIGHT.lost, "sea": LIGHT.water_ink, "river": LIGHT.water_ink,
           "country": LIGHT.quiet_ink, "unit": LIGHT.quiet_ink}.get(name.style, LIGHT.ink)  # fmt: skip
    x, y = at
    if style.dot:
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{style.dot}" fill="#fff" stroke="{LIGHT.ink}" stroke-width="1.1"/>'
        )
    face = {"semibold": ' font-weight="600"', "italic": ' font-style="italic"'}.get(style.face, "")
    spacing = f' letter-spacing="{style.spacing:g}"' if style.spacing else ""
    turn = f' transform="rotate({np.degrees(name.angle):.1f} {x:.1f} {y:.1f})"' if name.angle else ""
    yield (
        f'<text x="{x + spot.dx:.1f}" y="{y + spot.dy:.1f}" font-size="{style.size:g}" fill="{ink}"'
        f"{face}{spacing}{turn} "
        f'stroke="{LIGHT.halo}" stroke-width="3" stroke-opacity="0.8" stroke-linejoin="round" paint-order="stroke">'
        f"{markup(name.text)}</text>"
    )


def _scale(sheet: Sheet) -> tuple[int, float]:
    """Return a round number of km, and its length in pixels."""
    km = max(size for size in _SCALES_KM if size * 1000 / sheet.metres_per_pixel < _SCALE_PX)
    return km, km * 1000 / sheet.metres_per_pixel


def _scale_box(sheet: Sheet, foot: int) -> labels.Pixels:
    return sheet.width - 20 - _scale(sheet)[1], sheet.height - foot - 32, sheet.width, sheet.height - foot


def _scale_bar(sheet: Sheet, foot: int) -> Iterator[str]:
    km, long = _scale(sheet)
    right, low = sheet.width - 16, sheet.height - foot - 12
    yield (
        f'<path class="scale" d="M{right - long:.1f} {low - 5}v5h{long:.1f}v-5" fill="none" stroke="{LIGHT.ink}"/>'
        f'<text x="{right - long / 2:.1f}" y="{low - 7}" font-size="12" text-anchor="middle" fill="{LIGHT.ink}">'
        f"{km} km</text>"
    )


def _words(scene: Scene, width: int, height: int) -> Iterator[str]:
    yield f'<rect width="{width}" height="{_HEAD_PX}" fill="{LIGHT.paper}"/>'
    room = width - 40
    title, subtitle = _fitted(scene.title, "semibold", 28, room), _fitted(scene.subtitle, "regular", 16, room)
    yield f'<text x="20" y="36" font-size="{title:g}" font-weight="600" fill="{LIGHT.ink}">{markup(scene.title)}</text>'
    yield f'<text x="20" y="60" font-size="{subtitle:g}" fill="{LIGHT.quiet_ink}">{markup(scene.subtitle)}</text>'
    yield f'<rect y="{height - _FOOT_PX}" width="{width}" height="{_FOOT_PX}" fill="{LIGHT.paper}"/>'
    sources = _sources(scene, width - 40)
    size = _fitted(sources, "regular", 11, width - 40)
    yield f'<text x="20" y="{height - 8}" font-size="{size:g}" fill="{LIGHT.quiet_ink}">{markup(sources)}</text>'


def _fitted(text: str, face: str, size: float, room: float) -> float:
    """Return the size in which a text fits into so many pixels, at most the given one."""
    wide = labels.width(plain(text), labels.Style(face, size))
    return size if wide <= room else math.floor(10 * size * room / wide) / 10


def _sources(scene: Scene, room: float) -> str:
    """Return the line of sources, with the history where there is room for it (pixels)."""
    whole = plain(" · ".join(scene.credits))
    return whole if labels.width(whole, _FOOT) <= room else plain(" · ".join(scene.attributions))


_FOOT: Final = labels.Style("regular", 11)
