"""Who: places and the people in them, with or without account and e-mail."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """The way by which somebody takes part or is told. A first-class field everywhere."""

    WEB = "web", _("website")
    PAPER = "paper", _("paper")
    PHONE = "phone", _("phone")
    STREET = "street", _("on the street")
    MEETING = "meeting", _("at a meeting")


class Place(models.Model):
    """A town, its districts, their neighbourhoods."""

    class Kind(models.TextChoices):
        TOWN = "town", _("town")
        DISTRICT = "district", _("district")
        NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=16, choices=Kind)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="town", parent=None) | (~Q(kind="town") & Q(parent__isnull=False)),
                name="only_a_town_stands_at_the_top",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Town(models.Model):
    """The town as its residents meet it: name, phone number, own words. One per installation."""

    place = models.OneToOneField(Place, models.PROTECT)
    slogan = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    hours = models.CharField(max_length=160, blank=True, help_text=_("when the phone is answered"))
    email = models.EmailField(blank=True)
    street = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, default="NL")
    website = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.place.name


class Word(models.Model):
    """A label in this town's own words: Bürgerrat instead of citizens' assembly."""

    term = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=120)

    class Meta:
        ordering = ["term", "language"]
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="one_word_per_term_and_language")]

    def __str__(self) -> str:
        return f"{self.term} ({self.language}): {self.text}"


class Population(models.Model):
    """How many people with this value live here: imported reference figures, never invented."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="population")
    dimension = models.CharField(max_length=60)
    value = models.CharField(max_length=120)
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=240)
    date = models.DateField()

    class Meta:
        ordering = ["place", "dimension", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "dimension", "value", "date"], name="one_count_per_place_value_and_date"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_figure_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.dimension} {self.value}: {self.count}"


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """A way to sign in. A person may have none."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return self.email


def new_pseudonym() -> str:
    """Unlinkable without this table: random, and replaced when the person is forgotten."""
    return secrets.token_hex(16)


class Person(models.Model):
    """Somebody. Everything that says who can be emptied; that they took part remains."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    pseudonym = models.CharField(max_length=64, unique=True, default=new_pseudonym)
    name = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    street = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    city = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=8, default="nl")
    prefers = models.CharField(
        max_length=16,
        choices=Channel,
        blank=True,
        help_text=_("how this person wants to be told; empty: as they took part"),
    )
    show_name = models.BooleanField(default=False, help_text=_("print my name with what I wrote"))
    made_at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=Q(forgotten_at=None)
                | Q(name="", email="", phone="", street="", postcode="", city="", account=None, place=None),
                name="a_forgotten_person_is_empty",
            )
        ]

    def __str__(self) -> str:
        return self.name or str(_("a resident"))

    @property
    def has_address(self) -> bool:
        return bool(self.street and self.postcode and self.city)


class AccessCode(models.Model):
    """The code in a letter: with it a person acts without an account. Only its keyed digest is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=80, blank=True, help_text="what the letter was about, e.g. process:3")
    leads_to = models.CharField(max_length=160, blank=True, help_text="the page it opens; empty: the person's own page")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"code {self.pk}"


class FailedCode(models.Model):
    """A wrong code, to slow down who tries many. The address is a keyed digest and goes after a day."""

    source = models.CharField(max_length=64, db_index=True)
    moment = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"wrong code {self.pk}"


class Role(models.Model):
    """What a person may do, in one process (`scope="process:3"`) or, with an empty scope, in the whole town."""

    class Kind(models.TextChoices):
        OFFICER = "officer", pgettext_lazy("role", "participation officer")
        MODERATOR = "moderator", pgettext_lazy("role", "moderator")
        COUNCILLOR = "councillor", pgettext_lazy("role", "councillor")
        OWNER = "owner", pgettext_lazy("role", "owner of measures")
        SECRETARY = "secretary", pgettext_lazy("role", "secretariat")
        EVALUATOR = "evaluator", pgettext_lazy("role", "evaluator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    word = models.CharField(max_length=20, choices=Kind)
    scope = models.CharField(max_length=40, blank=True)
    since = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["person", "word"]
        constraints = [models.UniqueConstraint(fields=["person", "word", "scope"], name="a_role_is_given_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_word_display()} {self.scope}".strip()


class Body(models.Model):
    """A group that meets, advises or decides: council, panel, commission, theme table, jury."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("municipal council")
        EXECUTIVE = "executive", _("executive")
        PANEL = "panel", _("citizens' panel")
        COMMISSION = "commission", _("commission")
        TABLE = "table", _("theme table")
        OTHER = "other", _("other group")

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=16, choices=Kind)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True)
    seats = models.JSONField(default=dict, blank=True, help_text='seats per class: {"citizen": 45, "politician": 15}')
    email = models.EmailField(blank=True, help_text=_("the secretariat that passes messages on"))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class SeatClass(models.TextChoices):
    """Kinds of seats that many groups have. A group may have others, under its own name."""

    CITIZEN = "citizen", pgettext_lazy("seat", "resident")
    POLITICIAN = "politician", pgettext_lazy("seat", "politician")
    EXPERT = "expert", pgettext_lazy("seat", "expert")
    OFFICIAL = "official", pgettext_lazy("seat", "civil servant")
    ORGANISATION = "organisation", pgettext_lazy("seat", "organisation")


def seat_label(seat_class: str) -> str:
    return str(dict(SeatClass.choices).get(seat_class, seat_class))


class Membership(models.Model):
    """From invitation to the end: each state with its date."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("membership", "invited")
        ACCEPTED = "accepted", pgettext_lazy("membership", "said yes")
        DRAWN = "drawn", pgettext_lazy("membership", "drawn")
        MEMBER = "member", pgettext_lazy("membership", "member")
        COMPLETED = "completed", pgettext_lazy("membership", "completed")
        DECLINED = "declined", pgettext_lazy("membership", "said no")
        WITHDRAWN = "withdrawn", pgettext_lazy("membership", "withdrew")
        SUBSTITUTE = "substitute", pgettext_lazy("membership", "substitute")

    body = models.ForeignKey(Body, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    seat_class = models.CharField(max_length=40, default="citizen")
    state = models.CharField(max_length=16, choices=State, default=State.MEMBER)
    chair = models.BooleanField(default=False)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["body", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person"], condition=Q(until=None), name="one_running_membership_per_body"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="a_membership_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.body}: {self.get_state_display()}"

    @property
    def seat(self) -> str:
        return seat_label(self.seat_class)


class Register(models.Model):
    """An extract of addresses or people for one purpose, with the day on which it is destroyed."""

    purpose = models.CharField(max_length=240)
    source = models.CharField(max_length=240)
    made_at = models.DateTimeField(default=timezone.now)
    destroy_on = models.DateField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="a_register_has_a_purpose")]

    def __str__(self) -> str:
        return self.purpose


class RegisterEntry(models.Model):
    register = models.ForeignKey(Register, models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "register entries"
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="one_entry_per_key_in_a_register")]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.key}"
