"""Context data of an organization in a school year: counts of people, never names."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationContext, SchoolYear

CONTEXT_FIELDS: tuple[str, ...] = tuple(
    field.name for field in OrganizationContext._meta.get_fields() if field.name.endswith(("_count", "enrolment"))
)
#: part → whole
_PARTS = {
    **dict.fromkeys(
        ("sen_count", "disability_count", "non_native_count", "low_income_count", "large_family_count",
         "single_parent_count", "on_record_count"),
        "enrolment",
    ),
    **dict.fromkeys(("top_category_count", "first_category_count", "young_teacher_count"), "teacher_count"),
}  # fmt: skip


def context_problems(values: Mapping[str, int | None]) -> dict[str, str]:
    """Field → what is wrong: a part is larger than its whole."""
    found = {}
    for part, whole in _PARTS.items():
        limit = values.get(whole)
        if limit is not None and (values.get(part) or 0) > limit:
            found[part] = f"Больше, чем «{_title(whole)}» ({limit})."
    categories = (values.get("top_category_count") or 0) + (values.get("first_category_count") or 0)
    teachers = values.get("teacher_count")
    if teachers is not None and categories > teachers:
        found.setdefault("first_category_count", f"Вместе с высшей категорией больше, чем педагогов ({teachers}).")
    return found


@transaction.atomic
def set_context(
    act: Act,
    *,
    organization: Organization,
    school_year: SchoolYear,
    values: Mapping[str, int | None],
    source: str = "",
) -> OrganizationContext:
    """Write the context of a year.

    Raises:
        RefusedError: when a part is larger than its whole.
    """
    require(act, Permission.EDIT_REGISTRY, organization)
    if problems := context_problems(values):
        name, problem = next(iter(problems.items()))
        raise RefusedError(f"{_title(name).capitalize()}: {problem}", "Проверьте числа.")
    known = {name: values[name] for name in CONTEXT_FIELDS if name in values}
    context, _ = OrganizationContext.objects.update_or_create(
        organization=organization, school_year=school_year, defaults={**known, "source": source[:200]}
    )
    record(
        act, "orgs.context.changed", kind="context", object_id=context.pk, label=school_year.label,
        organization=organization, details={"values": known},
    )  # fmt: skip
    return context


def _title(name: str) -> str:
    return str(OrganizationContext._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
