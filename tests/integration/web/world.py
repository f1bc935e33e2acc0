"""A municipality with one object of every kind, and the arguments that lead every address of the office to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from msoko.cycle.analysis.api import Report, ReportIssue, draft_report
from msoko.cycle.collection.api import Batch, ControlSummary, ImportFile, ImportSession
from msoko.cycle.planning.api import (
    Activity,
    ActivityRequest,
    Assignment,
    CalendarFeed,
    Evidence,
    EvidenceEntry,
    Letter,
    Plan,
    PlanAnalysis,
    PlanImport,
    PlanSection,
    RequestEntry,
    SavedView,
    add_activity,
    add_section,
    attach_evidence,
    compose_analysis,
    create_feed,
    create_plan,
    record_request,
    save_view,
)
from msoko.cycle.procedures.api import BlueprintVersion, Campaign, ScheduledWork, ScheduleImport
from msoko.cycle.regulations.api import (
    Discussion,
    DocumentEntry,
    FunctionMatrix,
    MatrixDraft,
    OfficialDraft,
    OrderImport,
    PointTask,
    RegisteredDocument,
    add_document,
)
from msoko.foundation.access.api import Membership, Role, User
from msoko.foundation.jobs.api import Job
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.api import Department, Organization, OrganizationName
from msoko.foundation.roster.api import (
    Appointment,
    AppointmentKind,
    Body,
    BodyKind,
    PersonEntry,
    add_person,
    create_body,
    set_members,
)
from tests.factories import campaigns, orgs, papers, schedules, tasks


@dataclass(frozen=True, slots=True)
class Belongings:
    """One object of every kind that an address of the office can name, all of one owner."""

    organization: Organization
    campaign: Campaign
    report: Report
    issue: ReportIssue
    session: ImportSession
    file: ImportFile
    batch: Batch
    blueprint: BlueprintVersion
    membership: Membership
    job: Job
    appointment: Appointment
    body: Body
    department: Department
    name: OrganizationName
    plan: Plan
    analysis: PlanAnalysis
    activity: Activity
    section: PlanSection
    plan_import: PlanImport
    feed: CalendarFeed
    view: SavedView
    task: Assignment
    proof: Evidence
    request: ActivityRequest
    by_schedule: Activity
    letter: Letter
    summary: ControlSummary
    scheduled: ScheduledWork
    schedule_import: ScheduleImport
    paper: RegisteredDocument
    draft: OfficialDraft
    order_import: OrderImport
    discussion: Discussion
    point_task: PointTask
    matrix: FunctionMatrix
    matrix_draft: MatrixDraft
    answerer: Appointment


def municipality(place: orgs.Place, mark: str) -> Belongings:
    """Objects of a municipality; every text in them carries `mark`."""
    found = campaigns.computed(place, sizes=(12, 11), label=mark)
    return belongings(place.authority, place.municipality, found, place.schools[0], mark)


def own_work_of_school(place: orgs.Place, school: Organization, mark: str) -> Belongings:
    """Objects of a school that runs a work of its own."""
    found = campaigns.campaign(place, owner=school, label=mark)
    BlueprintVersion.objects.filter(pk=found.blueprint.pk if found.blueprint else 0).update(owner=school)
    campaigns.load(found, campaigns.pupils(school.pk, 12))
    campaigns.compute(found)
    return belongings(school, school, found, school, mark)


def belongings(
    authority: Organization, owner: Organization, found: Campaign, school: Organization, mark: str
) -> Belongings:
    act, now = orgs.system_act(), timezone.now()
    specification = found.blueprint
    assert specification is not None
    user = orgs.account(Role.ADMINISTRATOR, authority)
    type(user).objects.filter(pk=user.pk).update(last_name=mark)
    campaign = Campaign.objects.select_related("owner", "blueprint", "school_year").get(pk=found.pk)
    report = draft_report(act, campaign=campaign, organization=owner)
    stored = default_storage().write("reports", mark.encode(), ".docx")
    issue = ReportIssue.objects.create(
        report=report, number=1, run=report.run, document=report.document, word_name=stored, pdf_name=stored,
        issued_at=now, issued_by=mark,
    )  # fmt: skip
    session = ImportSession.objects.create(
        organization=owner, created_at=now, created_by=mark, created_by_id=user.actor_id, read_at=now
    )
    file = ImportFile.objects.create(
        session=session, name=f"{mark}.xlsx", sha256="0" * 64, size=1, layout="vpr",
        stored_name=default_storage().write("copies", mark.encode(), ".xlsx"),
    )  # fmt: skip
    job = Job.objects.create(
        kind="analysis.compute", title=f"{mark}: расчёт", organization_path=owner.path, created_by=mark,
        created_by_id=user.actor_id, created_at=now,
    )  # fmt: skip
    appointment = add_person(
        act, entry=PersonEntry(last_name=mark), organization=authority, kind=AppointmentKind.COORDINATOR
    )
    body = create_body(act, organization=authority, kind=BodyKind.COUNCIL, name=f"{mark}: совет")
    set_members(act, body=body, members=[appointment])
    name = OrganizationName(
        municipality=owner, organization=school, raw=f"{mark}: имя", normal=f"{mark}", decided_at=now, decided_by=mark
    )
    name.save()
    plan = create_plan(act, owner=owner, title=f"{mark}: план", start_year=2026)
    activity = add_activity(act, plan=plan, values={"title": f"{mark}: мероприятие", "terms_text": "сентябрь"})
    plan_import = PlanImport.objects.create(
        owner=owner, file_name=f"{mark}.docx", file_key="plans/0.upload", sha256="0" * 64, start_year=2026,
        created_at=now, created_by=mark, read_at=now, reading={"activities": [], "sections": [], "questions": []},
    )  # fmt: skip
    planned = _planned(owner, school, user, mark)
    paper = add_document(act, owner=owner, entry=DocumentEntry("order", f"{mark}: приказ"))
    kept = default_storage().write("documents", mark.encode(), ".pdf")
    RegisteredDocument.objects.filter(pk=paper.pk).update(file_key=kept, file_name=f"{mark}.pdf")
    matrix = FunctionMatrix.objects.create(owner=owner, title=f"{mark}: функции", adopted_at=now, adopted_by=mark)
    function = matrix.groups.create(title=f"{mark}: группа").functions.create(text=f"{mark}: функция")
    function.people.add(appointment)
    matrix_draft = MatrixDraft.objects.create(
        owner=owner, title=f"{mark}: проект матрицы", created_at=now, created_by=mark,
        content={"groups": [], "functions": []},
    )  # fmt: skip
    return Belongings(
        matrix=matrix, matrix_draft=matrix_draft, answerer=appointment, paper=paper, plan=plan, activity=activity,
        plan_import=plan_import,
        section=add_section(act, plan=plan, title=f"{mark}: раздел"),
        feed=create_feed(Act(user, now), user=user, title=mark)[0],
        view=save_view(Act(user, now), user=user, plan=plan, name=mark, query="q=1", is_shared=False),
        draft=papers.drawn(owner, f"{mark}: план"), point_task=papers.ordered(owner, mark),
        discussion=papers.discussed(owner, [], f"1. {mark}", f"{mark}: критерии"),
        order_import=papers.read(owner, f"О деле {mark}\n{papers.ORDER}"),
        organization=school, campaign=campaign, report=report, issue=issue, session=session, file=file,
        batch=Batch.objects.get(campaign=campaign), blueprint=specification,
        membership=Membership.objects.get(user=user), job=job, appointment=appointment, body=body,
        department=Department.objects.create(organization=authority, name=f"{mark}: отдел"), name=name,
        **planned,
        scheduled=(work := schedules.work(schedules.schedule(owner), title=mark)),
        schedule_import=schedules.loaded(work.schedule, mark),
        summary=ControlSummary.objects.create(
            campaign=campaign, session=session, kind="generic", file_name=f"{mark}.xlsx", accepted_at=now,
            accepted_by=mark,
        ),
    )  # fmt: skip


def _planned(owner: Organization, school: Organization, user: User, mark: str) -> dict[str, Any]:
    """A plan in force with a task of the school, its proof, a request, an activity by schedule, a letter."""
    plan = tasks.plan(owner, title=f"{mark}: план")
    activities = [
        tasks.activity(plan, f"{mark}: {status}", terms=[{"status": status}])
        for status in ("dated", "on_request", "external_schedule")
    ]
    for one in activities:
        tasks.unit(one, organization=school, raw=mark)
    tasks.term(activities[0], tasks.days(-2))
    asked = RequestEntry(asked_on=tasks.days(-1), subject=mark, asked_by=mark)
    request = record_request(orgs.system_act(), activity=activities[1], entry=asked)
    tasks.dealt(plan)
    task = Assignment.objects.get(occurrence__activity=activities[0])
    entry = EvidenceEntry(title=mark, file_name=f"{mark}.pdf", file=b"%PDF " + mark.encode())
    proof = attach_evidence(orgs.system_act(), assignment=task, entry=entry)
    letter = Letter.objects.create(
        user=user, kind="reminders", on_date=tasks.days(0), address="a@example.ru", subject=mark, body=mark,
        created_at=timezone.now(), error="Нет связи",
    )  # fmt: skip
    analysis = compose_analysis(orgs.system_act(), plan=plan, year=plan.start_year)
    return {
        "analysis": analysis,
        "task": task,
        "proof": proof,
        "request": request,
        "by_schedule": activities[2],
        "letter": letter,
    }


Arguments = Callable[[Belongings], dict[str, object]]

_NOTHING: Arguments = lambda _: {}  # noqa: E731
_CAMPAIGN: Arguments = lambda own: {"pk": own.campaign.pk}  # noqa: E731
_ORGANIZATION: Arguments = lambda own: {"pk": own.organization.pk}  # noqa: E731
_REPORT: Arguments = lambda own: {"report": own.report.pk}  # noqa: E731
_SESSION: Arguments = lambda own: {"pk": own.session.pk}  # noqa: E731
_FILE: Arguments = lambda own: {"pk": own.file.pk}  # noqa: E731
_JOB: Arguments = lambda own: {"pk": own.job.pk}  # noqa: E731
_ACCOUNT: Arguments = lambda own: {"pk": own.membership.user_id}  # noqa: E731
_APPOINTMENT: Arguments = lambda own: {"pk": own.appointment.pk}  # noqa: E731
_BODY: Arguments = lambda own: {"pk": own.body.pk}  # noqa: E731
_TASK: Arguments = lambda own: {"pk": own.task.pk}  # noqa: E731
_PROOF: Arguments = lambda own: {"pk": own.proof.pk}  # noqa: E731
_BLUEPRINT: Arguments = lambda own: {"pk": own.blueprint.pk}  # noqa: E731
_PLAN: Arguments = lambda own: {"pk": own.plan.pk}  # noqa: E731
_ANALYSIS: Arguments = lambda own: {"pk": own.analysis.pk}  # noqa: E731
_ACTIVITY: Arguments = lambda own: {"pk": own.activity.pk}  # noqa: E731
_SCHEDULE: Arguments = lambda own: {"pk": own.scheduled.schedule_id}  # noqa: E731
_PLAN_IMPORT: Arguments = lambda own: {"pk": own.plan_import.pk}  # noqa: E731

_DRAFT: Arguments = lambda own: {"pk": own.draft.pk}  # noqa: E731
_MATRIX: Arguments = lambda own: {"pk": own.matrix.pk}  # noqa: E731
_PAPER: Arguments = lambda own: {"pk": own.paper.pk}  # noqa: E731


def _named(prefix: str, names: str, arguments: Arguments) -> dict[str, Arguments]:
    return {f"office:{prefix}{name}": arguments for name in names.split()}


#: every address of the office with what it names; a new address without an entry here fails the tests
ADDRESSES: dict[str, Arguments] = {
    **_named("", "home demo_sign_in first_run first_run_sample search school_year", _NOTHING),
    **_named(
        "procedures:", "list export add catalogue catalogue_export blueprints blueprints_export blueprint_add", _NOTHING
    ),
    **_named("regulations:", "list add site norms drafts blank", _NOTHING),
    "office:regulations:draft_new": lambda _: {"template": "plan_order"},
    **_named("regulations:", "discussions discussion_new", _NOTHING),
    "office:regulations:discussion": lambda own: {"pk": own.discussion.pk},
    "office:regulations:discussion_do": lambda own: {"pk": own.discussion.pk, "what": "remark"},
    "office:regulations:discussion_download": lambda own: {"pk": own.discussion.pk, "kind": "minutes"},
    **_named("regulations:", "orders order_open", _NOTHING),
    "office:regulations:order_check": lambda own: {"pk": own.order_import.pk},
    "office:regulations:order": lambda own: {"pk": own.point_task.point.document_id},
    "office:regulations:order_download": lambda own: {"pk": own.point_task.point.document_id, "kind": "xlsx"},
    "office:regulations:order_days": lambda own: {"pk": own.point_task.point.document_id},
    "office:regulations:order_report": lambda own: {"pk": own.point_task.pk},
    **_named("regulations:", "draft draft_facts", _DRAFT),
    "office:regulations:draft_do": lambda own: {"pk": own.draft.pk, "what": "save"},
    "office:regulations:draft_download": lambda own: {"pk": own.draft.pk, "kind": "docx"},
    "office:regulations:list_export": lambda _: {"kind": "xlsx"},
    "office:regulations:site_download": lambda _: {"kind": "docx"},
    **_named("regulations:", "functions function_people function_compare function_overview", _NOTHING),
    **_named("regulations:", "function_gaps matrix_sample", _NOTHING),
    **_named("regulations:", "matrix_edit matrix_documents matrix_history group_add", _MATRIX),
    **_named("regulations:", "group_edit function_add", lambda own: {"pk": own.matrix.groups.get().pk}),
    "office:regulations:function_edit": lambda own: {"pk": own.matrix.groups.get().functions.get().pk},
    "office:regulations:function_export": lambda _: {"page": "gaps", "kind": "xlsx"},
    "office:regulations:matrix_draft": lambda own: {"pk": own.matrix_draft.pk},
    "office:regulations:matrix_draft_do": lambda own: {"pk": own.matrix_draft.pk, "what": "discard"},
    "office:regulations:function_import": _NOTHING,
    "office:regulations:function_decide": lambda _: {"what": "adopt"},
    "office:regulations:function_download": lambda own: {"pk": own.matrix.pk, "kind": "docx"},
    "office:regulations:function_extract": lambda own: {"pk": own.matrix.pk, "person": own.answerer.pk},
    **_named("regulations:", "document edit", _PAPER),
    "office:regulations:download": lambda own: {"pk": own.paper.pk, "what": "file"},
    "office:regulations:decide": lambda own: {"pk": own.paper.pk, "what": "register"},
    **_named("planning:", "list list_export add calendars calendar_edit imports import_open term", _NOTHING),
    **_named("planning:", "directions directions_export direction_owner", _NOTHING),
    **_named("planning:", "import import_progress import_abbreviation import_unit", _PLAN_IMPORT),
    **_named("planning:", "import_accept import_discard", _PLAN_IMPORT),
    "office:planning:import_row": lambda own: {"pk": own.plan_import.pk, "index": 0},
    "office:planning:import_match": lambda own: {"pk": own.plan_import.pk, "index": 0},
    **_named("planning:", "calendar ical gantt network network_find network_propose network_decide network_add", _PLAN),
    **_named("planning:", "network_export load load_export view_save linked period", _PLAN),
    "office:planning:period_download": lambda own: {"pk": own.plan.pk, "what": "plan", "kind": "xlsx"},
    "office:planning:all_period": _NOTHING,
    **_named("planning:", "organizations organizations_export", _NOTHING),
    "office:planning:all_period_download": lambda _: {"what": "plan", "kind": "xlsx"},
    "office:planning:all_calendar": _NOTHING,
    "office:planning:view_rename": lambda own: {"pk": own.view.pk},
    "office:planning:view_forget": lambda own: {"pk": own.view.pk},
    "office:planning:feeds": _NOTHING,
    "office:planning:feed_revoke": lambda own: {"pk": own.feed.pk},
    "office:planning:feed_read": lambda own: {"secret": "none"},
    **_named("planning:", "plan approve deal withdraw close bulk activity_add edit edition confirm", _PLAN),
    **_named("planning:", "roll_over delete differences differences_export analysis analysis_compose", _PLAN),
    **_named("planning:", "analysis_edit analysis_sign analysis_chart", _ANALYSIS),
    "office:planning:analysis_download": lambda own: {"pk": own.analysis.pk, "kind": "xlsx"},
    **_named("planning:", "sections section_add", _PLAN),
    **_named("planning:", "section_change section_move section_remove", lambda own: {"pk": own.section.pk}),
    "office:planning:download": lambda own: {"pk": own.plan.pk, "kind": "xlsx"},
    **_named("planning:", "activity activity_edit activity_drop activity_restore activity_move", _ACTIVITY),
    **_named("procedures:", "blueprint_import blueprint_import_preview blueprint_template", _NOTHING),
    "office:procedures:passport": lambda own: {"procedure_id": own.campaign.procedure},
    **_named("procedures:", "blueprint blueprint_edit blueprint_export", _BLUEPRINT),
    **_named("procedures:", "campaign campaign_export edit choose_blueprint", _CAMPAIGN),
    **_named(
        "collection:",
        "list export open batches batches_export individual individual_export keys key_load key_forget pupil cohort",
        _NOTHING,
    ),
    **_named("collection:", "keys_export cohort_export rows_to_link medals medals_forget medals_export", _NOTHING),
    **_named("procedures:", "schedules schedule_add schedules_export schedule_summary", _NOTHING),
    "office:procedures:schedule_summary_export": _NOTHING,
    "office:procedures:schedule_table": _NOTHING,
    "office:procedures:schedule_table_download": lambda own: {"form": "schools", "kind": "xlsx"},
    **_named("procedures:", "schedule schedule_work_add schedule_works_remove schedule_approve", _SCHEDULE),
    **_named("procedures:", "schedule_withdraw schedule_delete schedule_copy schedule_edition", _SCHEDULE),
    "office:procedures:schedule_download": lambda own: {"pk": own.scheduled.schedule_id, "kind": "xlsx"},
    "office:procedures:schedule_import": _SCHEDULE,
    **_named("procedures:", "schedule_hours schedule_hours_blank", _NOTHING),
    **_named(
        "procedures:",
        "schedule_import_preview schedule_import_accept schedule_import_discard schedule_import_word "
        "schedule_import_progress",
        lambda own: {"pk": own.schedule_import.pk},
    ),
    "office:procedures:schedule_import_row": lambda own: {"pk": own.schedule_import.pk, "index": 0},
    "office:procedures:schedule_work_edit": lambda own: {"pk": own.scheduled.pk},
    **_named("collection:", "session progress answer accept discard add read remarks", _SESSION),
    **_named("collection:", "file exclude copy", _FILE),
    "office:collection:withdraw": lambda own: {"pk": own.batch.pk},
    "office:collection:withdraw_summary": lambda own: {"pk": own.summary.pk},
    **_named("analysis:", "list export", _NOTHING),
    **_named("analysis:", "detail detail_export recompute grounds organizations organizations_export", _CAMPAIGN),
    **_named("analysis:", "items items_export elements elements_export journal journal_export", _CAMPAIGN),
    **_named("analysis:", "signs signs_export", _CAMPAIGN),
    **_named("analysis:", "years years_export gaps gaps_export reconciliation reconciliation_export", _CAMPAIGN),
    **_named("analysis:", "reports reports_export report_make report_all report_all_download", _CAMPAIGN),
    **_named(
        "analysis:",
        "organization organization_export sign_card",
        lambda own: {"pk": own.campaign.pk, "organization": own.organization.pk},
    ),
    **_named("analysis:", "item item_export", lambda own: {"pk": own.campaign.pk, "position": 1}),
    "office:analysis:element": lambda own: {"pk": own.campaign.pk, "number": 1},
    **_named("analysis:", "report block_edit block_grounds conflict issue", _REPORT),
    "office:analysis:draft": lambda own: {"report": own.report.pk, "kind": "docx"},
    "office:analysis:chart": lambda own: {"report": own.report.pk, "key": "none"},
    "office:analysis:issue_download": lambda own: {"issue": own.issue.pk, "kind": "docx"},
    "office:analysis:issue_attach": lambda own: {"issue": own.issue.pk},
    **_named("organizations:", "list export add import import_preview import_sample", _NOTHING),
    **_named("organizations:", "detail passport_export edit close context classes department_add", _ORGANIZATION),
    "office:organizations:department_remove": lambda own: {"pk": own.department.pk},
    "office:organizations:name_forget": lambda own: {"pk": own.name.pk},
    **_named("people:", "list export add bodies bodies_export body_add", _NOTHING),
    **_named("people:", "edit end appoint", _APPOINTMENT),
    **_named("people:", "body body_remove", _BODY),
    **_named(
        "tasks:",
        "list terms export confirm requests request_new requests_export schedules reminders bell digest reminders_seen",
        _NOTHING,
    ),
    **_named("tasks:", "done proof_add comment", _TASK),
    **_named("tasks:", "proof proof_withdraw", _PROOF),
    "office:tasks:detail": lambda own: {"pk": own.task.occurrence_id},
    "office:tasks:change": lambda own: {"pk": own.task.occurrence_id, "action": "cancel"},
    "office:tasks:step": lambda own: {"pk": own.task.pk, "action": "delay"},
    "office:tasks:request_result": lambda own: {"pk": own.request.pk},
    "office:tasks:schedule_bind": lambda own: {"pk": own.by_schedule.pk},
    "office:tasks:letter_repeat": lambda own: {"pk": own.letter.pk},
    **_named("journal:", "list export", _NOTHING),
    **_named("access:", "list export roles roles_export add", _NOTHING),
    **_named("access:", "detail password active grant", _ACCOUNT),
    "office:access:withdraw": lambda own: {"pk": own.membership.pk},
    **_named("jobs:", "list export", _NOTHING),
    **_named("jobs:", "detail progress cancel", _JOB),
}
#: addresses whose argument names no object of anybody: a procedure of the catalogue
COMMON = {
    "office:procedures:passport", "office:planning:feed_read", "office:procedures:schedule_table_download",
    "office:regulations:function_decide", "office:regulations:list_export",
    "office:regulations:site_download", "office:regulations:draft_new", "office:regulations:function_export",
}  # fmt: skip


def address(name: str, own: Belongings) -> str:
    return reverse(name, kwargs=ADDRESSES[name](own))


def names_an_object(name: str, own: Belongings) -> bool:
    return bool(ADDRESSES[name](own)) and name not in COMMON


def office_views() -> dict[str, URLPattern]:
    """Every address of the office by its full name."""
    office = next(found for found in get_resolver().url_patterns if getattr(found, "namespace", "") == "office")
    assert isinstance(office, URLResolver)
    return dict(_walk(office, "office"))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{prefix}:{entry.namespace}")
        else:
            yield f"{prefix}:{entry.name}", entry
