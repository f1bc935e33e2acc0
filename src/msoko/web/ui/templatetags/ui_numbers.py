"""Numbers in Russian form: the same functions that write documents."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from msoko.foundation.catalog.policies import analysis_policy
from qualimetry.narrative import russian

register = template.Library()
#: what a template gives where a variable does not exist
Figure = float | Literal[""] | None


def _known(value: Figure) -> float | None:
    return None if value == "" else value


@register.filter
def integer(value: Figure) -> str:
    """«1 234»."""
    return russian.integer(_known(value))


@register.filter
def decimal(value: Figure, places: int = 1) -> str:
    """«54,2»."""
    return russian.decimal(_known(value), places)


@register.filter
def percent(value: Figure, n: int | None = None) -> str:
    """«54,2 %» of a fraction; `{{ rate|percent:participants }}` drops the decimal below 100 participants."""
    return russian.percent(_known(value), n)


@register.filter
def signed(value: Figure, places: int = 1) -> str:
    """«+3,2»."""
    return russian.signed(_known(value), places)


@register.filter
def points(value: Figure, n: int | None = None) -> str:
    """Difference of two fractions: «+3,2 п. п.»."""
    return russian.percentage_points(_known(value), n)


@register.filter
def counted(value: int, noun: str) -> str:
    """«21 участник»: `{{ count|counted:"участник" }}`."""
    return russian.counted(value, noun)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """«01.09.2026»; an aware moment is shown by the local calendar."""
    if not value:
        return russian.DASH
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return russian.date_digits(value)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """«01.09.2026 14:10» in local time."""
    if not value:
        return russian.DASH
    local = timezone.localtime(value)
    return f"{russian.date_digits(local.date())} {local:%H:%M}"


@register.simple_tag
def share(value: float | None, low: float | None = None, high: float | None = None, n: int | None = None) -> SafeString:
    """A share with its interval and N: «54,2 % (48,1–60,2 %), N = 230»."""
    interval = "" if low is None or high is None else f" ({russian.percent_interval(low, high, n)})"
    total = "" if n is None else f", N{russian.NBSP}={russian.NBSP}{russian.integer(n)}"
    tail = format_html('<span class="muted small">{}{}</span>', interval, total)
    return format_html('<span class="nowrap">{}{}</span>', russian.percent(value, n), tail)


@register.simple_tag
def estimate(value: object, places: int = 1, *, is_share: bool = True) -> SafeString:
    """An object with `value`, `low`, `high` and `n` (an `Estimate` of qualimetry) as figure, interval, N."""
    point, low, high = (getattr(value, name, None) for name in ("value", "low", "high"))
    n = getattr(value, "n", None)
    if is_share:
        return share(point, low, high, n)
    interval = (
        "" if low is None or high is None else f" ({russian.decimal(low, places)}–{russian.decimal(high, places)})"
    )
    total = "" if n is None else f", N{russian.NBSP}={russian.NBSP}{russian.integer(n)}"
    return format_html(
        '<span class="nowrap">{}<span class="muted small">{}{}</span></span>',
        russian.decimal(point, places), interval, total,
    )  # fmt: skip


@register.simple_tag
def policy_percent(name: str) -> str:
    """A threshold of the policy that is a share, as whole percents without the sign: «95»."""
    return russian.decimal(getattr(analysis_policy(), name) * 100, places=0)


@register.simple_tag
def policy_number(name: str) -> str:
    """A threshold of the policy that is a count: «10»."""
    return russian.integer(getattr(analysis_policy(), name))
