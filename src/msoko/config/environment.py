"""Reads the environment once and gives typed values. Nothing else in the product looks at `os.environ`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server for reminders; without `host` no letters are composed. `security`: starttls, tls or none."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


@dataclass(frozen=True, slots=True)
class Environment:
    """`home` holds everything that a backup must take: database, stored files, keys."""

    home: Path
    database_url: str
    debug: bool
    demo: bool
    allowed_hosts: tuple[str, ...]
    is_behind_tls: bool
    worker_inline: bool
    site_url: str
    mail: Mail


def read_environment() -> Environment:
    """Values from `MSOKO_*` and `DATABASE_URL`, with defaults for one PC."""
    home = Path(os.environ.get("MSOKO_HOME", "var")).resolve()
    hosts = os.environ.get("MSOKO_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
    return Environment(
        home=home,
        database_url=os.environ.get("DATABASE_URL", ""),
        debug=os.environ.get("MSOKO_DEBUG") == "1",
        demo=os.environ.get("MSOKO_DEMO") == "1",
        allowed_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        is_behind_tls=os.environ.get("MSOKO_TLS") == "1",
        worker_inline=os.environ.get("MSOKO_JOBS_INLINE") == "1",
        site_url=os.environ.get("MSOKO_SITE_URL", ""),
        mail=_mail(),
    )


def _mail() -> Mail:
    security = os.environ.get("MSOKO_SMTP_SECURITY", "starttls")
    if security not in {"starttls", "tls", "none"}:
        raise ValueError(f"MSOKO_SMTP_SECURITY: {security!r}; starttls, tls or none is expected")
    user = os.environ.get("MSOKO_SMTP_USER", "")
    return Mail(
        host=os.environ.get("MSOKO_SMTP_HOST", ""),
        port=int(os.environ.get("MSOKO_SMTP_PORT", "465" if security == "tls" else "587")),
        user=user,
        password=os.environ.get("MSOKO_SMTP_PASSWORD", ""),
        security=security,
        sender=os.environ.get("MSOKO_MAIL_FROM", user),
    )


def database(environment: Environment) -> dict[str, Any]:
    """Django's description of the database: SQLite in WAL mode by default, PostgreSQL by `DATABASE_URL`."""
    if not environment.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.home / "msoko.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                # a write transaction takes its lock at once: no «database is locked» in the middle of an act
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(environment.database_url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL: unknown scheme {parts.scheme!r}; postgresql://… is expected")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
