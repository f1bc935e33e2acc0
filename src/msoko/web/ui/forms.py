"""Forms of sign-in as we show them."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Labels stand above the fields; a forgotten password is renewed by the administrator, not by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Имя для входа"
        self.fields["password"].help_text = ""
        self.fields["remember"].label = "Запомнить на этом компьютере"
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
