"""Documents of the register by plain functions."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

import docx

from msoko.cycle.regulations.api import (
    BasisEntry,
    DocumentEntry,
    RegisteredDocument,
    add_document,
    register_document,
)
from msoko.foundation.orgs.api import Organization
from tests.factories import orgs

SIGNED = dt.date(2026, 1, 15)


def draft(
    owner: Organization, title: str = "Положение о МСОКО", kind: str = "regulation", bases: Sequence[BasisEntry] = ()
) -> RegisteredDocument:
    entry = DocumentEntry(kind, title, bases=bases)
    return add_document(orgs.system_act(), owner=owner, entry=entry)


def in_force(
    owner: Organization,
    title: str = "Положение о МСОКО",
    kind: str = "regulation",
    bases: Sequence[BasisEntry] = (),
    number: str = "1",
    signed_on: dt.date = SIGNED,
) -> RegisteredDocument:
    made = draft(owner, title, kind, bases)
    return register_document(orgs.system_act(), document=made, number=number, signed_on=signed_on)


def word_file(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_macros(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    return stream.getvalue()
