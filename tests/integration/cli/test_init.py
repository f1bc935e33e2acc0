"""An empty installation as its first person meets it: `msoko init`, `msoko serve`, the page of the first run."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.cli.serving import Visitor, serving

CODE = re.compile(r"Код первого запуска: ((?:[0-9A-F]{4}-){3}[0-9A-F]{4})\n")
FOUNDING = {
    "region": "Заречная область", "municipality": "Заречный округ", "authority": "УО Заречного округа",
    "last_name": "Полевая", "first_name": "Ирина", "username": "polevaya",
    "password": "клевер-у-реки-19", "password_again": "клевер-у-реки-19",
}  # fmt: skip


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Only what the commands need: an empty home, the default database, no demonstration."""
    dropped = {"DATABASE_URL", "MSOKO_DEMO", "MSOKO_ALLOWED_HOSTS", "MSOKO_TLS"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "MSOKO_HOME": str(tmp_path / "данные")}


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def init(environment: dict[str, str], port: int) -> str:
    command = [sys.executable, "-m", "msoko.cli.main", "init", "--port", str(port)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_init_makes_the_database_and_prints_address_and_code(environment: dict[str, str], port: int):
    shown = init(environment, port)
    home = Path(environment["MSOKO_HOME"])
    assert f"http://127.0.0.1:{port}/first-run/\n" in shown
    (code,) = CODE.findall(shown)
    assert (home / "keys" / "first-run.code").read_text() == code
    assert (home / "keys" / "first-run.code").stat().st_mode & 0o077 == 0
    assert (home / "msoko.sqlite3").exists()
    assert CODE.findall(init(environment, port)) == [code], "repeated, it prints the same code"


def test_first_run_opens_with_the_code_and_closes_behind_the_first_person(environment: dict[str, str], port: int):
    (code,) = CODE.findall(init(environment, port))
    with serving(environment, port) as address:
        visitor = Visitor(address)
        assert "/first-run/" in visitor.get("/accounts/login/")[1]
        status, page = visitor.get("/first-run/")
        assert (status, "<h1>Первый запуск</h1>" in page) == (200, True)
        assert "Код не подходит" in visitor.post("/first-run/", {**FOUNDING, "code": "0000-0000-0000-0000"})[1]
        status, page = visitor.post("/first-run/", {**FOUNDING, "code": code})
        assert (status, "Система готова к работе" in page) == (200, True)
        assert visitor.get("/first-run/")[0] == 404
    assert "первый запуск не нужен" in init(environment, port)
    assert not (Path(environment["MSOKO_HOME"]) / "keys" / "first-run.code").exists()


def test_forms_are_accepted_behind_a_web_server_that_ends_tls(environment: dict[str, str], port: int):
    with serving({**environment, "MSOKO_TLS": "1"}, port) as address:
        visitor = Visitor(address, {"Origin": address.replace("http:", "https:")})
        visitor.get("/accounts/login/")
        (cookie,) = [cookie for cookie in visitor.cookies if cookie.name == "csrftoken"]
        assert cookie.secure
        status, page = visitor.post("/accounts/login/", {"login": "nobody", "password": "неверный пароль"})
        assert (status, 'name="login"' in page) == (200, True)
