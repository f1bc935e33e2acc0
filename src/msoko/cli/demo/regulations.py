"""Documents and functions of the demo: a chain from federal acts to local ones, with gaps that a person can mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msoko.cli.demo.organizations import Tree
from msoko.cycle.regulations.api import (
    BasisEntry,
    DocumentEntry,
    FunctionEntry,
    FunctionMatrix,
    MatrixFunction,
    RegisteredDocument,
    add_document,
    adopt_definition,
    assign_people,
    bind_document,
    change_function,
    groups_of,
    mark_public,
    register_document,
    remove_row,
    repeal_document,
    set_term,
    staff_of,
)
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization
from qualimetry.synthetic.truths import GAP_SCHOOL

#: of every so many functions one is left without a person
_EVERY = 6
#: samples of organizations, and of how many organizations one has adopted its matrix
_SAMPLES = {"school": "school", "preschool": "preschool", "supplementary": "supplementary"}
_EVERY_OWNER = 3


def build_regulations(act: Act, tree: Tree) -> None:
    """The register and matrices of the municipality, a school and a kindergarten."""
    town = tree.municipality
    concept = _kept(
        act, town, "concept", "О региональной системе оценки качества образования (демонстрационный акт)", "118-д",
        dt.date(2022, 3, 14), [BasisEntry(norm="law_273")], level="regional",
    )  # fmt: skip
    old = _kept(
        act, town, "procedure", "О порядке аттестации руководителей (демонстрационный)", "54", dt.date(2019, 5, 20),
        [BasisEntry(norm="law_273"), BasisEntry(norm="mon_276")],
    )  # fmt: skip
    main = _kept(
        act, town, "regulation", "Положение о муниципальной системе оценки качества образования", "212",
        dt.date(2024, 8, 30), [BasisEntry(base=concept), BasisEntry(norm="law_273"), BasisEntry(norm="gov_662")],
    )  # fmt: skip
    _kept(
        act, town, "regulation", "Положение об управлении образования", "17", dt.date(2019, 2, 11),
        [BasisEntry(norm="law_273")],
    )  # fmt: skip
    _kept(
        act, town, "regulation", "Положение о стимулирующих выплатах руководителям", "61", dt.date(2023, 1, 16),
        [BasisEntry(base=old)],
    )  # fmt: skip
    repeal_document(act, document=old, on=dt.date(2025, 9, 1), ended_by="Приказ управления образования № 301")
    cyclogram = _kept(
        act, town, "cyclogram", "Циклограмма мероприятий МСОКО на 2025–2028 годы", "233", dt.date(2025, 8, 28),
        [BasisEntry(base=main)],
    )  # fmt: skip
    site = _kept(
        act, town, "order", "О работе официального сайта управления образования", "40", dt.date(2025, 2, 3),
        [BasisEntry(norm="law_8"), BasisEntry(norm="ron_1493")],
    )  # fmt: skip
    draft = add_document(
        act, owner=town,
        entry=DocumentEntry("rules", "Регламент перепроверки работ муниципальной предметной комиссией",
                            bases=[BasisEntry(base=main)]),
    )  # fmt: skip
    for document in (main, cyclogram, site):
        mark_public(act, document=document, is_public=True)
    matrix = _matrix(act, town, "municipal")
    _bind(act, matrix, {"msoko": main, "cyclogram": cyclogram, "site_order": site, "procedure_rules": draft,
                        "head_attestation": old})  # fmt: skip
    _worked_on(act, matrix)
    _local(act, tree.by_key[GAP_SCHOOL], main, "school")
    kindergarten = next(one for one in tree.by_key.values() if one.kind == OrganizationKind.PRESCHOOL)
    _local(act, kindergarten, main, "preschool")
    others = [one for one in tree.by_key.values() if one.kind in _SAMPLES and one != kindergarten]
    for owner in [one for one in others if one != tree.by_key[GAP_SCHOOL]][::_EVERY_OWNER]:
        _matrix(act, owner, _SAMPLES[owner.kind])


def _worked_on(act: Act, matrix: FunctionMatrix) -> None:
    """A term of its own, a row changed and one removed: there is something to undo and to bring back."""
    site = matrix.required.get(code="site_order")
    source = "Номенклатура дел управления образования на 2026 год (демонстрационная)"
    set_term(act, required=site, title=site.title, kind=site.kind, years=1, source=source)
    functions = MatrixFunction.objects.filter(group__matrix=matrix).select_related("group__matrix__owner")
    council = functions.get(code="m-1-3")
    entry = FunctionEntry(
        f"{council.text} муниципальным советом", council.posts, [one.pk for one in council.required.all()],
        power=council.power, power_note=council.power_note,
    )  # fmt: skip
    change_function(act, function=council, entry=entry)
    remove_row(act, row=functions.get(code="m-2.3-5"))


def _local(act: Act, owner: Organization, main: RegisteredDocument, definition: str) -> None:
    vsoko = _kept(
        act, owner, "regulation", "Положение о внутренней системе оценки качества образования", "88",
        dt.date(2025, 8, 29), [BasisEntry(base=main), BasisEntry(norm="law_273")],
    )  # fmt: skip
    report = _kept(
        act, owner, "report", "Отчёт о результатах самообследования за 2025 год", "12", dt.date(2026, 4, 15),
        [BasisEntry(norm="mon_462"), BasisEntry(norm="mon_1324")],
    )  # fmt: skip
    mark_public(act, document=vsoko, is_public=True)
    _bind(act, _matrix(act, owner, definition), {"vsoko": vsoko, "self_report": report})


def _kept(
    act: Act, owner: Organization, kind: str, title: str, number: str, day: dt.date, bases: Sequence[BasisEntry],
    level: str = "",
) -> RegisteredDocument:  # fmt: skip
    document = add_document(act, owner=owner, entry=DocumentEntry(kind, title, level=level, bases=bases))
    return register_document(act, document=document, number=number, signed_on=day)


def _matrix(act: Act, owner: Organization, definition: str) -> FunctionMatrix:
    matrix = adopt_definition(act, owner=owner, definition=definition)
    staff = list(staff_of(owner)[:12])
    functions = [one for group in groups_of(matrix) for one in group.functions.all()]
    for place, person in enumerate(staff):
        own = [one for number, one in enumerate(functions) if number % len(staff) == place and number % _EVERY]
        if own:
            assign_people(act, functions=own, people=[person])
    return matrix


def _bind(act: Act, matrix: FunctionMatrix, documents: dict[str, RegisteredDocument]) -> None:
    for code, document in documents.items():
        bind_document(act, required=matrix.required.get(code=code), document=document)
