from __future__ import annotations

from pathlib import Path

from intake.contracts import NO_VALUE, Procedure, Work
from intake.layouts.base import Book, Sheet
from intake.layouts.vsosh import OlympiadProtocol
from intake.tables import read_book


def works_in(book: Book) -> list[Work]:
    return [one for one in OlympiadProtocol().read(book) or [] if isinstance(one, Work)]


def test_school_stage(samples: Path) -> None:
    path = samples / "results" / "twins" / "TWIN_ВсОШ_протокол_ШЭ.xlsx"
    (work,) = works_in(read_book(path.name, path.read_bytes())[0])
    assert (work.campaign.procedure, work.campaign.subject, work.campaign.grade_level) == (
        Procedure.VSOSH, "Математика", 7
    )  # fmt: skip
    assert (len(work.participants), work.participants.file_total.sum(), work.declared_max_score) == (25, 445, 35)
    assert work.participants.level.count("победитель") == 4
    assert work.participants.level.count("призёр") == 7
    assert work.participants.level.count("участник") == 14
    assert [one.name for one in work.participants.organizations] == [f"МОУ «СШ № {n}»" for n in (1, 2, 3, 4)]
    assert work.participants.participant[0] == "7-001"
    assert work.dropped_columns == ["Фамилия", "Имя", "Отчество"]


def test_two_classes_and_defects() -> None:
    header = ["Предмет", "ОО", "Код участника", "Фамилия", "Класс, за который выступает", "Класс, в котором учится",
              "Итоговый балл", "Процент выполнения", "Статус"]  # fmt: skip
    rows = [
        ["Протокол школьного этапа ВсОШ 2025"],
        header,
        ["Физика", "СОШ № 1", "8-1", "Иванов", "8", "8Б", "12,5", "25%", "Призёр"],
        ["Физика", "СОШ № 1", "9-1", "Петров", 9, "9А", "не явился", "", ""],
        ["Физика", "СОШ № 2", "9-2", "Сидоров", 9, "9", 40, 80, "лауреат"],
    ]
    eighth, ninth = works_in(Book("x.xlsx", (Sheet("Лист1", rows),)))
    assert (eighth.campaign.grade_level, eighth.campaign.year, eighth.declared_max_score) == (8, 2025, 50)
    assert (eighth.participants.class_group, eighth.participants.file_total.tolist()) == (["Б"], [13])
    assert ninth.participants.present.tolist() == [False, True]
    assert ninth.participants.file_total.tolist() == [NO_VALUE, 40]
    assert [(p.code, p.row, p.column) for p in eighth.problems] == [
        ("vsosh.score_rounded", 3, "G"),
        ("vsosh.status", 5, "I"),
    ]
