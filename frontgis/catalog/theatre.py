"""The theatre: the one place that says which country the maps are of."""

import msgspec


class Banks(msgspec.Struct, frozen=True):
    """Name the river that parts a theatre, the words for its banks, and the positions that lead it to the sea.

    `mouth` begins on the river's centre line, whose course from there on it replaces.
    """

    river: str
    left: str
    right: str
    mouth: tuple[tuple[float, float], ...]


class Theatre(msgspec.Struct, frozen=True):
    """Describe a theatre of war: its box (west, south, east, north), boundaries, sides and default units.

    Its folder holds the layers `countries`, `sea`, `water`, `rivers` and `settlements`; `river_front` names the
    rivers whose course can be a front; `homes` gives each side's own state, by its id in the layer countries.
    """

    title: str
    box: tuple[float, float, float, float]
    boundary_set: str
    state: str
    units: str
    sides: dict[str, str]
    river_front: tuple[str, ...]
    metric_crs: str
    picture_crs: str
    homes: dict[str, str] = {}
    banks: Banks | None = None
    presets: dict[str, tuple[str, ...]] = {}
    time_zone: str = "UTC"
    waters: "Waters | None" = None


class Waters(msgspec.Struct, frozen=True):
    """Name waters that exposure is told of: their box (west, south, east, north) and an equal-area plane."""

    title: str
    box: tuple[float, float, float, float]
    crs: str
