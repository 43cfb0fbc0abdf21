"""What is asked, what is open, what was promised, and the steps in which people take part."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenraad.cards import Instrument
from samenraad.people.models import Body, Person, Place
from samenraad.processes.shelf import shelf
from samenraad.texts import TranslatedField


class PolicyPhase(models.TextChoices):
    """The policy cycle (R153)."""

    AGENDA = "agenda", _("setting the agenda")
    PREPARATION = "preparation", _("preparing the policy")
    DECISION = "decision", _("deciding")
    EXECUTION = "execution", _("carrying it out")
    EVALUATION = "evaluation", _("evaluating")


class Rung(models.TextChoices):
    """The level of influence (R154). `inform` stands below the ladder: nothing is open."""

    INFORM = "inform", _("inform")
    LISTEN = "listen", _("listen")
    CONSULT = "consult", _("consult")
    COPRODUCE = "coproduce", _("co-produce")
    CODECIDE = "codecide", _("co-decide")
    DECIDE = "decide", _("residents decide")


class Process(models.Model):
    """One question and all that is done with it."""

    class Party(models.TextChoices):
        PUBLIC = "public", _("public authority")
        RESIDENTS = "residents", _("residents")
        NGO = "ngo", _("association or foundation")
        PRIVATE = "private", _("company")
        ACADEMIC = "academic", _("university")
        MIXED = "mixed", _("several together")

    slug = models.SlugField(max_length=80, unique=True)
    title = TranslatedField(_("short name"))
    question = TranslatedField(_("question"), blank=True)
    summary = TranslatedField(_("introduction"), long=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="processes", verbose_name=_("place"))
    policy_phase = models.CharField(
        _("policy phase"), max_length=16, choices=PolicyPhase, default=PolicyPhase.PREPARATION
    )
    rung = models.CharField(_("level of influence"), max_length=16, choices=Rung, default=Rung.CONSULT)
    initiator = models.CharField(_("who asked for it"), max_length=240, blank=True)
    initiator_kind = models.CharField(max_length=16, choices=Party, blank=True)
    commissioner = models.CharField(_("who pays for it"), max_length=240, blank=True)
    commissioner_kind = models.CharField(max_length=16, choices=Party, blank=True)
    organiser = models.CharField(_("who organises it"), max_length=240, blank=True)
    organiser_kind = models.CharField(max_length=16, choices=Party, blank=True)
    cost_cents = models.BigIntegerField(_("cost"), null=True, blank=True, help_text="in euro cents")
    contact_name = models.CharField(_("contact person"), max_length=160, blank=True)
    contact_phone = models.CharField(_("phone number of the contact person"), max_length=32, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = "processes"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(published_at__isnull=False),
                name="only_a_public_process_closes",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def thread(self) -> str:
        """Its name in the ledger, in scopes of roles and messages."""
        return f"process:{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class Goal(models.Model):
    """What we want to reach, per phase of policy, before any instrument is chosen (gate 1)."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="goals")
    policy_phase = models.CharField(_("policy phase"), max_length=16, choices=PolicyPhase)
    text = TranslatedField(_("what we want to reach"))
    measured_by = models.CharField(_("how we will know"), max_length=240, blank=True)

    class Meta:
        ordering = ["process", "id"]

    def __str__(self) -> str:
        return str(self.text)


class RoomItem(models.Model):
    """What is fixed, open or negotiable, who says so, and since when (gate 2)."""

    class Kind(models.TextChoices):
        OPEN = "open", _("open")
        NEGOTIABLE = "negotiable", _("negotiable")
        FIXED = "fixed", _("fixed")

    class Level(models.TextChoices):
        EU = "eu", _("European law")
        NATIONAL = "national", _("national law")
        REGION = "region", _("region or province")
        LOCAL = "local", _("decision of the town")
        BUDGET = "budget", _("budget")
        OTHER = "other", _("something else")

    process = models.ForeignKey(Process, models.CASCADE, related_name="room")
    kind = models.CharField(_("how open is it"), max_length=16, choices=Kind)
    text = TranslatedField(_("what it is about"))
    level = models.CharField(_("who settled it"), max_length=16, choices=Level, blank=True)
    source = models.CharField(_("source"), max_length=240, blank=True, help_text=_("a law, a decision, a document"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    settles_question = models.BooleanField(
        _("this already answers the question"),
        default=False,
        help_text=_(
            "a contract, a budget vote or a decision that leaves no choice; the level of influence becomes inform"
        ),
    )

    class Meta:
        ordering = ["process", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="fixed") | ~Q(source=""), name="what_is_fixed_names_its_source")
        ]

    def __str__(self) -> str:
        return str(self.text)


class Promise(models.Model):
    """What the answering body promises before anybody is invited (gate 3).

    Once public it is never altered (the database refuses), only succeeded by a next version.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="promises")
    version = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("who promises and answers"))
    body_name = models.CharField(max_length=160, blank=True, help_text="its name when the promise was made")
    term_days = models.PositiveSmallIntegerField(_("days to answer"))
    text = TranslatedField(_("the promise"), long=True)
    preconditions = models.JSONField(
        default=list, blank=True, help_text="list of texts per language: what meets all of them is adopted"
    )
    settled_by = models.CharField(_("how it was decided"), max_length=240, blank=True)
    question = TranslatedField(help_text="the question as it stood when the promise was made")
    room = models.JSONField(default=list, help_text="the room items as they stood when the promise was made")
    published_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["process", "version"]
        constraints = [
            models.UniqueConstraint(fields=["process", "version"], name="one_promise_per_version"),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(digest=""), name="a_public_promise_is_hashed"),
            models.CheckConstraint(condition=Q(term_days__gte=1, term_days__lte=730), name="a_promise_has_a_term"),
        ]

    def __str__(self) -> str:
        return f"{self.process} v{self.version}"


class Override(models.Model):
    """A gate passed unmet, with the reason that everybody can read."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="overrides")
    gate = models.PositiveSmallIntegerField()
    reason = models.TextField(_("public reason"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["process", "gate"]
        constraints = [
            models.UniqueConstraint(fields=["process", "gate"], name="one_override_per_gate"),
            models.CheckConstraint(condition=Q(gate__gte=1, gate__lte=6), name="there_are_six_gates"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.process}: gate {self.gate}"


class Step(models.Model):
    """One instrument at work inside a process. Its state follows from its dates, whenever it is read."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        CONCLUDED = "concluded", _("concluded")

    process = models.ForeignKey(Process, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=32)
    title = TranslatedField(_("title"))
    introduction = TranslatedField(_("introduction"), long=True, blank=True)
    opens = models.DateTimeField(_("opens"), null=True, blank=True)
    closes = models.DateTimeField(_("closes"), null=True, blank=True)
    because = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="led_to")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="steps")
    settings = models.JSONField(default=dict, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["process", F("opens").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=F("opens")),
                name="a_step_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def state_at(self, now: datetime) -> Step.State:
        if self.concluded_at:
            return self.State.CONCLUDED
        if self.opens is None or now < self.opens:
            return self.State.PLANNED
        if self.closes and now >= self.closes:
            return self.State.CLOSED
        return self.State.OPEN

    @property
    def state(self) -> Step.State:
        return self.state_at(timezone.now())

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def card(self) -> Instrument:
        """What its instrument says of itself."""
        return shelf().instrument(self.kind)
