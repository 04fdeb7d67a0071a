"""Pick the Russian or the Ukrainian name out of spellings that do not say their language."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from layers.names import RUSSIAN_ONLY, UKRAINIAN_ONLY, is_russian, is_ukrainian, key, romanise

# What Russian spelling does not have: Belarusian and Ukrainian endings, hard vowels after velars, oblique cases.
_NOT_RUSSIAN = re.compile(
    r"[жшчщгкх]ы|[бвгджзклмнпрстфхцчшщ]э|ськ|цьк|зьк|ньс|рьс|жж|(?:ую|ого|ове|еве|ыь)$"
    r"|[Рр]айон|[Гг]ород |йи|дз[еи]"
)
_FOLD = str.maketrans(
    {"і": "и", "ї": "и", "й": "и", "ы": "и", "є": "е", "э": "е", "ё": "е", "ґ": "г", "ь": "", "'": "", "ъ": ""}
)
LEAST_HOME = 0.6
LEAST_ABROAD = 0.5
HARD_HOME = 0.02  # what a letter that only Russian has is worth
HARD_ABROAD = 0.12


def russian(latin: str, name_uk: str, spellings: list[str], *, home: bool) -> str:
    """Return the spelling that is most like the Russian form of a place, or nothing."""
    pool = [n for n in spellings if is_russian(n) and not set(n) & UKRAINIAN_ONLY and not _NOT_RUSSIAN.search(n)]
    if not pool:
        return ""
    if home and name_uk:
        wanted = _expected(name_uk)
        scores = {name: SequenceMatcher(None, name.lower().translate(_FOLD), wanted).ratio() for name in pool}
    else:
        wanted = key(latin)
        scores = {name: SequenceMatcher(None, _latin(name), wanted).ratio() for name in pool}
    hard = HARD_HOME if home else HARD_ABROAD
    scores = {name: score + (hard if set(name) & RUSSIAN_ONLY else 0.0) for name, score in scores.items()}
    best = max(sorted(pool), key=lambda name: (round(scores[name], 3), len(name)))
    return best if scores[best] > (LEAST_HOME if home else LEAST_ABROAD) else ""


def foreign_ukrainian(latin: str, spellings: list[str]) -> str:
    """Return the spelling of a place abroad that only Ukrainian can have, or nothing."""
    wanted = key(latin)
    pool = [n for n in spellings if is_ukrainian(n) and (set(n) & UKRAINIAN_ONLY or n.endswith(("ськ", "цьк")))]
    scores = {name: SequenceMatcher(None, key(romanise(name)), wanted).ratio() for name in pool}
    best = max(sorted(pool), key=lambda name: scores[name], default="")
    return best if best and scores[best] > LEAST_ABROAD else ""


def _expected(name_uk: str) -> str:
    """Return a folded guess of the Russian form of a Ukrainian name."""
    guess = name_uk.lower()
    for end, new in (
        ("ів", "ов"),
        ("їв", "ев"),
        ("ське", "ское"),
        ("цьке", "цкое"),
        ("ове", "ово"),
        ("еве", "ево"),
        ("не", "ное"),
    ):
        if guess.endswith(end):
            guess = guess.removesuffix(end) + new
            break
    return guess.translate(_FOLD)


def _latin(name: str) -> str:
    return key(romanise(name.lower().replace("ы", "и").replace("э", "е").replace("ё", "е").replace("ъ", "")))
