"""Kinds of organizations and places."""

from django.db import models


class OrganizationKind(models.TextChoices):
    """REGION and MUNICIPALITY are the branches of the tree; the rest are its leaves."""

    REGION = "region", "Регион"
    MUNICIPALITY = "municipality", "Муниципалитет"
    AUTHORITY = "authority", "Орган управления образованием"
    ADVISORY_SERVICE = "advisory_service", "Методический центр"
    SCHOOL = "school", "Общеобразовательная организация"
    PRESCHOOL = "preschool", "Дошкольная образовательная организация"
    SUPPLEMENTARY = "supplementary", "Организация дополнительного образования"


class SchoolType(models.TextChoices):
    SECONDARY = "secondary", "Средняя школа"
    GYMNASIUM = "gymnasium", "Гимназия"
    LYCEUM = "lyceum", "Лицей"
    BASIC = "basic", "Основная школа"
    PRIMARY = "primary", "Начальная школа"
    CORRECTIONAL = "correctional", "Коррекционная школа"
    OTHER = "other", "Иная"


class PlaceKind(models.TextChoices):
    CITY = "city", "Город"
    SETTLEMENT = "settlement", "Посёлок городского типа"
    VILLAGE = "village", "Село, деревня"
