"""What the signs of biased results are called, what is compared, how they may be innocent, why one does not apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qualimetry.integrity.contracts import Sign, Why


@dataclass(frozen=True, slots=True)
class SignWords:
    """short: of a column; title: of a sentence; compared: what observed and expected are; innocent: other causes.

    is_share: observed and expected are shares; is_count: observed is a whole number.
    """

    short: str
    title: str
    compared: str
    innocent: str
    is_share: bool = False
    is_count: bool = False


SIGN_WORDS: Final[dict[Sign, SignWords]] = {
    Sign.LIFTED: SignWords(
        "Границы отметок",
        "у границ отметок баллов больше ожидаемого",
        "участники с баллом на границе отметки и на балл выше – из тех, кто рядом с границами",
        "сомнительные ответы засчитывались в пользу учащихся; работ у границы немного",
        is_count=True,
    ),
    Sign.PATTERN: SignWords(
        "Ответы и балл",
        "трудные задания выполнены лучше, лёгкие – хуже ожидаемого",
        "баллы за трудную половину заданий у участников с теми же первичными баллами",
        "другая программа; темы трудных заданий пройдены недавно; углублённое изучение",
        is_count=True,
    ),
    Sign.JOURNAL_HIGH: SignWords(
        "Журнал выше",
        "отметки в журнале выше отметок за работу чаще, чем в других организациях",
        "доля участников, у которых отметка за работу ниже журнальной",
        "за что ставятся текущие отметки; долгая болезнь класса или учителя; трудная тема в работе",
        is_share=True,
    ),
    Sign.JOURNAL_KEPT: SignWords(
        "Журнал не выше",
        "отметки за работу почти никогда не ниже журнальных",
        "доля участников, у которых отметка за работу не ниже журнальной",
        "строгие текущие отметки; подготовка к работе накануне",
        is_share=True,
    ),
    Sign.SPREAD: SignWords(
        "Разброс баллов",
        "баллы различаются меньше ожидаемого",
        "дисперсия первичных баллов",
        "отбор в класс; одинаковый уровень подготовки",
    ),
}

WHY_WORDS: Final[dict[Why, str]] = {
    Why.FEW_PERSONS: "мало участников",
    Why.NO_CUTS: "нет границ отметок",
    Why.NO_ITEMS: "варианты состоят из разных заданий",
    Why.NO_JOURNAL: "нет отметок журнала",
    Why.NO_SCALE: "шкала не построена",
    Why.FEW_SCHOOLS: "мало организаций для сравнения",
}
