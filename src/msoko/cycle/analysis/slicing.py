"""Slices of a campaign: what it can be cut by, for whom, and the result of a cut from the stored statistics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from msoko.cycle.analysis.closing import tells
from msoko.cycle.analysis.models import Run, RunGroup
from msoko.cycle.analysis.results import group_of
from msoko.cycle.analysis.rules import sees_every_organization
from msoko.cycle.procedures.api import blueprint_value
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.enums import PlaceKind, SchoolType
from msoko.foundation.orgs.models import Organization
from qualimetry.recipes.contracts import GroupResult

if TYPE_CHECKING:
    from qualimetry.statistics.campaign import CampaignStatistics


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person asked to see; all conditions hold together. Empty: everybody."""

    organization: int | None = None
    class_group: str | None = None
    school_type: str | None = None
    place_kind: str | None = None
    sex: int | None = None
    has_sen: bool | None = None
    variant: int | None = None

    @property
    def is_whole(self) -> bool:
        return all(getattr(self, field.name) is None for field in fields(self))

    @property
    def is_stored(self) -> bool:
        """An organization or a class as a whole: its result stands in the run."""
        others = replace(self, organization=None, class_group=None)
        return self.organization is not None and others.is_whole


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a campaign can be cut by; `count` are its participants."""

    value: str
    title: str
    count: int
    organizations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a campaign can be cut by; `reason` says why it cannot, in Russian."""

    key: str
    title: str
    options: tuple[Option, ...]
    reason: str = ""


SEX_TITLES = {1: "девочки", 2: "мальчики"}
SEN_TITLES = {True: "с ОВЗ", False: "без ОВЗ"}
_ONE_ORGANIZATION = "Разрез не показан: по нему можно узнать результат отдельной организации."
_FEW_PEOPLE = "Разрез не показан: в одной из групп меньше {least} участников."


def stored_statistics(run: Run) -> CampaignStatistics:
    """The counts of a run. Raises RefusedError where they were written by an earlier version of the system."""
    from qualimetry.statistics import campaign as stored  # noqa: PLC0415 -- slow import

    try:
        return stored.CampaignStatistics.from_ipc(default_storage().read(run.statistics_name))
    except stored.StatisticsMismatchError as error:
        raise RefusedError(
            "Разрезы недоступны: результаты рассчитаны прежней версией системы.", "Повторите расчёт процедуры."
        ) from error


def dimensions_of(scope: Scope, run: Run, statistics: CampaignStatistics) -> tuple[Dimension, ...]:
    """Everything the campaign can be cut by and what this person may not see of it, with the reason."""
    sizes = statistics.participants_by("organization")
    if run.is_counted:
        rows = list(Organization.objects.filter(pk__in=sizes).order_by("sort_key", "pk"))
        return (_organizations(scope, rows, sizes),)
    organizations = Organization.objects.filter(pk__in=sizes).order_by("sort_key", "pk")
    rows = list(organizations)
    found = (
        _organizations(scope, rows, sizes),
        _places("school_type", "Тип организации", rows, sizes, dict(SchoolType.choices)),
        _places("place_kind", "Населённый пункт", rows, sizes, dict(PlaceKind.choices)),
        _people("sex", "Пол", statistics, SEX_TITLES, "о поле"),
        _people("has_sen", "ОВЗ", statistics, SEN_TITLES, "об ограниченных возможностях здоровья"),
        _people("variant", "Вариант", statistics, None, "о варианте"),
    )
    if sees_every_organization(scope, run.campaign):
        return found
    own = {row.pk for row in rows if scope.may(Permission.SEE_ORGANIZATIONS, row)}
    return tuple(_guarded(dimension, sizes, own) for dimension in found)


def slice_of(scope: Scope, run: Run, choice: Choice) -> GroupResult:
    """The result of a cut. Raises RefusedError where there is no such group or the person may not see it."""
    if choice.is_stored:
        return _stored(scope, run, choice)
    if run.is_counted:
        raise RefusedError(
            "Разрез не показан: данных участников нет, показано по сводным отчётам.", "Загрузите результаты участников."
        )
    statistics = stored_statistics(run)
    dimensions = {dimension.key: dimension for dimension in dimensions_of(scope, run, statistics)}
    _check(scope, run, choice, dimensions)
    return _computed(run, choice, statistics, dimensions)


def _stored(scope: Scope, run: Run, choice: Choice) -> GroupResult:
    row = (
        RunGroup.objects.filter(run=run, organization=choice.organization, is_class=choice.class_group is not None)
        .filter(class_group=choice.class_group or "")
        .filter(scope.filter(Permission.SEE_ORGANIZATIONS, "organization__"))
        .first()
    )
    if row is None:
        raise RefusedError("Такой группы в этой процедуре нет.", "Выберите другую организацию или класс.")
    return group_of(row)


