"""Colours and strengths of the maps: one palette for light, one for dark, read by page and picture alike."""

from dataclasses import dataclass, fields
from typing import Final

HELD_ALPHA: Final = 0.42
INCURSION_ALPHA: Final = 0.42
RELIEF_ALPHA: Final = 0.22


@dataclass(frozen=True, slots=True)
class Palette:
    """Hold one theme's colours as `#rrggbb`."""

    sea: str
    land: str
    abroad: str
    coast: str
    state_border: str
    unit_border: str
    unit_border_held: str
    river: str
    former_water: str
    ink: str
    quiet_ink: str
    water_ink: str
    halo: str
    held: str
    front: str
    casing: str
    gained: str
    lost: str
    contested: str
    incursion: str
    paper: str
    rule: str

    def items(self) -> tuple[tuple[str, str], ...]:
        """Return the colours by their CSS names, in a fixed order."""
        return tuple((field.name.replace("_", "-"), getattr(self, field.name)) for field in fields(self))


LIGHT: Final = Palette(
    sea="#dce7ec",
    land="#f6f3ec",
    abroad="#ebe7de",
    coast="#a9bcc6",
    state_border="#8d8678",
    unit_border="#cfc8ba",
    unit_border_held="#a87464",
    river="#a8c3d1",
    former_water="#8fa9b6",
    ink="#2b2a28",
    quiet_ink="#5f5b54",
    water_ink="#3d6880",
    halo="#fbf9f4",
    held="#b5523b",
    front="#1d1512",
    casing="#fdfbf7",
    gained="#c2181f",
    lost="#1f6fb2",
    contested="#8a8a8a",
    incursion="#2f7fbf",
    paper="#fdfbf7",
    rule="#d9d3c6",
)

DARK: Final = Palette(
    sea="#16222b",
    land="#2a2b2c",
    abroad="#212223",
    coast="#3d5260",
    state_border="#6a665c",
    unit_border="#403f3b",
    unit_border_held="#8f5a4b",
    river="#34505f",
    former_water="#5c7482",
    ink="#ece8df",
    quiet_ink="#aaa59a",
    water_ink="#86aec4",
    halo="#1d1e1f",
    held="#e0755a",
    front="#fff4e6",
    casing="#141414",
    gained="#ff4b45",
    lost="#4aa3ee",
    contested="#a9a9a9",
    incursion="#4a9ade",
    paper="#1d1e1f",
    rule="#3b3a37",
)
