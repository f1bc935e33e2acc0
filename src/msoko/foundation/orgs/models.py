"""The tree of organizations, what they are called, and their context by school year."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models

from msoko.foundation.kernel.privacy import Privacy, official, personal, public
from msoko.foundation.kernel.text import search_key, sort_key
from msoko.foundation.orgs.enums import OrganizationKind, PlaceKind, SchoolType


class Organization(models.Model):
    """A node of the tree. `path` is «1/7/23/»: scope is a prefix of it."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True, editable=False)
    kind = models.CharField("вид", max_length=20, choices=OrganizationKind)
    school_type = models.CharField("тип", max_length=20, choices=SchoolType, blank=True)
    short_name = models.CharField("краткое наименование", max_length=200)
    full_name = models.CharField("полное наименование", max_length=500)
    code = models.CharField("логин в федеральных системах", max_length=40, blank=True, db_index=True)
    exam_code = models.CharField("код ОО в протоколах ГИА", max_length=20, blank=True)
    inn = models.CharField("ИНН", max_length=12, blank=True)
    ogrn = models.CharField("ОГРН", max_length=15, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    place_name = models.CharField("населённый пункт", max_length=120, blank=True)
    place_kind = models.CharField("вид населённого пункта", max_length=20, choices=PlaceKind, blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    website = models.URLField("сайт", blank=True)
    search_key = models.CharField(max_length=800, editable=False)
    sort_key = models.CharField(max_length=240, editable=False, db_index=True)
    closed_on = models.DateField("закрыта с", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **public("id", "parent", "path", "kind", "school_type", "short_name", "full_name", "address", "place_name"),
        **public("place_kind", "inn", "ogrn", "phone", "email", "website", "search_key", "sort_key", "closed_on"),
        **official("code", "exam_code"),
    }

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="organization_code_unique"),
            models.UniqueConstraint(
                fields=["parent", "exam_code"], condition=~models.Q(exam_code=""), name="organization_exam_code_unique"
            ),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the keys for search and order, and the path, in step with the fields they derive from."""
        self.search_key = search_key(self.short_name, self.full_name, self.code, self.place_name)[:800]
        self.sort_key = sort_key(self.short_name)[:240]
        prefix = self.parent.path if self.parent else ""
        if self.pk is None:
            super().save(force_insert=True)
            kwargs = {}
        self.path = f"{prefix}{self.pk}/"
        super().save(**kwargs)  # type: ignore[arg-type]

    @property
    def line(self) -> list[int]:
        """Keys from the top of the tree down to this organization."""
        return [int(key) for key in self.path.strip("/").split("/")]

    @property
    def scope_path(self) -> str:
        """Path of what this organization answers for: an authority and its service answer for the municipality."""
        if self.kind in {OrganizationKind.AUTHORITY, OrganizationKind.ADVISORY_SERVICE} and self.parent:
            return self.parent.path
        return self.path


class Department(models.Model):
    """A department of an authority with its abbreviation («ООО», «ИМО»)."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="departments")
    name = models.CharField("название", max_length=200)
    abbreviation = models.CharField("сокращение", max_length=20, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = public("id", "organization", "name", "abbreviation")

    class Meta:
        verbose_name = "отдел"
        verbose_name_plural = "отделы"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="department_name_unique")]


class OrganizationName(models.Model):
    """A remembered decision: files of this municipality call the organization so."""

    municipality = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="names")
    raw = models.CharField("как в файле", max_length=500)
    normal = models.CharField(max_length=500, editable=False)
    decided_at = models.DateTimeField("когда решено")
    decided_by = models.CharField("кто решил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "municipality", "organization", "raw", "normal", "decided_at"),
        **personal("decided_by"),
    }

    class Meta:
        verbose_name = "название в файлах"
        verbose_name_plural = "названия в файлах"
        constraints = [models.UniqueConstraint(fields=["municipality", "normal"], name="organization_name_unique")]


class SchoolYear(models.Model):
    """A school year, named by the calendar year it starts in: 1 September – 31 August."""

    start_year = models.PositiveSmallIntegerField("начало", unique=True)

    privacy: ClassVar[dict[str, Privacy]] = public("id", "start_year")

    class Meta:
        verbose_name = "учебный год"
        verbose_name_plural = "учебные годы"
        ordering = ["-start_year"]

    @property
    def label(self) -> str:
        return f"{self.start_year}/{(self.start_year + 1) % 100:02d}"

    @property
    def starts_on(self) -> dt.date:
        return dt.date(self.start_year, 9, 1)

    @property
    def ends_on(self) -> dt.date:
        return dt.date(self.start_year + 1, 8, 31)


class OrganizationContext(models.Model):
    """Context data of an organization in a school year. Counts of people, never names."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="contexts")
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    enrolment = models.PositiveIntegerField("обучающихся всего", null=True, blank=True)
    class_count = models.PositiveIntegerField("классов (групп)", null=True, blank=True)
    sen_count = models.PositiveIntegerField("обучающихся с ОВЗ", null=True, blank=True)
    disability_count = models.PositiveIntegerField("обучающихся с инвалидностью", null=True, blank=True)
    non_native_count = models.PositiveIntegerField("с неродным русским языком", null=True, blank=True)
    low_income_count = models.PositiveIntegerField("из малоимущих семей", null=True, blank=True)
    large_family_count = models.PositiveIntegerField("из многодетных семей", null=True, blank=True)
    single_parent_count = models.PositiveIntegerField("из неполных семей", null=True, blank=True)
    on_record_count = models.PositiveIntegerField("состоят на учёте", null=True, blank=True)
    teacher_count = models.PositiveIntegerField("педагогических работников", null=True, blank=True)
    top_category_count = models.PositiveIntegerField("педагогов высшей категории", null=True, blank=True)
    first_category_count = models.PositiveIntegerField("педагогов первой категории", null=True, blank=True)
    young_teacher_count = models.PositiveIntegerField("педагогов до 30 лет", null=True, blank=True)
    vacancy_count = models.PositiveIntegerField("вакансий", null=True, blank=True)
    source = models.CharField("источник", max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "organization", "school_year", "enrolment", "class_count", "sen_count", "disability_count",
        "non_native_count", "low_income_count", "large_family_count", "single_parent_count", "on_record_count",
        "teacher_count", "top_category_count", "first_category_count", "young_teacher_count", "vacancy_count",
        "source",
    )  # fmt: skip

    class Meta:
        verbose_name = "контекстные данные"
        verbose_name_plural = "контекстные данные"
        ordering = ["-school_year__start_year"]
        constraints = [models.UniqueConstraint(fields=["organization", "school_year"], name="context_year_unique")]


class ClassGroup(models.Model):
    """A class of a school in a school year: 6А."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="class_groups")
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    grade_level = models.PositiveSmallIntegerField("параллель")
    letter = models.CharField("литера", max_length=10, blank=True)
    enrolment = models.PositiveSmallIntegerField("обучающихся", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "organization", "school_year", "grade_level", "letter", "enrolment"
    )

    class Meta:
        verbose_name = "класс"
        verbose_name_plural = "классы"
        ordering = ["grade_level", "letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year", "grade_level", "letter"], name="class_group_unique"
            )
        ]
