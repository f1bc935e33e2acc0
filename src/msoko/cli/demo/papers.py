"""Papers of the demo: a signed order on results, a draft order on a plan, an order read from text with points partly
done, a discussion on the portal and one that is over. All words and people are invented."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from msoko.cli.demo.organizations import Tree
from msoko.cycle.planning.api import Plan, PlanStatus
from msoko.cycle.procedures.api import Campaign
from msoko.cycle.publication.api import VISITOR, VisitorEntry, publish_discussion, send_remark
from msoko.cycle.regulations.api import (
    BlankEntry,
    Discussion,
    DiscussionEntry,
    OfficialDraft,
    PointEntry,
    PointTask,
    RemarkDecision,
    accept_order,
    add_remark,
    answer_remark,
    create_draft,
    give_opinion,
    keep_blank,
    moderate_remark,
    open_discussion,
    open_order,
    places_of,
    report_point,
    sign_draft,
    sum_up,
)
from msoko.cycle.ring.api import subject_facts
from msoko.foundation.access.api import SYSTEM_SCOPE, scope_for
from msoko.foundation.catalog.documents import expert_criteria
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.api import visible_appointments

_ORDER = """УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ЗАРЕЧНОГО ОКРУГА (ДЕМО)
ПРИКАЗ
от {day} № {number}
О мерах по повышению объективности оценочных процедур
В соответствии с планом-графиком функционирования муниципальной системы оценки качества образования
ПРИКАЗЫВАЮ:
1. Утвердить перечень мер по повышению объективности согласно приложению.
2. Руководителям общеобразовательных организаций:
2.1. Назначить ответственных за объективность в срок до {soon}.
2.2. Представлять сведения о проверке работ ежеквартально до 5 числа месяца, следующего за отчётным кварталом.
2.3. Обеспечить присутствие общественных наблюдателей. Срок: постоянно.
3. Информационно-методическому центру провести семинар для учителей в срок до {later}.
4. Контроль за исполнением настоящего приказа оставляю за собой.
Начальник управления образования
"""
_TEXT = """1. Общие положения
1.1. Положение определяет, как в округе оценивают качество образования и что делают с результатами.
1.2. Результаты одной проверки не служат основанием для оценки работы учителя.
2. График проверок
2.1. График оценочных процедур публикуется до 1 сентября и меняется только приказом.
2.2. В одном классе проводится не больше одной контрольной работы в день.
3. Что узнают родители
3.1. Родители получают сводные результаты школы и пояснения к ним простыми словами.
3.2. Результаты ребёнка школа сообщает только его родителям."""
_CRITERIA = """1. Доля работ, перепроверенных муниципальной комиссией, – не меньше 10 %.
2. Расхождение баллов после перепроверки – не больше 5 %.
3. Присутствие наблюдателей – в каждой аудитории."""


def build_papers(specialist: Act, head: Act, schools: dict[str, Act], tree: Tree) -> None:
    """`schools`: acts of the head and the coordinator of a school, of the adviser, by role."""
    town, today = tree.municipality, timezone.localdate(specialist.at)
    keep_blank(head, owner=town, entry=BlankEntry(
        top_lines="АДМИНИСТРАЦИЯ ЗАРЕЧНОГО МУНИЦИПАЛЬНОГО ОКРУГА (ДЕМО)",
        distribution="В дело – 1 экз.\nОбразовательные организации – по списку",
    ))  # fmt: skip
    _drafts(specialist, head, tree, today)
    _order(specialist, schools["head"], tree, today)
    _going(specialist, head, schools["head"], town, today)
    _over(specialist, schools, tree, today)


def _drafts(specialist: Act, head: Act, tree: Tree, today: dt.date) -> None:
    """An order on a plan that waits for its number, and one on the results of a procedure, signed."""
    town = tree.municipality
    plan = Plan.objects.filter(owner=town, status=PlanStatus.DRAFT).first()
    if plan is not None:
        _drawn(specialist, tree, "plan_order", "plan", plan.pk)
    rows = Campaign.objects.filter(owner=town, procedure="VPR", subject="Математика", grade_level=5)
    campaign = rows.order_by("-year").first()
    if campaign is not None:
        draft = _drawn(specialist, tree, "results_order", "campaign", campaign.pk)
        sign_draft(head, draft=draft, number="187", signed_on=today - dt.timedelta(days=20))


def _drawn(act: Act, tree: Tree, template: str, kind: str, pk: int) -> OfficialDraft:
    found = subject_facts(SYSTEM_SCOPE, tree.municipality, kind, pk)
    staff = [f"{row.post}; {row.person.full_name}" for row in
             visible_appointments(SYSTEM_SCOPE, timezone.localdate(act.at)).filter(organization=tree.authority)
             if row.post]  # fmt: skip
    signer = next((one for one in staff if one.startswith("Начальник управления")), staff[0])
    deputy = next((one for one in staff if one.startswith("Заместитель")), signer)
    executor = next((one for one in staff if one.startswith("Начальник отдела")), signer)
    facts = found | {
        "signer": signer, "controller": deputy, "bases": [], "goal": "", "findings": found.get("found", []),
        "executors": [{"who": executor, "task": "организовать исполнение и вести учёт", "term": "до 25 декабря"}],
        "acquainted": [one.partition("; ")[2] for one in (executor, deputy)],
    }  # fmt: skip
    facts.pop("found", None)
    return create_draft(act, owner=tree.municipality, template=template, facts=facts)


def _order(specialist: Act, school: Act, tree: Tree, today: dt.date) -> None:
    """Half a month old: some schools have reported, one term is over, others come."""
    day, soon, later = (today + dt.timedelta(days=shift) for shift in (-40, -10, 9))
    text = _ORDER.format(day=f"{day:%d.%m.%Y}", number="174", soon=f"{soon:%d.%m.%Y}", later=f"{later:%d.%m.%Y}")
    order = open_order(specialist, owner=tree.municipality, pasted=text)
    points = [
        PointEntry(
            point["number"], point["text"], point["addressee"], point["term"],
            tuple(dt.date.fromisoformat(one) for one in point["days"]),
            "none" if point["circle"] == "ask" else point["circle"],
        )
        for point in order.reading["points"]
    ]  # fmt: skip
    accept_order(specialist, order=order, title=order.reading["title"], number="174", signed_on=day,
                 controller="оставляю за собой", points=points)  # fmt: skip
    tasks = PointTask.objects.filter(point__number="2.1", organization__kind=OrganizationKind.SCHOOL)
    for number, task in enumerate(tasks.order_by("organization__sort_key").select_related("organization")):
        if number % 4:
            proof = f"Приказ организации от {soon - dt.timedelta(days=8):%d.%m.%Y} № {60 + number}"
            done_on = soon - dt.timedelta(days=number % 7)
            report_point(specialist, task=task, state="done", done_on=done_on, proof=proof)


def _going(specialist: Act, head: Act, school: Act, town: Organization, today: dt.date) -> None:
    """A draft on the portal: answered, shown and waiting remarks of visitors, one of a school."""
    entry = DiscussionEntry(
        "Положение о муниципальной системе оценки качества образования, новая редакция", "document",
        today - dt.timedelta(days=5), today + dt.timedelta(days=10), _TEXT,
    )  # fmt: skip
    made = open_discussion(specialist, owner=town, entry=entry, participants=_schools(town))
    found = publish_discussion(
        head, discussion=made, contact="Управление образования (ДЕМО), отдел общего образования",
        summary="Как в округе проверяют качество образования, кто узнаёт результаты и что меняется после проверок.",
    )  # fmt: skip
    visitor = Act(VISITOR, specialist.at)
    for number, text in (
        ("2.1", "Просим публиковать график до 25 августа: в сентябре уже поздно планировать поездки."),
        ("3.1", "Хорошо бы показывать, как изменился результат школы за несколько лет."),
        ("2.2", "А диктант считается контрольной работой?"),
    ):
        clause = made.clauses.get(number=number)
        send_remark(visitor, published=found.pk, clause=clause.pk, entry=VisitorEntry(text), has_consent=False)
    for remark, decision, answer in (
        (made.remarks.get(clause__number="2.1"), RemarkDecision.ACCEPTED, "Срок в пункте 2.1 изменён: до 25 августа."),
        (made.remarks.get(clause__number="3.1"), RemarkDecision.PARTLY,
         "Сравнение лет есть в справке школы; в Положение оно не вносится, чтобы не связывать форму."),
    ):  # fmt: skip
        moderate_remark(specialist, remark=remark, is_shown=True, shown_text=remark.text)
        answer_remark(specialist, remark=remark, decision=decision, answer=answer)
    place = _place(school, made)
    if place is not None:
        add_remark(school, discussion=made, organization=place, clause=made.clauses.get(number="2.2"),
                   text="Уточнить, относится ли правило к тематическим работам.",
                   proposal="В одном классе проводится не больше одной оценочной процедуры в день.")  # fmt: skip


def _over(specialist: Act, schools: dict[str, Act], tree: Tree, today: dt.date) -> None:
    """Criteria that were discussed last month: opinion, answers, the result, minutes drawn up and signed."""
    town = tree.municipality
    opens, closes = today - dt.timedelta(days=45), today - dt.timedelta(days=25)
    then = Act(specialist.actor, specialist.at - dt.timedelta(days=40))
    entry = DiscussionEntry("Критерии объективности оценочных процедур", "criteria", opens, closes, _CRITERIA)
    made = open_discussion(then, owner=town, entry=entry, participants=[*_schools(town), tree.advisory_service])
    head = Act(schools["head"].actor, then.at)
    place = _place(head, made)
    if place is not None:
        remark = add_remark(head, discussion=made, organization=place, clause=made.clauses.get(number="1"),
                            text="Для малых школ 10 % – это одна работа: предлагаем не меньше трёх.")  # fmt: skip
        answer_remark(specialist, remark=remark, decision=RemarkDecision.ACCEPTED,
                      answer="Добавлено: «и не меньше трёх работ».")  # fmt: skip
    adviser = Act(schools["adviser"].actor, then.at)
    if (bureau := _place(adviser, made)) is not None:
        answers = dict.fromkeys(expert_criteria(), "yes") | {"load": "partly"}
        words = "Критерии измеримы, данные для них уже собираются."
        give_opinion(adviser, discussion=made, organization=bureau, post="методист", answers=answers,
                     recommendation="accept", conclusion=words)  # fmt: skip
    sum_up(specialist, discussion=made, result="accept", conclusion="Принять критерии с учётом замечаний")
    facts = subject_facts(SYSTEM_SCOPE, town, "discussion", made.pk)
    facts |= {"findings": facts.pop("found", []), "attended": facts.pop("members", ""), "executors": [],
              "signer": "председатель; Таблицына Татьяна Петровна", "goal": "",
              "secretary": "секретарь; Страницына Ирина Дмитриевна"}  # fmt: skip
    draft = create_draft(specialist, owner=town, template="discussion_minutes", facts=facts)
    sign_draft(specialist, draft=draft, number="4", signed_on=closes + dt.timedelta(days=2))


def _schools(town: Organization) -> list[Organization]:
    rows = Organization.objects.filter(path__startswith=town.path, kind=OrganizationKind.SCHOOL, closed_on__isnull=True)
    return list(rows)


def _place(act: Act, discussion: Discussion) -> Organization | None:
    """The organization for which the person speaks in the discussion."""
    return next((one for one in places_of(scope_for(act), discussion) if one.pk != discussion.owner_id), None)
