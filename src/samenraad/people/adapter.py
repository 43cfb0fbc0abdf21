"""How accounts come into being: with a one-time code by e-mail, and with a person behind each."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from samenraad.people.models import Account, Person


class Adapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            Person.objects.get_or_create(account=user, defaults={"email": user.email})
        return user
