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
        ("Отчёт о самообследовании", "до 20 апреля", "директор", "Отчёт"),
    ),
    OrganizationKind.PRESCHOOL: (
        ("Педагогическая диагностика развития детей", "май", "воспитатели групп", "Справка"),
        ("Опрос родителей об удовлетворённости", "апрель", "воспитатели групп", "Отчёт"),
    ),
    OrganizationKind.SUPPLEMENTARY: (
        ("Оценка освоения дополнительных программ", "май", "педагоги дополнительного образования", "Справка"),
        ("Открытые занятия объединений", "март", "методист", "Лист наблюдения"),
        ("Отчёт о самообследовании", "до 20 апреля", "директор", "Отчёт"),
    ),
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
        _take(_act(dt.date(year, 8, 31), accounts[writer]), plan)
        day = dt.date(year, 9, 2)
        basis = f"Приказ от {day:%d.%m.%Y} № {440 + plan.pk} (демонстрационный)"
        approve_changes(_act(day, accounts[approver]), plan=plan, approved_on=day, basis=basis)
    made = []
    for kind, in_force, drafts in _OTHERS:
        have = {plans.school.owner_id, plans.kindergarten.owner_id}
        rows = Organization.objects.filter(parent=tree.municipality, kind=kind, closed_on=None).exclude(pk__in=have)
        for place, one in enumerate(rows.order_by("pk")[: in_force + drafts]):
            made.append(_plan(one, year, place, is_approved=place < in_force))
    return made


def _act(day: dt.date, actor: User | SystemActor) -> Act:
    return Act(actor, timezone.make_aware(dt.datetime.combine(day, dt.time(10))))


def _plan(owner: Organization, year: int, place: int, *, is_approved: bool) -> Plan:
    act = _act(dt.date(year, 8, 29), SystemActor())
    plan = create_plan(
        act, owner=owner, title=_TITLE.format(year, str(year + 1)[2:]), start_year=year, kind=PlanKind.WORK_PLAN
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


def _take(act: Act, plan: Plan, leave: int = 0) -> None:
    """Everything that is offered but what is foreign and the last `leave` rows."""
    offered = links.offers_of(plan).new
    foreign = [one.key for one in offered if any(word in one.title.casefold() for word in _FOREIGN)]
    wanted = [one.key for one in offered if one.key not in foreign]
    people = _PEOPLE[OrganizationKind(plan.owner.kind)]
    links.take_in(act, plan=plan, keys=wanted[: max(1, len(wanted) - leave)], responsible=people)
    if foreign:
        links.decline(act, plan=plan, keys=foreign)
