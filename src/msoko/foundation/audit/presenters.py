"""Event types in Russian. Every type that code records stands here; a test proves it."""

from __future__ import annotations

_TITLES = {
    "access.session.opened": "Вход в систему",
    "access.session.closed": "Выход из системы",
    "access.session.refused": "Отказ во входе",
    "access.account.created": "Создана учётная запись",
    "access.account.blocked": "Учётная запись отключена",
    "access.account.unblocked": "Учётная запись включена",
    "access.password.issued": "Выдан одноразовый пароль",
    "access.password.changed": "Пароль изменён",
    "audit.journal.downloaded": "Выгружен журнал",
    "access.membership.granted": "Выдана роль",
    "access.membership.withdrawn": "Отозвана роль",
    "orgs.organization.created": "Добавлена организация",
    "orgs.organization.changed": "Изменены сведения об организации",
    "orgs.organization.closed": "Организация закрыта",
    "orgs.organization.reopened": "Организация вновь открыта",
    "orgs.organizations.downloaded": "Выгружен список организаций",
    "orgs.organizations.imported": "Загружен список организаций",
    "orgs.school_year.opened": "Открыт учебный год",
    "orgs.context.changed": "Изменены контекстные данные",
    "orgs.department.added": "Добавлен отдел",
    "orgs.department.removed": "Удалён отдел",
    "orgs.name.remembered": "Запомнено соответствие названия",
    "orgs.name.forgotten": "Отменено соответствие названия",
    "roster.person.added": "Добавлен сотрудник",
    "roster.person.changed": "Изменены сведения о сотруднике",
    "roster.people.downloaded": "Выгружен список сотрудников",
    "roster.appointment.added": "Назначение на должность",
    "roster.appointment.ended": "Снято назначение",
    "roster.body.created": "Создан коллегиальный орган",
    "roster.body.changed": "Изменён состав коллегиального органа",
    "roster.body.removed": "Упразднён коллегиальный орган",
    "procedures.campaign.created": "Создана процедура",
    "procedures.campaign.changed": "Изменена процедура",
    "procedures.blueprint.created": "Добавлена спецификация",
    "procedures.blueprint.imported": "Загружена спецификация",
    "procedures.blueprint.chosen": "Выбрана спецификация",
    "collection.import.opened": "Начата загрузка файлов",
    "collection.import.extended": "К загрузке добавлены файлы",
    "collection.import.reread": "Файлы отправлены на повторное чтение",
    "collection.import.answered": "Дан ответ на вопрос при загрузке",
    "collection.import.accepted": "Результаты приняты",
    "collection.import.discarded": "Загрузка отменена",
    "collection.batch.withdrawn": "Результаты отозваны",
    "collection.file.downloaded": "Скачана копия файла без имён",
    "collection.file.excluded": "Файл исключён из загрузки",
    "collection.file.included": "Файл возвращён в загрузку",
    "collection.code_list.loaded": "Загружен список кодов школы",
    "collection.code_list.forgotten": "Удалён список кодов школы",
    "collection.pupil_results.viewed": "Просмотр результатов обучающегося по номеру",
    "collection.problems.downloaded": "Выгружены замечания к файлам",
    "procedures.blueprint.downloaded": "Выгружена спецификация",
    "collection.individual_results.viewed": "Просмотр индивидуальных результатов",
    "analysis.run.asked": "Запрошен пересчёт результатов",
    "analysis.reports.asked": "Запрошены справки всех организаций",
    "analysis.run.computed": "Рассчитаны результаты",
    "analysis.results.viewed": "Просмотр результатов",
    "analysis.table.downloaded": "Выгрузка таблицы",
    "analysis.report.created": "Сформирована справка",
    "analysis.report.edited": "Изменён текст справки",
    "analysis.report.issued": "Справка выпущена",
    "analysis.report.attached": "К выпуску справки приложен файл Word",
    "analysis.report.downloaded": "Скачана справка",
    "jobs.job.cancelled": "Задание отменено",
}


def event_title(event: str) -> str:
    """Russian title of an event type."""
    return _TITLES[event]


def event_titles() -> dict[str, str]:
    """All event types with titles, for filters."""
    return dict(_TITLES)
