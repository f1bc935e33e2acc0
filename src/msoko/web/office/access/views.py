"""Accounts and roles of the organizations whose access the person manages."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.foundation.access.api import (
    Permission,
    Role,
    User,
    grant_membership,
    issue_password,
    manageable_accounts,
    manageable_memberships,
    open_account,
    set_active,
    withdraw_membership,
)
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.access.forms import ROLE_CHOICES, AccountForm, GrantForm
from msoko.web.office.access.matrix import matrix
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, page_of, refuse, say, signed_in

managed = signed_in(Permission.MANAGE_ACCESS)


def _organizations(request: WorkplaceRequest) -> QuerySet[Organization]:
    return Organization.objects.filter(request.scope.filter(Permission.MANAGE_ACCESS), closed_on__isnull=True)


def _accounts(request: WorkplaceRequest) -> QuerySet[User]:
    return manageable_accounts(request.scope, timezone.localdate())


@require_GET
@managed
def account_list(request: WorkplaceRequest) -> HttpResponse:
    """Accounts with their roles."""
    context = {"page": page_of(request, listed_accounts(request)), "roles": ROLE_CHOICES}
    return render(request, "office/access/list.html", context)


def listed_accounts(request: WorkplaceRequest) -> QuerySet[User]:
    """Accounts that the address asks for."""
    rows = _accounts(request)
    asked = request.GET.get("q", "").strip()
    if asked:  # names are few: capital letters as typed in the registry are enough with a second try
        rows = rows.filter(last_name__startswith=asked.capitalize()) | rows.filter(username__startswith=asked.lower())
    if request.GET.get("role") in list(Role):
        rows = rows.filter(memberships__role=request.GET["role"]).distinct()
    return rows


@require_GET
@managed
def role_matrix(request: WorkplaceRequest) -> HttpResponse:
    """Roles × permissions, drawn from the code that enforces them."""
    return render(request, "office/access/roles.html", {"matrix": matrix()})


@require_http_methods(["GET", "POST"])
@managed
def account_add(request: WorkplaceRequest) -> HttpResponse:
    """A new account; its one-time password is shown once."""
    form = AccountForm(request.POST or None, organizations=_organizations(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            user, password = open_account(act_of(request), **given)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            return _hand_over(request, user, password)
    return form_page(request, "office/access/add.html", form, {})


@require_GET
@managed
def account_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One account: roles in force, what may be done with it."""
    account = get_object_or_404(_accounts(request), pk=pk)
    form = GrantForm(organizations=_organizations(request))
    return render(request, "office/access/detail.html", {"account": account, "form": form})


@require_POST
@managed
def password_issue(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown once."""
    account = get_object_or_404(_accounts(request), pk=pk)
    return _hand_over(request, account, issue_password(act_of(request), user=account))


@require_POST
@managed
def account_active(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Block or unblock."""
    account = get_object_or_404(_accounts(request), pk=pk)
    is_active = request.POST.get("active") == "1"
    set_active(act_of(request), user=account, is_active=is_active)
    say(request, "Учётная запись включена." if is_active else "Учётная запись отключена, войти с ней нельзя.")
    return redirect("office:access:detail", pk)


@require_POST
@managed
def membership_grant(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One more role."""
    account = get_object_or_404(_accounts(request), pk=pk)
    form = GrantForm(request.POST, organizations=_organizations(request))
    if not form.is_valid():
        raise RefusedError("Роль не выдана: выберите организацию и роль.", "Вернитесь и заполните поля.")
    role = Role(form.cleaned_data["role"])
    grant_membership(act_of(request), user=account, organization=form.cleaned_data["organization"], role=role)
    say(request, "Роль выдана.")
    return redirect("office:access:detail", pk)


@require_POST
@managed
def membership_withdraw(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """End a role."""
    rows = manageable_memberships(request.scope).select_related("organization__parent")
    membership = get_object_or_404(rows, pk=pk)
    withdraw_membership(act_of(request), membership=membership)
    say(request, f"Роль «{membership.role_title}» отозвана.")
    return redirect("office:access:detail", membership.user_id)


def _hand_over(request: WorkplaceRequest, user: User, password: str) -> HttpResponse:
    response = render(request, "office/access/password.html", {"account": user, "password": password})
    response["Cache-Control"] = "no-store"
    return response
