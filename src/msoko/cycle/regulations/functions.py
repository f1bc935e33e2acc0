"""Matrices of functions: adopted from a definition or a file, people assigned, documents bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from intake.matrices import MatrixReading
from msoko.cycle.regulations.models import (
    FunctionGroup,
    FunctionMatrix,
    MatrixFunction,
    RegisteredDocument,
    RequiredDocument,
)
from msoko.cycle.regulations.queries import documents_visible, with_bases
from msoko.foundation.access.api import Permission, Scope, require, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.documents import kind_of_title
from msoko.foundation.catalog.functions import definitions_for, powers
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.models import Appointment


@dataclass(frozen=True, slots=True)
class _Function:
    text: str
    posts: Sequence[str]
    documents: Sequence[tuple[str, str, str]]  # code, kind, title
    power: str = ""
    power_note: str = ""
    is_reconstructed: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    number: str
    title: str
    level: int
    posts: Sequence[str]
    documents: Sequence[tuple[str, str, str]]
    functions: Sequence[_Function]
    is_reconstructed: bool = False
    note: str = ""


def matrices_visible(scope: Scope) -> QuerySet[FunctionMatrix]:
    """Current matrices of the organizations in scope."""
    rows = FunctionMatrix.objects.filter(is_current=True).select_related("owner")
    return rows.filter(scope.filter(Permission.SEE_DOCUMENTS, "owner__"))


def groups_of(matrix: FunctionMatrix) -> list[FunctionGroup]:
    """Groups in order with functions, people, required documents and their documents: a constant number of queries."""
    return groups_of_many([matrix]).get(matrix.pk, [])


def groups_of_many(matrices: Iterable[FunctionMatrix]) -> dict[int, list[FunctionGroup]]:
    """Groups of several matrices by the key of the matrix, in as many queries as those of one."""
    documents = with_bases(RegisteredDocument.objects.defer("text", "search_key"))
    required = RequiredDocument.objects.prefetch_related(Prefetch("documents", documents))
    people = Appointment.objects.select_related("person", "organization")
    functions = MatrixFunction.objects.prefetch_related(Prefetch("required", required), Prefetch("people", people))
    rows = FunctionGroup.objects.filter(matrix__in=list(matrices))
    found: dict[int, list[FunctionGroup]] = {}
    for one in rows.prefetch_related(Prefetch("required", required), Prefetch("functions", functions)):
        found.setdefault(one.matrix_id, []).append(one)
    return found


def staff_of(owner: Organization) -> QuerySet[Appointment]:
    """Posts from which people are assigned: of the organization; for a municipality, of its authority and service."""
    where = Q(organization=owner)
    if owner.kind == "municipality":
        where |= Q(organization__parent=owner, organization__kind__in=["authority", "advisory_service"])
    rows = Appointment.objects.filter(where, valid_until__isnull=True).exclude(kind="observer")
    return rows.select_related("person", "organization").order_by("person__search_key", "id")


@transaction.atomic
def adopt_definition(act: Act, *, owner: Organization, definition: str) -> FunctionMatrix:
    """Make a definition the matrix of an organization; the former one stays for the history.

    Raises:
        RefusedError: when the definition is not for organizations of this kind.
    """
    found = next((one for one in definitions_for(owner.kind) if one.id == definition), None)
    if found is None:
        raise RefusedError("Этот образец не для такой организации.", "Выберите образец из списка.")

    def rows(codes: Iterable[str]) -> list[tuple[str, str, str]]:
        return [(code, found.documents[code].kind, found.documents[code].title) for code in codes]

    groups = [
        _Group(
            one.number, one.title, one.level, one.positions, rows(one.documents),
            [_Function(f.text, f.positions, rows(f.documents), f.power, f.power_note, f.is_reconstructed)
             for f in one.functions],
            one.is_reconstructed, one.note,
        )
        for one in found.groups
    ]  # fmt: skip
    return _adopt(act, owner, groups, title=found.title, definition=found.id)


@transaction.atomic
def adopt_reading(act: Act, *, owner: Organization, reading: MatrixReading) -> FunctionMatrix:
    """Make a matrix that was read from a file the matrix of an organization."""
    if not reading.functions:
        raise RefusedError("В файле нет функций.", "Нужна таблица: функция, должности, документы.")

    def rows(titles: Iterable[str]) -> list[tuple[str, str, str]]:
        return [("", kind_of_title(title), title[:500]) for title in titles]

    groups = [
        _Group(
            one.number, one.title[:500] or "Без названия", one.level, one.responsible, rows(one.documents),
            [_Function(f.text, f.responsible, rows(f.documents)) for f in one.functions],
            note="Начало группы в файле утрачено" if one.is_lost else "",
        )
        for one in reading.groups
    ]  # fmt: skip
    title = reading.title or "Распределение функций управления системой оценки качества образования"
    return _adopt(act, owner, groups, title=title, file_name=reading.file)


def _adopt(
    act: Act, owner: Organization, groups: Sequence[_Group], *, title: str, definition: str = "", file_name: str = ""
) -> FunctionMatrix:
    require(act, Permission.EDIT_DOCUMENTS, owner)
    FunctionMatrix.objects.filter(owner=owner, is_current=True).update(is_current=False)
    matrix = FunctionMatrix.objects.create(
        owner=owner, title=title[:500], definition=definition, file_name=file_name[-200:], adopted_at=act.at,
        adopted_by=act.actor.actor_label,
    )  # fmt: skip
    required: dict[str, RequiredDocument] = {}

    def documents(rows: Sequence[tuple[str, str, str]]) -> list[RequiredDocument]:
        for code, kind, name in rows:
            if name not in required:
                required[name] = RequiredDocument.objects.create(
                    matrix=matrix, code=code, kind=kind, title=name, position=len(required)
                )
        return [required[name] for _, _, name in rows]

    for place, one in enumerate(groups):
        group = FunctionGroup.objects.create(
            matrix=matrix, number=one.number[:20], title=one.title, level=one.level, position=place,
            posts=list(one.posts), is_reconstructed=one.is_reconstructed, note=one.note,
        )  # fmt: skip
        group.required.set(documents(one.documents))
        for number, function in enumerate(one.functions):
            made = MatrixFunction.objects.create(
                group=group, position=number, text=function.text, posts=list(function.posts), power=function.power,
                power_note=function.power_note, is_reconstructed=function.is_reconstructed,
            )  # fmt: skip
            made.required.set(documents(function.documents))
    _record(act, "regulations.matrix.adopted", matrix)
    return matrix


@transaction.atomic
def assign_people(act: Act, *, functions: Sequence[MatrixFunction], people: Sequence[Appointment]) -> None:
    """Say who answers for functions of one matrix; an empty choice frees them."""
    if not functions:
        raise RefusedError("Функции не отмечены.", "Отметьте функции, за которые отвечает сотрудник.")
    matrix = functions[0].group.matrix
    require(act, Permission.EDIT_DOCUMENTS, matrix.owner)
    known = set(staff_of(matrix.owner).values_list("pk", flat=True))
    if any(one.pk not in known for one in people) or any(one.group.matrix_id != matrix.pk for one in functions):
        raise ForbiddenError
    for one in functions:
        one.people.set(people)
    _record(act, "regulations.matrix.people_assigned", matrix, functions=len(functions), people=len(people))


@transaction.atomic
def bind_document(act: Act, *, required: RequiredDocument, document: RegisteredDocument, is_bound: bool = True) -> None:
    """Say that a document of the register is the required one, or that it is not."""
    matrix = required.matrix
    require(act, Permission.EDIT_DOCUMENTS, matrix.owner)
    if not documents_visible(scope_for(act)).filter(pk=document.pk).exists():
        raise ForbiddenError
    if is_bound:
        required.documents.add(document)
    else:
        required.documents.remove(document)
    _record(act, "regulations.matrix.document_bound", matrix, document=document.pk, bound=is_bound)


@transaction.atomic
def decide_power(act: Act, *, function: MatrixFunction, power: str, note: str) -> None:
    """Say by what kind of power a function belongs to the organization, and how that was decided."""
    matrix = function.group.matrix
    require(act, Permission.EDIT_DOCUMENTS, matrix.owner)
    if power not in {code for code, _, _ in powers()}:
        raise RefusedError("Вид полномочия не выбран.", "Выберите из списка.")
    function.power, function.power_note = power, note.strip()[:300]
    function.save(update_fields=["power", "power_note"])
    _record(act, "regulations.matrix.power_decided", matrix, power=power)


def _record(act: Act, event: str, matrix: FunctionMatrix, **details: object) -> None:
    record(
        act, event, kind="matrix", object_id=matrix.pk, label=matrix.title[:200], organization=matrix.owner,
        details=details,
    )  # fmt: skip
