"""A change report as one frozen value; Markdown, HTML and JSON are drawn from it and compute nothing."""

from dataclasses import dataclass

from frontgis.history.by_unit import UnitChange
from frontgis.history.sure import SureChange
from frontgis.model import AsOf, Side, Status
from frontgis.sources import Credit


@dataclass(frozen=True, slots=True)
class Dated:
    """Name the version that answered for a date that was asked for."""

    asked: str
    as_of: AsOf
    file: str
    sha256: str
    published: AsOf


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold the figures of the direct comparison of two versions, km²."""

    gained: float
    lost: float
    net: float
    gained_from_contested: float
    gained_from_unmapped: float
    noise_gained: float
    noise_lost: float
    span_days: float


@dataclass(frozen=True, slots=True)
class StatusArea:
    """Hold the whole area of a status on both dates, km²."""

    status: Status
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Transition:
    """Hold the area of a unit that went from one status to another, km²."""

    unit: str
    name: str
    before: Status
    after: Status
    km2: float
    noise_km2: float


@dataclass(frozen=True, slots=True)
class SettlementChange:
    """Hold a settlement whose status changed; undecided where it lies too near a line to tell."""

    id: str
    name: str
    name_uk: str
    name_ru: str
    unit: str
    unit_name: str
    lon: float
    lat: float
    precision_m: float
    before: Status
    after: Status
    undecided: bool


@dataclass(frozen=True, slots=True)
class FrontChange:
    """Hold the length of the front of one kind on both dates, km."""

    kind: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Name two versions that follow each other with days between them that have none."""

    after: AsOf
    by: AsOf


@dataclass(frozen=True, slots=True)
class Used:
    """Name a file that the report rests on, its licence and the hash of its bytes."""

    source: str
    title: str
    licence: str
    sha256: str


@dataclass(frozen=True)
class Report:
    """Hold everything that a change report says, figures unrounded."""

    credit: Credit
    history: str
    theatre: str
    side: Side
    sides: dict[Side, str]
    before: Dated
    after: Dated
    units: str
    boundary_set: str
    method: str
    figures: Figures
    range: SureChange
    areas: tuple[StatusArea, ...]
    transitions: tuple[Transition, ...]
    by_unit: tuple[UnitChange, ...]
    settlements: tuple[SettlementChange, ...]
    front: tuple[FrontChange, ...]
    tolerance_m: float
    gaps: tuple[Gap, ...]
    versions: int
    unchanged: int
    notes: tuple[str, ...]
    sources: tuple[Used, ...]

    @property
    def name(self) -> str:
        """Return the name of the report's files: both as-of dates."""
        return self.credit.filed(f"{slug(self.before.as_of)}-to-{slug(self.after.as_of)}")


def slug(as_of: AsOf) -> str:
    """Return an as-of as a part of a file name.

    >>> slug(AsOf.parse("2024-09-06T20:34:31Z"))
    '2024-09-06T203431Z'
    """
    return str(as_of).replace(":", "")
