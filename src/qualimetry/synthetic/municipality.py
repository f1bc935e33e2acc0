"""Builds «Заречный муниципальный округ (ДЕМО)»: organizations, people, context, pupils."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qualimetry.synthetic import people, roll
from qualimetry.synthetic.context import build_contexts
from qualimetry.synthetic.entities import Municipality, Organization, OrganizationKind, Place, SchoolPlan
from qualimetry.synthetic.pupils import build_pupils
from qualimetry.synthetic.randomness import between, stream

DEFAULT_SEED = 20260901
_EFFECT_DEVIATION = 200


def build_municipality(seed: int = DEFAULT_SEED) -> Municipality:
    """The municipality of this seed: the same on every platform; planted roles do not depend on the seed."""
    generator = stream(seed, "organizations")
    bare = tuple(_school(generator, key, line) for key, line in enumerate(roll.SCHOOLS, start=1))
    pupils = build_pupils(seed, bare)
    schools = tuple(
        replace(plan, organization=replace(plan.organization, contexts=build_contexts(seed, index, plan, pupils)))
        for index, plan in enumerate(bare)
    )
    organizations = tuple(plan.organization for plan in schools)
    return Municipality(
        seed=seed,
        name="Заречный муниципальный округ (ДЕМО)",
        name_genitive="Заречного муниципального округа (ДЕМО)",
        code="reg99_m012",
        exam_code="212",
        region="Условный край",
        region_code="99",
        authority=people.build_authority(generator),
        schools=schools,
        kindergartens=_kindergartens(generator, first_key=len(schools) + 1),
        supplementary=_supplementary(generator, first_key=len(schools) + len(roll.KINDERGARTENS) + 1),
        coordinators=people.build_coordinators(generator, organizations),
        observers=people.build_observers(generator, 12),
        experts=people.build_experts(generator, organizations),
        association_heads=people.build_association_heads(generator, organizations),
        pupils=pupils,
    )


def _school(generator: np.random.Generator, key: int, line: roll.SchoolLine) -> SchoolPlan:
    words, first, last = roll.SCHOOL_TYPES[line.type_name]
    number = "" if line.number is None else f" № {line.number}"
    form = "МАОУ" if line.type_name in ("Гимназия", "Лицей") else "МБОУ"
    form_words = "автономное" if form == "МАОУ" else "бюджетное"
    drawn = between(generator, -_EFFECT_DEVIATION, _EFFECT_DEVIATION)
    organization = Organization(
        key=key,
        kind=OrganizationKind.SCHOOL,
        type_name=line.type_name,
        code=f"edu99{100 + key:04d}",
        exam_code=f"{990100 + key}",
        full_name=(
            f"Муниципальное {form_words} общеобразовательное учреждение «{words}{number}» {line.place.genitive}"
        ),
        short_name=f"{form} {line.type_name}{number}" if number else f"{form} {line.type_name} {line.place.label}",
        reported_name=f"{form} «{line.type_name}{number}» {line.place.label}",
        place=line.place,
        address=_address(generator, line.place),
        head=people.invent_person(generator),
    )
    effect = drawn if line.effect is None else line.effect
    return SchoolPlan(organization, (first, last), line.pupils_per_grade, effect, line.disadvantage)


def _address(generator: np.random.Generator, place: Place) -> str:
    street = roll.STREETS[between(generator, 0, len(roll.STREETS) - 1)]
    return f"Условный край, {place.label}, ул. {street}, д. {between(generator, 1, 60)}"


def _kindergartens(generator: np.random.Generator, *, first_key: int) -> tuple[Organization, ...]:
    return tuple(
        Organization(
            key=key,
            kind=OrganizationKind.KINDERGARTEN,
            type_name="Детский сад",
            code=f"edu99{500 + number:04d}",
            exam_code="",
            full_name=(
                "Муниципальное бюджетное дошкольное образовательное учреждение "
                f"«Детский сад № {number} «{name}» {place.genitive}"
            ),
            short_name=f"МБДОУ Детский сад № {number} «{name}»",
            reported_name=f"МБДОУ «Детский сад № {number} «{name}» {place.label}",
            place=place,
            address=_address(generator, place),
            head=people.invent_person(generator),
        )
        for key, (number, name, place) in enumerate(roll.KINDERGARTENS, start=first_key)
    )


def _supplementary(generator: np.random.Generator, *, first_key: int) -> tuple[Organization, ...]:
    return tuple(
        Organization(
            key=key,
            kind=OrganizationKind.SUPPLEMENTARY,
            type_name="Дополнительное образование",
            code=f"edu99{700 + key - first_key + 1:04d}",
            exam_code="",
            full_name=f"Муниципальное бюджетное учреждение дополнительного образования «{words}» {place.genitive}",
            short_name=f"МБУ ДО {short}",
            reported_name=f"МБУ ДО {short} {place.label}",
            place=place,
            address=_address(generator, place),
            head=people.invent_person(generator),
        )
        for key, (words, short, place) in enumerate(roll.SUPPLEMENTARY, start=first_key)
    )
