"""Settlements: every name in every spelling, homonyms apart."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FOLDS: Final = str.maketrans({"ё": "е", "ґ": "г", "і": "и", "ї": "и", "ы": "и", "є": "е", "э": "е", "й": "и"})


@dataclass(frozen=True)
class Settlements:
    """Hold settlements column by column; lon and lat are NaN where a position is not known.

    A section is a district of a city: it must not stand in for the city, and its people are counted there.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    name_uk: tuple[str, ...]
    name_ru: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    precision_m: NDArray[np.float64]
    unit: tuple[str, ...]
    district: tuple[str, ...]
    population: NDArray[np.int64]
    rank: NDArray[np.int64]
    source: tuple[str, ...]
    is_section: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.id)

    def renamed(self, names: Mapping[str, tuple[str, str]]) -> "Settlements":
        """Return the settlements with other names and Ukrainian names, by id; what they were called stays an alias."""
        changed = {self.positions[key]: value for key, value in names.items() if key in self.positions}
        name, name_uk, aliases = list(self.name), list(self.name_uk), list(self.aliases)
        for row, (latin, ukrainian) in changed.items():
            aliases[row] = (*aliases[row], name[row], name_uk[row])
            name[row], name_uk[row] = latin, ukrainian
        return replace(self, name=tuple(name), name_uk=tuple(name_uk), aliases=tuple(aliases))

    def find(self, text: str) -> list[int]:
        """Return what an id or a name in any spelling means; aliases only where no main name fits."""
        if text in self.positions:
            return [self.positions[text]]
        key = fold(text)
        return self._by_name.get(key) or self._by_alias.get(key, [])

    def nearest(self, text: str, *, count: int = 5) -> list[str]:
        """Return the known names nearest in spelling to a text."""
        keys = difflib.get_close_matches(fold(text), list(self._spelling), n=count, cutoff=0.6)
        return [self._spelling[key] for key in keys]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return the place of each settlement in the columns, by id."""
        return {name: index for index, name in enumerate(self.id)}

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, names in enumerate(zip(self.name, self.name_uk, self.name_ru, strict=True)):
            for key in {fold(name) for name in names if name}:
                found.setdefault(key, []).append(index)
        return found

    @cached_property
    def _by_alias(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, names in enumerate(self.aliases):
            for key in {fold(name) for name in names if name}:
                found.setdefault(key, []).append(index)
        return found

    @cached_property
    def _spelling(self) -> dict[str, str]:
        return {fold(name): name for names in (self.name_ru, self.name_uk, self.name) for name in names if name}


def fold(text: str) -> str:
    """Return a name as it is compared: lower case, no apostrophes or accents, near letters alike.

    >>> fold("Куп’янськ") == fold("куп'янськ"), fold("Popivka") == fold("popyvka")
    (True, True)
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_FOLDS)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    plain = re.sub(r"[’'ʼ`´‘ʹ′]", "", plain)
    plain = re.sub(r"[\s\-–]+", " ", plain).strip()
    return re.sub(r"[yij]+", "i", plain)
