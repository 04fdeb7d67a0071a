"""Names: the 2010 Cabinet romanisation of Ukrainian, and the scripts that a spelling is written in."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'’ʼ`‘”\"ʹ′"
_PLAIN = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "h",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "з": "z",
    "и": "y",
    "і": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "ь": "",
}
_LONG = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LATER = {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
UKRAINIAN_ONLY = set("іїєґІЇЄҐ")
RUSSIAN_ONLY = set("ыэёъЫЭЁЪ")
_UKRAINIAN = re.compile(r"[а-щьюяіїєґА-ЩЬЮЯІЇЄҐ'’ʼ\- ().№0-9]+$")
_RUSSIAN = re.compile(r"[а-яёА-ЯЁ\- ().№0-9]+$")


def romanise(name: str) -> str:
    """Romanise a Ukrainian name by the Cabinet's table of 2010 (resolution 55)."""
    return re.sub(r"[^\s\-–()./]+", lambda word: _romanise_word(word.group()), name)


def _romanise_word(word: str) -> str:
    out: list[str] = []
    letters = [c for c in word if c not in APOSTROPHES]
    for i, letter in enumerate(letters):
        low = letter.lower()
        if low == "г" and i and letters[i - 1].lower() == "з":
            latin = "gh"
        else:
            latin = (_LATER if i else _FIRST).get(low) or _LONG.get(low) or _PLAIN.get(low, low)
        upper = letter.isupper() and latin
        out.append(latin[0].upper() + latin[1:] if upper else latin)
    return "".join(out)


def plain(name: str) -> str:
    """Return `name` without stress marks, with one kind of apostrophe and single spaces."""
    kept = "".join(c for c in unicodedata.normalize("NFD", name) if c != "\u0301")
    folded = unicodedata.normalize("NFC", kept)
    return re.sub(r"\s+", " ", re.sub(f"[{re.escape(APOSTROPHES)}]", "'", folded)).strip()


def is_ukrainian(name: str) -> bool:
    """Tell whether `name` can be Ukrainian by its letters."""
    return bool(_UKRAINIAN.match(name)) and any("а" <= c.lower() <= "я" for c in name)


def is_russian(name: str) -> bool:
    """Tell whether `name` can be Russian by its letters."""
    return bool(_RUSSIAN.match(name)) and any("а" <= c.lower() <= "я" for c in name)


def key(latin: str) -> str:
    """Return a rough key of a Latin spelling under which most romanisations of one name agree."""
    flat = unicodedata.normalize("NFKD", latin.lower())
    flat = "".join(c for c in flat if c.isalnum())
    for old, new in (
        ("yy", "y"),
        ("iy", "y"),
        ("yi", "y"),
        ("ie", "e"),
        ("ye", "e"),
        ("ia", "a"),
        ("ya", "a"),
        ("iu", "u"),
    ):
        flat = flat.replace(old, new)
    for old, new in (("yu", "u"), ("i", "y"), ("j", "y"), ("g", "h"), ("yo", "o")):
        flat = flat.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", flat)
