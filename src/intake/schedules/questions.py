"""What a person has to say about the class and the subject of a work."""

from __future__ import annotations

from collections.abc import Iterator

from intake.schedules.words import Known


def questions_of(known: Known | None, subject: str, *, is_known: bool) -> Iterator[str]:
    """Questions about the class and the subject as they were read."""
    if known is None:
        yield "Класс не понят: впишите, например, 5А."
    if not subject:
        yield "Предмет не указан."
    elif not is_known:
        yield f"Предмет «{subject[:60]}» не найден в справочнике: проверьте название."
