"""As-of dates, and the moments that questions ask for."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import total_ordering
from typing import Self

from frontgis.model.errors import UsageError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z|\+00:00)")


@total_ordering
@dataclass(frozen=True, slots=True)
class AsOf:
    """Say what a snapshot's content speaks of: a UTC day, or an instant of a day.

    >>> AsOf.parse("2025-03-27"), AsOf.parse("2024-09-06T20:34:31Z").end.minute
    (AsOf('2025-03-27'), 34)
    >>> AsOf.parse("2025-03-27") < AsOf.parse("2025-03-27T20:00Z")
    False
    """

    start: datetime
    end: datetime

    @classmethod
    def day(cls, day: date) -> Self:
        """Return the as-of of a whole UTC day."""
        start = datetime.combine(day, time(), UTC)
        return cls(start, start + timedelta(days=1) - timedelta(seconds=1))

    @classmethod
    def instant(cls, moment: datetime) -> Self:
        """Return the as-of of one instant, to the second."""
        moment = moment.astimezone(UTC).replace(microsecond=0)
        return cls(moment, moment)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025-03-27`, `2025-03-27T20:34Z` (that whole minute) or `2025-03-27T20:34:31Z`.

        Raises UsageError where the text is no date.
        """
        try:
            if _DAY.fullmatch(text):
                return cls.day(date.fromisoformat(text))
            if match := _INSTANT.fullmatch(text):
                day, minute, second, _ = match.groups()
                start = datetime.fromisoformat(f"{day}T{minute}{second or ':00'}+00:00")
                return cls(start, start if second else start + timedelta(seconds=59))
        except ValueError as error:
            raise UsageError(f"{text!r} is no date: {error}") from None
        raise UsageError(f"{text!r} is no date: write 2025-03-28, or 2022-09-10T13:51Z for an instant (UTC)")

    @property
    def is_day(self) -> bool:
        """Tell whether a whole day is meant."""
        return self.end - self.start == timedelta(days=1) - timedelta(seconds=1)

    @property
    def date(self) -> date:
        """Return the UTC day."""
        return self.end.date()

    def __lt__(self, other: "AsOf") -> bool:
        return (self.end, self.start) < (other.end, other.start)

    def __str__(self) -> str:
        if self.is_day:
            return self.start.date().isoformat()
        if self.start != self.end:
            return f"{self.start:%Y-%m-%dT%H:%MZ}"
        return f"{self.start:%Y-%m-%dT%H:%M:%SZ}"

    def __repr__(self) -> str:
        return f"AsOf({str(self)!r})"
