"""Sessions in the journal: opened, closed, refused; a changed password."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from msoko.foundation.access.models import Membership, User
from msoko.foundation.access.queries import in_force
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.orgs.models import Organization


@receiver(user_logged_in)
def _opened(sender: object, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    _write("access.session.opened", user, request)


@receiver(user_logged_out)
def _closed(sender: object, request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        _write("access.session.closed", user, request)


@receiver(user_login_failed)
def _refused(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """An unknown name is not written down: people type passwords into the field of the name."""
    username = str(credentials.get("username") or credentials.get("login") or "")
    user = User.objects.filter(username=username).first()
    if user is not None:
        _write("access.session.refused", user, request)
        return
    unknown = SystemActor(actor_id="", actor_label="Неизвестное имя для входа")
    record(Act(unknown, timezone.now(), _address(request)), "access.session.refused")


@receiver([password_changed, password_set])
def _password_changed(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    user.must_change_password = False
    _write("access.password.changed", user, request)


def _write(event: str, user: User, request: HttpRequest | None) -> None:
    act = Act(user, timezone.now(), _address(request))
    record(act, event, kind="user", object_id=user.pk, organization=_home(user))


def _home(user: User) -> Organization | None:
    today = timezone.localdate()
    membership = Membership.objects.filter(in_force(today), user=user).select_related("organization").first()
    return membership.organization if membership else None


def _address(request: HttpRequest | None) -> str:
    return request.META.get("REMOTE_ADDR", "") if request is not None else ""
