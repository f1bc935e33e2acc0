"""Classification of fields: every model says of each field whether it is personal, official or public."""

from __future__ import annotations

from enum import StrEnum


class Privacy(StrEnum):
    """PERSONAL: of a living person (152-ФЗ); OFFICIAL: for official use inside the scope; PUBLIC: may be published."""

    PERSONAL = "personal"
    OFFICIAL = "official"
    PUBLIC = "public"


def official(*names: str) -> dict[str, Privacy]:
    return dict.fromkeys(names, Privacy.OFFICIAL)


def personal(*names: str) -> dict[str, Privacy]:
    return dict.fromkeys(names, Privacy.PERSONAL)


def public(*names: str) -> dict[str, Privacy]:
    return dict.fromkeys(names, Privacy.PUBLIC)
