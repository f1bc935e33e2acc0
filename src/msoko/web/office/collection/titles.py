"""Russian names of what imports are made of."""

from __future__ import annotations

SUMMARY_TITLES = {
    "marks": "Статистика по отметкам",
    "journal": "Сравнение отметок с журналом",
    "scores": "Распределение первичных баллов",
    "items": "Выполнение заданий",
    "items_by_mark": "Выполнение заданий группами участников",
    "outcomes": "Достижение планируемых результатов",
    "generic": "Сводная таблица по организациям",
}
LAYOUT_TITLES = {
    "federal_summary": "Сводный отчёт федеральной системы",
    "generic_summary": "Сводная таблица по организациям",
    "gia_protocol": "Протокол экзамена",
    "mapped_table": "Таблица с указанными столбцами",
    "participant_list": "Таблица: строка на участника",
    "regional_form": "Региональная форма",
    "school_form": "Форма школьной работы",
    "specification": "Спецификация",
    "vpr_form": "Форма сбора результатов ВПР",
    "vpr_individual": "Индивидуальные результаты ВПР",
    "vpr_regional": "Региональная выгрузка ВПР",
    "vsosh_protocol": "Протокол олимпиады",
}
#: roles of columns in the order of the form; «ignore» is the last
ROLE_TITLES = {
    "": "— не указано —",
    "item": "Балл за задание",
    "total": "Итоговый балл",
    "mark": "Отметка за работу",
    "journal_mark": "Отметка по журналу",
    "test_score": "Тестовый балл",
    "passed": "Зачёт",
    "level": "Уровень",
    "participant": "Код участника",
    "class_group": "Класс",
    "variant": "Вариант",
    "sex": "Пол",
    "presence": "Присутствие",
    "organization_code": "Код организации",
    "organization_name": "Название организации",
    "municipality": "Муниципалитет",
    "ignore": "Не нужен",
}
