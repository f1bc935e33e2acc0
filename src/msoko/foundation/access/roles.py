"""Roles and what each may do. Scope comes from the organization of the membership."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a person may do to objects of the organizations in scope."""

    SEE_TOTALS = "see_totals"  # results of the municipality as a whole
    SEE_ORGANIZATIONS = "see_organizations"  # results of each organization in scope
    SEE_INDIVIDUAL = "see_individual"  # rows of participants (keys, no names) in scope
    SEE_REGISTRY = "see_registry"
    EDIT_REGISTRY = "edit_registry"
    EDIT_CLASSES = "edit_classes"  # classes of a school in a school year
    EDIT_CAMPAIGNS = "edit_campaigns"
    EDIT_BLUEPRINTS = "edit_blueprints"
    IMPORT_RESULTS = "import_results"
    WITHDRAW_RESULTS = "withdraw_results"
    LOAD_CODE_LIST = "load_code_list"
    EDIT_REPORTS = "edit_reports"
    ISSUE_REPORTS = "issue_reports"
    SEE_JOURNAL = "see_journal"
    MANAGE_ACCESS = "manage_access"
    SEE_DOCUMENTS = "see_documents"  # register of documents, function matrix
    EDIT_DOCUMENTS = "edit_documents"
    APPROVE_DOCUMENTS = "approve_documents"  # register with a number, put in force, repeal
    SEE_PLANS = "see_plans"
    EDIT_PLANS = "edit_plans"
    APPROVE_PLANS = "approve_plans"
    EXECUTE_TASKS = "execute_tasks"  # report on the tasks of an organization
    CONFIRM_TASKS = "confirm_tasks"  # accept, return, postpone, cancel


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    AUTHORITY_HEAD = "authority_head"
    SPECIALIST = "specialist"
    ADVISER = "adviser"
    ASSOCIATION_HEAD = "association_head"
    SCHOOL_COORDINATOR = "school_coordinator"
    SCHOOL_HEAD = "school_head"
    SENIOR_EDUCATOR = "senior_educator"
    OBSERVER = "observer"
    REGIONAL_VIEWER = "regional_viewer"


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """Name and purpose as shown on screen, and the permissions."""

    title: str
    summary: str
    permissions: frozenset[Permission]


P = Permission
_OFFICE = frozenset({P.SEE_TOTALS, P.SEE_ORGANIZATIONS, P.SEE_REGISTRY})
_SCHOOL = frozenset({P.SEE_ORGANIZATIONS, P.SEE_REGISTRY, P.SEE_INDIVIDUAL})
#: Planning and papers: to read; to do one's tasks; to write; to answer for.
_READ = frozenset({P.SEE_PLANS, P.SEE_DOCUMENTS})
_WORK = _READ | {P.EXECUTE_TASKS}
_WRITE = _WORK | {P.EDIT_PLANS, P.EDIT_DOCUMENTS}
_ANSWER = _WRITE | {P.APPROVE_PLANS, P.APPROVE_DOCUMENTS, P.CONFIRM_TASKS}

ROLES: dict[Role, RoleDescription] = {
    Role.ADMINISTRATOR: RoleDescription(
        "Администратор",
        "Ведёт учётные записи, роли и журнал своей организации.",
        frozenset({P.SEE_REGISTRY, P.EDIT_REGISTRY, P.EDIT_CLASSES, P.SEE_JOURNAL, P.MANAGE_ACCESS}),
    ),
    Role.AUTHORITY_HEAD: RoleDescription(
        "Руководитель управления образования",
        "Видит результаты муниципалитета и каждой организации, выпускает справки, смотрит журнал.",
        _OFFICE | _ANSWER | {P.EDIT_REPORTS, P.ISSUE_REPORTS, P.SEE_JOURNAL},
    ),
    Role.SPECIALIST: RoleDescription(
        "Муниципальный специалист",
        "Загружает результаты, ведёт процедуры и спецификации, готовит справки.",
        _OFFICE
        | _ANSWER
        | {P.SEE_INDIVIDUAL, P.EDIT_REGISTRY, P.EDIT_CLASSES, P.EDIT_CAMPAIGNS, P.EDIT_BLUEPRINTS, P.IMPORT_RESULTS}
        | {P.WITHDRAW_RESULTS, P.EDIT_REPORTS, P.ISSUE_REPORTS, P.SEE_JOURNAL},
    ),
    Role.ADVISER: RoleDescription(
        "Методист",
        "Разбирает дефициты и задания, правит тексты справок и спецификации.",
        _OFFICE | _WRITE | {P.EDIT_BLUEPRINTS, P.EDIT_REPORTS},
    ),
    Role.ASSOCIATION_HEAD: RoleDescription(
        "Руководитель методического объединения",
        "Видит итоги муниципалитета: задания, умения, дефициты.",
        _WORK | {P.SEE_TOTALS, P.SEE_REGISTRY},
    ),
    Role.SCHOOL_COORDINATOR: RoleDescription(
        "Школьный координатор",
        "Загружает результаты своей школы и список кодов, ведёт её классы, видит свою школу и итоги муниципалитета.",
        _SCHOOL
        | _WRITE
        | {P.SEE_TOTALS, P.EDIT_CLASSES, P.IMPORT_RESULTS, P.LOAD_CODE_LIST, P.EDIT_CAMPAIGNS, P.EDIT_REPORTS},
    ),
    Role.SCHOOL_HEAD: RoleDescription(
        "Руководитель школы",
        "Видит результаты своей школы и итоги муниципалитета, выпускает справки школы.",
        _SCHOOL | _ANSWER | {P.SEE_TOTALS, P.EDIT_REPORTS, P.ISSUE_REPORTS, P.SEE_JOURNAL},
    ),
    Role.SENIOR_EDUCATOR: RoleDescription(
        "Старший воспитатель",
        "Ведёт сведения и оценку качества в своём детском саду.",
        _SCHOOL | _WRITE | {P.SEE_TOTALS, P.IMPORT_RESULTS, P.EDIT_CAMPAIGNS, P.EDIT_REPORTS},
    ),
    Role.OBSERVER: RoleDescription(
        "Общественный наблюдатель", "Видит организации и координаторов оценочных процедур.", frozenset({P.SEE_REGISTRY})
    ),
    Role.REGIONAL_VIEWER: RoleDescription(
        "Специалист региона", "Видит итоги муниципалитетов без данных отдельных организаций.", frozenset({P.SEE_TOTALS})
    ),
}
