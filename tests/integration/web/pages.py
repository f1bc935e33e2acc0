"""What the tests of pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from msoko.foundation.access.api import User


def client_of(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def queries(visit: Callable[[], Any]) -> int:
    """How many queries a visit takes."""
    with CaptureQueriesContext(connection) as caught:
        assert visit().status_code == 200
    return len(caught)
