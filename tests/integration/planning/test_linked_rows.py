"""An organization takes activities of the plan above into its own: one fact, followed terms, offered changes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from msoko.cycle.planning.api import (
    Activity,
    Assignment,
    AssignmentState,
    EvidenceEntry,
    Horizon,
    Occurrence,
    Plan,
    PlanStatus,
    add_activity,
    approve_plan,
    calendar_entries,
    cancel_occurrence,
    change_activity,
    change_plan,
    close_plan,
    composed_document,
    confirm_task,
    create_plan,
    deal_out,
    drop_activity,
    links,
    plan_year,
    postpone_occurrence,
    release_addressee,
    report_done,
    restore_activity,
    roll_over,
    terms_in_sight,
    withdraw_approval,
)
from msoko.cycle.planning.calendar_states import states_of_plan
from msoko.foundation.access.api import Permission, Role, Scope
from msoko.foundation.access.scope import SYSTEM_SCOPE
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import OrganizationKind
from qualimetry.narrative.blocks import Table
from tests.factories import orgs

pytestmark = pytest.mark.django_db
YEAR = 2026


def _municipal(place: orgs.Place, *rows: tuple[str, str, str], year: int = YEAR) -> Plan:
    """A plan in force; rows: title, phrase of terms, responsible."""
    act = orgs.system_act()
    plan = create_plan(act, owner=place.municipality, title=f"План управления {year}", start_year=year)
    for number, (title, phrase, responsible) in enumerate(rows, 1):
        values = {
            "number": f"3.{number}", "title": title, "terms_text": phrase, "responsible": responsible,
            "results": "Приказ",
        }  # fmt: skip
        add_activity(act, plan=plan, values=values)
    return approve_plan(act, plan=plan, approved_on=dt.date(year, 8, 28), basis="Приказ № 1")


def _own(place: orgs.Place, year: int = YEAR, **values: object) -> Plan:
    return create_plan(orgs.system_act(), owner=place.schools[0], title="План ВСОКО", start_year=year, **values)  # type: ignore[arg-type]


def _take(plan: Plan, *titles: str, **values: object) -> int:
    offered = links.offers_of(plan)
    keys = [one.key for one in offered.offers if not titles or one.title in titles]
    return links.take_in(orgs.system_act(), plan=plan, keys=keys, **values)  # type: ignore[arg-type]


def _term(plan: Plan) -> Occurrence:
    return Occurrence.objects.get(activity__plan=plan)


def _linked(place: orgs.Place, phrase: str = "до 20 апреля", **values: object) -> tuple[Plan, Plan]:
    above, own = _municipal(place, ("Отчёт о самообследовании", phrase, "ОО")), _own(place)
    _take(own, **values)
    return above, own


def test_only_what_concerns_the_organization_is_offered() -> None:
    place = orgs.place(2)
    first, other = place.schools
    _municipal(
        place, ("Для школ", "сентябрь", "ОО"), ("Для садов", "сентябрь", "ДОО"), ("Именная", "май", first.short_name),
        ("Чужая", "май", other.short_name), ("Отдела", "май", "ИМЦ"), ("По запросу", "по запросу", "ОО"),
    )  # fmt: skip
    offered = links.offers_of(_own(place))
    assert [one.title for one in offered.new] == ["Для школ", "Именная", "По запросу"]
    assert [one.label for one in offered.new] == [f"план управления, п.\u00a03.{number}" for number in (1, 3, 6)]
    assert (offered.concerned, offered.taken) == (3, 0)


def test_plans_of_other_years_and_drafts_above_offer_nothing() -> None:
    place = orgs.place(1)
    _municipal(place, ("Прошлогоднее", "май", "ОО"), year=YEAR - 1)
    draft = create_plan(orgs.system_act(), owner=place.municipality, title="Проект", start_year=YEAR)
    add_activity(orgs.system_act(), plan=draft, values={"title": "Не утверждено", "responsible": "ОО"})
    assert links.offers_of(_own(place)).offers == []


def test_kindergartens_and_supplementary_education_are_offered_their_own() -> None:
    place = orgs.place(0)
    _municipal(place, ("Садам", "май", "ДОО"), ("Кружкам", "май", "ОДО"), ("Школам", "май", "школы"))
    found = {}
    for kind in (OrganizationKind.PRESCHOOL, OrganizationKind.SUPPLEMENTARY):
        organization = orgs.organization(kind, str(kind), place.municipality)
        plan = create_plan(orgs.system_act(), owner=organization, title="План", start_year=YEAR)
        found[kind] = [one.title for one in links.offers_of(plan).new]
    assert found == {OrganizationKind.PRESCHOOL: ["Садам"], OrganizationKind.SUPPLEMENTARY: ["Кружкам"]}


def test_a_linked_row_keeps_its_origin_and_has_people_of_the_organization() -> None:
    place = orgs.place(1)
    above, own = _linked(place, responsible="заместитель директора; учителя")
    row = own.activities.get()
    assert (row.source, row.origin_label) == (above.activities.get(), "план управления, п.\u00a03.1")
    assert [unit.raw for unit in row.units.all()] == ["заместитель директора", "учителя"]
    assert [one.text for one in row.deliverables.all()] == ["Приказ"]
    assert (row.number, row.section and row.section.title) == ("1.1", links.SECTION)
    assert _term(own).ends_on == dt.date(2027, 4, 20)


def test_execution_is_one_fact_not_two_tasks() -> None:
    place = orgs.place(1)
    above, own = _linked(place)
    act = Act(orgs.system_act().actor, timezone.make_aware(dt.datetime(2027, 4, 10, 12)))
    own = approve_plan(act, plan=own, approved_on=dt.date(2026, 9, 1), basis="Приказ № 5")
    task = Assignment.objects.get()  # the only one: of the plan above
    assert task.occurrence.activity.plan == above
    report_done(act, assignment=task, done_on=dt.date(2027, 4, 10), entries=[_proof()])
    confirm_task(act, assignment=task)
    today = dt.date(2027, 5, 1)
    assert states_of_plan(SYSTEM_SCOPE, own, today) == {_term(own).pk: AssignmentState.CONFIRMED}
    tables = [one for one in composed_document(own, plan_year(own, YEAR)).annexes if isinstance(one, Table)]
    assert tables[0].rows[0][4:6] == ("10.04.2027", "исполнено в срок")


def _proof() -> EvidenceEntry:
    return EvidenceEntry(title="Отчёт", number="7", signed_on=dt.date(2027, 4, 10))


def test_terms_follow_the_plan_above_and_the_difference_is_marked() -> None:
    place = orgs.place(1)
    above, own = _linked(place)
    term = _term(above)
    postpone_occurrence(orgs.system_act(), occurrence=term, now_on=dt.date(2027, 4, 30), basis="Письмо")
    mirrored = Occurrence.objects.select_related("source").get(activity__plan=own)
    assert mirrored.ends_on == dt.date(2027, 4, 30)
    assert links.is_moved(mirrored)
    assert links.was_planned(mirrored)[1] == dt.date(2027, 4, 20)
    cancel_occurrence(orgs.system_act(), occurrence=term, basis="Приказ № 3")
    assert _term(own).cancelled_basis == "Приказ № 3"


def test_terms_of_a_linked_row_are_not_changed_by_the_organization() -> None:
    place = orgs.place(1)
    _, own = _linked(place)
    own = approve_plan(orgs.system_act(), plan=own, approved_on=dt.date(2026, 9, 1), basis="Приказ № 5")
    row = own.activities.get()
    with pytest.raises(RefusedError, match="Срок"):
        change_activity(orgs.system_act(), activity=row, values={"terms_text": "май"})
    with pytest.raises(RefusedError, match="вышестоящий план"):
        postpone_occurrence(
            orgs.system_act(), occurrence=_term(own), now_on=dt.date(2027, 5, 5), basis="Своя воля"
        )  # fmt: skip
    change_activity(orgs.system_act(), activity=row, values={"responsible": "директор", "number": "7.1"})
    assert [unit.raw for unit in row.units.all()] == ["директор"]


def test_changes_above_are_offered_and_accepted() -> None:
    place = orgs.place(1)
    above, own = _linked(place)
    act = orgs.system_act()
    source = above.activities.get()
    change_activity(act, activity=source, values={"title": "Новое название", "terms_text": "май", "results": "Отчёт"})
    assert _term(own).ends_on == dt.date(2027, 5, 31)  # dates follow at once
    offer = links.offers_of(own).updates[0]
    assert {(one.name, one.was, one.now) for one in offer.changes} == {
        ("title", "Отчёт о самообследовании", "Новое название"), ("terms", "до 20 апреля", "май"),
        ("results", "Приказ", "Отчёт"),
    }  # fmt: skip
    assert own.activities.get().title == "Отчёт о самообследовании"
    links.accept_updates(act, plan=own, keys=[offer.key])
    row = own.activities.get()
    assert (row.title, row.terms_text, [one.text for one in row.deliverables.all()]) == (
        "Новое название", "май", ["Отчёт"],
    )  # fmt: skip
    assert links.offers_of(own).updates == []


def test_rows_that_are_gone_above_are_offered_to_be_left_out() -> None:
    place = orgs.place(1)
    above, own = _linked(place)
    act = orgs.system_act()
    drop_activity(act, activity=above.activities.get(), reason="Приказ № 9")
    assert _term(own).cancelled_at is not None
    offer = links.offers_of(own).updates[0]
    assert offer.kind == links.OfferKind.DROPPED
    links.accept_updates(act, plan=own, keys=[offer.key])
    assert "Приказ № 9" in own.activities.get().dropped_reason
    restore_activity(act, activity=above.activities.get())
    assert _term(own).cancelled_at is None


def test_what_is_declined_is_not_offered_until_it_is_taken() -> None:
    place = orgs.place(1)
    _municipal(place, ("Для школ", "сентябрь", "ОО"))
    own = _own(place)
    key = links.offers_of(own).new[0].key
    links.decline(orgs.system_act(), plan=own, keys=[key])
    own.refresh_from_db()
    assert links.offers_of(own).waiting == 0
    assert _take(own) == 1
    own.refresh_from_db()
    assert own.declined == []


def test_procedures_are_taken_in_with_their_dates_and_follow_them() -> None:
    place = orgs.place(1)
    own, act = _own(place), orgs.system_act()
    work = links.Procedure(7, "ВПР, математика, 5 класс", dt.date(2027, 4, 13), dt.date(2027, 4, 15))
    key = links.offers_of(own, [work]).new[0].key
    links.take_in(act, plan=own, keys=[key], procedures=[work], responsible="заместитель директора")
    assert (_term(own).starts_on, _term(own).ends_on) == (work.starts_on, work.ends_on)
    moved = links.Procedure(7, work.title, dt.date(2027, 5, 4), dt.date(2027, 5, 4))
    offer = links.offers_of(own, [moved]).updates[0]
    assert offer.changes[0].now == "04.05.2027"
    links.accept_updates(act, plan=own, keys=[offer.key], procedures=[moved])
    assert _term(own).ends_on == dt.date(2027, 5, 4)


def test_nothing_is_taken_twice_nor_by_strangers() -> None:
    place = orgs.place(2)
    _municipal(place, ("Для школ", "сентябрь", "ОО"))
    own = _own(place)
    keys = [one.key for one in links.offers_of(own).new]
    stranger = Act(orgs.account(Role.SCHOOL_HEAD, place.schools[1]), timezone.now())
    with pytest.raises(ForbiddenError):
        links.take_in(stranger, plan=own, keys=keys)
    links.take_in(orgs.system_act(), plan=own, keys=keys)
    with pytest.raises(RefusedError):
        links.take_in(orgs.system_act(), plan=own, keys=keys)
    assert own.activities.count() == 1


def test_other_years_of_the_plan_move_what_is_shown() -> None:
    place = orgs.place(1)
    _, own = _linked(place, phrase="апрель")
    change_plan(orgs.system_act(), plan=own, values={"start_year": YEAR + 1})
    assert (_term(own).source, _term(own).ends_on) == (None, dt.date(2028, 4, 30))


def test_roll_over_links_with_the_plan_above_of_the_new_year_when_it_is_there() -> None:
    place = orgs.place(1)
    act = orgs.system_act()
    above, own = _linked(place, phrase="апрель, ежегодно")
    next_above = roll_over(act, plan=above, horizon=Horizon(YEAR + 1, 1), title="", choices={})
    approve_plan(act, plan=next_above, approved_on=dt.date(YEAR + 1, 8, 28), basis="Приказ № 2")
    new = roll_over(act, plan=own, horizon=Horizon(YEAR + 1, 1), title="", choices={})
    assert new.activities.get().source == next_above.activities.get()
    assert _term(new).source == _term(next_above)


def test_roll_over_before_the_plan_above_keeps_the_link_and_is_linked_later() -> None:
    place = orgs.place(1)
    act = orgs.system_act()
    above, own = _linked(place, phrase="апрель, ежегодно")
    new = roll_over(act, plan=own, horizon=Horizon(YEAR + 1, 1), title="", choices={})
    row = new.activities.get()
    assert (row.source, _term(new).source, _term(new).ends_on) == (above.activities.get(), None, dt.date(2028, 4, 30))
    next_above = roll_over(act, plan=above, horizon=Horizon(YEAR + 1, 1), title="", choices={})
    approve_plan(act, plan=next_above, approved_on=dt.date(YEAR + 1, 8, 28), basis="Приказ № 2")
    offered = links.offers_of(new)
    assert [one.kind for one in offered.new] == [links.OfferKind.CONTINUED]
    links.take_in(act, plan=new, keys=[offered.new[0].key])
    assert _term(new).source == _term(next_above)
    assert links.offers_of(new).waiting == 0


def test_a_row_that_does_not_go_on_above_is_offered_to_be_left_out() -> None:
    place = orgs.place(1)
    act = orgs.system_act()
    above, own = _linked(place, phrase="апрель, ежегодно")
    new = roll_over(act, plan=own, horizon=Horizon(YEAR + 1, 1), title="", choices={})
    _municipal(place, ("Другое дело", "май", "ОО"), year=YEAR + 1)
    assert [one.kind for one in links.offers_of(new).updates] == [links.OfferKind.DROPPED]
    assert above.activities.count() == 1


def test_a_released_organization_has_the_row_taken_off() -> None:
    place = orgs.place(2)
    above, own = _linked(place)
    task = Assignment.objects.get(organization=place.schools[0])
    release_addressee(orgs.system_act(), assignment=task, basis="Нет 9-х классов")
    today = dt.date(2027, 6, 1)
    assert states_of_plan(SYSTEM_SCOPE, own, today) == {}  # a draft has no states yet
    own = approve_plan(orgs.system_act(), plan=own, approved_on=dt.date(2026, 9, 1), basis="Приказ № 5")
    assert set(states_of_plan(SYSTEM_SCOPE, own, today).values()) == {AssignmentState.CANCELLED}
    assert above.status == PlanStatus.APPROVED


def test_a_common_term_stands_once_among_all_plans_and_names_its_source_in_its_own() -> None:
    place = orgs.place(1)
    above, own = _linked(place)
    school = Scope(paths={Permission.SEE_PLANS: (place.schools[0].path,)}, home_paths=(place.schools[0].path,))
    everywhere = [one.activity.plan for one in terms_in_sight(school)]
    assert everywhere == [above]
    entry = calendar_entries(school, own, "")[0]
    assert "Источник: план управления, п.\u00a03.1" in entry.details
    assert not entry.is_done


def test_offers_take_as_many_queries_for_many_rows() -> None:
    place = orgs.place(1)
    own = _own(place)
    counts = []
    for size in (3, 30):
        _municipal(place, *((f"Дело {size}.{number}", "май", "ОО") for number in range(size)))
        with CaptureQueriesContext(connection) as seen:
            links.offers_of(own)
        counts.append(len(seen))
        _take(own)
    assert counts[1] <= counts[0] + 6  # rows that were taken are read as well


def test_organizations_with_and_without_plans() -> None:
    place = orgs.place(3)
    _municipal(place, ("Для школ", "сентябрь", "ОО"), ("Ещё", "май", "ОО"))
    approved, draft, none = place.schools
    act = orgs.system_act()
    for school, titles in ((approved, ("Для школ", "Ещё")), (draft, ("Ещё",))):
        plan = create_plan(act, owner=school, title="План ВСОКО", start_year=YEAR)
        keys = [one.key for one in links.offers_of(plan).new if one.title in titles]
        links.take_in(act, plan=plan, keys=keys)
        if school == approved:
            approve_plan(act, plan=plan, approved_on=dt.date(2026, 9, 3), basis="Приказ № 5")
    rows = {row.organization: row for row in links.organization_plans(SYSTEM_SCOPE, YEAR)}
    assert [(rows[one].state, rows[one].taken, rows[one].concerned) for one in (approved, draft, none)] == [
        ("approved", 2, 2), ("draft", 1, 2), ("none", 0, 2),
    ]  # fmt: skip
    assert rows[approved].approved_on == dt.date(2026, 9, 3)
    assert [rows[one].missing for one in (approved, draft, none)] == [0, 1, 0]


def test_dropping_a_linked_row_keeps_it_from_being_offered_as_new() -> None:
    place = orgs.place(1)
    _, own = _linked(place)
    drop_activity(orgs.system_act(), activity=own.activities.get(), reason="Не проводится")
    assert links.offers_of(own).new == []
    assert Activity.objects.filter(source__isnull=False).count() == 1
    assert deal_out(orgs.system_act(), own).is_empty


def test_what_stands_in_another_plan_of_the_organization_is_not_offered_as_new() -> None:
    place = orgs.place(1)
    _linked(place)
    other = create_plan(orgs.system_act(), owner=place.schools[0], title="Второй план", start_year=YEAR)
    offered = links.offers_of(other)
    assert (offered.waiting, [one.elsewhere for one in offered.offers]) == (0, ["План ВСОКО"])
    links.take_in(orgs.system_act(), plan=other, keys=[offered.offers[0].key])
    assert other.activities.get().source is not None


def test_a_row_that_the_organization_wrote_itself_is_linked_with_its_people() -> None:
    place = orgs.place(1)
    act = orgs.system_act()
    above, own = _municipal(place, ("Отчёт о самообследовании школ", "до 20 апреля", "ОО")), _own(place)
    values = {"number": "7.", "title": "Самообследование", "terms_text": "март", "responsible": "директор"}
    row = add_activity(act, plan=own, values=values)
    own = approve_plan(act, plan=own, approved_on=dt.date(2026, 9, 1), basis="Приказ № 5")
    assert Assignment.objects.filter(occurrence__activity=row).count() == 1
    links.link_row(act, plan=own, row=row, key=links.offers_of(own).new[0].key)
    row.refresh_from_db()
    assert (row.source, row.number, row.title, row.responsible_raw) == (
        above.activities.get(), "7.", "Отчёт о самообследовании школ", "директор",
    )  # fmt: skip
    assert _term(own).ends_on == dt.date(2027, 4, 20)
    assert not Assignment.objects.filter(occurrence__activity=row).exists()
    assert links.offers_of(own).waiting == 0
    with pytest.raises(RefusedError, match="связать нельзя"):
        links.link_row(act, plan=own, row=row, key="1")


def test_a_row_with_reports_is_not_linked() -> None:
    place = orgs.place(1)
    act = orgs.system_act()
    _municipal(place, ("Отчёт", "до 20 апреля", "ОО"))
    own = _own(place)
    row = add_activity(act, plan=own, values={"title": "Своё", "terms_text": "сентябрь", "responsible": "директор"})
    own = approve_plan(act, plan=own, approved_on=dt.date(2026, 9, 1), basis="Приказ № 5")
    key = links.offers_of(own).new[0].key
    report_done(act, assignment=Assignment.objects.get(occurrence__activity=row), done_on=dt.date(2026, 9, 20))
    with pytest.raises(RefusedError, match="отметки об исполнении"):
        links.link_row(act, plan=own, row=row, key=key)
    assert own.activities.get().source is None


def test_a_plan_above_that_is_closed_or_withdrawn_takes_no_rows_away() -> None:
    place = orgs.place(1)
    act = orgs.system_act()
    above, own = _linked(place)
    _municipal(place, ("Другое дело", "май", "ОО"))
    withdraw_approval(act, plan=above, reason="Ошибка в приказе")
    assert links.offers_of(own).updates == []
    above = approve_plan(act, plan=above, approved_on=dt.date(2026, 9, 1), basis="Приказ № 2")
    close_plan(act, plan=above, closed_on=dt.date(2027, 8, 31))
    assert links.offers_of(own).updates == []
    [row] = links.organization_plans(SYSTEM_SCOPE, YEAR)
    assert (row.taken, row.concerned) == (1, 2)
