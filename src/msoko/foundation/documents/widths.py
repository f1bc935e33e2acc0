"""How wide a text is in Times New Roman, near enough to lay out columns (the metrics of Liberation Serif are its)."""

from __future__ import annotations

_MM_IN_POINT = 25.4 / 72
#: advances in ems, rounded to 0.05; a letter that is not listed takes half an em
_ADVANCES = (
    (0.25, "'|,. \u00a0"),
    (0.3, "/:;\\ijlt"),
    (0.35, "!()-I[]`fr"),
    (0.4, '"Jsгз'),
    (0.45, "?^acezавеёстьэя"),
    (0.55, "+<=>FPS~ийнпцБРЬ−"),
    (0.6, "ELTZГЕЁТ"),
    (0.65, "BCRмфыВКСЧЭЯ"),
    (0.7, "ADGHKNOQUVXYwжАДИЙЛНОПУХЦЪ"),
    (0.75, "шщюm&Ф"),
    (0.85, "%Ы"),
    (0.9, "@MЖМ"),
    (0.95, "W№"),
    (1.0, "ШЩ—"),
    (1.05, "Ю"),
)
_LETTERS = {letter: advance for advance, letters in _ADVANCES for letter in letters}
#: bold letters and what rounding may lose
_BOLD, _SAFETY = 1.1, 1.03


def text_mm(text: str, size: int, *, is_bold: bool = False) -> float:
    """Width of the text in one line, millimetres; `size` in points."""
    ems = sum(_LETTERS.get(letter, 0.5) for letter in text)
    return ems * size * _MM_IN_POINT * _SAFETY * (_BOLD if is_bold else 1.0)
