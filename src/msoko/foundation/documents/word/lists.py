"""Lists as numbering definitions: dashes for bullets, «1)» for numbers, which begin anew in every list."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from msoko.foundation.documents.word.markup import w

#: twips: the label stands at 1.25 cm as the first line of a paragraph does, the text 0.63 cm behind it
_LABEL, _TEXT = 709, 1066


class Lists:
    """Numbering of one document."""

    def __init__(self, document: Any) -> None:
        self._numbering = document.part.numbering_part.element
        for child in list(self._numbering):
            self._numbering.remove(child)
        self._numbering.append(_abstract(0, "bullet", "–"))
        self._numbering.append(_abstract(1, "decimal", "%1)"))
        self._numbering.append(w("num", w("abstractNumId", val=0), numId=1))
        self._last = 1

    def start(self, *, is_numbered: bool) -> int:
        """Id of the numbering of a new list."""
        return self._new_number() if is_numbered else 1

    def _new_number(self) -> int:
        self._last += 1
        restart = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        self._numbering.append(w("num", w("abstractNumId", val=1), restart, numId=self._last))
        return self._last


def numbering_properties(number: int) -> Any:
    """What puts a paragraph into the list."""
    return w("numPr", w("ilvl", val=0), w("numId", val=number))


def unlink_styles(document: Any) -> None:
    """Styles of the stock template point at numbering that is no longer there."""
    for style in document.styles.element.findall(qn("w:style")):
        for properties in style.findall(qn("w:pPr")):
            for numbering in properties.findall(qn("w:numPr")):
                properties.remove(numbering)


def _abstract(number: int, form: str, label: str) -> Any:
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("suff", val="tab"),
        w("lvlText", val=label),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=_TEXT, hanging=_TEXT - _LABEL)),
        ilvl=0,
    )
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=number)
