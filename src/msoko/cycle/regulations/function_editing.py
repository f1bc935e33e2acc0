"""Groups and functions of the current matrix changed by hand: added, changed, moved, removed, restored, undone.

Every change is kept with the row before and after (`MatrixChange`). Numbers of groups are what people wrote: moving and
removing rows renumbers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from msoko.cycle.regulations.matrix_building import Requirements, record_matrix
from msoko.cycle.regulations.models import (
    FunctionGroup,
    FunctionMatrix,
    MatrixChange,
    MatrixFunction,
    RequiredDocument,
    RowChange,
)
from msoko.foundation.access.api import Permission, require
from msoko.foundation.catalog.documents import kind_of_title
from msoko.foundation.catalog.functions import powers
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

Json = dict[str, Any]
Row = FunctionGroup | MatrixFunction


@dataclass(frozen=True, slots=True)
class RowEntry:
    """What a person says of a row. `documents`: required ones that are there; `new_documents`: (title, kind or "");
    `seen`: the last change of the row when the form was shown (`last_change`), None takes the row as it is."""

    text: str
    posts: Sequence[str] = ()
    documents: Sequence[int] = ()
    new_documents: Sequence[tuple[str, str]] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class GroupEntry(RowEntry):
    """`text` is the title of the group."""

    number: str = ""


@dataclass(frozen=True, slots=True)
class FunctionEntry(RowEntry):
    """`group`: where the function stands; 0 leaves it."""

    power: str = ""
    power_note: str = ""
    group: int = 0


@transaction.atomic
def add_group(act: Act, *, matrix: FunctionMatrix, entry: GroupEntry) -> FunctionGroup:
    """A group at the end of the matrix."""
    matrix = _locked(act, matrix)
    group = FunctionGroup(matrix=matrix, position=_next(matrix.groups.all()))
    _fill_group(group, entry)
    group.save()
    group.required.set(_required(matrix, entry))
    _keep(act, group, RowChange.ADDED, {})
    return group


@transaction.atomic
def change_group(act: Act, *, group: FunctionGroup, entry: GroupEntry) -> FunctionGroup:
    """Number, title, posts and documents of a group."""
    matrix = _locked(act, group.matrix)
    group = FunctionGroup.objects.get(pk=group.pk)
    _check_seen(group, entry)

    def change() -> None:
        _fill_group(group, entry)
        group.save()
        group.required.set(_required(matrix, entry))

    _with_snapshots(act, group, RowChange.CHANGED, change)
    return group


@transaction.atomic
def add_function(act: Act, *, group: FunctionGroup, entry: FunctionEntry) -> MatrixFunction:
    """A function at the end of a group."""
    matrix = _locked(act, group.matrix)
    function = MatrixFunction(group=group, position=_next(MatrixFunction.objects.filter(group=group)))
    _fill_function(function, entry)
    function.save()
    function.required.set(_required(matrix, entry))
    _keep(act, function, RowChange.ADDED, {})
    return function


@transaction.atomic
def change_function(act: Act, *, function: MatrixFunction, entry: FunctionEntry) -> MatrixFunction:
    """Text, group, posts, documents and kind of power; people stay assigned."""
    matrix = _locked(act, function.group.matrix)
    function = MatrixFunction.objects.select_related("group").get(pk=function.pk)
    _check_seen(function, entry)

    def change() -> None:
        _fill_function(function, entry)
        if entry.group and entry.group != function.group_id:
            _move_to(function, _group_of(matrix, entry.group))
        function.save()
        function.required.set(_required(matrix, entry))

    _with_snapshots(act, function, RowChange.CHANGED, change)
    return function


@transaction.atomic
def move_row(act: Act, *, row: Row, step: int) -> None:
    """One place up (−1) or down (+1) among the rows that are not removed."""
    _locked(act, _matrix(row))
    rows = [one for one in _siblings(row) if one.removed_at is None]
    place = [one.pk for one in rows].index(row.pk) + step
    if not 0 <= place < len(rows):
        raise RefusedError("Дальше двигать некуда.", "Функцию можно перенести в другую группу: «Изменить».")
    _with_snapshots(act, row, RowChange.MOVED, lambda: _put_at(row, _place(rows[place])))


@transaction.atomic
def remove_row(act: Act, *, row: Row) -> None:
    """Take a row out; it can be brought back with its people and documents. A group goes with its functions."""
    _locked(act, _matrix(row))
    if row.removed_at is not None:
        raise RefusedError("Строка уже убрана.", "Обновите страницу.")
    if isinstance(row, FunctionGroup):
        row.functions.filter(removed_at__isnull=True).update(removed_at=act.at)
    _with_snapshots(act, row, RowChange.REMOVED, lambda: _set_removed(row, act.at))


@transaction.atomic
def restore_row(act: Act, *, row: Row) -> None:
    """Bring a removed row back; a group comes with the functions that went with it."""
    _locked(act, _matrix(row))
    _with_snapshots(act, row, RowChange.RESTORED, lambda: _restore(row))


@transaction.atomic
def undo_change(act: Act, *, change: MatrixChange) -> None:
    """Put a row back as it was before a change.

    Raises:
        RefusedError: it was undone already, or the row was changed later: that is undone first.
    """
    _locked(act, change.matrix)
    change = MatrixChange.objects.select_for_update().get(pk=change.pk)
    row = _row_of(change)
    if row is None or change.undone_at is not None:
        raise RefusedError("Это изменение уже отменено.", "Обновите страницу.")
    later = MatrixChange.objects.filter(group=change.group_id, function=change.function_id, undone_at__isnull=True)
    if later.filter(pk__gt=change.pk).exists():
        raise RefusedError("Строку меняли и позже.", "Отмените сначала поздние изменения этой строки.")
    if change.what in {RowChange.ADDED, RowChange.RESTORED}:
        if isinstance(row, FunctionGroup):
            row.functions.filter(removed_at__isnull=True).update(removed_at=act.at)
        _set_removed(row, act.at)
    elif change.what == RowChange.REMOVED:
        _restore(row)
    else:
        _apply(row, change.before)
    change.undone_at = act.at
    change.save(update_fields=["undone_at"])
    record_matrix(act, "regulations.matrix.change_undone", change.matrix, what=change.what)


def _row_of(change: MatrixChange) -> Row | None:
    if change.function_id is not None:
        return MatrixFunction.objects.filter(pk=change.function_id).select_related("group__matrix").first()
    return FunctionGroup.objects.filter(pk=change.group_id or 0).select_related("matrix").first()


@transaction.atomic
def set_term(
    act: Act, *, required: RequiredDocument, title: str, kind: str, years: int | None, source: str
) -> RequiredDocument:
    """Title and kind of a required document, and after how many years it is too old, with where that comes from.

    Raises:
        RefusedError: a term without its source, a title that another one has.
    """
    matrix = _locked(act, required.matrix)
    title, source = " ".join(title.split())[:500], " ".join(source.split())[:300]
    if not title:
        raise RefusedError("У документа нет названия.", "Впишите название.")
    if years is not None and not 1 <= years <= 50:
        raise RefusedError("Срок документа – от 1 до 50 лет.", "Впишите число лет или оставьте поле пустым.")
    if years is not None and not source:
        raise RefusedError("Не сказано, откуда срок.", "Впишите акт или решение, которым срок установлен.")
    other = Requirements(matrix).find(title)
    if other is not None and other.pk != required.pk:
        raise RefusedError("Такой документ в матрице уже есть.", "Выберите его у функций, этот уберите.")
    required.title, required.kind = title, kind
    required.term_years, required.term_source = years, source if years is not None else ""
    required.save(update_fields=["title", "kind", "term_years", "term_source"])
    record_matrix(act, "regulations.matrix.document_changed", matrix, document=title[:200], years=years)
    return required


def _locked(act: Act, matrix: FunctionMatrix) -> FunctionMatrix:
    matrix = FunctionMatrix.objects.select_for_update(of=("self",)).select_related("owner").get(pk=matrix.pk)
    require(act, Permission.EDIT_DOCUMENTS, matrix.owner)
    if not matrix.is_current:
        raise RefusedError("Это прежняя редакция матрицы: она не меняется.", "Откройте действующую матрицу.")
    return matrix


def last_change(row: Row) -> int:
    """The last change of a row, 0 when nobody has changed it: a form tells by it that the row is another one by now."""
    changes = MatrixChange.objects.filter(
        **{"group" if isinstance(row, FunctionGroup) else "function": row.pk}, undone_at__isnull=True
    )  # fmt: skip
    return changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def _check_seen(row: Row, entry: RowEntry) -> None:
    if entry.seen is not None and entry.seen != last_change(row):
        raise RefusedError("Строку тем временем изменили.", "Обновите страницу и внесите свои изменения ещё раз.")


def _fill_group(group: FunctionGroup, entry: GroupEntry) -> None:
    title = " ".join(entry.text.split())
    if not title:
        raise RefusedError("У группы нет названия.", "Впишите название.")
    group.title, group.number = title[:500], entry.number.strip().rstrip(".")[:20]
    group.level, group.posts = max(1, group.number.count(".") + 1), list(entry.posts)


def _fill_function(function: MatrixFunction, entry: FunctionEntry) -> None:
    text = " ".join(entry.text.split())
    if not text:
        raise RefusedError("У функции нет текста.", "Впишите, что делается.")
    if entry.power and entry.power not in {code for code, _, _ in powers()}:
        raise RefusedError("Такого вида полномочия нет.", "Выберите из списка.")
    function.text, function.posts = text[:4000], list(entry.posts)
    function.power, function.power_note = entry.power, entry.power_note.strip()[:300]


def _required(matrix: FunctionMatrix, entry: RowEntry) -> list[RequiredDocument]:
    known = list(matrix.required.filter(pk__in=entry.documents))
    rows = []
    for title, chosen in entry.new_documents:
        kind = chosen or kind_of_title(title)
        if kind == "other" and not chosen:
            raise RefusedError(f"Вид документа «{title[:80]}» не распознан.", "Выберите вид рядом с названием.")
        rows.append({"title": " ".join(title.split())[:500], "kind": kind, "code": ""})
    return list(dict.fromkeys([*known, *Requirements(matrix).take(rows)]))


def _group_of(matrix: FunctionMatrix, pk: int) -> FunctionGroup:
    found = matrix.groups.filter(pk=pk, removed_at__isnull=True).first()
    if found is None:
        raise RefusedError("Такой группы в матрице нет.", "Выберите группу из списка.")
    return found


def _matrix(row: Row) -> FunctionMatrix:
    return row.matrix if isinstance(row, FunctionGroup) else row.group.matrix


def _siblings(row: Row) -> list[Row]:
    if isinstance(row, FunctionGroup):
        return list(FunctionGroup.objects.filter(matrix=row.matrix_id))
    return list(MatrixFunction.objects.filter(group=row.group_id))


def _next(rows: Any) -> int:
    return max((one.position for one in rows), default=-1) + 1


def _place(row: Row) -> int:
    return [one.pk for one in _siblings(row)].index(row.pk)


def _put_at(row: Row, place: int) -> None:
    rows = [one for one in _siblings(row) if one.pk != row.pk]
    rows.insert(place, row)
    for position, one in enumerate(rows):
        one.position = position
        type(one).objects.filter(pk=one.pk).update(position=position)


def _move_to(function: MatrixFunction, group: FunctionGroup) -> None:
    function.group, function.position = group, _next(MatrixFunction.objects.filter(group=group))


def _set_removed(row: Row, moment: Any) -> None:
    row.removed_at = moment
    row.save(update_fields=["removed_at"])


def _restore(row: Row) -> None:
    moment = row.removed_at
    if moment is None:
        raise RefusedError("Строка не убрана.", "Обновите страницу.")
    if isinstance(row, MatrixFunction) and row.group.removed_at is not None:
        raise RefusedError("Группа этой функции убрана.", "Верните сначала группу.")
    _set_removed(row, None)
    if isinstance(row, FunctionGroup):
        row.functions.filter(removed_at=moment).update(removed_at=None)


def _snapshot(row: Row) -> Json:
    found: Json = {
        "posts": list(row.posts), "required": [one.pk for one in row.required.all()],
        "documents": [one.title for one in row.required.all()], "place": _place(row),
    }  # fmt: skip
    if isinstance(row, FunctionGroup):
        return found | {"text": row.title, "number": row.number, "level": row.level}
    group = row.group
    return found | {
        "text": row.text, "power": row.power, "power_note": row.power_note, "group": group.pk,
        "group_title": f"{group.number} {group.title}".strip(),
    }  # fmt: skip


def _apply(row: Row, was: Json) -> None:
    row.posts = was["posts"]
    if isinstance(row, FunctionGroup):
        row.title, row.number, row.level = was["text"], was["number"], was["level"]
    else:
        row.text, row.power, row.power_note = was["text"], was["power"], was["power_note"]
        row.group = _group_of(row.group.matrix, was["group"])
    row.save()
    row.required.set(_matrix(row).required.filter(pk__in=was["required"]))
    _put_at(row, was["place"])


def _with_snapshots(act: Act, row: Row, what: RowChange, change: Callable[[], None]) -> None:
    before = _snapshot(row)
    change()
    _keep(act, row, what, before)


def _keep(act: Act, row: Row, what: RowChange, before: Json) -> None:
    after = _snapshot(row)
    if what in {RowChange.CHANGED, RowChange.MOVED} and before == after:
        return
    matrix = _matrix(row)
    MatrixChange.objects.create(
        matrix=matrix, what=what, before=before, after=after, at=act.at, by=act.actor.actor_label,
        group=row if isinstance(row, FunctionGroup) else None,
        function=row if isinstance(row, MatrixFunction) else None,
    )  # fmt: skip
    kind = "group" if isinstance(row, FunctionGroup) else "function"
    record_matrix(act, "regulations.matrix.row_changed", matrix, what=what.value, row=kind, text=after["text"][:200])
