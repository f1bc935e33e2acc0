"""Opaque keys of examination participants, made at reading so that no name or document leaves the reader.

The key is `"doc:"` + BLAKE2b of the identity document (series and number), or of the full name within the
organization when there is no document. **It is not a pseudonym yet**: a digest of a short number can be guessed by
trial. `msoko.foundation.processing` replaces it at once by a keyed hash (HMAC under the installation's secret); the
value is never stored, shown or logged. A participant code printed in the protocol is used as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from intake.fields.text import clean
from intake.layouts.base import Cell

KEY_PREFIX = "doc:"


def code_text(value: Cell) -> str:
    """A code as text: `9306.0` → «9306», «05 04» → «0504»."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "".join(clean(value).split())


def document_key(series: Cell, number: Cell, whole: Cell) -> str:
    """Key by the identity document; "" when it is not filled in."""
    text = code_text(whole) or _padded(series, 4) + _padded(number, 6)
    is_filled = len(text) >= 4 and set(text) != {"0"}
    return _digest("document", text.casefold()) if is_filled else ""


def name_key(organization: str, names: Sequence[Cell], occurrence: int = 0) -> str:
    """Key by full name within an organization; `occurrence` tells namesakes of one protocol apart."""
    words = " ".join(" ".join(clean(name) for name in names).casefold().replace("ё", "е").split())
    if not words:
        return ""
    tail = f"|{occurrence}" if occurrence else ""
    return _digest("name", f"{organization}|{words}{tail}")


def _padded(value: Cell, width: int) -> str:
    text = code_text(value)
    return text.zfill(width) if text.isdigit() else text


def _digest(kind: str, text: str) -> str:
    return KEY_PREFIX + blake2b(text.encode(), digest_size=16, person=kind.encode()).hexdigest()
