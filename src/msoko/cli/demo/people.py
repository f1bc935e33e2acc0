"""Staff of the demo municipality and the nine accounts of its sign-in page."""

from __future__ import annotations

import datetime as dt

from msoko.cli.demo.organizations import Tree
from msoko.foundation.access.api import Role, User, create_account, grant_membership
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.text import search_key
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.models import Appointment, AppointmentKind, Body, BodyKind, Person
from qualimetry.synthetic import entities
from qualimetry.synthetic.entities import Municipality, StaffPost
from qualimetry.synthetic.truths import GAP_SCHOOL

_KINDS = {
    "coordinator": AppointmentKind.COORDINATOR,
    "observer": AppointmentKind.OBSERVER,
    "expert": AppointmentKind.EXPERT,
}


def build_people(source: Municipality, tree: Tree, since: dt.date) -> None:
    """Store posts of the authority, heads, coordinators, observers, experts, methodical associations."""
    for post in source.authority.posts:
        _appoint(post, _office(post, tree), tree, since)
    for item in source.organizations:
        head = StaffPost("Заведующий" if item.kind == entities.OrganizationKind.KINDERGARTEN else "Директор", item.head)
        _appoint(head, tree.by_key[item.key], tree, since)
    for post in (*source.coordinators, *source.observers, *source.experts):
        _appoint(post, _place(post, tree), tree, since)
    for post in source.association_heads:
        appointment = _appoint(post, _place(post, tree), tree, since)
        body = Body.objects.create(
            organization=tree.advisory_service,
            kind=BodyKind.SUBJECT_ASSOCIATION,
            name=f"Муниципальное методическое объединение: {post.subject}",
            subject=post.subject,
        )
        body.members.add(appointment)


def _office(post: StaffPost, tree: Tree) -> Organization:
    if post.department is None or post.department in tree.departments:
        return tree.authority
    return tree.advisory_service


def _place(post: StaffPost, tree: Tree) -> Organization:
    return tree.municipality if post.organization is None else tree.by_key[post.organization]


def _appoint(post: StaffPost, organization: Organization, tree: Tree, since: dt.date) -> Appointment:
    names = (post.person.surname, post.person.first_name, post.person.patronymic)
    person = Person.objects.create(
        last_name=names[0], first_name=names[1], middle_name=names[2], search_key=search_key(*names)
    )
    return Appointment.objects.create(
        person=person,
        organization=organization,
        department=tree.departments.get(post.department or ""),
        kind=_KINDS.get(post.role, AppointmentKind.EMPLOYEE),
        post=post.post,
        subject=post.subject,
        valid_from=since,
    )


def build_accounts(act: Act, source: Municipality, tree: Tree) -> dict[Role, User]:
    """One account a role. The school ones belong to the school that keeps a code list and has a gap of its own."""
    school = tree.by_key[GAP_SCHOOL]
    kindergarten = tree.by_key[source.kindergartens[0].key]
    places = {
        Role.AUTHORITY_HEAD: tree.authority,
        Role.SPECIALIST: tree.authority,
        Role.ADVISER: tree.advisory_service,
        Role.SCHOOL_COORDINATOR: school,
        Role.SCHOOL_HEAD: school,
        Role.SENIOR_EDUCATOR: kindergarten,
        Role.ASSOCIATION_HEAD: tree.advisory_service,
        Role.OBSERVER: tree.municipality,
        Role.REGIONAL_VIEWER: tree.region,
    }
    return {role: _account(act, role, place) for role, place in places.items()}


_NAMES = {
    Role.AUTHORITY_HEAD: ("Заречнова", "Вера", "Павловна"),
    Role.SPECIALIST: ("Полевая", "Ирина", "Сергеевна"),
    Role.ADVISER: ("Луговая", "Нина", "Андреевна"),
    Role.SCHOOL_COORDINATOR: ("Берёзкина", "Ольга", "Игоревна"),
    Role.SCHOOL_HEAD: ("Дубравин", "Пётр", "Иванович"),
    Role.SENIOR_EDUCATOR: ("Ромашкина", "Елена", "Викторовна"),
    Role.ASSOCIATION_HEAD: ("Ручьёва", "Анна", "Олеговна"),
    Role.OBSERVER: ("Соколов", "Иван", "Петрович"),
    Role.REGIONAL_VIEWER: ("Краевая", "Марина", "Львовна"),
}


def _account(act: Act, role: Role, organization: Organization) -> User:
    last_name, first_name, middle_name = _NAMES[role]
    user = create_account(
        act,
        organization=organization,
        username=f"demo-{role.value}",
        password=None,
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        is_demo=True,
    )
    grant_membership(act, user=user, organization=organization, role=role)
    return user
