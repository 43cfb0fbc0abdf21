"""Signing in and passwords: the forms of allauth in our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from samenraad.people.actions import account_for
from samenraad.people.models import Account

EMAIL = {"autocomplete": "email", "inputmode": "email"}


def email_field(**kwargs: Any) -> forms.EmailField:
    kwargs.setdefault("label", _("Your e-mail address"))
    return forms.EmailField(max_length=254, widget=forms.EmailInput(attrs=EMAIL), **kwargs)


class CodeForm(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]
    """An e-mail address, to which a code goes."""

    email = email_field()

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self._user: Account | None = account_for(email)
        return email


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """An e-mail address is enough: a code follows. Staff may give their password instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()

    def _setup_password_field(self) -> None:
        """Never obligatory, always there."""
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            required=False,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )

    def _clean_without_password(self, email: str | None, phone: str | None) -> dict[str, Any]:
        form = CodeForm({"email": email})
        if form.is_valid():
            self.user = form._user
        for error in form.errors.get("email", []):
            self.add_error("login", error)
        data: dict[str, Any] = self.cleaned_data
        return data


def _code_field(label: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "size": "8"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs))


class ConfirmCodeForm(allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    code = _code_field(_("The code from the e-mail"))


class ConfirmEmailForm(allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    code = _code_field(_("The code from the e-mail"))


class Plain:
    """Our own labels and help on the forms of allauth, and no grey examples inside the fields."""

    labels: dict[str, Any] = {}
    help: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help.get(name, "")


NEW_PASSWORD = {
    "labels": {"password1": _("New password"), "password2": _("New password once more")},
    "help": {"password1": _("At least 12 characters. A few words in a row are easy to remember.")},
}


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    labels = NEW_PASSWORD["labels"] | {"oldpassword": _("Your present password")}
    help = NEW_PASSWORD["help"]


class SetPasswordForm(Plain, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    labels, help = NEW_PASSWORD["labels"], NEW_PASSWORD["help"]


class ResetPasswordKeyForm(Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    labels, help = NEW_PASSWORD["labels"], NEW_PASSWORD["help"]


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": _("Your e-mail address")}


class AddEmailForm(Plain, allauth_forms.AddEmailForm):  # type: ignore[misc]
    labels = {"email": _("Your new e-mail address")}


class ReauthenticateForm(Plain, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Your password")}
