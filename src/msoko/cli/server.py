"""Serving on one PC: the web process with the worker as its child, restarted when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType
from typing import Any

from msoko.cli.django import setup

STOP_TIMEOUT = 10.0  # seconds that the worker gets to finish its progress write


class WorkerProcess:
    """The worker as a child process. A killed worker is started again; its job is recovered by the queue."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, daemon=True, name="worker-watch")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        process = self._process
        if process and process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen([sys.executable, "-m", "msoko.cli.main", "worker"])
            self._process.wait()
            if not self._stopping.wait(1.0):
                sys.stderr.write("Фоновый процесс остановился и запущен снова.\n")


def migrate() -> None:
    """Bring the database to the current structure."""
    setup()
    from django.core.management import call_command  # noqa: PLC0415 -- slow import

    call_command("migrate", interactive=False, verbosity=0)


def serve(host: str, port: int, threads: int = 8) -> None:
    """Serve until interrupted."""
    migrate()
    import waitress  # noqa: PLC0415 -- slow import
    from django.conf import settings  # noqa: PLC0415 -- app ready

    from msoko.config.wsgi import application  # noqa: PLC0415 -- app ready

    worker = WorkerProcess()
    worker.start()
    signal.signal(signal.SIGTERM, _interrupt)
    sys.stderr.write(f"МСОКО открыта по адресу http://{host}:{port}/ (остановить: Ctrl+C)\n")
    try:
        waitress.serve(
            application,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_body_size=2 * 1024**3,
            channel_timeout=600,
            _quiet=True,
            **_proxy(is_behind_tls=settings.ENVIRONMENT.is_behind_tls),
        )
    except KeyboardInterrupt:
        pass
    finally:
        worker.stop()


def _proxy(*, is_behind_tls: bool) -> dict[str, Any]:
    """Behind a web server that ends TLS requests are secure; one on this machine tells the address of the visitor."""
    if not is_behind_tls:
        return {}
    return {"url_scheme": "https", "trusted_proxy": "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-for"}}


def work() -> None:
    """Consume jobs until told to stop; stops by itself when its parent is gone."""
    setup()
    from msoko.cycle.collection.api import sweep  # noqa: PLC0415 -- app ready
    from msoko.cycle.planning.api import remind_people, sweep_evidence  # noqa: PLC0415 -- app ready
    from msoko.foundation.jobs.api import serve as consume  # noqa: PLC0415 -- app ready

    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    parent = os.getppid()
    started = time.monotonic()

    def should_stop() -> bool:
        orphaned = os.getppid() != parent and time.monotonic() - started > 1
        return stopping.is_set() or orphaned

    consume(should_stop=should_stop, daily=[sweep, sweep_evidence], hourly=[remind_people])


def remind_now() -> None:
    """Reminders and letters of today at once: for a scheduler of the system, where no worker runs."""
    setup()
    from msoko.cycle.planning.api import remind_people  # noqa: PLC0415 -- app ready
    from msoko.foundation.jobs.api import run_all  # noqa: PLC0415 -- app ready

    made = remind_people()
    run_all()
    sys.stderr.write(f"Напоминаний: {made['reminders']}, писем: {made['letters']}\n")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