def _computed(
    run: Run, choice: Choice, statistics: CampaignStatistics, dimensions: dict[str, Dimension]
) -> GroupResult:
    from qualimetry.recipes.campaign import Selection, SliceUnavailableError, slice_result  # noqa: PLC0415 -- slow import

    version = run.campaign.blueprint
    if version is None:
        raise RefusedError("У процедуры нет спецификации.", "Добавьте спецификацию и повторите расчёт.")
    selection = Selection(
        organizations=_organizations_of(choice, dimensions),
        class_group=choice.class_group,
        sex=choice.sex,
        has_sen=choice.has_sen,
        variant=choice.variant,
    )
    try:
        group = slice_result(statistics, blueprint_value(version), analysis_policy(), selection)
    except SliceUnavailableError as error:
        raise RefusedError("Этого разреза в сохранённых данных нет.", "Повторите расчёт процедуры.") from error
    if not group.participants:
        raise RefusedError("В выбранном разрезе нет участников.", "Измените или сбросьте условия.")
    return group


def _organizations_of(choice: Choice, dimensions: dict[str, Dimension]) -> tuple[int, ...] | None:
    """Organizations that fulfil every condition on organizations; None when there is no such condition."""
    asked = [
        _keys(dimensions[key], str(value))
        for key in ("organization", "school_type", "place_kind")
        if (value := getattr(choice, key)) is not None
    ]
    return tuple(sorted(set.intersection(*asked))) if asked else None


def _keys(dimension: Dimension, value: str) -> set[int]:
    return {key for option in dimension.options if option.value == value for key in option.organizations}


def _check(scope: Scope, run: Run, choice: Choice, dimensions: dict[str, Dimension]) -> None:
    asked = [key for key in dimensions if getattr(choice, key) is not None]
    for key in asked:
        value = getattr(choice, key)
        text = str(int(value)) if isinstance(value, bool) else str(value)
        if dimensions[key].reason:
            raise RefusedError(dimensions[key].reason, "Сбросьте условие или выберите другое.")
        if text not in {option.value for option in dimensions[key].options}:
            raise RefusedError("Такой группы в этой процедуре нет.", "Измените или сбросьте условия.")
    is_own = choice.organization is not None  # only own organizations are among the options
    if choice.class_group is not None and not is_own:
        raise RefusedError("Класс выбирается вместе с организацией.", "Сначала выберите организацию.")
    if len(asked) > 1 and not is_own and not sees_every_organization(scope, run.campaign):
        raise RefusedError(
            "Итоги муниципалитета показываются в одном разрезе за раз.", "Оставьте одно условие, остальные сбросьте."
        )


def _guarded(dimension: Dimension, sizes: Mapping[Any, int], own: Collection[int]) -> Dimension:
    """For those who see totals only: no value of a dimension, and not what is left over, may tell of a few people or
    of one organization."""
    if dimension.key == "organization" or dimension.reason:
        return dimension
    least = analysis_policy().small_group
    rest = sum(sizes.values()) - sum(option.count for option in dimension.options)
    if any(0 < count < least for count in (*(option.count for option in dimension.options), rest)):
        return replace(dimension, reason=_FEW_PEOPLE.format(least=least))
    groups = [set(option.organizations) for option in dimension.options if option.organizations]
    left = set(sizes) - set().union(*groups)
    told = [*groups, *([left] if groups and left else [])]
    if any(tells({key: sizes[key] for key in group}, own) for group in told):
        return replace(dimension, reason=_ONE_ORGANIZATION)
    return dimension


def _organizations(scope: Scope, rows: list[Organization], sizes: dict[Any, int]) -> Dimension:
    options = tuple(
        Option(str(row.pk), row.short_name, sizes[row.pk], (row.pk,))
        for row in rows
        if scope.may(Permission.SEE_ORGANIZATIONS, row)
    )
    return Dimension("organization", "Организация", options)


def _places(key: str, title: str, rows: list[Organization], sizes: dict[Any, int], titles: dict[str, str]) -> Dimension:
    members: dict[str, list[int]] = {}
    for row in rows:
        members.setdefault(getattr(row, key), []).append(row.pk)
    options = tuple(
        Option(value, name, sum(sizes[pk] for pk in members[value]), tuple(members[value]))
        for value, name in titles.items()
        if members.get(value)
    )
    reason = "" if options else "В реестре организаций эти сведения не заполнены."
    return Dimension(key, title, options, reason)


def _people(
    key: str, title: str, statistics: CampaignStatistics, titles: dict[Any, str] | None, about: str
) -> Dimension:
    """Cuts of participants by what files say of them. 0 and NULL are «unknown»."""
    sizes = {value: n for value, n in statistics.participants_by(key).items() if value is not None}
    if key != "has_sen":
        sizes.pop(0, None)
    names = titles or {value: f"вариант {value}" for value in sorted(sizes)}
    options = tuple(Option(str(int(value)), name, sizes[value]) for value, name in names.items() if sizes.get(value))
    reason = "" if options else f"В файлах результатов нет сведений {about}."
    return Dimension(key, title, options, reason)
