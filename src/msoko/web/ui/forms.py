"""Forms of sign-in as we show them: labels above fields; a forgotten password is renewed by the administrator."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms


def _plain(fields: dict[str, forms.Field]) -> None:
    """No placeholder repeats a label, no link leads to a renewal by mail."""
    for name, field in fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in {"password", "oldpassword"}:
            field.help_text = ""


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Имя для входа"
        self.fields["remember"].label = "Запомнить на этом компьютере"
        _plain(self.fields)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields)


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields)
