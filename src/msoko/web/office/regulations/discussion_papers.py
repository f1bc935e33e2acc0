"""Papers of a discussion: minutes with the table of remarks, expert opinions, remarks as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from msoko.cycle.regulations.api import ANSWERS, COUNTED, REMARK_COLUMNS, Discussion, Remark, remark_cells, remarks_of
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.documents import expert_criteria
from msoko.foundation.documents.files import file_name
from msoko.foundation.documents.official_table import FullRow, OfficialTable, official_docx
from msoko.web.ui.downloads import download
from msoko.web.ui.exports import export_tables
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from qualimetry.narrative.blocks import Column, Table

_OPINION = (("Вопрос экспертизы", 0.7), ("Ответ", 0.3))


def paper_of_discussion(request: WorkplaceRequest, discussion: Discussion, kind: str) -> HttpResponse:
    """The paper that the address asks for."""
    remarks = list(remarks_of(request.scope, discussion).filter(COUNTED))
    if kind == "xlsx":
        rows = tuple(remark_cells(number, one) for number, one in enumerate(remarks, 1))
        table = Table("remarks", "Замечания", tuple(Column(title) for title, _ in REMARK_COLUMNS), rows)
        return export_tables(request, f"Замечания {discussion.title[:60]}", [("Замечания", table)])
    papers = {"minutes": ("Протокол обсуждения", minutes), "opinions": ("Экспертные заключения", opinions)}
    if kind not in papers:
        raise Http404
    title, made = papers[kind]
    record(act_of(request), "regulations.discussion.downloaded", kind="discussion", object_id=discussion.pk,
           label=discussion.title[:200], organization=discussion.owner, details={"what": kind})  # fmt: skip
    return download(file_name(f"{title} {discussion.title[:70]}", ".docx"), official_docx(made(discussion, remarks)))


def minutes(discussion: Discussion, remarks: list[Remark]) -> OfficialTable:
    """Minutes: period, participants, table of remarks with decisions, the result."""
    people = ", ".join(one.short_name for one in discussion.participants.order_by("sort_key")) or "не назначались"
    counts = ", ".join(
        f"{title.lower()} – {sum(one.decision == code for one in remarks)}"
        for code, title in (("accepted", "Учтено"), ("partly", "Учтено частично"), ("rejected", "Отклонено"))
    )  # fmt: skip
    result = discussion.get_result_display() if discussion.result else "не подведён"
    notes = [
        f"Обсуждение проведено с {discussion.opens_on:%d.%m.%Y} по {discussion.closes_on:%d.%m.%Y}.",
        f"Организатор: {discussion.owner.full_name or discussion.owner.short_name}.", f"Участники: {people}.",
        f"Поступило замечаний: {len(remarks)} ({counts}).",
        f"Экспертных заключений: {discussion.opinions.filter(signed_at__isnull=False).count()}.",
        f"Итог: {result.lower()}.",
    ]  # fmt: skip
    if discussion.conclusion:
        notes.append(f"Решили: {discussion.conclusion}")
    rows: list[FullRow | tuple[str, ...]] = [remark_cells(number, one) for number, one in enumerate(remarks, 1)]
    if not rows:
        rows = [FullRow("Замечаний не поступило")]
    rows.append(FullRow("Председатель ______________________        Секретарь ______________________"))
    return OfficialTable(f"Протокол обсуждения: {discussion.title}", REMARK_COLUMNS, tuple(rows), notes=tuple(notes))


def opinions(discussion: Discussion, remarks: list[Remark]) -> OfficialTable:
    """All opinions of experts, one after another."""
    del remarks
    criteria = expert_criteria()
    rows: list[FullRow | tuple[str, ...]] = []
    for one in discussion.opinions.filter(signed_at__isnull=False).select_related("organization").order_by("made_at"):
        post = f"{one.post}, " if one.post else ""
        day = f"подписано {timezone.localtime(one.signed_at or one.made_at):%d.%m.%Y %H:%M}"
        rows.append(FullRow(f"Эксперт: {one.expert}, {post}{one.organization.short_name}, {day}"))
        rows += [(title, ANSWERS.get(one.answers.get(code, ""), "—")) for code, title in criteria.items()]
        rows.append(("Рекомендация", one.get_recommendation_display()))
        rows.append(("Заключение", one.conclusion))
    return OfficialTable(f"Экспертные заключения: {discussion.title}", _OPINION, tuple(rows))
