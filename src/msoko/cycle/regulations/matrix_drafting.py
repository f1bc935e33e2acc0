"""A matrix on its way in: opened from a sample, a file or an earlier edition, corrected by people, thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from intake.contracts import Severity
from intake.matrices import MatrixReading, read_functions, read_pasted_functions, same_words
from msoko.cycle.regulations.functions import groups_of, sample_for
from msoko.cycle.regulations.matrix_content import (
    content_of_definition,
    content_of_matrix,
    content_of_reading,
    new_function,
    new_group,
)
from msoko.cycle.regulations.matrix_posts import put_posts, remembered_posts
from msoko.cycle.regulations.matrix_preview import matrix_preview_of
from msoko.cycle.regulations.models import FunctionMatrix, MatrixDraft
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.documents import document_kinds, kind_of_title
from msoko.foundation.catalog.functions import powers
from msoko.foundation.catalog.plans import matrix_words
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization

Json = dict[str, Any]
PASTED_MATRIX = "Вставленная таблица"
_MAX_BYTES = 50 * 1024 * 1024
_MAX_FUNCTIONS = 500


@transaction.atomic
def open_sample(act: Act, *, owner: Organization, definition: str) -> MatrixDraft:
    """A draft from a sample, to be compared with the current matrix before it replaces it."""
    found = sample_for(owner, definition)
    return _store_draft(act, owner, content_of_definition(found), title=found.title, definition=found.id)


@transaction.atomic
def open_edition(act: Act, *, edition: FunctionMatrix) -> MatrixDraft:
    """A draft from an earlier edition: a way back that keeps what was assigned since."""
    content = content_of_matrix(edition, groups_of(edition))
    return _store_draft(act, edition.owner, content, title=edition.title, definition=edition.definition)


@transaction.atomic
def open_file(
    act: Act, *, owner: Organization, name: str = "", data: bytes = b"", pasted: str = ""
) -> MatrixDraft:  # fmt: skip
    """A draft from a file or a pasted table.

    Raises:
        RefusedError: nothing given, or nothing to read in it: says where and what to do; nothing is stored then.
    """
    require(act, Permission.EDIT_DOCUMENTS, owner)
    reading = _read(name, data, pasted)
    content = content_of_reading(reading, owner.kind)
    put_posts(content, remembered_posts(owner))
    title = reading.title or "Распределение функций управления системой оценки качества образования"
    remarks = [f"{one.message} {one.hint}".strip() for one in reading.problems]
    remarks += [f"{one.message} {one.hint}".strip() for one in reading.remarks]
    return _store_draft(act, owner, content, title=title, file_name=reading.file, remarks=remarks)


def _read(name: str, data: bytes, pasted: str) -> MatrixReading:
    if not data and not pasted.strip():
        raise RefusedError(
            "Файл не выбран или пуст.", "Перетащите файл с таблицей функций или вставьте таблицу из Word."
        )
    if len(data) > _MAX_BYTES:
        raise RefusedError("Файл больше 50 МБ.", "Оставьте в файле только таблицу функций и уберите рисунки.")
    words = matrix_words()
    reading = (
        read_functions(name[-200:] or "файл", data, words=words) if data
        else read_pasted_functions(pasted, words=words, name=PASTED_MATRIX)
    )  # fmt: skip
    if len(reading.functions) > _MAX_FUNCTIONS:
        raise RefusedError(
            f"Файл «{reading.file}»: функций {len(reading.functions)}, читается не более {_MAX_FUNCTIONS}.",
            "Оставьте в файле только таблицу распределения функций.",
        )
    if not reading.functions:
        errors = [one for one in reading.problems if one.severity is Severity.ERROR]
        if errors:
            raise RefusedError(f"Файл «{reading.file}»: {errors[0].message}", errors[0].hint)
        raise RefusedError(
            f"Файл «{reading.file}»: функций не найдено.",
            "Нужна таблица из трёх столбцов: функции, должности, документы.",
        )
    return reading


def _store_draft(
    act: Act, owner: Organization, content: Json, *, title: str, definition: str = "", file_name: str = "",
    remarks: Sequence[str] = (),
) -> MatrixDraft:  # fmt: skip
    require(act, Permission.EDIT_DOCUMENTS, owner)
    draft = MatrixDraft.objects.create(
        owner=owner, title=title[:500], definition=definition, file_name=file_name[-200:], content=content,
        remarks=list(remarks)[:200], created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    _record_draft(act, "opened", draft)
    return draft


@transaction.atomic
def correct_function(act: Act, *, draft: MatrixDraft, version: int, key: str, values: Json) -> MatrixDraft:
    """Correct a function, or add one without a `key`. `values`: text, group (key), posts, documents (titles), power."""

    def change(row: Json) -> None:
        if values["group"] not in {one["key"] for one in draft.content["groups"]}:
            raise RefusedError("Группа не выбрана.", "Выберите группу из списка.")
        if not values["text"].strip():
            raise RefusedError("У функции нет текста.", "Впишите текст или нажмите «Не брать».")
        if values["power"] and values["power"] not in {code for code, _, _ in powers()}:
            raise RefusedError("Такого вида полномочия нет.", "Выберите из списка.")
        if values["power"] != row["power"]:
            row["power_note"] = ""
        row |= {"text": values["text"].strip()[:4000], "group": values["group"], "power": values["power"]}

    return _correct(act, draft, version, "functions", key, values, change)


@transaction.atomic
def correct_group(act: Act, *, draft: MatrixDraft, version: int, key: str, values: Json) -> MatrixDraft:
    """Correct a group, or add one without a `key`. `values`: number, title, posts, documents (titles), and for a new
    one `after`: the key of the group above it, empty for the first place."""

    def change(row: Json) -> None:
        if not values["title"].strip():
            raise RefusedError("У группы нет названия.", "Впишите название.")
        number = values["number"].strip().rstrip(".")[:20]
        row |= {"number": number, "title": values["title"].strip()[:500], "level": max(1, number.count(".") + 1)}
        if row["is_lost"]:
            row |= {"is_lost": False, "is_reconstructed": True, "note": "Начало группы в файле утрачено; номер и "
                    "название восстановлены при загрузке"}  # fmt: skip

    return _correct(act, draft, version, "groups", key, values, change)


def _correct(
    act: Act, draft: MatrixDraft, version: int, part: str, key: str, values: Json, change: Callable[[Json], None]
) -> MatrixDraft:
    draft = locked_draft(act, draft, version)
    row = next((one for one in draft.content[part] if one["key"] == key), None)
    if row is None and key:
        raise RefusedError("Такой строки нет.", "Обновите страницу.")
    if row is None:
        key = f"n{draft.version}"
        row = new_group(key) if part == "groups" else new_function(key)
        change(row)
        rows = draft.content[part]
        rows.insert(_place_after(rows, str(values.get("after", rows[-1]["key"] if rows else ""))), row)
    else:
        change(row)
    known = {same_words(one["title"]): one for part in ("groups", "functions") for each in draft.content[part]
             for one in each["documents"]}  # fmt: skip
    row["posts"] = _lines(values["posts"])
    row["documents"] = [
        known.get(same_words(title)) or {"code": "", "kind": kind_of_title(title), "title": title}
        for title in _lines(values["documents"])
    ]
    return changed_draft(act, draft, {"row": key})


@transaction.atomic
def mark_rows(act: Act, *, draft: MatrixDraft, version: int, what: str, keys: Sequence[str]) -> MatrixDraft:
    """Say of rows: `confirm` (as it is, no questions), `skip` (not taken), `take` (taken again)."""
    draft = locked_draft(act, draft, version)
    known = {one["key"] for part in ("groups", "functions") for one in draft.content[part]}
    chosen = [key for key in keys if key in known]
    name = "confirmed" if what == "confirm" else "skipped"
    before = [key for key in draft.answers.get(name, []) if key not in chosen]
    draft.answers[name] = before if what == "take" else [*before, *chosen]
    return changed_draft(act, draft, {"rows": len(chosen), "what": what})


@transaction.atomic
def confirm_all(act: Act, *, draft: MatrixDraft, version: int) -> MatrixDraft:
    """Leave every row, post and document as it is written in the file. Lost heads of groups stay open."""
    draft = locked_draft(act, draft, version)
    preview = matrix_preview_of(draft)
    rows = [one.row["key"] for one in preview.functions]
    rows += [one.row["key"] for one in preview.groups if not one.row["is_lost"]]
    draft.answers["confirmed"] = list(dict.fromkeys([*draft.answers.get("confirmed", []), *rows]))
    _decide_posts(draft, {post: post for post, _ in preview.posts})
    settled = draft.answers.setdefault("kinds", {})
    settled.update({same_words(title): "other" for title in preview.kinds})
    return changed_draft(act, draft, {"what": "confirm_all"})


@transaction.atomic
def decide_posts(act: Act, *, draft: MatrixDraft, version: int, names: Mapping[str, str]) -> MatrixDraft:
    """Say which post or body words of the file mean (words → name); the same words leave them as they are. The choice
    is remembered for later files of the organization."""
    draft = locked_draft(act, draft, version)
    _decide_posts(draft, names)
    return changed_draft(act, draft, {"posts": len(names)})


def _decide_posts(draft: MatrixDraft, names: Mapping[str, str]) -> None:
    chosen = {same_words(raw): name.strip()[:300] for raw, name in names.items() if name.strip()}
    draft.answers.setdefault("posts", {}).update(chosen)
    put_posts(draft.content, chosen)


@transaction.atomic
def decide_kinds(act: Act, *, draft: MatrixDraft, version: int, kinds: Mapping[str, str]) -> MatrixDraft:
    """Say of which kind documents are (title → kind)."""
    draft = locked_draft(act, draft, version)
    chosen = {same_words(title): kind for title, kind in kinds.items() if kind in document_kinds()}
    for row in [*draft.content["groups"], *draft.content["functions"]]:
        for one in row["documents"]:
            one["kind"] = chosen.get(same_words(one["title"]), one["kind"])
    draft.answers.setdefault("kinds", {}).update(chosen)
    return changed_draft(act, draft, {"kinds": len(chosen)})


@transaction.atomic
def discard_draft(act: Act, *, draft: MatrixDraft, version: int) -> None:
    """Forget the draft; the current matrix is as it was."""
    draft = locked_draft(act, draft, version)
    draft.discarded_at = act.at
    draft.save(update_fields=["discarded_at"])
    _record_draft(act, "discarded", draft)


def locked_draft(act: Act, draft: MatrixDraft, version: int) -> MatrixDraft:
    """The draft read anew under a lock.

    Raises:
        RefusedError: it is over, or somebody has changed it since the page was shown.
    """
    draft = MatrixDraft.objects.select_for_update(of=("self",)).select_related("owner").get(pk=draft.pk)
    require(act, Permission.EDIT_DOCUMENTS, draft.owner)
    if draft.accepted_at or draft.discarded_at:
        raise RefusedError("Эта матрица уже принята или отменена.", "Откройте «Функции» или загрузите файл ещё раз.")
    if draft.version != version:
        raise RefusedError(
            "Проект матрицы уже изменили: на странице прежние данные.",
            "Посмотрите обновлённую страницу и повторите.",
        )
    return draft


def changed_draft(act: Act, draft: MatrixDraft, details: Json) -> MatrixDraft:
    """Keep a change of a draft."""
    draft.version += 1
    draft.save(update_fields=["content", "answers", "version"])
    _record_draft(act, "corrected", draft, details)
    return draft


def _record_draft(act: Act, what: str, draft: MatrixDraft, details: Json | None = None) -> None:
    record(
        act, f"regulations.matrix_draft.{what}", kind="matrix_draft", object_id=draft.pk, label=draft.title[:200],
        organization=draft.owner, details=details or {},
    )  # fmt: skip


def _place_after(rows: Sequence[Json], key: str) -> int:
    """The place after the row with the key; the first place for no key."""
    return next((place for place, one in enumerate(rows, 1) if one["key"] == key), 0)


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip()[:500] for line in text.splitlines() if line.strip()))[:100]
