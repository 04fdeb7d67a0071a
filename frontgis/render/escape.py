"""The one place where texts from data are made harmless, for HTML and for scripts."""

import html
import unicodedata
from typing import Any

import msgspec

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def plain(text: str) -> str:
    r"""Return the text on one line, without control characters and without marks that turn its direction.

    >>> plain("Novo\u202eTroitske\n\x00")
    'NovoTroitske'
    """
    kept = "".join(
        " " if letter.isspace() and letter != "\N{NO-BREAK SPACE}" else letter
        for letter in text
        if letter not in _BIDI and (letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs"))
    )
    return kept.strip()


def markup(text: str) -> str:
    """Return the text for HTML, in content or in a quoted attribute."""
    return html.escape(plain(text), quote=True)


def script_json(value: Any) -> str:
    r"""Return JSON that may stand inside a script element, whatever its strings hold.

    >>> script_json(["</script>"])
    '["\\u003c/script\\u003e"]'
    """
    text = msgspec.json.encode(value).decode()
    for letter, code in _IN_SCRIPT.items():
        text = text.replace(letter, code)
    return text
