"""From campaigns of the synthetic municipality to what files print."""

from __future__ import annotations

from collections.abc import Callable

from msoko.foundation.documents.result_files.organization_list import ListedOrganization
from msoko.foundation.documents.result_files.printed import PrintedOrganization, PrintedRow, PrintedWork
from qualimetry.synthetic import (
    Municipality,
    Organization,
    OrganizationKind,
    PlaceKind,
    ResultColumns,
    SyntheticCampaign,
)
from qualimetry.synthetic.results import NO_VALUE
from qualimetry.synthetic.rows import CLASS_LETTERS

PROCEDURE_WORDS = {
    "VPR": "ВПР", "OGE": "ОГЭ", "EGE": "ЕГЭ",
    "MUNICIPAL_DIAGNOSTIC": "Муниципальная диагностическая работа", "BASELINE": "Стартовая диагностика",
}  # fmt: skip
_SUBJECT_CODES = {
    "Русский язык": "РУ", "Математика": "МА", "Окружающий мир": "ОМ", "История": "ИС", "Физика": "ФИ",
    "Обществознание": "ОБ", "География": "ГГ", "Математика профильная": "МП", "Математика базовая": "МБ",
    "Читательская грамотность": "ЧГ", "Готовность первоклассников": "ГП",
}  # fmt: skip
_EXAM_CODES = {
    "Русский язык": "01", "Математика": "02", "Обществознание": "12", "География": "08",
    "Математика профильная": "02", "Математика базовая": "22",
}  # fmt: skip
_KINDS = {
    OrganizationKind.SCHOOL: "Общеобразовательная организация",
    OrganizationKind.KINDERGARTEN: "Дошкольная образовательная организация",
    OrganizationKind.SUPPLEMENTARY: "Организация дополнительного образования",
}
_TYPES = {"Гимназия": "Гимназия", "Лицей": "Лицей"}
_PLACES = {PlaceKind.CITY: "город", PlaceKind.SETTLEMENT: "посёлок", PlaceKind.VILLAGE: "село"}
_LETTERS = [str(letter) for letter in CLASS_LETTERS]


def printed_work(campaign: SyntheticCampaign, sitting: int = 0) -> PrintedWork:
    """The work as titles name it, on the day of the sitting."""
    blueprint = campaign.blueprint
    return PrintedWork(
        procedure=PROCEDURE_WORDS[blueprint.procedure],
        subject=blueprint.subject,
        subject_code=_SUBJECT_CODES[blueprint.subject],
        grade_level=blueprint.grade_level or 0,
        year=campaign.held_on.year,
        held_on=campaign.sittings[sitting].held_on,
        items=blueprint.items,
        exam_code=_EXAM_CODES.get(blueprint.subject, ""),
    )


def printed_organization(municipality: Municipality, organization: Organization) -> PrintedOrganization:
    """The organization as federal reports print it."""
    return PrintedOrganization(
        code=organization.code,
        exam_code=organization.exam_code,
        name=organization.reported_name,
        municipality=municipality.name,
        municipality_code=municipality.exam_code,
    )


def printed_rows(municipality: Municipality, campaign: SyntheticCampaign, columns: ResultColumns) -> list[PrintedRow]:
    """Rows of a campaign, or of a part of it, in their order."""
    organizations = {plan.key: printed_organization(municipality, plan.organization) for plan in municipality.schools}
    levels = campaign.blueprint.levels
    level_word: Callable[[int], str] = (lambda level: levels.names[level]) if levels else (lambda _: "")
    return [
        PrintedRow(
            organization=organizations[organization], class_group=letter, class_number=_LETTERS.index(letter) + 1,
            participant=code, variant=variant, sex=sex, present=present, scores=tuple(scores), total=_known(total),
            mark=_known(mark), journal_mark=_known(journal), test_score=_known(test_score),
            level="" if level == NO_VALUE else level_word(level), surname=f"Фамилия{pupil:05d}", first_name="Имя",
            patronymic="Отчество", document_number=f"{pupil:06d}",
        )
        for organization, letter, code, variant, sex, present, scores, total, mark, journal, test_score, level, pupil
        in zip(columns.organization.tolist(), columns.class_group.tolist(), columns.code.tolist(),
               columns.variant.tolist(), columns.sex.tolist(), columns.present.tolist(), columns.items.tolist(),
               columns.total.tolist(), columns.mark.tolist(), columns.journal_mark.tolist(),
               columns.test_score.tolist(), columns.level.tolist(), columns.pupil.tolist(), strict=True)
    ]  # fmt: skip


def _known(value: int) -> int | None:
    return None if value == NO_VALUE else value


def listed_organizations(municipality: Municipality) -> list[ListedOrganization]:
    """All organizations for the list from which the registry is started."""
    coordinators = {post.organization: post for post in municipality.coordinators}
    return [
        ListedOrganization(
            full_name=organization.full_name,
            short_name=organization.short_name,
            kind=_kind(organization),
            code=organization.code,
            address=organization.address,
            place=organization.place.name,
            place_kind=_PLACES[organization.place.kind],
            founder=municipality.authority.name,
            coordinator=post.person.full_name if (post := coordinators.get(organization.key)) else "",
            coordinator_post=post.post if post else "",
            email=f"{organization.code}@demo.example",
        )
        for organization in municipality.organizations
    ]


def _kind(organization: Organization) -> str:
    return _TYPES.get(organization.type_name, _KINDS[organization.kind])
