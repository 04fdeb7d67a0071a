"""What every output says of its source."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credit:
    """Say what a source is called, under which terms it may be used, how coarse it is and what it maps.

    `label` stands before every title and in the name of every file, such as "Worked example"; `notice` is what must be
    said beside everything that is made from the source, such as that it is not to be cited.
    """

    source: str
    title: str
    licence: str
    attribution: str
    precision: str
    maps: str
    notice: str = ""
    label: str = ""

    @property
    def warning(self) -> str:
        """Return label and notice in one line, empty where the source has neither."""
        return ", ".join(text for text in (self.label, self.notice) if text)

    def titled(self, text: str) -> str:
        """Return a title with the label before it."""
        return f"{self.label} · {text}" if self.label else text

    def filed(self, name: str) -> str:
        """Return the name of a file with the label before it.

        >>> Credit("s", "t", "l", "a", "p", "m", label="Worked example").filed("front.html")
        'worked-example-front.html'
        """
        return f"{re.sub(r'[^a-z0-9]+', '-', self.label.lower())}-{name}" if self.label else name
