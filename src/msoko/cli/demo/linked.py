"""Plans of organizations of the demo: they hold rows of the municipality's plan, some are in force, some are drafts."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from msoko.cli.demo.organizations import Tree
from msoko.cli.demo.planning import DemoPlans
from msoko.cycle.planning.api import (
    Plan,
    PlanKind,
    add_activity,
    add_section,
    approve_changes,
    approve_plan,
    change_activity,
    create_plan,
    links,
)
from msoko.foundation.access.api import Role, User
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.orgs.api import Organization, OrganizationKind

_TITLE = "План внутренней системы оценки качества образования на {0}/{1} учебный год"
#: what an organization declines of what is offered, by words of titles
_FOREIGN = ("олимпиад", "профильн")
#: who else has a plan: kind, how many are in force, how many are drafts
_OTHERS = (
    (OrganizationKind.SCHOOL, 4, 2),
    (OrganizationKind.PRESCHOOL, 2, 1),
    (OrganizationKind.SUPPLEMENTARY, 1, 1),
)  # fmt: skip
_OWN = {
    OrganizationKind.SCHOOL: (
        ("Опрос родителей и обучающихся об удовлетворённости", "апрель", "классные руководители", "Отчёт"),
        ("Промежуточная аттестация", "10-25 мая", "заместитель директора", "Протокол"),
    ),
    OrganizationKind.PRESCHOOL: (
        ("Педагогическая диагностика развития детей", "май", "воспитатели групп", "Справка"),
        ("Опрос родителей об удовлетворённости", "апрель", "воспитатели групп", "Отчёт"),
    ),
    OrganizationKind.SUPPLEMENTARY: (
        ("Оценка освоения дополнительных программ", "май", "педагоги дополнительного образования", "Справка"),
        ("Открытые занятия объединений", "март", "методист", "Лист наблюдения"),
    ),
}  # fmt: skip
#: the same work in the plan of an organization and in the municipality's, by the first words
_SAME = (
    ("Участие в ВПР", "Проведение ВПР"),
    ("Стартовая диагностика", "Стартовая диагностика"),
    ("Отчёт о самообследовании", "Отчёт о самообследовании"),
)
#: what the municipality changes later: the row whose term moves, the row that is added
_MOVED = "Муниципальная научно-практическая конференция"
_ADDED = {
    "title": "Сбор предложений организаций в план муниципальной системы оценки качества на следующий год",
    "terms_text": "до 1 июня", "responsible": "ОО; ДОО; УДО", "results": "Отчёт",
}  # fmt: skip
_PEOPLE = {
    OrganizationKind.SCHOOL: "заместитель директора; учителя-предметники",
    OrganizationKind.PRESCHOOL: "старший воспитатель",
    OrganizationKind.SUPPLEMENTARY: "методист",
}


def link_plans(accounts: dict[Role, User], plans: DemoPlans, tree: Tree) -> list[Plan]:
    """The school and the kindergarten take the municipality's rows in as a new edition; others make plans of them."""
    year = plans.current.start_year
    for plan, writer, approver in (
        (plans.school, Role.SCHOOL_COORDINATOR, Role.SCHOOL_HEAD),
        (plans.kindergarten, Role.SENIOR_EDUCATOR, Role.AUTHORITY_HEAD),
    ):
        act = _act(dt.date(year, 8, 31), accounts[writer])
        _link(act, plan)
        _take(act, plan)
        day = dt.date(year, 9, 2)
        basis = f"Приказ от {day:%d.%m.%Y} № {440 + plan.pk} (демонстрационный)"
        approve_changes(_act(day, accounts[approver]), plan=plan, approved_on=day, basis=basis)
    made = []
    for kind, in_force, drafts in _OTHERS:
        have = {plans.school.owner_id, plans.kindergarten.owner_id}
        rows = Organization.objects.filter(parent=tree.municipality, kind=kind, closed_on=None).exclude(pk__in=have)
        for place, one in enumerate(rows.order_by("pk")[: in_force + drafts]):
            made.append(_plan(one, year, place, is_approved=place < in_force))
    _change_above(accounts[Role.SPECIALIST], plans.current)
    return made


def _change_above(specialist: User, plan: Plan) -> None:
    """After the organizations have taken their rows in, the municipality moves one and adds one: there is what to
    accept and to take."""
    act = _act(min(dt.date(plan.start_year, 10, 20), timezone.localdate()), specialist)
    moved = plan.activities.filter(title__startswith=_MOVED, dropped_at=None).select_related("plan__owner").first()
    if moved is not None:
        change_activity(act, activity=moved, values={"terms_text": "апрель"})
    last = plan.sections.filter(parent=None).order_by("position").last()
    number = f"{last.number.rstrip('.')}.{last.activities.count() + 1}" if last else ""
    add_activity(act, plan=plan, section=last, values=_ADDED | {"number": number})


def _act(day: dt.date, actor: User | SystemActor) -> Act:
    return Act(actor, timezone.make_aware(dt.datetime.combine(day, dt.time(10))))


def _plan(owner: Organization, year: int, place: int, *, is_approved: bool) -> Plan:
    act = _act(dt.date(year, 8, 29), SystemActor())
    plan = create_plan(
        act, owner=owner, title=_TITLE.format(year, str(year + 1)[2:]), start_year=year, kind=PlanKind.INTERNAL
    )
    section = add_section(act, plan=plan, title="Мероприятия организации", number="1.")
    for number, (title, terms, people, results) in enumerate(_OWN[OrganizationKind(owner.kind)], 1):
        values = {"number": f"1.{number}", "title": title, "terms_text": terms, "results": results,
                  "responsible": people}  # fmt: skip
        add_activity(act, plan=plan, section=section, values=values)
    _take(act, plan, leave=place % 3)
    if is_approved:
        day = dt.date(year, 8, 31) + dt.timedelta(days=place)
        basis = f"Приказ от {day:%d.%m.%Y} № {120 + place} (демонстрационный)"
        approve_plan(_act(day, SystemActor()), plan=plan, approved_on=day, basis=basis)
    return plan


def _link(act: Act, plan: Plan) -> None:
    """Rows that the organization wrote itself and that the municipality's plan has as well."""
    for own, above in _SAME:
        row = plan.activities.filter(title__startswith=own, source=None).first()
        offer = next((one for one in links.offers_of(plan).new if one.title.startswith(above)), None)
        if row is not None and offer is not None:
            links.link_row(act, plan=plan, row=row, key=offer.key)


def _take(act: Act, plan: Plan, leave: int = 0) -> None:
    """Everything that is offered but what is foreign and the last `leave` rows."""
    offered = links.offers_of(plan).new
    foreign = [one.key for one in offered if any(word in one.title.casefold() for word in _FOREIGN)]
    wanted = [one.key for one in offered if one.key not in foreign]
    people = _PEOPLE[OrganizationKind(plan.owner.kind)]
    links.take_in(act, plan=plan, keys=wanted[: max(1, len(wanted) - leave)], responsible=people)
    if foreign:
        links.decline(act, plan=plan, keys=foreign)
