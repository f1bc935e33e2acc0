"""Russian names of the classification of procedures."""

from __future__ import annotations

from msoko.foundation.catalog.procedures import AssessedObject, EducationLevel, Holder, Mandate, Purpose, Regime

REGIMES = {Regime.CONTINUOUS: "постоянная", Regime.PERIODIC: "периодическая"}
MANDATES = {Mandate.CORE: "обязательная", Mandate.LOCAL: "вариативная"}
OBJECTS = {
    AssessedObject.PROGRAMMES: "образовательные программы",
    AssessedObject.CONDITIONS: "условия",
    AssessedObject.RESULTS: "результаты",
    AssessedObject.SATISFACTION: "удовлетворённость",
}
LEVELS = {
    EducationLevel.PRESCHOOL: "дошкольное образование",
    EducationLevel.PRIMARY_GENERAL: "начальное общее",
    EducationLevel.BASIC_GENERAL: "основное общее",
    EducationLevel.SECONDARY_GENERAL: "среднее общее",
    EducationLevel.SUPPLEMENTARY: "дополнительное образование",
}
HOLDERS = {
    Holder.INTERNATIONAL: "международный",
    Holder.FEDERAL: "федеральный",
    Holder.REGIONAL: "региональный",
    Holder.MUNICIPAL: "муниципальный",
    Holder.SCHOOL: "образовательная организация",
}
PURPOSES = {
    Purpose.TEACHING_IMPROVEMENT: "совершенствование преподавания",
    Purpose.CURRICULUM_ADJUSTMENT: "корректировка образовательных программ",
    Purpose.METHODICAL_SUPPORT: "методическая помощь",
    Purpose.TARGETED_SUPPORT: "адресная помощь организациям и обучающимся",
    Purpose.TALENT_SUPPORT: "поддержка одарённых детей",
    Purpose.SELF_EVALUATION: "самообследование",
    Purpose.MONITORING: "мониторинг",
    Purpose.ACCREDITATION: "аккредитационный мониторинг",
    Purpose.ORGANIZATION_COMPARISON: "сопоставление организаций с интервалами",
    Purpose.ORGANIZATION_RANKING: "ранжирование организаций",
    Purpose.STAFF_EVALUATION: "оценка деятельности педагогов и руководителей",
}
