"""How many remarks one address of the network may send. The address itself is not kept, only its keyed digest."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from msoko.foundation.catalog.portal import portal_rules

_HOUR, _DAY = 3600, 86400


def is_too_many(request: HttpRequest) -> bool:
    """Whether the address has sent all that it may in an hour or a day."""
    rules = portal_rules()
    hour, day = _keys(request)
    return bool(cache.get(hour, 0) >= rules.per_hour or cache.get(day, 0) >= rules.per_day)


def count_one(request: HttpRequest) -> None:
    """Note one remark of the address."""
    for key, seconds in zip(_keys(request), (_HOUR, _DAY), strict=True):
        cache.add(key, 0, seconds)
        cache.incr(key)


def _keys(request: HttpRequest) -> tuple[str, str]:
    digest = salted_hmac("msoko.portal", request.META.get("REMOTE_ADDR", "")).hexdigest()
    return f"portal-hour-{digest}", f"portal-day-{digest}"
