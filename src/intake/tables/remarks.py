"""Problems of whole files, worded once."""

from __future__ import annotations

from intake.contracts import Problem, Severity

_FILE_PROBLEMS: dict[str, tuple[Severity, str, str]] = {
    "file.empty": (
        Severity.ERROR,
        "Файл пуст: в нём 0 байт.",
        "Скачайте или сохраните файл заново и загрузите его ещё раз.",
    ),
    "file.too_large": (
        Severity.ERROR,
        "Файл слишком велик для загрузки.",
        "Разделите файл на части или удалите из него лишние листы.",
    ),
    "file.corrupt": (
        Severity.ERROR,
        "Файл повреждён: его не удаётся открыть как таблицу.",
        "Откройте файл в Excel или LibreOffice, сохраните в формате XLSX и загрузите снова.",
    ),
    "file.encrypted": (
        Severity.ERROR,
        "Файл защищён паролем, прочитать его нельзя.",
        "Откройте файл, снимите пароль («Файл → Сведения → Защита книги») и сохраните его заново.",
    ),
    "file.unsupported": (
        Severity.ERROR,
        "Файл не является таблицей.",
        "Загружайте таблицы XLSX, XLS, ODS, CSV или архив ZIP с ними.",
    ),
    "file.unsupported_archive": (
        Severity.ERROR,
        "Архив этого вида не поддерживается.",
        "Распакуйте архив и загрузите файлы или упакуйте их в ZIP.",
    ),
    "file.no_data": (
        Severity.WARNING,
        "В файле нет ни одной заполненной ячейки.",
        "Проверьте, тот ли файл загружен и сохранены ли в нём данные.",
    ),
    "file.macros": (
        Severity.INFO,
        "В файле есть макросы: они не выполняются, прочитаны только данные.",
        "",
    ),
    "file.too_many_sheets": (
        Severity.ERROR,
        "В файле слишком много листов.",
        "Оставьте в файле только листы с результатами.",
    ),
    "sheet.too_large": (
        Severity.ERROR,
        "Лист слишком велик: используемая область выходит далеко за пределы данных.",
        "Удалите строки и столбцы за пределами таблицы (Ctrl+End покажет последнюю ячейку) и сохраните файл.",
    ),
    "sheet.formulas_not_calculated": (
        Severity.WARNING,
        "На листе есть формулы без вычисленных значений: эти ячейки прочитаны как пустые.",
        "Откройте файл в Excel или LibreOffice, дождитесь пересчёта и сохраните его.",
    ),
    "text.encoding_guessed": (
        Severity.WARNING,
        "Кодировка текста определена неточно: часть символов могла исказиться.",
        "Сохраните файл в кодировке UTF-8.",
    ),
    "archive.corrupt": (
        Severity.ERROR,
        "Архив повреждён: его не удаётся распаковать.",
        "Создайте архив заново и повторите загрузку.",
    ),
    "archive.member_corrupt": (
        Severity.ERROR,
        "Файл внутри архива повреждён и пропущен.",
        "Проверьте этот файл и загрузите его отдельно.",
    ),
    "archive.empty": (
        Severity.WARNING,
        "В архиве нет файлов.",
        "Проверьте, тот ли архив загружен.",
    ),
    "archive.bomb": (
        Severity.ERROR,
        "Архив не распакован: объём его содержимого несоразмерен размеру архива.",
        "Загрузите файлы без архива.",
    ),
    "archive.too_many_files": (
        Severity.ERROR,
        "В архиве слишком много файлов.",
        "Разделите архив на несколько.",
    ),
    "archive.too_deep": (
        Severity.ERROR,
        "Архив вложен в другие архивы слишком глубоко и пропущен.",
        "Распакуйте вложенные архивы и загрузите файлы.",
    ),
}


def file_problem(code: str, file: str, *, sheet: str | None = None, detail: str = "") -> Problem:
    """Problem `code` of the file or one of its sheets; `detail` is appended to the message."""
    severity, message, hint = _FILE_PROBLEMS[code]
    return Problem(severity, code, f"{message} {detail}".rstrip(), file, sheet=sheet, hint=hint)
