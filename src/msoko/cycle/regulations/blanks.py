"""The blank of an organization: kept by those who approve its documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from msoko.cycle.regulations.files import PREFIX
from msoko.cycle.regulations.models import PaperBlank
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.drafts import look_limits
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.models import Organization

_PICTURES = ((b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"))
_LARGEST = 512 * 1024


@dataclass(frozen=True, slots=True)
class BlankEntry:
    """What a person sets; `look` holds only what differs from the definitions."""

    top_lines: str = ""
    name_lines: str = ""
    requisites: str = ""
    distribution: str = ""
    performer: str = ""
    look: dict[str, float] = field(default_factory=dict)


def blank_of(owner: Organization) -> PaperBlank | None:
    """The blank that the organization has set; None when it never did."""
    return PaperBlank.objects.filter(owner=owner).first()


def emblem_of(blank: PaperBlank | None) -> bytes:
    """The picture of the blank; empty when there is none."""
    return default_storage().read(blank.emblem_key) if blank and blank.emblem_key else b""


@transaction.atomic
def keep_blank(
    act: Act, *, owner: Organization, entry: BlankEntry, emblem: bytes = b"", drops_emblem: bool = False
) -> PaperBlank:
    """Set the blank of an organization. Papers that are registered already keep their files.

    Raises:
        RefusedError: margins out of their limits, a picture that is no PNG or JPEG or is too large.
    """
    require(act, Permission.APPROVE_DOCUMENTS, owner)
    for name, value in entry.look.items():
        low, high = look_limits()[name]
        if not low <= value <= high:
            raise RefusedError(f"{_TITLES[name]}: {value:g} вне пределов {low:g}–{high:g}.", "Исправьте значение.")
    blank = PaperBlank.objects.select_for_update().filter(owner=owner).first() or PaperBlank(owner=owner)
    blank.top_lines, blank.name_lines = entry.top_lines.strip()[:1000], entry.name_lines.strip()[:1000]
    blank.requisites, blank.distribution = entry.requisites.strip()[:1000], entry.distribution.strip()[:2000]
    blank.performer, blank.look = " ".join(entry.performer.split())[:200], entry.look
    if emblem or drops_emblem:
        blank.emblem_key = _stored(emblem) if emblem else ""
    blank.changed_at, blank.changed_by = act.at, act.actor.actor_label
    blank.save()
    record(act, "regulations.blank.changed", kind="organization", object_id=owner.pk, label=owner.short_name,
           organization=owner)  # fmt: skip
    return blank


_TITLES = {"left": "Левое поле", "left_long": "Левое поле при долгом хранении", "right": "Правое поле",
           "top": "Верхнее поле", "bottom": "Нижнее поле", "size": "Шрифт", "spacing": "Интервал",
           "indent_mm": "Отступ"}  # fmt: skip


def _stored(emblem: bytes) -> str:
    suffix = next((suffix for mark, suffix in _PICTURES if emblem.startswith(mark)), "")
    if not suffix or len(emblem) > _LARGEST:
        raise RefusedError(
            f"Герб или эмблема: нужен рисунок PNG или JPEG до {_LARGEST // 1024} КБ.", "Сохраните рисунок иначе."
        )
    from msoko.foundation.documents.pdf.official_paper import is_printable  # noqa: PLC0415 -- slow import

    if not is_printable(emblem):
        raise RefusedError("Рисунок повреждён.", "Сохраните его заново.")
    return default_storage().write(PREFIX, emblem, suffix)
