"""Reports of a run as files: the municipality's, one for every organization, a workbook."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from intake.contracts import Problem, Severity
from msoko.cli.analyze import Request, is_municipal_only
from msoko.cli.screen import Progress, complain
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.documents.batch import render
from msoko.foundation.documents.files import file_name, write_whole
from msoko.foundation.processing.result_json import AnalysedCampaign
from msoko.foundation.processing.values import Organization
from qualimetry.narrative.context import OrganizationName, ReportContext
from qualimetry.narrative.report import campaign_report, school_report

ORGANIZATIONS = "Организации"
#: with fewer reports one process is quicker
_WORTH_A_POOL = 16


@dataclass(frozen=True, slots=True)
class _Task:
    """One report to write: of the municipality (`organization` None) or of an organization."""

    campaign: int
    organization: int | None
    path: Path
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    campaigns: tuple[AnalysedCampaign, ...]
    contexts: tuple[ReportContext, ...]


def write_reports(
    campaigns: Sequence[AnalysedCampaign], problems: Sequence[Problem], request: Request, progress: Progress
) -> None:
    """Write all reports of all campaigns; several campaigns get a folder each."""
    source = _Source(
        tuple(campaigns),
        tuple(_context(campaign, problems, request.municipality, request.authority) for campaign in campaigns),
    )
    tasks = [
        task
        for number, campaign in enumerate(campaigns)
        for task in _tasks(number, campaign, _folder(campaigns, number, request.out), request)
    ]
    for done, failed in enumerate(_written(source, tasks), 1):
        progress("Справки", done, len(tasks))
        if failed:
            complain(f"\nНе составлена справка «{failed}»: сообщите разработчикам.")


def _written(source: _Source, tasks: Sequence[_Task]) -> Iterator[str]:
    """Write every report; names of those that failed, "" for the others."""
    if len(tasks) < _WORTH_A_POOL:
        for task in tasks:
            yield _attempt(source, task)
        return
    context = multiprocessing.get_context("spawn")  # engines of the analysis have left threads here
    with ProcessPoolExecutor(mp_context=context, initializer=_start, initargs=(source,)) as pool:
        yield from pool.map(_write_in_pool, tasks, chunksize=2)


def _tasks(number: int, campaign: AnalysedCampaign, folder: Path, request: Request) -> Iterator[_Task]:
    chosen = tuple(sorted(request.formats - {"json"}))
    folder.mkdir(parents=True, exist_ok=True)
    yield _Task(number, None, folder / f"Аналитическая справка. {campaign.title}", chosen)
    members = [group.group.organization for group in campaign.result.organizations]
    documents = tuple(name for name in chosen if name != "xlsx")
    if not documents or is_municipal_only(campaign, request):
        return
    (folder / ORGANIZATIONS).mkdir(exist_ok=True)
    taken: set[str] = set()
    for organization in campaign.organizations:
        if organization.key in members:
            name = _unique(organization, taken)
            yield _Task(number, organization.key, folder / ORGANIZATIONS / name, documents)


def _unique(organization: Organization, taken: set[str]) -> str:
    name = organization.name or organization.code or "Организация"
    for candidate in (name, f"{name} ({organization.code or organization.key})", f"{name} {organization.key}"):
        if file_name(candidate, "").casefold() not in taken:
            break
    taken.add(file_name(candidate, "").casefold())
    return candidate


_SOURCE: list[_Source] = []


def _start(source: _Source) -> None:
    _SOURCE[:] = [source]


def _write_in_pool(task: _Task) -> str:
    return _attempt(_SOURCE[0], task)


def _attempt(source: _Source, task: _Task) -> str:
    """A defect in one report must not lose the others."""
    try:
        _write(source, task)
    except OSError:
        raise
    except Exception as error:
        return f"{task.path.name} ({type(error).__name__}: {error})"
    return ""


def _write(source: _Source, task: _Task) -> None:
    result, context = source.campaigns[task.campaign].result, source.contexts[task.campaign]
    if task.organization is None:
        document = campaign_report(result, context)
    else:
        document = school_report(result, task.organization, context)
    for format_ in task.formats:
        write_whole(_path(task, f".{format_}"), render(document, format_))


def _path(task: _Task, suffix: str) -> Path:
    return task.path.parent / file_name(task.path.name, suffix)


def _folder(campaigns: Sequence[AnalysedCampaign], number: int, out: Path) -> Path:
    if len(campaigns) == 1:
        return out
    title = file_name(campaigns[number].title, "")
    same = [place for place, other in enumerate(campaigns) if other.title == campaigns[number].title]
    return out / (title if same[0] == number else f"{title} ({same.index(number) + 1})")


def _context(
    campaign: AnalysedCampaign, problems: Sequence[Problem], municipality: str, authority: str
) -> ReportContext:
    definition = procedure(campaign.key.procedure)
    known = {one.municipality for one in campaign.organizations if re.search("[а-яё]", one.municipality.casefold())}
    place = municipality or (known.pop().rsplit("|", 1)[-1].strip() if len(known) == 1 else "")
    cut_scores = campaign.result.blueprint.cut_scores
    return ReportContext(
        authority=authority or place,
        municipality=place,
        procedure_title=definition.names.full if definition is not None else "",
        subject=campaign.key.subject,
        grade_level=campaign.key.grade_level,
        organizations={one.key: OrganizationName(one.name) for one in campaign.organizations},
        scale_source=cut_scores.source if cut_scores is not None else "",
        is_scale_confirmed=not any(problem.code == "cut_scores_are_verified" for problem in problems),
        data_time=dt.datetime.now(dt.UTC).astimezone(),
        method_version=campaign.result.method_version,
        problems=tuple(dict.fromkeys(one.message for one in problems if one.severity == Severity.ERROR)),
        year=campaign.key.year,
        is_counted=bool(campaign.summary_files),
    )
