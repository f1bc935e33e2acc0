"""The `msoko` command. Help comes up in a moment: everything heavy is imported by the command that needs it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Annotated

os.environ.setdefault("TYPER_USE_RICH", "0")

import typer

app = typer.Typer(
    name="msoko",
    help="Муниципальная система оценки качества образования: от файлов результатов до аналитической справки.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
results = typer.Typer(help="Файлы результатов.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(results, name="results")

plan = typer.Typer(help="Планы, дорожные карты и циклограммы.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(plan, name="plan")
functions = typer.Typer(help="Таблицы функций управления.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(functions, name="functions")
measure = typer.Typer(help="Измерения по таблицам ответов и баллов.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(measure, name="measure")

Files = Annotated[
    list[Path],
    typer.Argument(metavar="ФАЙЛ…", help="Файлы результатов, папки или архивы ZIP.", show_default=False),
]


#: options of the commands that read terms
StartYear = Annotated[
    int,
    typer.Option("--school-year", metavar="ГОД", help="Год начала плана: 2026 – это 2026/27 учебный год или 2026 год."),
]
PlanYearKind = Annotated[
    str, typer.Option("--year-kind", metavar="ВИД", help="Год плана: school (учебный) или calendar (календарный).")
]
CalendarFile = Annotated[
    Path | None, typer.Option("--calendar", metavar="ФАЙЛ", help="Школьный календарь YAML: четверти и каникулы.")
]


@app.command()
def analyze(
    files: Files,
    out: Annotated[Path, typer.Option("--out", metavar="ПАПКА", help="Куда записать результаты.", show_default=False)],
    formats: Annotated[
        str, typer.Option("--format", metavar="ФОРМАТЫ", help="Через запятую: docx, pdf, xlsx, json.")
    ] = "docx,pdf,xlsx,json",
    spec: Annotated[
        list[Path] | None,
        typer.Option("--spec", metavar="СПЕЦИФИКАЦИЯ", help="Спецификация работы (XLSX), можно несколько раз."),
    ] = None,
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="НАЗВАНИЕ", help="Название муниципалитета для справки.")
    ] = "",
    authority: Annotated[
        str, typer.Option("--authority", metavar="НАЗВАНИЕ", help="Орган, который выпускает справку.")
    ] = "",
    is_json: Annotated[bool, typer.Option("--json", help="Вывести result.json в стандартный вывод.")] = False,
    has_all_organizations: Annotated[
        bool,
        typer.Option(
            "--all-organizations",
            help="Справки всех организаций, даже если их много, а известны только сводные отчёты.",
        ),
    ] = False,
) -> None:
    """Рассчитать результаты и написать справки."""
    from msoko.cli.analyze import Request, analyze_files, parse_formats  # noqa: PLC0415 -- slow import

    request = Request(
        files=tuple(files),
        out=out,
        formats=parse_formats(formats),
        specifications=tuple(spec or ()),
        municipality=municipality,
        authority=authority,
        is_json=is_json,
        has_all_organizations=has_all_organizations,
    )
    raise typer.Exit(analyze_files(request))


@results.command("inspect")
def inspect_results(
    files: Files,
    is_json: Annotated[bool, typer.Option("--json", help="Вывести описание в формате JSON.")] = False,
) -> None:
    """Показать, что распознано в файлах: форму, работу, организации, участников, замечания."""
    from msoko.cli.inspect import inspect_files  # noqa: PLC0415 -- slow import

    raise typer.Exit(inspect_files(files, is_json=is_json))


@plan.command("parse")
def parse_plan(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="План: DOCX, XLSX, ODS, PDF, HTML или текст.")],
    school_year: StartYear = 0,
    year_kind: PlanYearKind = "school",
    calendar: CalendarFile = None,
    is_json: Annotated[bool, typer.Option("--json", help="Вывести всё, что прочитано, в формате JSON.")] = False,
) -> None:
    """Прочитать план: разделы, мероприятия, сроки, ответственные, результаты, замечания."""
    from msoko.cli.plans import PlanRequest  # noqa: PLC0415 -- slow import
    from msoko.cli.plans import parse_plan as parse  # noqa: PLC0415 -- slow import
    from msoko.cli.terms import current_start_year  # noqa: PLC0415 -- slow import

    start_year = school_year or current_start_year(year_kind)
    raise typer.Exit(parse(PlanRequest(file, start_year, year_kind, calendar, is_json)))


@functions.command("parse")
def parse_functions(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="Таблица функций: те же виды файлов, что и у планов.")],
    is_json: Annotated[bool, typer.Option("--json", help="Вывести всё, что прочитано, в формате JSON.")] = False,
) -> None:
    """Прочитать таблицу функций: группы, функции, должности, документы."""
    from msoko.cli.plans import parse_functions as parse  # noqa: PLC0415 -- slow import

    raise typer.Exit(parse(file, is_json=is_json))


@measure.command("rasch")
def measure_rasch(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="ФАЙЛ",
            help="CSV: строка – участник, столбец – задание, пусто – задания не было в варианте; "
            "столбцы group и booklet необязательны. Или JSON с item_counts и score_counts.",
        ),
    ],
    method: Annotated[
        str, typer.Option("--method", metavar="СПОСОБ", help="cml – условное правдоподобие, mml – маргинальное.")
    ] = "cml",
    is_json: Annotated[bool, typer.Option("--json", help="Вывести шкалу в формате JSON.")] = False,
) -> None:
    """Построить шкалу Раша (модель частичного выполнения): трудности, согласие, уровни участников, надёжность."""
    from msoko.cli.measure import RaschRequest  # noqa: PLC0415 -- slow import
    from msoko.cli.measure import measure_rasch as measure_scale  # noqa: PLC0415 -- slow import

    raise typer.Exit(measure_scale(RaschRequest(file, method, is_json)))


@measure.command("mixed")
def measure_mixed(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", help="CSV: строка – участник, столбцы – величины и группы.")],
    outcome: Annotated[str, typer.Option("--outcome", metavar="СТОЛБЕЦ", help="Что объясняется.")],
    group: Annotated[
        str, typer.Option("--group", metavar="СТОЛБЦЫ", help="Группы от внутренней к внешней: school или class,school.")
    ],
    fixed: Annotated[str, typer.Option("--fixed", metavar="СТОЛБЦЫ", help="Чем объясняется: «x1,x2».")] = "",
    slope: Annotated[str, typer.Option("--slope", metavar="СТОЛБЕЦ", help="Чьё влияние в каждой группе своё.")] = "",
    is_ml: Annotated[bool, typer.Option("--ml", help="Полное правдоподобие вместо ограниченного.")] = False,
    is_json: Annotated[bool, typer.Option("--json", help="Вывести модель в формате JSON.")] = False,
) -> None:
    """Рассчитать смешанную модель: влияние факторов и вклад школ с учётом их состава."""
    from msoko.cli.measure_mixed import MixedRequest  # noqa: PLC0415 -- slow import
    from msoko.cli.measure_mixed import measure_mixed as measure_model  # noqa: PLC0415 -- slow import

    raise typer.Exit(measure_model(MixedRequest(file, outcome, fixed, group, slope, is_ml, is_json)))


@measure.command("suppress")
def measure_suppress(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="ФАЙЛ", help="CSV: первый столбец – названия строк, остальные – количества, без итогов."
        ),
    ],
    threshold: Annotated[
        int, typer.Option("--threshold", metavar="ЧИСЛО", help="Значения меньше порога скрываются.")
    ] = 10,
    is_json: Annotated[bool, typer.Option("--json", help="Вывести, что скрыть, в формате JSON.")] = False,
) -> None:
    """Найти, какие числа таблицы скрыть, чтобы малые группы не вычислялись по известным итогам."""
    from msoko.cli.measure_suppress import SuppressRequest  # noqa: PLC0415 -- slow import
    from msoko.cli.measure_suppress import measure_suppress as measure_table  # noqa: PLC0415 -- slow import

    raise typer.Exit(measure_table(SuppressRequest(file, threshold, is_json)))


@measure.command("integrity")
def measure_integrity(
    files: Files,
    spec: Annotated[
        list[Path] | None, typer.Option("--spec", metavar="ФАЙЛ", help="Спецификация работы; можно несколько.")
    ] = None,
    engine: Annotated[str, typer.Option("--engine", metavar="НАЗВАНИЕ", help="duckdb или spark.")] = "duckdb",
    is_json: Annotated[bool, typer.Option("--json", help="Вывести признаки в формате JSON.")] = False,
) -> None:
    """Найти признаки необъективности в файлах результатов: признак – повод проверить, а не доказательство."""
    from msoko.cli.measure_integrity import IntegrityRequest  # noqa: PLC0415 -- slow import
    from msoko.cli.measure_integrity import measure_integrity as find_signs  # noqa: PLC0415 -- slow import

    raise typer.Exit(find_signs(IntegrityRequest(tuple(files), tuple(spec or ()), engine, is_json)))


@app.command()
def terms(
    phrase: Annotated[
        str | None, typer.Argument(metavar="СРОК", help="Срок из плана, в кавычках.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="ФАЙЛ", help="Файл UTF-8: один срок в строке («-» – стандартный ввод)."),
    ] = None,
    school_year: StartYear = 0,
    year_kind: PlanYearKind = "school",
    calendar: CalendarFile = None,
    is_json: Annotated[bool, typer.Option("--json", help="Вывести объект JSON на каждый срок.")] = False,
) -> None:
    """Понять срок из плана: даты, периодичность или вопрос человеку."""
    from msoko.cli.terms import TermsRequest, current_start_year, show_terms  # noqa: PLC0415 -- slow import

    start_year = school_year or current_start_year(year_kind)
    raise typer.Exit(show_terms(TermsRequest(phrase, file, start_year, year_kind, calendar, is_json)))


@app.command()
def serve(
    host: Annotated[str, typer.Option(metavar="АДРЕС", help="Адрес, на котором открыть систему.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="ПОРТ", help="Порт.")] = 8000,
) -> None:
    """Открыть систему на этом компьютере: страницы и фоновые задания."""
    from msoko.cli.ports import require_free_port  # noqa: PLC0415 -- slow import
    from msoko.cli.server import serve as serve_pages  # noqa: PLC0415 -- slow import

    require_free_port(host, port, "serve")
    serve_pages(host, port)


@app.command()
def worker() -> None:
    """Выполнять фоновые задания."""
    from msoko.cli.server import work  # noqa: PLC0415 -- slow import

    work()


@app.command()
def remind() -> None:
    """Составить напоминания и письма на сегодня и разослать их. Повтор никого не тревожит дважды."""
    from msoko.cli.server import remind_now  # noqa: PLC0415 -- slow import

    remind_now()


@app.command("init")
def init_installation(
    host: Annotated[str, typer.Option(metavar="АДРЕС", help="Адрес, на котором будет открыта система.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="ПОРТ", help="Порт.")] = 8000,
) -> None:
    """Подготовить пустую систему: база данных, адрес и код страницы первого запуска."""
    from msoko.cli.setup import init  # noqa: PLC0415 -- slow import

    init(host, port)


@app.command()
def migrate() -> None:
    """Привести базу данных к текущей структуре."""
    from msoko.cli.server import migrate as migrate_database  # noqa: PLC0415 -- slow import

    migrate_database()


@app.command()
def demo(
    host: Annotated[str, typer.Option(metavar="АДРЕС", help="Адрес, на котором открыть систему.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="ПОРТ", help="Порт.")] = 8000,
    is_build_only: Annotated[bool, typer.Option("--build-only", help="Только построить, не открывать.")] = False,
) -> None:
    """Построить демонстрационный муниципалитет (один раз) и открыть его."""
    os.environ["MSOKO_DEMO"] = "1"
    from msoko.cli.ports import require_free_port  # noqa: PLC0415 -- slow import

    if not is_build_only:
        require_free_port(host, port, "demo")
    from msoko.cli.demo.build import build_and_serve  # noqa: PLC0415 -- slow import

    build_and_serve(host, port, build_only=is_build_only)


_TROUBLES = {
    errno.ENOSPC: "на диске не осталось места",
    errno.EACCES: "нет прав на запись или чтение",
    errno.EPERM: "нет прав на запись или чтение",
    errno.EROFS: "диск доступен только для чтения",
    errno.EEXIST: "на месте папки уже есть файл с таким названием",
    errno.ENOTDIR: "на месте папки уже есть файл с таким названием",
    errno.ENAMETOOLONG: "слишком длинное название файла",
}


def run() -> None:
    """Entry point: unforeseen trouble ends with a line in Russian and status 1, not with a traceback."""
    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("Прервано.\n")
        raise SystemExit(130) from None
    except OSError as error:
        trouble = _TROUBLES.get(error.errno or 0, error.strerror or str(error))
        sys.stderr.write(f"Ошибка: {trouble}. {error.filename or ''}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    run()
