"""The analytical report (аналитическая справка) of a campaign, for the municipality and for each organization."""

from __future__ import annotations

from collections.abc import Iterator

from qualimetry.narrative.blocks import Block, Heading, PageBreak, Paragraph, ReportDocument, TitlePage
from qualimetry.narrative.context import ReportContext
from qualimetry.narrative.outline import Outline, OutlineEntry, load_outline
from qualimetry.narrative.scene import Scene, paragraph
from qualimetry.narrative.sections import SECTIONS
from qualimetry.narrative.words import grade_phrase, procedure_words, subject_phrase
from qualimetry.recipes.contracts import CampaignResult

#: what stands on the title page until a person writes it
AUTHORITY_UNKNOWN = "(наименование органа или организации)"


def campaign_report(result: CampaignResult, context: ReportContext) -> ReportDocument:
    """The report of the municipality. The same result and context give the same document."""
    return _document(Scene(result, context), load_outline("municipality"))


def school_report(result: CampaignResult, organization: int, context: ReportContext) -> ReportDocument:
    """The report of one organization: itself, its classes, the municipality's totals, nobody else.

    Raises LookupError when the result has no such organization.
    """
    scene = Scene(result, context, organization)
    scene.subject  # noqa: B018 -- an unknown organization must fail before anything is written
    return _document(scene, load_outline("school"))


def _document(scene: Scene, outline: Outline) -> ReportDocument:
    return ReportDocument(
        title_page=_title_page(scene, outline),
        blocks=(*_sections(scene, outline.sections), *_signature(scene)),
        annexes=tuple(_sections(scene, outline.annexes)),
        stamp=scene.context.stamp,
        has_contents=not scene.is_school,
    )


def _signature(scene: Scene) -> tuple[Block, ...]:
    """Lines for those who sign the report."""
    if scene.subject.is_small and not scene.context.is_internal:
        return ()
    said = scene.say("signature")
    return (Paragraph("signature", said.text, (said.grounds,)),) if said else ()


def _sections(scene: Scene, entries: tuple[OutlineEntry, ...]) -> Iterator[Block]:
    """Headings with their blocks; a section that has nothing to say has no heading either."""
    if scene.subject.is_small and not scene.context.is_internal:
        if entries[0].id == "basis":
            said = paragraph("basis.too_small", scene.say("too_small_for_public"))
            yield Heading("basis.heading", entries[0].title)
            yield from said
        return
    for entry in entries:
        if entry.suits(scene.kind, is_internal=scene.context.is_internal):
            blocks = SECTIONS[entry.id](scene)
            if blocks:
                yield from _headed(Heading(f"{entry.id}.heading", entry.title), blocks)


def _headed(heading: Heading, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The heading before its blocks, on the new page where the section begins with a page break."""
    if isinstance(blocks[0], PageBreak):
        return (blocks[0], heading, *blocks[1:])
    return (heading, *blocks)


def _title_page(scene: Scene, outline: Outline) -> TitlePage:
    context = scene.context
    return TitlePage(
        authority=context.authority or AUTHORITY_UNKNOWN,
        kind=outline.kind,
        title=_title(scene),
        place=context.place or context.municipality,  # both unknown: the year stands alone
        year=_year(scene),
        basis="; ".join(context.basis),
        approved_by=context.approved_by,
        prepared_by=context.prepared_by,
    )


def _year(scene: Scene) -> int:
    """Year of issue: as given, else of the computation, else of the work; 0 = unknown."""
    context = scene.context
    return context.year or (context.data_time.year if context.data_time else scene.result.blueprint.year or 0)


def _title(scene: Scene) -> str:
    """«о результатах всероссийской проверочной работы по математике в 5 классах (2025/2026 учебный год)»."""
    result, context = scene.result, scene.context
    year = f"({context.school_year} учебный год)" if context.school_year else ""
    parts = (
        "о результатах",
        procedure_words(result, context)["gent"],
        subject_phrase(result, context),
        grade_phrase(result, context),
        f"– {context.full_name(scene.organization)}" if scene.is_school else "",
        year,
    )
    return " ".join(part for part in parts if part)
