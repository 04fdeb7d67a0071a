"""What DeepState's fills and labels mean: the fill first, the label where the fill does not speak."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from frontgis.model import Status


class LeftOut(StrEnum):
    """Name the ground that DeepState draws and that is not part of this war's control."""

    FOREIGN = "foreign-claim"
    REBELS = "rebels"
    STRAY = "stray"


Meaning = Status | LeftOut

FILLS: Final[dict[str, Meaning]] = {
    "#a52714": Status.OCCUPIED,
    "#880e4f": Status.OCCUPIED_BEFORE_2022,
    "#000000": Status.OCCUPIED_BEFORE_2022,
    "#bcaaa4": Status.CONTESTED,
    "#bdbdbd": Status.CONTESTED,
    "#757575": Status.CONTESTED,
    "#0f9d58": Status.LIBERATED,
    "#0288d1": Status.LIBERATED,
    "#0097a7": Status.LIBERATED,
    "#01579b": Status.INCURSION_UA,
    "#ff5252": LeftOut.FOREIGN,
    "#ce93d8": LeftOut.REBELS,
    "#fbc02d": LeftOut.STRAY,
}

_KEYS: Final[tuple[tuple[str, Meaning], ...]] = (
    (r"geoJSON\.status\.occupied", Status.OCCUPIED),
    (r"geoJSON\.status\.unknown", Status.CONTESTED),
    (r"geoJSON\.status\.dismissed", Status.LIBERATED),
    (r"geoJSON\.territories\.(crimea|ordlo|tuzla)", Status.OCCUPIED_BEFORE_2022),
    (r"geoJSON\.territories\.", LeftOut.FOREIGN),
)
_ENGLISH: Final[tuple[tuple[str, Meaning], ...]] = (
    (r"occupied crimea|cadr and calr|tuzla", Status.OCCUPIED_BEFORE_2022),
    (
        r"transnistria|abkhazia|tskhinval|ichkeria|karelia|salla|petsamo|pechor|estonia|latvia|prussia|kuril",
        LeftOut.FOREIGN,
    ),
    (r"wagner", LeftOut.REBELS),
    (r"liberated|taken back|recaptured|pushed back", Status.LIBERATED),
    (r"unknown|conten?e?s?ted|contensed|in doubt|under question|gr[ae]y area", Status.CONTESTED),
    (r"occup|seized", Status.OCCUPIED),
)
_UKRAINIAN: Final[tuple[tuple[str, Meaning], ...]] = (
    (r"крим$|ордло|тузла", Status.OCCUPIED_BEFORE_2022),
    (r"придністров", LeftOut.FOREIGN),
    (r"звільнено|відкинуто|відбиті|відсутні|контролем зсу|^\d\d\.\d\d$", Status.LIBERATED),
    (
        r"невідом|питанн|сіра зона|немає інфо|уточнення$|відст?уп?н?ість|відхід орків|контролюється ворогом",
        Status.CONTESTED,
    ),
    (r"окупован|зайняті ворогом|захоплено", Status.OCCUPIED),
)


@dataclass(frozen=True, slots=True)
class Label:
    """Hold a label's parts, white space folded: Ukrainian, English, key (empty where a part is absent)."""

    ukrainian: str
    english: str
    key: str

    @property
    def words(self) -> str:
        """Return the label as one line."""
        return " / ".join(part for part in (self.ukrainian, self.english) if part)


def label(name: str) -> Label:
    r"""Split a label at its slashes.

    >>> label("Звільнено\n///\nLiberated. /// geoJSON.status.dismissed")
    Label(ukrainian='Звільнено', english='Liberated', key='geoJSON.status.dismissed')
    """
    parts = [re.sub(r"\s+", " ", part).strip(" .") for part in re.split(r"/{2,}", name)]
    key = next((part for part in parts if part.startswith("geoJSON.")), "")
    texts = [part for part in parts if part != key] + ["", ""]
    return Label(texts[0], texts[1], key)


def label_meaning(words: Label) -> Meaning | None:
    """Return what a label says: its key before its English, that before its Ukrainian; None where nothing."""
    ladder = ((words.key, _KEYS), (words.english.lower(), _ENGLISH), (words.ukrainian.lower(), _UKRAINIAN))
    for text, rules in ladder:
        for pattern, meaning in rules:
            if text and re.search(pattern, text):
                return meaning
    return None


def meaning(fill: str, words: Label) -> Meaning | None:
    """Return what a polygon is: its fill's meaning, but a foreign label and an unknown fill leave it to the label."""
    said = label_meaning(words)
    if said is LeftOut.FOREIGN:
        return said
    return FILLS.get(fill.lower(), said)
