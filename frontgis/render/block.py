"""A scene as the page's data block: geometry as short text, names already placed."""

from collections.abc import Sequence
from typing import Any, Final

from frontgis.maps.parts import Ground, Place
from frontgis.maps.scene import Scene
from frontgis.maps.standing import EVIDENCE
from frontgis.maps.style import HELD_ALPHA, INCURSION_ALPHA, RELIEF_ALPHA
from frontgis.maps.words import day
from frontgis.render import encode, naming, packed, symbols
from frontgis.render.escape import plain
from frontgis.render.labels import STYLES
from frontgis.render.relief import shade

MIN_ZOOM: Final = 5
MAX_ZOOM: Final = 12

_FACES: Final = {"regular": "400", "semibold": "600", "italic": "italic 400"}


def data(scene: Scene) -> dict[str, Any]:
    """Return everything the page's script needs, ready for JSON; the same scene gives the same block."""
    west, south, east, north = scene.box
    grades = list(dict.fromkeys(_grades(place) for place in scene.places))
    return {
        "scale": encode.SCALE,
        "origin": [round((west + east) / 2, 3), round((south + north) / 2, 3)],
        "view": [round(value, 4) for value in scene.extent],
        "focus": [round(value, 4) for value in scene.focus],
        "box": [round(value, 4) for value in scene.box],
        "shapes": {ground.name: _shape(ground) for ground in scene.grounds if not ground.geometry.is_empty},
        "strength": {"held": HELD_ALPHA, "incursion": INCURSION_ALPHA, "relief": RELIEF_ALPHA},
        "styles": _styles(),
        "labels": _labels(scene, grades),
        "grades": [[plain(grade) for grade in row] for row in grades],
        "evidence": EVIDENCE,
        "asked": [
            [plain(place.name), place.lon, place.lat, grades.index(_grades(place))]
            for place in scene.places
            if place.asked
        ],
        "relief": _relief(scene),
        "statuses": {status: plain(words) for status, words in scene.statuses},
        "units": {row.unit: [round(value, 3) for value in row.box] for row in scene.rows},
        "words": _words(scene),
        "history": packed.history(scene.timeline) if scene.timeline else None,
        "stories": {story.name: symbols.data(story) for story in scene.stories},
    }


def _shape(ground: Ground) -> dict[str, Any]:
    closed = ground.geometry.geom_type in ("Polygon", "MultiPolygon")
    return {"closed": closed, **({"dashed": True} if ground.dashed else {}), "paths": encode.paths(ground.geometry)}


def _relief(scene: Scene) -> dict[str, Any] | None:
    if scene.relief is None:
        return None
    return {"box": [round(value, 5) for value in scene.relief.box], "source": shade(scene.relief)}


def _words(scene: Scene) -> dict[str, str]:
    return {
        "unmapped": plain(scene.unmapped),
        "gained": f"newly held since {day(scene.before.date)}",
        "lost": f"no longer held since {day(scene.before.date)}",
        "unfound": "No such place on this map",
        "finer": "Closer than the source draws",
        "version": plain(scene.attributions[0]),
        "credit": plain(" · ".join((scene.title, *scene.credits))),
    }


def _styles() -> dict[str, dict[str, Any]]:
    return {
        name: {"font": f"{_FACES[style.face]} {style.size:g}px", "size": style.size, "spacing": style.spacing,
               "dot": style.dot}
        for name, style in STYLES.items()
    }  # fmt: skip


def _grades(place: Place) -> tuple[str, ...]:
    return place.grades or (place.grade,)


def _labels(scene: Scene, grades: Sequence[tuple[str, ...]]) -> dict[str, list[list[Any]]]:
    """Return by style a row a name: text, lon, lat, dx, dy, first zoom, and more by its kind.

    Of a place that is the number of its evidence and its ring in metres; of other names the last zoom and the angle.
    """
    number = {row: index for index, row in enumerate(grades)}
    found: dict[str, list[list[Any]]] = {style: [] for style in STYLES}
    for name in naming.by_zoom(scene, range(MIN_ZOOM, MAX_ZOOM + 1)):
        spot = name.spot
        row = [name.text, round(name.lon, 4), round(name.lat, 4), round(spot.dx, 1), round(spot.dy, 1), spot.first]
        if STYLES[name.style].dot:
            row += [number[name.grades], *([round(name.ring_m)] if name.ring_m else [])]
        else:
            row += [min(name.last, MAX_ZOOM), round(name.angle, 3)]
        found[name.style].append(row)
    return {style: rows for style, rows in found.items() if rows}
