"""Problems of documents, worded once. What is said of spreadsheets elsewhere is said here of documents."""

from __future__ import annotations

from intake.contracts import Problem, Severity
from intake.tables.remarks import file_problem

_PROBLEMS: dict[str, tuple[Severity, str, str]] = {
    "file.unsupported": (
        Severity.ERROR,
        "Файл не является документом с таблицей.",
        "Загрузите DOCX, XLSX, XLS, ODS, PDF с текстовым слоем, HTML или текст с табуляцией.",
    ),
    "file.corrupt": (
        Severity.ERROR,
        "Файл повреждён: его не удаётся открыть.",
        "Откройте файл в Word, Excel или LibreOffice, сохраните его заново и загрузите снова.",
    ),
    "file.encrypted": (
        Severity.ERROR,
        "Файл защищён паролем, прочитать его нельзя.",
        "Откройте файл, снимите пароль («Файл → Сведения → Защита документа») и сохраните его заново.",
    ),
    "document.bomb": (
        Severity.ERROR,
        "Файл не открыт: объём его содержимого несоразмерен размеру файла.",
        "Сохраните документ заново без вложенных объектов и загрузите снова.",
    ),
    "document.old_word": (
        Severity.ERROR,
        "Это документ Word прежнего формата (DOC), его таблицы прочитать нельзя.",
        "Откройте его в Word или LibreOffice и сохраните как DOCX («Файл → Сохранить как»).",
    ),
    "document.rtf": (
        Severity.ERROR,
        "Это документ формата RTF, его таблицы прочитать нельзя.",
        "Откройте его в Word или LibreOffice и сохраните как DOCX («Файл → Сохранить как»).",
    ),
    "document.archive": (
        Severity.ERROR,
        "Это архив: план читается из одного файла.",
        "Распакуйте архив и загрузите файл с планом.",
    ),
    "document.scan": (
        Severity.ERROR,
        "В PDF нет текстового слоя: это отсканированные изображения.",
        "Распознайте текст (например, в FineReader) или возьмите исходный файл DOCX или XLSX.",
    ),
    "document.some_pages_scanned": (
        Severity.WARNING,
        "На части страниц PDF нет текстового слоя, они не прочитаны.",
        "Сверьте число мероприятий с документом; пропущенные страницы распознайте и загрузите отдельно.",
    ),
    "document.hidden_rows": (
        Severity.WARNING,
        "В таблице есть скрытые строки, они тоже прочитаны.",
        "Исключите их при проверке плана, если они скрыты намеренно.",
    ),
    "document.formulas_without_values": (
        Severity.WARNING,
        "В файле есть формулы без вычисленных значений, эти ячейки прочитаны пустыми.",
        "Откройте файл в Excel или LibreOffice, сохраните его и загрузите снова.",
    ),
    "document.too_many_pages": (
        Severity.ERROR,
        "В PDF слишком много страниц.",
        "Сохраните в отдельный файл страницы с таблицей плана и загрузите его.",
    ),
    "document.too_many_rows": (
        Severity.ERROR,
        "В документе слишком много строк таблиц.",
        "Разделите документ на части и загрузите их по очереди.",
    ),
}


def document_problem(code: str, file: str, *, detail: str = "") -> Problem:
    """Problem `code` of the file; codes that have no own wording here are worded as for tables."""
    if code not in _PROBLEMS:
        return file_problem(code, file, detail=detail)
    severity, message, hint = _PROBLEMS[code]
    return Problem(severity, code, f"{message} {detail}".rstrip(), file, hint=hint)
