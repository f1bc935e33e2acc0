"""The port to serve on: known to be free before anything is built or started."""

from __future__ import annotations

import errno
import socket

import typer

from msoko.cli.screen import complain

#: how far above a busy port a free one is looked for
_REACH = 50
_LAST = 65535


def require_free_port(host: str, port: int, command: str) -> None:
    """Nothing when the port is free; else says which is taken, how to choose another, and exits with 1."""
    if is_free(host, port):
        return
    other = next((one for one in range(port + 1, min(port + _REACH, _LAST)) if is_free(host, one)), 0)
    complain(f"Порт {port} на адресе {host} уже занят другой программой (возможно, МСОКО уже открыта).")
    complain(_advice(command, other or port + 1))
    raise typer.Exit(1)


def is_free(host: str, port: int) -> bool:
    """Whether a server may listen there. Troubles of another kind (no such address) are left to the server."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno != errno.EADDRINUSE
    return True


def _advice(command: str, port: int) -> str:
    advice = f"Выберите другой порт: msoko {command} --port {port}"
    return f"{advice} (или PORT={port} make demo)" if command == "demo" else advice
