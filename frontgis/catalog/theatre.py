"""The theatre: the one place that says which country the maps are of."""

import msgspec


class Theatre(msgspec.Struct, frozen=True):
    """Describe a theatre of war: its box, boundaries, sides, and the part that each layer plays in it."""

    title: str
    box: tuple[float, float, float, float]
    boundary_set: str
    state: str
    units: str
    sides: dict[str, str]
    roles: dict[str, str]
    river_front: tuple[str, ...]
    metric_crs: str
    picture_crs: str
    presets: dict[str, tuple[str, ...]] = {}
    time_zone: str = "UTC"
