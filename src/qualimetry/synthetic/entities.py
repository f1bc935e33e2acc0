"""What the fictional municipality consists of: plain values, all names invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from qualimetry.synthetic.randomness import Flags, Ints

#: School years of the demo by the year in which they begin.
YEAR_STARTS = (2023, 2024, 2025)


def school_year(start: int) -> str:
    """«2025/26» for the year that begins in 2025."""
    return f"{start}/{(start + 1) % 100:02d}"


class OrganizationKind(StrEnum):
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    SUPPLEMENTARY = "supplementary"


class PlaceKind(StrEnum):
    CITY = "city"
    SETTLEMENT = "settlement"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Place:
    """«город Заречный»: `name` without the word, `prefix` as in addresses («г.»), `genitive` with the word."""

    name: str
    prefix: str
    genitive: str
    kind: PlaceKind

    @property
    def label(self) -> str:
        return f"{self.prefix} {self.name}"


@dataclass(frozen=True, slots=True)
class Person:
    surname: str
    first_name: str
    patronymic: str

    @property
    def full_name(self) -> str:
        return f"{self.surname} {self.first_name} {self.patronymic}"


@dataclass(frozen=True, slots=True)
class OrganizationContext:
    """Context of an organization in a school year. Shares are fractions 0–1; `distance_km` to the district centre."""

    school_year: str
    enrolment: int
    class_count: int
    share_sen: float
    share_low_income: float
    share_single_parent: float
    share_large_families: float
    share_parents_higher_education: float
    share_non_native_speakers: float
    teacher_count: int
    share_teachers_highest_category: float
    share_teachers_under_35: float
    vacancy_count: int
    is_rural: bool
    distance_km: int


@dataclass(frozen=True, slots=True)
class Organization:
    """`key` is the key of the organization in batches; `code` the login of federal systems («edu990101»),
    `exam_code` the code in examination protocols; `reported_name` the name as federal reports print it."""

    key: int
    kind: OrganizationKind
    type_name: str
    code: str
    exam_code: str
    full_name: str
    short_name: str
    reported_name: str
    place: Place
    address: str
    head: Person
    contexts: dict[str, OrganizationContext] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """A school with what decides its results: `effect` in milli-logits, `disadvantage` in thousandths of a standard
    deviation (positive = harder circumstances). `grades`: first and last grade taught."""

    organization: Organization
    grades: tuple[int, int]
    pupils_per_grade: int
    effect: int
    disadvantage: int

    @property
    def key(self) -> int:
        return self.organization.key

    @property
    def class_count(self) -> int:
        """Parallel classes in a grade: at most 27 pupils in a class."""
        return max(1, -(-self.pupils_per_grade // 27))


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    abbreviation: str
    is_methodical_centre: bool = False


@dataclass(frozen=True, slots=True)
class StaffPost:
    """A post held by a person; `department` is an abbreviation, `organization` a key, both None for the head."""

    post: str
    person: Person
    department: str | None = None
    organization: int | None = None
    role: str = "staff"  # staff | coordinator | observer | expert | association_head
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    name: str
    short_name: str
    departments: tuple[Department, ...]
    posts: tuple[StaffPost, ...]


@dataclass(frozen=True, slots=True)
class Pupils:
    """The pupils of three school years, one element a pupil; arrays of equal length.

    school: index into `Municipality.schools`. entry: the year in which the cohort began (or would have begun) grade 1.
    number: permanent number of the pupil in the school, as the school's code list has it. class_index from 0.
    ability: milli-logits of the person with the class, without school and circumstances. last_grade: the pupil
    leaves after it. since: first school year (by its start) in which the pupil is at the school.
    """

    school: Ints
    entry: Ints
    number: Ints
    class_index: Ints
    sex: npt.NDArray[np.int8]
    has_sen: Flags
    ability: Ints
    last_grade: Ints
    since: Ints

    def __len__(self) -> int:
        return len(self.school)

    def at_grade(self, grade: int, year_start: int) -> Ints:
        """Indices of the pupils who are in `grade` in the school year that begins in `year_start`."""
        there = (self.entry == year_start - grade + 1) & (self.last_grade >= grade) & (self.since <= year_start)
        return np.flatnonzero(there)


@dataclass(frozen=True, slots=True)
class Municipality:
    """`region` and `code` are printed in federal reports («reg99_m012»); `seed` determines everything."""

    seed: int
    name: str
    name_genitive: str
    code: str
    exam_code: str
    region: str
    region_code: str
    authority: Authority
    schools: tuple[SchoolPlan, ...]
    kindergartens: tuple[Organization, ...]
    supplementary: tuple[Organization, ...]
    coordinators: tuple[StaffPost, ...]
    observers: tuple[StaffPost, ...]
    experts: tuple[StaffPost, ...]
    association_heads: tuple[StaffPost, ...]
    pupils: Pupils

    @property
    def organizations(self) -> tuple[Organization, ...]:
        return (*(plan.organization for plan in self.schools), *self.kindergartens, *self.supplementary)

    def school(self, key: int) -> SchoolPlan:
        """The school with this key; raises KeyError."""
        for plan in self.schools:
            if plan.key == key:
                return plan
        raise KeyError(key)
