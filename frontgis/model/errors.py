"""The errors a user can meet, by what can be done next.

FrontgisError            exit 1
├── InputError           a file or value is not what it should be: mend it
│   └── RejectedError    a source's file breaks a named rule: nothing was stored
├── NotFoundError        no such place, layer, date or version: see the nearest ones it names
├── StoreError           the archive cannot be read or written: see the path it names
├── UsageError           exit 2: the question itself does not fit
│   └── AmbiguousError   exit 2: several answers fit, and they are listed
└── HeldError            exit 3: data waits for a person's word
"""


class FrontgisError(Exception):
    """Say in one line what is wrong, where, and what to do."""

    exit_code = 1


class InputError(FrontgisError):
    """Report a file or a value that is not what it should be."""


class RejectedError(InputError):
    """Report a source's file that breaks a named rule; nothing of it is stored."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(f"{why} [{rule}]")
        self.rule = rule
        self.why = why


class NotFoundError(FrontgisError):
    """Report a place, layer, date or version that is not there."""


class StoreError(FrontgisError):
    """Report an archive that cannot be read or written."""


class UsageError(FrontgisError):
    """Report a question that does not fit what it is asked of."""

    exit_code = 2


class AmbiguousError(UsageError):
    """Report a name that fits several things, which the message lists."""


class HeldError(FrontgisError):
    """Report data that waits for a person's word."""

    exit_code = 3
