"""`msoko analyze`: files in, result.json and reports out."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import typer

from intake.contracts import Problem, Severity, Specification
from msoko.cli.screen import Progress, complain, say, to_json
from msoko.foundation.processing.analysis import analyse_readings
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.pipeline import read_paths
from msoko.foundation.processing.result_json import AnalysedCampaign, result_document
from qualimetry.narrative.russian import counted

FORMATS = ("docx", "pdf", "xlsx", "json")

SPECIFICATIONS_ARE_READ = Passport(
    "specifications_are_read",
    Severity.WARNING,
    "В файле спецификации не найдено заданий: он не использован.",
    "Нужны столбцы с номером задания и максимальным баллом.",
)

ORGANIZATIONS_ARE_REPORTED = Passport(
    "organizations_are_reported",
    Severity.INFO,
    "{title}: данных участников нет, организаций {organizations} – справки отдельных организаций не составлены.",
    "Чтобы составить справку каждой организации, добавьте параметр --all-organizations.",
)
#: with more organizations that are known by summary reports only, their reports are written on request
MANY_ORGANIZATIONS = 40


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    files: tuple[Path, ...]
    out: Path
    formats: frozenset[str]
    specifications: tuple[Path, ...] = ()
    municipality: str = ""
    authority: str = ""
    is_json: bool = False
    has_all_organizations: bool = False


def parse_formats(text: str) -> frozenset[str]:
    """Formats of `--format`. Raises typer.BadParameter naming the unknown one."""
    chosen = [part.strip().casefold() for part in text.split(",") if part.strip()]
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown or not chosen:
        raise typer.BadParameter(f"неизвестный формат «{', '.join(unknown)}»; есть {', '.join(FORMATS)}")
    return frozenset(chosen)


def analyze_files(request: Request) -> int:
    """Do the whole of it; the exit status: 0 when there is a result, 1 when there is none."""
    progress = Progress()
    request.out.mkdir(parents=True, exist_ok=True)
    campaigns, problems = _analyse(request, progress)
    remarks = _without_organizations(campaigns, request)
    problems += remarks
    text = to_json(result_document(campaigns, problems))
    (request.out / "result.json").write_text(text + "\n", encoding="utf-8")
    if campaigns and request.formats - {"json"}:
        from msoko.cli.reports import write_reports  # noqa: PLC0415 -- slow import

        write_reports(campaigns, problems, request, progress)
    progress.close()
    for remark in remarks:
        complain(f"{remark.message} {remark.hint}")
    if request.is_json:
        say(text)
    else:
        _summarise(campaigns, problems, request.out)
    return 0 if campaigns else 1


def _analyse(request: Request, progress: Progress) -> tuple[list[AnalysedCampaign], list[Problem]]:
    specifications, remarks = _specifications(request.specifications)
    readings = read_paths(request.files, progress=progress)
    with tempfile.TemporaryDirectory(prefix="msoko-") as folder:
        campaigns, problems = analyse_readings(readings, Path(folder), specifications=specifications, progress=progress)
    return campaigns, remarks + problems


def is_municipal_only(campaign: AnalysedCampaign, request: Request) -> bool:
    """Whether the reports of its organizations would only repeat a line each of the summary they come from."""
    many = len(campaign.result.organizations) > MANY_ORGANIZATIONS
    return many and bool(campaign.summary_files) and not request.has_all_organizations


def _without_organizations(campaigns: list[AnalysedCampaign], request: Request) -> list[Problem]:
    if not request.formats & {"docx", "pdf"}:
        return []
    return [
        ORGANIZATIONS_ARE_REPORTED.problem(
            campaign.summary_files[0], title=campaign.title, organizations=len(campaign.result.organizations)
        )
        for campaign in campaigns
        if is_municipal_only(campaign, request)
    ]


def _specifications(paths: tuple[Path, ...]) -> tuple[list[Specification], list[Problem]]:
    readings = read_paths(paths, workers=1)
    read = {specification.file for specification in readings.specifications}
    silent = [reading.file for reading in readings.files if reading.file not in read]
    return readings.specifications, readings.problems + [SPECIFICATIONS_ARE_READ.problem(file) for file in silent]


def _summarise(campaigns: list[AnalysedCampaign], problems: list[Problem], out: Path) -> None:
    for campaign in campaigns:
        whole = campaign.result.whole
        people = counted(whole.participants, "участник")
        say(f"{campaign.title}: {people}, организаций — {len(campaign.organizations)}.")
    errors = sum(problem.severity == Severity.ERROR for problem in problems)
    warnings = sum(problem.severity == Severity.WARNING for problem in problems)
    say(f"Замечания: ошибок — {errors}, предупреждений — {warnings} (все — в result.json).")
    if not campaigns:
        complain("В файлах не найдено результатов.")
        for problem in [one for one in problems if one.severity != Severity.INFO][:10]:
            complain(f"  {problem.file}: {problem.message} {problem.hint}".rstrip())
    say(f"Записано в папку {out}")
