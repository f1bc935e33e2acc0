"""Which works are held when: three school years of the demo."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from qualimetry.synthetic.results import Sitting, SittingKind
from qualimetry.synthetic.works import WORKS, Work


@dataclass(frozen=True, slots=True)
class Conduct:
    """A work on its days. `year_start` is the beginning of the school year."""

    work: Work
    year_start: int
    sittings: tuple[Sitting, ...]

    @property
    def year(self) -> int:
        """The calendar year of the first day: the year by which people name the work."""
        return self.sittings[0].held_on.year

    @property
    def key(self) -> str:
        if self.work.procedure == "VPR":
            return f"VPR-{self.work.key}-{self.year}"
        return f"{self.work.key}-{self.year}"


_VPR_YEARS = {
    2024: ("RU4old", "MA4old", "RU7", "MA7"),
    2025: ("RU4", "MA4", "RU5", "MA5", "RU8", "MA8"),
    2026: ("RU4", "MA4", "OM4", "RU5", "MA5", "RU6", "MA6", "IS6", "RU7", "MA7", "RU8", "MA8", "FI8"),
}
_EXAM_YEARS = {
    2024: ("OGE-RU", "OGE-MA", "EGE-RU", "EGE-MP"),
    2025: ("OGE-RU", "OGE-MA", "EGE-RU", "EGE-MP", "EGE-MB"),
    2026: ("OGE-RU", "OGE-MA", "OGE-OB", "OGE-GG", "EGE-RU", "EGE-MP", "EGE-MB", "EGE-OB"),
}
#: (month, day) of the main day of an examination
_EXAM_DAYS = {
    "OGE-RU": (6, 9), "OGE-MA": (6, 2), "OGE-OB": (6, 5), "OGE-GG": (6, 16),
    "EGE-RU": (6, 4), "EGE-MP": (6, 8), "EGE-MB": (6, 8), "EGE-OB": (6, 11),
}  # fmt: skip
_RESAT = ("OGE-RU", "OGE-MA")
_APPEALED = ("OGE-RU-2026", "OGE-MA-2026")


def schedule() -> tuple[Conduct, ...]:
    """Every campaign of the demo, by year and procedure."""
    found: list[Conduct] = []
    for year in (2024, 2025, 2026):
        found += [_vpr(number, key, year) for number, key in enumerate(_VPR_YEARS[year])]
        found += [_exam(key, year) for key in _EXAM_YEARS[year]]
    found.append(Conduct(WORKS["GP1"], 2025, (Sitting(SittingKind.MAIN, dt.date(2025, 9, 16)),)))
    found.append(Conduct(WORKS["CG8"], 2025, (Sitting(SittingKind.MAIN, dt.date(2026, 2, 12)),)))
    return tuple(found)


def _vpr(number: int, key: str, year: int) -> Conduct:
    day = dt.date(year, 4, 20) + dt.timedelta(days=number)
    return Conduct(WORKS[key], year - 1, (Sitting(SittingKind.MAIN, day),))


def _exam(key: str, year: int) -> Conduct:
    main = dt.date(year, *_EXAM_DAYS[key])
    sittings = [Sitting(SittingKind.MAIN, main)]
    if WORKS[key].procedure == "OGE":
        sittings.append(Sitting(SittingKind.RESERVE, dt.date(year, 6, 27)))
    if key in _RESAT:
        sittings.append(Sitting(SittingKind.RESIT, dt.date(year, 9, 4 if key == "OGE-MA" else 8)))
    if f"{key}-{year}" in _APPEALED:
        sittings.append(Sitting(SittingKind.APPEAL, dt.date(year, 6, 30)))
    return Conduct(WORKS[key], year - 1, tuple(sittings))
