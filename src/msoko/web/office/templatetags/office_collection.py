"""States of imports, the tabs of «Данные», names of campaigns."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from msoko.cycle.collection.api import ImportSession
from msoko.cycle.procedures.api import Campaign, campaign_title
from msoko.foundation.access.api import Permission
from msoko.web.ui.templatetags.ui import status
from msoko.web.ui.templatetags.ui_numbers import counted

register = template.Library()


@register.inclusion_tag("office/collection/parts/tabs.html", takes_context=True)
def collection_tabs(context: template.Context, here: str) -> dict[str, Any]:
    """Tabs that the person may open."""
    scope = context["request"].scope
    own = [path for path in scope.paths.get(Permission.SEE_INDIVIDUAL, ()) if path in scope.home_paths]
    return {
        "here": here,
        "may_import": scope.may_anywhere(Permission.IMPORT_RESULTS),
        "may_individual": scope.may_anywhere(Permission.SEE_INDIVIDUAL),
        "may_key": bool(own),
        "may_medals": scope.may_anywhere(Permission.SEE_ORGANIZATIONS),
    }


@register.simple_tag
def import_status(session: ImportSession) -> SafeString:
    """«Читается», «Есть вопросы», «Принята»…"""
    return status(*import_state(session))


def import_state(session: ImportSession) -> tuple[str, str, str]:
    """State of an import: word, tone, sign ("" for that of the tone)."""
    if session.accepted_at:
        return "Принята", "good", ""
    if session.discarded_at:
        return "Отменена", "wait", "circle-x"
    if session.job is not None and not session.job.is_over:
        return "Принимается" if session.job.kind == "collection.accept" else "Читается", "info", "loader"
    if session.job is not None and session.job.error:
        return "Не выполнено", "bad", ""
    if session.preview.get("questions"):
        return "Есть вопросы", "warn", ""
    return "Ждёт приёма", "info", "clock"


@register.simple_tag
def import_summary(session: ImportSession) -> str:
    """«3 процедуры, 1 132 участника»."""
    campaigns = session.preview.get("campaigns", [])
    parts = []
    if campaigns:
        parts.append(counted(len({one["title"] for one in campaigns}), "процедура"))
        parts.append(counted(sum(one["participants"] for one in campaigns), "участник"))
    for key, noun in (("summaries", "отчёт"), ("specifications", "спецификация"), ("questions", "вопрос")):
        if session.preview.get(key):
            parts.append(counted(len(session.preview[key]), noun))
    return ", ".join(parts) or "—"


@register.simple_tag
def campaign_name(campaign: Campaign) -> str:
    """«ВПР 2026, Математика, 5 класс»."""
    return campaign_title(campaign)
