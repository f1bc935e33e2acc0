"""`msoko init`: an empty installation made ready for its first person."""

from __future__ import annotations

from msoko.cli.screen import say
from msoko.cli.server import migrate


def init(host: str, port: int) -> None:
    """Bring the database up and say where the first run goes on, with the code that opens it.

    Repeated before the first run it prints the same code; afterwards it only says where to sign in.
    """
    migrate()
    from django.conf import settings  # noqa: PLC0415 -- app ready
    from django.urls import reverse  # noqa: PLC0415 -- app ready

    from msoko.foundation.orgs.api import is_empty  # noqa: PLC0415 -- app ready
    from msoko.foundation.roster.api import issue_first_run_code  # noqa: PLC0415 -- app ready

    address = f"http://{host}:{port}"
    say(f"База данных готова, данные хранятся в папке {settings.HOME}")
    if not is_empty():
        say(f"Организации уже заведены, первый запуск не нужен. Вход: {address}{reverse('account_login')}")
        return
    code = issue_first_run_code(settings.HOME / "keys")
    say(f"Откройте систему командой: msoko serve --host {host} --port {port}")
    say(f"Страница первого запуска: {address}{reverse('office:first_run')}")
    say(f"Код первого запуска: {code}")
