"""Which version a question means: a date, an instant, `latest`, `first`, `-7d`."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Protocol, TypeVar

from frontgis.model import AsOf, NotFoundError, UsageError

_DAYS_BEFORE: Final = re.compile(r"-(\d{1,4})d")


class Dated(Protocol):
    """Name whatever has an as-of date."""

    @property
    def as_of(self) -> AsOf:
        """Return the as-of date."""


V = TypeVar("V", bound=Dated)


def resolve(moment: str | AsOf, versions: Sequence[V], *, other: AsOf | None = None) -> V:
    """Return the last version at or before the end of a moment; `-7d` counts back from `other`.

    Raises NotFoundError before the first version, UsageError where the text is no moment.
    """
    if not versions:
        raise NotFoundError("there is no version: ingest a snapshot first")
    if moment == "latest":
        return versions[-1]
    if moment == "first":
        return versions[0]
    wanted = _as_of(moment, other)
    before = [version for version in versions if version.as_of.end <= wanted.end]
    if not before:
        raise NotFoundError(f"there is nothing on {wanted}: the first version is of {versions[0].as_of}")
    return before[-1]


def _as_of(moment: str | AsOf, other: AsOf | None) -> AsOf:
    if isinstance(moment, AsOf):
        return moment
    match = _DAYS_BEFORE.fullmatch(moment)
    if not match:
        return AsOf.parse(moment)
    if other is None:
        raise UsageError(f"{moment} counts back from another date: give that one as a date or 'latest'")
    return AsOf.day(other.date - timedelta(days=int(match.group(1))))


def gap_note(asked: str | AsOf, found: AsOf, *, other: AsOf | None = None) -> str | None:
    """Return a sentence where the day asked for has no version of its own, else None; `-7d` counts from `other`."""
    if asked in ("latest", "first"):
        return None
    wanted = _as_of(asked, other)
    if wanted.date == found.date:
        return None
    return f"no version of {wanted}: answered from {found}, the last one before it"
