"""Headers, sessions, sign-in of the demonstration, one-time passwords, pages of errors."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from tests.factories import orgs
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "длинный-пароль-7"


@pytest.fixture(autouse=True)
def _no_rate_limits_from_other_tests() -> None:
    cache.clear()


def _events() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("event", flat=True))


def test_the_content_security_policy_forbids_everything_inline() -> None:
    policy = Client().get(reverse("account_login"))["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"


def test_sign_in_and_out_stand_in_the_journal_of_the_organization() -> None:
    place = orgs.place()
    user = orgs.account(Role.SCHOOL_HEAD, place.schools[0], password=PASSWORD)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert answer.url == reverse("office:home")
    client.post(reverse("account_logout"))
    assert _events() == ["access.session.opened", "access.session.closed"]
    assert {event.organization_id for event in AuditEvent.objects.all()} == {place.schools[0].pk}


def test_a_wrong_password_is_refused_in_russian_and_written_down() -> None:
    user = orgs.account(Role.SCHOOL_HEAD, orgs.place().schools[0], password=PASSWORD)
    response = Client().post(reverse("account_login"), {"login": user.username, "password": "не-тот-пароль"})
    assert "неверн" in text_of(response).lower()
    assert _events() == ["access.session.refused"]


def test_an_unknown_name_is_not_written_down() -> None:
    Client().post(reverse("account_login"), {"login": "мой-пароль-случайно", "password": "x"})
    event = AuditEvent.objects.get()
    assert event.event == "access.session.refused"
    assert "мой-пароль" not in f"{event.actor_label}{event.object_label}{event.details}"


def test_guessing_passwords_is_stopped() -> None:
    user = orgs.account(Role.SCHOOL_HEAD, orgs.place().schools[0], password=PASSWORD)
    client = Client()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": user.username, "password": "не-тот-пароль"})
    right = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert right.status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_demonstration_signs_in_with_one_click(settings: object) -> None:
    settings.IS_DEMO = True  # type: ignore[attr-defined]
    place = orgs.place()
    user = orgs.account(Role.SPECIALIST, place.authority, is_demo=True)
    client = Client()
    assert "Муниципальный специалист" in text_of(client.get(reverse("account_login")))
    assert client.post(reverse("office:demo_sign_in"), {"user": user.pk}).url == reverse("office:home")
    assert client.get(reverse("office:home")).status_code == 200


def test_the_one_click_does_not_exist_outside_the_demonstration() -> None:
    user = orgs.account(Role.SPECIALIST, orgs.place().authority, is_demo=True)
    client = Client()
    assert client.post(reverse("office:demo_sign_in"), {"user": user.pk}).status_code == 404
    assert "Демонстрация" not in text_of(client.get(reverse("account_login")))
    assert "_auth_user_id" not in client.session


def test_the_one_click_opens_no_real_account(settings: object) -> None:
    settings.IS_DEMO = True  # type: ignore[attr-defined]
    user = orgs.account(Role.SPECIALIST, orgs.place().authority)
    assert Client().post(reverse("office:demo_sign_in"), {"user": user.pk}).status_code == 404


def test_a_one_time_password_opens_only_its_change() -> None:
    place = orgs.place()
    admin = client_of(orgs.account(Role.ADMINISTRATOR, place.authority))
    given = {"last_name": "Новикова", "username": "novikova", "organization": place.schools[0].pk}
    page = admin.post(reverse("office:access:add"), given | {"role": Role.SCHOOL_COORDINATOR.value})
    password = page.context["password"]
    assert password in text_of(page)

    client = Client()
    client.post(reverse("account_login"), {"login": "novikova", "password": password})
    change = reverse("account_change_password")
    assert client.get(reverse("office:home")).url == change
    fresh = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    client.post(change, fresh)
    assert client.get(reverse("office:home")).status_code == 200
    assert "access.password.changed" in _events()


def test_nobody_signs_up_and_no_mail_is_sent() -> None:
    client = Client()
    assert "Регистрации нет" in text_of(client.get("/accounts/signup/"))
    assert client.get("/accounts/password/reset/").status_code == 404


def test_a_missing_page_is_explained_in_russian() -> None:
    response = Client().get("/такой-страницы-нет/")
    assert response.status_code == 404
    assert "Страница не найдена" in text_of(response)


def test_a_request_over_the_limit_is_413(settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100  # type: ignore[attr-defined]
    user = orgs.account(Role.ADMINISTRATOR, orgs.place().authority)
    response = client_of(user).post(reverse("office:school_year"), {"start_year": "2" * 200})
    assert response.status_code == 413
    assert "Слишком большой запрос" in text_of(response)


def test_a_stale_form_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "Страница устарела" in text_of(response)


def test_the_school_year_chosen_at_the_top_is_kept_and_leads_nowhere_else() -> None:
    old = orgs.school_year(2020)
    orgs.school_year()
    client = client_of(orgs.account(Role.SPECIALIST, orgs.place().authority))
    answer = client.post(reverse("office:school_year"), {"start_year": 2020, "next": "https://example.org/"})
    assert answer.url == "/"
    assert client.get(reverse("office:organizations:list")).context["year"] == old
