"""Matrices of functions: the first one from a sample, people assigned, documents bound, kinds of power decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from msoko.cycle.regulations.matrix_building import build_matrix, record_matrix
from msoko.cycle.regulations.matrix_content import content_of_definition
from msoko.cycle.regulations.models import (
    FunctionGroup,
    FunctionMatrix,
    MatrixDraft,
    MatrixFunction,
    RegisteredDocument,
    RequiredDocument,
)
from msoko.cycle.regulations.queries import documents_visible, with_bases
from msoko.foundation.access.api import Permission, Scope, require, scope_for
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.catalog.functions import MatrixDefinition, definitions_for, powers
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.models import Appointment


def matrices_visible(scope: Scope) -> QuerySet[FunctionMatrix]:
    """Current matrices of the organizations in scope."""
    rows = FunctionMatrix.objects.filter(is_current=True).select_related("owner")
    return rows.filter(scope.filter(Permission.SEE_DOCUMENTS, "owner__"))


def editions_of_matrix(scope: Scope, owner: Organization) -> QuerySet[FunctionMatrix]:
    """All editions of the matrix of an organization in scope, the latest first."""
    rows = FunctionMatrix.objects.filter(owner=owner).select_related("owner").order_by("-edition", "-pk")
    return rows.filter(scope.filter(Permission.SEE_DOCUMENTS, "owner__"))


def matrix_drafts_visible(scope: Scope) -> QuerySet[MatrixDraft]:
    """Matrices on their way in that the person may work on."""
    rows = MatrixDraft.objects.filter(accepted_at__isnull=True, discarded_at__isnull=True).select_related("owner")
    return rows.filter(scope.filter(Permission.EDIT_DOCUMENTS, "owner__"))


def history_of_matrix(matrix: FunctionMatrix) -> QuerySet[AuditEvent]:
    """What was done with a matrix, the latest first."""
    events = AuditEvent.objects.filter(organization_id=matrix.owner_id, object_kind="matrix", object_id=str(matrix.pk))
    return events.exclude(event__endswith=".downloaded")


def groups_of(matrix: FunctionMatrix) -> list[FunctionGroup]:
    """Groups in order with functions, people, required documents and their documents: a constant number of queries."""
    return groups_of_many([matrix]).get(matrix.pk, [])


def groups_of_many(matrices: Iterable[FunctionMatrix]) -> dict[int, list[FunctionGroup]]:
    """Groups of several matrices by the key of the matrix, in as many queries as those of one."""
    documents = with_bases(RegisteredDocument.objects.defer("text", "search_key"))
    required = RequiredDocument.objects.prefetch_related(Prefetch("documents", documents))
    people = Appointment.objects.select_related("person", "organization")
    functions = MatrixFunction.objects.filter(removed_at__isnull=True)
    functions = functions.prefetch_related(Prefetch("required", required), Prefetch("people", people))
    rows = FunctionGroup.objects.filter(matrix__in=list(matrices), removed_at__isnull=True)
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
    """Make a sample the first matrix of an organization.

    Raises:
        RefusedError: when the sample is not for organizations of this kind, or a matrix is there already.
    """
    require(act, Permission.EDIT_DOCUMENTS, owner)
    found = sample_for(owner, definition)
    if FunctionMatrix.objects.filter(owner=owner, is_current=True).exists():
        raise RefusedError(
            "У организации уже есть матрица функций.",
            "Откройте «Обновить по образцу»: назначения сохранятся, изменения видны до принятия.",
        )
    matrix, _ = build_matrix(
        act, owner=owner, content=content_of_definition(found), title=found.title, definition=found.id
    )
    record_matrix(act, "regulations.matrix.adopted", matrix, edition=matrix.edition)
    return matrix


def sample_for(owner: Organization, definition: str) -> MatrixDefinition:
    """The sample by its code.

    Raises:
        RefusedError: when it is not for organizations of this kind.
    """
    found = next((one for one in definitions_for(owner.kind) if one.id == definition), None)
    if found is None:
        raise RefusedError("Этот образец не для такой организации.", "Выберите образец из списка.")
    return found


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
    record_matrix(act, "regulations.matrix.people_assigned", matrix, functions=len(functions), people=len(people))


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
    record_matrix(act, "regulations.matrix.document_bound", matrix, document=document.pk, bound=is_bound)


@transaction.atomic
def decide_power(act: Act, *, function: MatrixFunction, power: str, note: str) -> None:
    """Say by what kind of power a function belongs to the organization, and how that was decided."""
    matrix = function.group.matrix
    require(act, Permission.EDIT_DOCUMENTS, matrix.owner)
    if power not in {code for code, _, _ in powers()}:
        raise RefusedError("Вид полномочия не выбран.", "Выберите из списка.")
    function.power, function.power_note = power, note.strip()[:300]
    function.save(update_fields=["power", "power_note"])
    record_matrix(act, "regulations.matrix.power_decided", matrix, power=power)


@transaction.atomic
def decide_sample(act: Act, *, function: MatrixFunction, code: str, is_same: bool) -> None:
    """Say that a function is, or is not, the one of the sample with this code, whatever their words."""
    matrix = function.group.matrix
    require(act, Permission.EDIT_DOCUMENTS, matrix.owner)
    if not code:
        raise RefusedError("Функция образца не выбрана.", "Обновите страницу.")
    if is_same:
        MatrixFunction.objects.filter(group__matrix=matrix, code=code).exclude(pk=function.pk).update(code="")
        function.code, function.unlike = code[:40], [one for one in function.unlike if one != code]
    else:
        function.unlike = list(dict.fromkeys([*function.unlike, code[:40]]))
        function.code = "" if function.code == code else function.code
    function.save(update_fields=["code", "unlike"])
    record_matrix(act, "regulations.matrix.sample_decided", matrix, code=code[:40], same=is_same)
