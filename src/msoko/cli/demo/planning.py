"""Plans of the demo: they enter as Word files by the ordinary loading, questions are answered, orders approve them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files

from django.utils import timezone

from msoko.cli.demo.organizations import Tree
from msoko.cycle.planning.api import (
    Activity,
    Choice,
    Fate,
    Plan,
    PlanImport,
    PlanKind,
    UnitKind,
    accept_plan_import,
    add_activity,
    approve_plan,
    close_plan,
    compose_analysis,
    confirm_proposals,
    create_plan,
    decide_unit,
    name_direction_owner,
    open_plan_import,
    preview_of,
    preview_rollover,
    roll_over,
    set_calendar,
    sign_analysis,
    usual_horizon,
)
from msoko.foundation.access.api import Role, User
from msoko.foundation.documents.official_table import FullRow, OfficialTable, official_docx
from msoko.foundation.jobs.api import run_all
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.models import Appointment

YEARS = (2025, 2026)
_CALENDAR = """quarters:
  - [{0}-09-01, {0}-10-25]
  - [{0}-11-05, {0}-12-30]
  - [{1}-01-12, {1}-03-27]
  - [{1}-04-06, {1}-05-26]
breaks:
  autumn: [{0}-10-26, {0}-11-04]
  winter: [{0}-12-31, {1}-01-11]
  spring: [{1}-03-28, {1}-04-05]
  summer: [{1}-05-27, {1}-08-31]
"""
_COLUMNS = (("№ п/п", 0.07), ("Мероприятие", 0.4), ("Срок", 0.15), ("Ответственные", 0.19), ("Результат", 0.19))
#: Units of organizations' own plans: who does it within the organization, on paper without an account.
_WITHIN = ("заместитель", "учителя", "руководители", "воспитател", "классные", "рабочая группа")


@dataclass(frozen=True, slots=True)
class DemoPlans:
    """This year's plans in force: of the municipality, a school and a kindergarten, and a roadmap without execution."""

    current: Plan
    school: Plan
    kindergarten: Plan
    roadmap: Plan


def load_last_plan(accounts: dict[Role, User], tree: Tree) -> Plan:
    """School calendars, and the municipality's plan of the last year, loaded from a Word file and approved."""
    specialist = _act(accounts, Role.SPECIALIST)
    for year in YEARS:
        text = _CALENDAR.format(year, year + 1)
        basis = f"Приказ управления образования от 25.08.{year} № 301 (демонстрационный)"
        set_calendar(specialist, owner=tree.municipality, start_year=year, text=text, basis=basis)
    title = "План-график функционирования муниципальной системы оценки качества образования на {0}/{1} учебный год"
    plan = _accepted(specialist, tree.municipality, "municipality", title, YEARS[0])
    return _approved(plan, accounts[Role.AUTHORITY_HEAD])


def begin_year(accounts: dict[Role, User], last: Plan) -> DemoPlans:
    """The last year is summed up and closed, its plan goes over into this year; plans of two organizations, a roadmap
    that is a result of an activity."""
    specialist, head = accounts[Role.SPECIALIST], accounts[Role.AUTHORITY_HEAD]
    _sum_up(specialist, head, last)
    current = _approved(_rolled_over(specialist, last), head)
    _own_directions(Act(actor=head, at=timezone.now()), current)
    close_plan(Act(actor=head, at=timezone.now()), plan=last, closed_on=dt.date(YEARS[-1], 8, 31))
    school, kindergarten = (_own_plan(accounts, *entry) for entry in _OWN)
    return DemoPlans(current, school, kindergarten, _roadmap(_act(accounts, Role.SPECIALIST), current))


def _sum_up(specialist: User, head: User, last: Plan) -> None:
    """The analysis of the last year, composed by the specialist and signed by the head."""
    analysis = compose_analysis(Act(actor=specialist, at=_moment(24)), plan=last, year=last.start_year)
    sign_analysis(Act(actor=head, at=_moment(25)), analysis=analysis, signed_on=dt.date(YEARS[-1], 8, 25), number="17")


def _rolled_over(specialist: User, last: Plan) -> Plan:
    """This year's draft: what was left undone and ended comes again with moved years, some rows go, some are new."""
    horizon = usual_horizon(last)
    rows = preview_rollover(last, horizon, dt.date(YEARS[-1], 8, 26)).rows
    choices = {row.activity.pk: Choice.SHIFT for row in rows if row.shifted and row.shifted.fate == Fate.CARRIED}
    choices |= {row.activity.pk: Choice.DROP for row in rows if row.activity.number in _LEFT_OUT}
    choices |= {row.activity.pk: Choice.CARRY for row in rows if row.must_choose and row.activity.pk not in choices}
    act = Act(actor=specialist, at=_moment(26))
    plan = roll_over(act, plan=last, horizon=horizon, title="", choices=choices)
    for number, values in _NEW_ROWS:
        section = plan.sections.get(number=number)
        add_activity(act, plan=plan, section=section, values=values)
    confirm_proposals(act, plan=plan, activities=_rows_of(plan, "1.", "2.", "3."))
    return plan


def _rows_of(plan: Plan, *sections: str) -> list[int]:
    return list(plan.activities.filter(section__number__in=sections).values_list("pk", flat=True))


