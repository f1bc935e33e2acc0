"""Addresses that keep the rest of the query: filters, sorting and paging live in the address."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from msoko.web.ui.templatetags.ui import icon

register = template.Library()


def address_with(request: HttpRequest, **changes: object) -> str:
    """The query of the page with `changes`; None or empty removes a key. A changed filter returns to page one."""
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """`<a href="{% query kind="school" page=None %}">`."""
    return address_with(context["request"], **changes)


@register.simple_tag(takes_context=True)
def sort(context: Context, key: str, title: str, css: str = "") -> SafeString:
    """A sortable column heading `<th>`; the order is `?sort=key` or `?sort=-key`."""
    request = context["request"]
    current = request.GET.get("sort", context.get("default_sort", ""))
    state = {key: "ascending", f"-{key}": "descending"}.get(current)
    order = f"-{key}" if current == key else key
    sign = {"ascending": "arrow-narrow-up", "descending": "arrow-narrow-down"}.get(state or "", "")
    return format_html(
        '<th scope="col" class="{}"{}><a href="{}">{}{}</a></th>',
        css,
        format_html(' aria-sort="{}"', state) if state else "",
        address_with(request, sort=order),
        title,
        icon(sign) if sign else "",
    )


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], noun: str = "запись") -> dict[str, Any]:
    """Count of what was found and links to pages."""
    return {
        "page": page,
        "noun": noun,
        "request": context["request"],
        "numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }


@register.simple_tag(takes_context=True)
def chip(context: Context, key: str, value: str, title: str, *, is_default: bool = False) -> SafeString:
    """A filter as a link: chosen when `?key=value`; pressing it again removes the filter.

    is_default: chosen also when the address says nothing.
    """
    request = context["request"]
    is_chosen = request.GET.get(key, value if is_default else "") == value
    target = address_with(request, **{key: None if is_chosen or is_default else value})
    mark = mark_safe(' aria-current="true"') if is_chosen else ""
    return format_html('<a class="chip" href="{}"{}>{}</a>', target, mark, title)


@register.simple_tag(takes_context=True)
def tab(context: Context, key: str, title: str, parameter: str = "tab", *, is_default: bool = False) -> SafeString:
    """A tab as a link: `?tab=key`. Stands inside `<nav class="tabs" aria-label="…">`."""
    request = context["request"]
    is_current = request.GET.get(parameter, key if is_default else "") == key
    mark = mark_safe(' aria-current="page"') if is_current else ""
    target = address_with(request, **{parameter: None if is_default else key})
    return format_html('<a class="tab" href="{}"{}>{}</a>', target, mark, title)
