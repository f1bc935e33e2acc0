"""Pages for errors: what happened, where, what to do, that nothing was lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from msoko.foundation.kernel.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Explanation:
    code: int
    title: str
    text: str
    advice: tuple[str, ...]


NOT_FOUND = Explanation(
    404,
    "Страница не найдена",
    "По этому адресу ничего нет, или это не входит в ваш доступ.",
    ("Проверьте адрес, если набирали его вручную.", "Найдите нужное поиском по всему (Ctrl+K) или через раздел слева."),
)
FORBIDDEN = Explanation(
    403,
    "Нет доступа",
    "У вашей роли нет права на это действие.",
    ("Обратитесь к администратору своей организации: роли выдаёт он.",),
)
STALE_FORM = Explanation(
    403,
    "Страница устарела",
    "Форма была открыта слишком давно или в другой вкладке сменился пользователь. Ничего не записано.",
    ("Вернитесь назад, обновите страницу и повторите действие.",),
)
TOO_LARGE = Explanation(
    413,
    "Слишком большой запрос",
    "Объём отправленного превышает допустимый. Ничего не записано.",
    ("Загрузите файлы частями или архивом ZIP.", "Удалите из книг лишние листы и картинки."),
)
BAD_REQUEST = Explanation(
    400, "Запрос не понят", "Отправлены неверные сведения. Ничего не записано.", ("Вернитесь назад и повторите.",)
)
SERVER_ERROR = Explanation(
    500,
    "Внутренняя ошибка",
    "Действие не выполнено, прежние данные не изменены. Подробности записаны в журнал сервера.",
    ("Повторите через минуту.", "Если ошибка повторится, сообщите администратору время и адрес страницы."),
)


def explain(request: HttpRequest, explanation: Explanation, status: int | None = None) -> HttpResponse:
    """The page of an explanation; inside the frame for a signed-in person."""
    return render(request, "ui/error.html", {"explanation": explanation}, status=status or explanation.code)


def refusal_page(request: HttpRequest, refusal: RefusedError, status: int) -> HttpResponse:
    """A page with the message and the hint of a refused act; a fragment for htmx."""
    if request.headers.get("HX-Request"):
        return render(request, "ui/parts/refusal.html", {"refusal": refusal}, status=status)
    title = "Нет доступа" if status == 403 else "Действие не выполнено"
    advice = (refusal.hint,) if refusal.hint else ()
    return explain(request, Explanation(status, title, refusal.message, advice))


def closed_by_design(request: HttpRequest) -> HttpResponse:
    """Addresses of the accounts library that the product does not use."""
    return explain(request, NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; Django also sends here what is larger than its limits."""
    is_large = type(exception).__name__ in {"RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent"}
    return explain(request, TOO_LARGE if is_large else BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return explain(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return explain(request, NOT_FOUND)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A failed check of the form's token."""
    return explain(request, STALE_FORM)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the request, since anything about it may be what failed."""
    return HttpResponse(render_to_string("ui/error_500.html", {"explanation": SERVER_ERROR}), status=500)