def _own_directions(act: Act, plan: Plan) -> None:
    """Directions of the plan have owners but for the last one, which the board of directions shows."""
    people = list(Appointment.objects.filter(organization__path__startswith=plan.owner.path, department__isnull=False))
    known = sorted(set(plan.activities.exclude(direction="").values_list("direction", flat=True)))
    for place, direction in enumerate(known[:-1]):
        person = people[place % len(people)]
        name_direction_owner(act, owner=plan.owner, direction=direction, appointment=person)


def _moment(day: int) -> dt.datetime:
    """A morning of the August in which this year's plan was made."""
    return timezone.make_aware(dt.datetime(YEARS[-1], 8, day, 10))


#: Numbers of last year's rows that this year's plan does without.
_LEFT_OUT = {"7.6"}
#: What this year's plan has that last year's had not: section, values of the row.
_NEW_ROWS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "2.",
        {
            "number": "2.17",
            "title": "Мониторинг читательской грамотности обучающихся 4 классов",
            "terms_text": "март",
            "responsible": "ООКК; ОО",
            "results": "Аналитическая справка",
        },
    ),
    (
        "6.",
        {
            "number": "6.6",
            "title": "Семинар для руководителей: решения по итогам оценочных процедур",
            "terms_text": "ноябрь, апрель",
            "responsible": "ИМЦ",
            "results": "Протокол",
        },
    ),
)


def _act(accounts: dict[Role, User], role: Role) -> Act:
    return Act(actor=accounts[role], at=timezone.now())


#: Who loads and who approves the plan of an organization, and its text.
_OWN = (
    (Role.SCHOOL_COORDINATOR, Role.SCHOOL_HEAD, "school"),
    (Role.SENIOR_EDUCATOR, Role.AUTHORITY_HEAD, "kindergarten"),
)


def _own_plan(accounts: dict[Role, User], writer: Role, approver: Role, name: str) -> Plan:
    title = "План внутренней системы оценки качества образования на {0}/{1} учебный год"
    owner = accounts[writer].memberships.get().organization
    plan = _accepted(_act(accounts, writer), owner, name, title, YEARS[-1], PlanKind.INTERNAL)
    return _approved(plan, accounts[approver])


def _accepted(act: Act, owner: Organization, name: str, title: str, year: int, kind: str = PlanKind.SCHEDULE) -> Plan:
    words = title.format(year, str(year + 1)[2:])
    session = open_plan_import(
        act,
        owner=owner,
        file_name=f"{words}.docx",
        data=_document(name, words, year + 1),
        start_year=year,
        kind=kind,
        title=words,
    )
    run_all()
    session.refresh_from_db()
    for raw in preview_of(session).unknown_units:
        session = _answered(act, session, raw)
    return accept_plan_import(act, session=session, version=session.version)


def _answered(act: Act, session: PlanImport, raw: str) -> PlanImport:
    """People within the organization are its own task; whoever else is unknown reports on paper."""
    is_within = any(word in raw.casefold() for word in _WITHIN)
    addressee = {"kind": UnitKind.ORGANIZATION.value, "organization": session.owner_id}
    return decide_unit(
        act, session=session, version=session.version, raw=raw,
        addressee=addressee if is_within else {"kind": UnitKind.EXTERNAL.value}, is_remembered=False,
    )  # fmt: skip


def _document(name: str, title: str, end: int) -> bytes:
    """The text of a plan as a Word file in the official form."""
    notes: list[str] = []
    rows: list[FullRow | tuple[str, ...]] = []
    text = files("msoko.cli.demo").joinpath("plans", f"{name}.txt").read_text("utf-8")
    for line in text.replace("{end}", str(end)).splitlines():
        cells = tuple(line.split("\t"))
        if len(cells) == len(_COLUMNS):
            rows.append(cells)
        elif rows or line[:1].isdigit():
            rows.append(FullRow(line))
        elif line:
            notes.append(line)
    return official_docx(OfficialTable(title, _COLUMNS, tuple(rows), notes=("Перечень сокращений:", *notes)))


def _approved(plan: Plan, head: User) -> Plan:
    day = dt.date(plan.start_year, 8, 28)
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    basis = f"Приказ от {day:%d.%m.%Y} № {400 + plan.pk} (демонстрационный)"
    return approve_plan(Act(actor=head, at=moment), plan=plan, approved_on=day, basis=basis)


def _roadmap(act: Act, current: Plan) -> Plan:
    """The roadmap that one activity of the plan demands: a draft, made by hand."""
    parent = Activity.objects.get(plan=current, number="1.7")
    plan = create_plan(
        act, owner=current.owner, start_year=current.start_year, kind=PlanKind.ROADMAP, parent_activity=parent,
        title="План мероприятий («дорожная карта») по повышению объективности оценочных процедур",
    )  # fmt: skip
    for number, (title, terms, units, results) in enumerate(_ROADMAP, 1):
        values = {
            "number": str(number), "title": title, "terms_text": terms, "responsible": units, "results": results,
            "direction": "training_quality",
        }  # fmt: skip
        add_activity(act, plan=plan, values=values)
    return plan


_ROADMAP = (
    ("Инструктаж организаторов оценочных процедур", "до 1 марта", "ООКК; ОО", "Протокол"),
    ("Закрепление общественных наблюдателей за школами", "март", "ООКК", "Приказ"),
    ("Перекрёстная проверка работ в школах с признаками необъективности", "май", "ИМЦ", "Протокол"),
    ("Собеседования с руководителями школ по признакам необъективности", "июнь", "УО", "Протокол"),
)  # fmt: skip
