"""How accounts come into being: with a one-time code by e-mail, and with a person behind each."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from samenraad.people import sessions
from samenraad.people.access import is_staff
from samenraad.people.actions import link_account, person_for
from samenraad.people.models import Account, Person, Town


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account has been closed. Call us if that is a mistake."),
        "duplicate_email": _("You use this e-mail address already."),
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "email_taken": _("Somebody else uses this e-mail address already."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This is not the code we sent. Look again, or ask for a new one."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link has been used already, or is too old. Ask for a new one."),
        "invalid_login": _("Fill in your e-mail address."),
        "invalid_password_reset": _("This link has been used already, or is too old. Ask for a new one."),
        "rate_limited": _("That is too often in a short time. Wait a minute and try again."),
        "same_as_current": _("This is the same e-mail address as before."),
        "too_many_login_attempts": _("That went wrong too often. Wait a few minutes and ask for a new code."),
        "unknown_email": _("We do not know this e-mail address."),
        "unverified_primary_email": _("First give the code that we sent to your e-mail address."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> NoReturn:
        """Signing in and signing up are one page: whoever proves an e-mail address is in."""
        login = redirect("account_login")
        if following := self._next(request):
            login["Location"] += f"?{following}"
        raise ImmediateHttpResponse(login)

    def _next(self, request: HttpRequest) -> str:
        following = request.GET.copy()
        for name in set(following) - {"next"}:
            del following[name]
        return following.urlencode()

    def login(self, request: HttpRequest, user: Account) -> None:
        """Signed in: from here on there is a person. Who came with a letter and asked to keep it, keeps it."""
        kept = sessions.kept_person(request, user.email)
        super().login(request, user)
        sessions.close_letter(request)
        known = Person.objects.filter(account=user).exists()
        if kept and not known:
            link_account(person=kept, account=user)
        person_for(user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever works here starts at the desk, everybody else at their own part."""
        person = Person.objects.filter(account_id=request.user.pk or 0).first()
        for page in (["processes:desk"] if is_staff(person) else []) + ["followup:my_part", "site:home"]:
            try:
                return reverse(page)
            except NoReverseMatch:
                continue
        return "/"

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A proven new address is the person's address too."""
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            Person.objects.filter(account=email_address.user_id).update(email=email_address.email)
        return confirmed

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail names the town, as its residents know it."""
        town = Town.objects.select_related("place").first()
        super().send_mail(template_prefix, email, {**context, "town": town})
