"""`samenraad add-staff E-MAIL`: an account with a role, for instance the very first officer."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samenraad.people.actions import add_staff
from samenraad.people.models import Role


class Command(BaseCommand):
    help = "Make an account with a role. Asks for a password, unless they will sign in with a code by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=Role.Kind.values, default=Role.Kind.OFFICER)
        parser.add_argument("--scope", default="", help="one process only, for example process:3")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        way.add_argument("--no-password", action="store_true", help="sign in with a code by e-mail")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            person = add_staff(
                email=options["email"],
                name=options["name"],
                word=options["role"],
                scope=options["scope"],
                password=_password(options),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        role = Role.Kind(options["role"]).label
        self.stdout.write(_("{email} can sign in now, as {role}.").format(email=person.email, role=role))


def _password(options: dict[str, Any]) -> str | None:
    """From a pipe, typed twice, or none."""
    if options["no_password"]:
        return None
    if options["password_stdin"]:
        return sys.stdin.readline().rstrip("\n")
    password = getpass(_("Password: "))
    if password != getpass(_("Once more: ")):
        raise CommandError(_("These are two different passwords. Nothing was changed."))
    return password
