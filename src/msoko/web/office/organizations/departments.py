"""Departments, and names remembered for files."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from msoko.foundation.access.api import Permission, visible_organizations
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Department, OrganizationName
from msoko.foundation.roster.api import add_department, forget_name, remove_department
from msoko.web.office.organizations.forms import DepartmentForm
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in


@require_POST
@signed_in(Permission.EDIT_REGISTRY)
def department_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Add a department to an authority."""
    organization = get_object_or_404(visible_organizations(request.scope), pk=pk)
    form = DepartmentForm(request.POST)
    if not form.is_valid():
        raise RefusedError("Отдел не добавлен: укажите название.", "Вернитесь и заполните поле.")
    add_department(act_of(request), organization=organization, **form.cleaned_data)
    say(request, "Отдел добавлен.")
    return redirect("office:organizations:detail", pk)


@require_POST
@signed_in(Permission.EDIT_REGISTRY)
def department_remove(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Remove a department."""
    rows = Department.objects.filter(request.scope.filter(Permission.EDIT_REGISTRY, "organization__"))
    department = get_object_or_404(rows.select_related("organization"), pk=pk)
    remove_department(act_of(request), department=department)
    say(request, f"Отдел «{department.name}» удалён.")
    return redirect("office:organizations:detail", department.organization_id)


@require_POST
@signed_in(Permission.EDIT_REGISTRY)
def name_forget(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Take back a remembered name."""
    rows = OrganizationName.objects.filter(request.scope.filter(Permission.EDIT_REGISTRY, "municipality__"))
    name = get_object_or_404(rows.select_related("organization", "municipality"), pk=pk)
    forget_name(act_of(request), name=name)
    say(request, f"Соответствие «{name.raw}» отменено: при следующей загрузке система спросит снова.")
    return redirect("office:organizations:detail", name.organization_id)
