"""Elements of WordprocessingML. Text enters only as text of an element, so it cannot become markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """`<w:tag w:attribute="…">` with its children."""
    element = OxmlElement(f"w:{tag}")
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute.rstrip('_')}"), str(value))
    element.extend(children)
    return element


def text(value: str) -> Element:
    element = w("t")
    element.text = value
    element.set(_SPACE, "preserve")
    return element


def run(value: str, *properties: Element) -> Element:
    """A run; tabs and line ends of the text become those of Word."""
    element = w("r", w("rPr", *properties)) if properties else w("r")
    for index, line in enumerate(value.split("\n")):
        if index:
            element.append(w("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                element.append(w("tab"))
            if part:
                element.append(text(part))
    return element


def paragraph(style: str, *content: Element, properties: Iterable[Element] = ()) -> Element:
    """`properties` follow the style in the order of the schema (keepNext … spacing, ind, jc)."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def field(instruction: str, shown: str) -> list[Element]:
    """A complex field with its value already shown: nothing has to be updated at opening."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return [*field_begin(code), *([run(shown)] if shown else []), field_end()]


def field_begin(code: Element) -> list[Element]:
    begin, separate = w("fldChar", fldCharType="begin"), w("fldChar", fldCharType="separate")
    return [w("r", begin), w("r", code), w("r", separate)]


def field_end() -> Element:
    return w("r", w("fldChar", fldCharType="end"))


def bookmark(number: int, name: str, *content: Element) -> list[Element]:
    return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]


def begin_page(element: Element, *, with_break: bool) -> None:
    """Makes the paragraph (the first one of a table of contents) the first of its page: no space above it.

    `with_break` is False where a new section breaks the page already.
    """
    first = element if element.tag == qn("w:p") else next(element.iter(qn("w:p")))
    properties = first.find(qn("w:pPr"))
    if with_break:
        properties.find(qn("w:pStyle")).addnext(w("pageBreakBefore"))
    if len(properties) == 1 + with_break:
        properties.append(w("spacing", before=0))
