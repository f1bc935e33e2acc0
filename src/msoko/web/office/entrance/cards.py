"""Cards of the demonstration's sign-in page: who the person is and what to try in two minutes."""

from __future__ import annotations

from dataclasses import dataclass

from msoko.foundation.access.api import ROLES, Membership, Role, demo_memberships

#: role → icon, what to try
_TRIALS: dict[Role, tuple[str, str]] = {
    Role.SPECIALIST: ("upload", "Загрузите файлы результатов, разберите вопросы, сформируйте справку."),
    Role.AUTHORITY_HEAD: ("report-analytics", "Посмотрите итоги муниципалитета, откройте справку и выпустите её."),
    Role.ADVISER: ("target", "Найдите тему, которую не усвоил весь округ, и поправьте вывод в справке."),
    Role.SCHOOL_COORDINATOR: ("clipboard-check", "Загрузите результаты своей школы и список её кодов."),
    Role.SCHOOL_HEAD: ("school", "Сравните свою школу с муниципалитетом, скачайте справку школы."),
    Role.SENIOR_EDUCATOR: ("baby-carriage", "Откройте паспорт своего детского сада и проверьте сведения."),
    Role.ASSOCIATION_HEAD: ("users-group", "Разберите задания и умения по своему предмету."),
    Role.OBSERVER: ("eye", "Посмотрите организации округа и координаторов оценочных процедур."),
    Role.REGIONAL_VIEWER: ("building-bank", "Посмотрите итоги муниципалитета без данных отдельных школ."),
}


@dataclass(frozen=True, slots=True)
class Card:
    user_id: int
    title: str
    person: str
    place: str
    trial: str
    icon: str


def cards() -> list[Card]:
    """One card a role, in the order of the work: who loads, who decides, who reads."""
    by_role: dict[str, Membership] = {}
    for membership in demo_memberships():
        by_role.setdefault(membership.role, membership)
    return [_card(by_role[role], role, *trial) for role, trial in _TRIALS.items() if role in by_role]


def _card(membership: Membership, role: Role, icon: str, trial: str) -> Card:
    return Card(
        user_id=membership.user_id,
        title=ROLES[role].title,
        person=membership.user.actor_label,
        place=membership.organization.short_name,
        trial=trial,
        icon=icon,
    )
