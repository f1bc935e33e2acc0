"""Errors that a person can mend: each carries a Russian message and a hint what to do."""

from __future__ import annotations


class RefusedError(Exception):
    """The act cannot be done; `message` says why, `hint` how to mend it. Shown to the person as it is."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ForbiddenError(RefusedError):
    """The person may not do or see this."""

    def __init__(self, message: str = "У вас нет права на это действие.", hint: str = "") -> None:
        super().__init__(message, hint or "Обратитесь к администратору своей организации.")
