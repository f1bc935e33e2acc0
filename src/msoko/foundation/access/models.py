"""Accounts and memberships: person × role × organization."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from msoko.foundation.access.roles import ROLES, Role
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class UserManager(BaseUserManager["User"]):
    """Accounts are made by actions only; `get_by_natural_key` is what sign-in needs."""


class User(AbstractBaseUser):
    """An account. Rights come from memberships alone: there is no superuser."""

    username = models.CharField("имя для входа", max_length=150, unique=True)
    email = models.EmailField("электронная почта", blank=True)
    last_name = models.CharField("фамилия", max_length=100, blank=True)
    first_name = models.CharField("имя", max_length=100, blank=True)
    middle_name = models.CharField("отчество", max_length=100, blank=True)
    is_active = models.BooleanField("действует", default=True)
    is_demo = models.BooleanField("учётная запись демонстрации", default=False)
    must_change_password = models.BooleanField("пароль одноразовый", default=False)
    created_at = models.DateTimeField("создана")

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("id", "username", "email", "last_name", "first_name", "middle_name", "password", "last_login"),
        **official("is_active", "is_demo", "must_change_password", "created_at"),
    }

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"

    def __str__(self) -> str:
        return f"user {self.pk}"

    @property
    def actor_id(self) -> str:
        return str(self.pk)

    @property
    def actor_label(self) -> str:
        """«Иванова М. П.»; the explicit door to the person's name."""
        initials = " ".join(f"{part[0]}." for part in (self.first_name, self.middle_name) if part)
        return f"{self.last_name} {initials}".strip() or self.username


class Membership(models.Model):
    """A role in an organization, from a day to a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    role = models.CharField("роль", max_length=30, choices=[(role.value, ROLES[role].title) for role in Role])
    valid_from = models.DateField("с")
    valid_until = models.DateField("по", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("user"),
        **official("id", "organization", "role", "valid_from", "valid_until"),
    }

    class Meta:
        verbose_name = "роль в организации"
        verbose_name_plural = "роли в организациях"
        constraints = [
            models.UniqueConstraint(fields=["user", "organization", "role", "valid_from"], name="membership_unique"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="membership_dates_in_order",
            ),
        ]

    @property
    def role_title(self) -> str:
        return ROLES[Role(self.role)].title
