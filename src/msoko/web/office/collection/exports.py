"""Lists of the step «Данные» as Excel: imports, batches, rows of a class, code lists, a cohort."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from msoko.cycle.collection.api import Batch, ImportSession, key_states, sessions_visible
from msoko.cycle.procedures.api import campaign_title
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.collection.batches import listed_batches
from msoko.web.office.collection.individual import ResultRow, class_title, individual_page
from msoko.web.office.collection.keys import MARKS, cohort_of, own_school, school_campaigns
from msoko.web.office.templatetags.office_collection import import_state, import_summary
from msoko.web.ui.exports import export_tables, moment_text
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def imports_export(request: WorkplaceRequest) -> HttpResponse:
    """All imports of the organizations where the person may load results."""
    columns = (
        Column("Загрузка", "integer"), Column("Состояние"), Column("Что понято", width=3.0),
        Column("Организация", width=2.0), Column("Кто", width=1.5), Column("Когда"), Column("Прочитана"),
        Column("Принята"), Column("Кто принял", width=1.5), Column("Отменена"),
    )  # fmt: skip
    rows = tuple(_import(one) for one in sessions_visible(request.scope).defer("uploads"))
    return export_tables(request, "Загрузки результатов", [("Загрузки", Table("imports", "Загрузки", columns, rows))])


def _import(one: ImportSession) -> tuple[object, ...]:
    return (
        one.pk, import_state(one)[0], import_summary(one), one.organization.short_name, one.created_by,
        moment_text(one.created_at), moment_text(one.read_at), moment_text(one.accepted_at), one.accepted_by,
        moment_text(one.discarded_at),
    )  # fmt: skip


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def batches_export(request: WorkplaceRequest) -> HttpResponse:
    """History of batches with the filters of the page."""
    columns = (
        Column("Процедура", width=3.0), Column("Состояние", width=1.5), Column("Участников", "integer"),
        Column("Отсутствовали", "integer"), Column("Организаций", "integer"), Column("Действует для", "integer"),
        Column("Принято"), Column("Кто принял", width=1.5), Column("Загрузка", "integer"),
        Column("Файлы", width=3.0), Column("SHA-256 содержимого", width=3.0), Column("Отозвано"),
        Column("Кто отозвал", width=1.5), Column("Основание отзыва", width=2.0),
    )  # fmt: skip
    rows = tuple(_batch(one) for one in listed_batches(request))
    return export_tables(request, "История партий", [("Партии", Table("batches", "История партий", columns, rows))])


def _batch(one: Batch) -> tuple[object, ...]:
    speaks, of = getattr(one, "speaks_for", 0), getattr(one, "organization_count", 0)
    state = "отозвана" if one.withdrawn_at else "заменена" if not speaks else "действует"
    return (
        campaign_title(one.campaign), state if speaks in (0, of) else "действует частично", one.participant_count,
        one.absent_count, of, speaks, moment_text(one.accepted_at), one.accepted_by, one.session_id,
        "; ".join(file.name for file in one.session.files.all()), one.sha256, moment_text(one.withdrawn_at),
        one.withdrawn_by, one.withdrawal_basis,
    )  # fmt: skip


@require_GET
@signed_in(Permission.SEE_INDIVIDUAL)
def individual_export(request: WorkplaceRequest) -> HttpResponse:
    """Rows of the chosen class without names; the look is journalled like that at the page."""
    page = individual_page(request)
    if "rows" not in page:
        raise RefusedError("Выгружать нечего: результатов ещё нет.", "Сначала загрузите результаты.")
    rows: list[ResultRow] = page["rows"]
    columns = (
        Column("Код строки"), Column("Вариант", "integer"), Column("Состояние", width=1.5),
        *(Column(label) for label in page["labels"]), Column("Первичный балл", "integer"),
        *(Column(name) for name in page["columns"]),
    )  # fmt: skip
    where = f"{page['title']}, {page['organization'].short_name}, {class_title(page['campaign'], page['group'])}"
    table = Table("individual", where, columns, tuple(_result(row) for row in rows))
    meanings = (
        ("Код строки", "Заменяет код участника и не даёт к нему вернуться."),
        ("X", "Не приступил к заданию."),
        ("—", "Тема не изучалась или задания нет в варианте."),
    )
    return export_tables(request, f"Индивидуальные результаты. {where}", [("Участники", table)], meanings=meanings)


def _result(row: ResultRow) -> tuple[object, ...]:
    one = row.participant
    if not one.present:
        return (one.short_code, None, "отсутствовал", *(None for _ in row.items), None, *(None for _ in row.results))
    state = "учтён" if one.is_valid_attempt else f"попытка {one.attempt}, не учтена"
    cells = (int(cell.text) if cell.text.isdecimal() else cell.text for cell in row.items)
    results = (int(word) if word.isdecimal() else word for word in row.results)
    return (one.short_code, one.variant or None, state, *cells, one.total, *results)


@require_GET
@signed_in(Permission.SEE_INDIVIDUAL)
def keys_export(request: WorkplaceRequest) -> HttpResponse:
    """Procedures of the school with the state of its code lists."""
    school = own_school(request)
    columns = (
        Column("Процедура", width=3.0), Column("Участников", "integer"), Column("Кодов в списке", "integer"),
        Column("Состояние"), Column("Коды в файле", width=1.5),
    )  # fmt: skip
    rows = tuple(
        (
            campaign_title(one.campaign), one.participants, one.links, "связано" if one.links else "списка нет",
            {True: "нет", False: "есть"}[one.has_no_codes] if one.coded is not None else None,
        )
        for one in key_states(school, school_campaigns(request, school))
    )  # fmt: skip
    table = Table("keys", "Списки кодов школы", columns, rows)
    return export_tables(request, "Списки кодов школы", [("Списки кодов", table)], source=school.short_name)


@require_GET
@signed_in(Permission.SEE_INDIVIDUAL)
def cohort_export(request: WorkplaceRequest) -> HttpResponse:
    """Marks of the same pupils in the two chosen procedures."""
    school = own_school(request)
    before, after, found = cohort_of(request, school, school_campaigns(request, school))
    if before is None or after is None or found is None:
        raise RefusedError("Не выбраны две процедуры.", "Выберите их на странице «Когорта» и выгрузите оттуда.")
    columns = (Column("Раньше / позже"), *(Column(f"«{mark}»", "integer") for mark in MARKS))
    rows = tuple((f"«{mark}»", *(found.cells.get((mark, other), 0) for other in MARKS)) for mark in MARKS)
    meanings = (
        ("Строки", f"{campaign_title(before)}, отметок {found.before}"),
        ("Столбцы", f"{campaign_title(after)}, отметок {found.after}"),
        ("Связано", f"{found.linked}; выше {found.higher}, столько же {found.same}, ниже {found.lower}"),
    )
    table = Table("cohort", "Отметки одних и тех же обучающихся в двух процедурах", columns, rows)
    return export_tables(request, "Когорта", [("Когорта", table)], meanings=meanings, source=school.short_name)
