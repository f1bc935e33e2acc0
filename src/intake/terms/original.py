"""Names as they stand in the phrase: «ОО», «Рособрнадзором», not in lower case."""

from __future__ import annotations

import re


def as_written(words: str, phrase: str) -> str:
    """The part of the phrase that has these folded words, else the words themselves."""
    parts = [re.escape(word).replace("е", "[её]") for word in re.findall(r"[^\W_]+", words)]
    if not parts:
        return words
    found = re.search(r"(?<!\w)" + r"[^\w]+".join(parts) + r"(?!\w)", phrase, re.IGNORECASE)
    if found is None:
        return words
    end = found.end() + (found.end() < len(phrase) and phrase[found.end()] == "." and len(parts[-1]) < 5)
    text = phrase[found.start() : end]
    closes = "(" in text and ")" not in text and phrase[end : end + 1] == ")"
    return re.sub(r"\s+", " ", text) + ")" * closes
