"""Calendars of plans: personal addresses, saved filters."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import Q, QuerySet

from msoko.cycle.planning.models import CalendarFeed, Plan, SavedView
from msoko.foundation.access.api import Scope, User, scope_of
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

_MOST_FEEDS = 20


def feeds_of(user: User) -> QuerySet[CalendarFeed]:
    """Addresses of a person that are in use."""
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).select_related("plan")


@transaction.atomic
def create_feed(
    act: Act, *, user: User, title: str, plan: Plan | None = None, query: str = ""
) -> tuple[CalendarFeed, str]:
    """A new address of a person for themselves; its secret is returned once and kept as a hash. `query`: filters of
    the plan, as in the address of its page."""
    if act.actor.actor_id != user.actor_id:
        raise RefusedError("Адрес календаря создаёт сам пользователь.")
    if feeds_of(user).count() >= _MOST_FEEDS:
        raise RefusedError(f"Адресов уже {_MOST_FEEDS}.", "Отзовите те, которыми не пользуетесь.")
    secret = secrets.token_urlsafe(24)
    feed = CalendarFeed.objects.create(
        user=user, plan=plan, title=title.strip()[:200] or "Планы", query=query[:1000] if plan else "",
        secret_hash=_hash(secret), created_at=act.at,
    )  # fmt: skip
    record(act, "planning.feed.created", kind="calendar_feed", object_id=feed.pk, label=feed.title)
    return feed, secret


@transaction.atomic
def revoke_feed(act: Act, *, feed: CalendarFeed) -> None:
    """The address stops working."""
    if act.actor.actor_id != feed.user.actor_id:
        raise RefusedError("Адрес календаря отзывает тот, кто его создал.")
    feed.revoked_at = act.at
    feed.save(update_fields=["revoked_at"])
    record(act, "planning.feed.revoked", kind="calendar_feed", object_id=feed.pk, label=feed.title)


def feed_by_secret(secret: str, at: dt.datetime) -> tuple[CalendarFeed, Scope] | None:
    """The feed of a secret with what its person may see today; None when it is revoked or never was.

    The moment of reading is noted once an hour, so that a program that asks every minute does not write every minute.
    """
    feed = (
        CalendarFeed.objects.filter(secret_hash=_hash(secret), revoked_at__isnull=True)
        .select_related("user", "plan__owner")
        .first()
    )
    if feed is None or not feed.user.is_active:
        return None
    if feed.read_at is None or at - feed.read_at > dt.timedelta(hours=1):
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)
    return feed, scope_of(feed.user, at.date())


@transaction.atomic
def save_view(act: Act, *, user: User, plan: Plan, name: str, query: str, is_shared: bool) -> SavedView:
    """Keep filters of a plan under a name; the same name is written over."""
    if not name.strip():
        raise RefusedError("У вида нет названия.", "Впишите название: «Сроки ИМЦ в мае».")
    view, _ = SavedView.objects.update_or_create(
        user=user, plan=plan, name=name.strip()[:100],
        defaults={"query": query[:1000], "is_shared": is_shared, "created_at": act.at},
    )  # fmt: skip
    record(act, "planning.view.saved", kind="saved_view", object_id=view.pk, label=view.name, organization=plan.owner)
    return view


@transaction.atomic
def rename_view(act: Act, *, user: User, view: SavedView, name: str) -> None:
    """Another name for saved filters; only their person may."""
    if view.user_id != user.pk:
        raise RefusedError("Вид переименовывает тот, кто его сохранил.")
    name = name.strip()[:100]
    if not name:
        raise RefusedError("У вида нет названия.", "Впишите название: «Сроки ИМЦ в мае».")
    if SavedView.objects.filter(user=user, plan=view.plan, name=name).exclude(pk=view.pk).exists():
        raise RefusedError(f"Вид «{name}» уже есть.", "Выберите другое название.")
    was, view.name = view.name, name
    view.save(update_fields=["name"])
    record(
        act, "planning.view.renamed", kind="saved_view", object_id=view.pk, label=name,
        organization=view.plan.owner, details={"was": was},
    )  # fmt: skip


@transaction.atomic
def forget_view(act: Act, *, user: User, view: SavedView) -> None:
    """Forget saved filters; only their person may."""
    if view.user_id != user.pk:
        raise RefusedError("Вид удаляет тот, кто его сохранил.")
    record(
        act, "planning.view.forgotten", kind="saved_view", object_id=view.pk, label=view.name,
        organization=view.plan.owner,
    )  # fmt: skip
    view.delete()


def views_of(user: User, plan: Plan) -> QuerySet[SavedView]:
    """Saved filters of a plan: own and shared ones."""
    return SavedView.objects.filter(plan=plan).filter(Q(user=user) | Q(is_shared=True)).select_related("user")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
