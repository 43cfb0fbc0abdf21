"""What is drawn, by which rules, and what is asked of and offered to who is drawn."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenraad.processes.models import Step
from samenraad.questionnaires.models import Question, Questionnaire
from samenraad.texts import TranslatedField


class Lot(models.Model):
    """The plan of one lot. Its rules (seats, groups, limits, the kind of chance) freeze on one day, in public."""

    class Chance(models.TextChoices):
        DICE = "dice", _("dice")
        PHRASE = "phrase", _("phrases that people say")
        BEACON = "beacon", _("a public source of randomness")

    class Equal(models.TextChoices):
        PEOPLE = "people", _("every person the same chance of a letter")
        HOMES = "homes", _("every address the same chance of a letter")

    step = models.OneToOneField(Step, models.CASCADE, primary_key=True, related_name="lot")
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(_("lowest age"), default=16)
    age_on = models.DateField(_("age on this day"), null=True, blank=True)
    one_per_address = models.BooleanField(_("at most one letter to an address, one seat for an address"), default=True)
    equal = models.CharField(_("whose chances are equal"), max_length=8, choices=Equal, default=Equal.PEOPLE)
    chance = models.CharField(_("what decides"), max_length=8, choices=Chance, default=Chance.DICE)
    beacon_source = models.CharField(_("which public source"), max_length=40, blank=True)
    beacon_round = models.PositiveBigIntegerField(_("which round of it"), null=True, blank=True)
    draw_at = models.DateTimeField(_("moment of the draw"), null=True, blank=True)
    draw_where = models.CharField(_("where the draw is held"), max_length=160, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours asked in all"), null=True, blank=True)
    sessions = TranslatedField(_("when and how often"), blank=True, default=dict, long=True)
    allowance = TranslatedField(_("allowance"), blank=True, default=dict)
    support = TranslatedField(_("what we arrange, such as childcare and transport"), blank=True, default=dict)
    opening = TranslatedField(
        _("first paragraph of the letter"), blank=True, default=dict, long=True, help_text=_("empty: our own words")
    )
    signed = models.CharField(_("who signs the letter"), max_length=160, blank=True, help_text=_("name, function"))
    phone = models.CharField(_("phone number for this lot"), max_length=32, blank=True)
    reply_address = models.CharField(_("where the reply card goes"), max_length=240, blank=True)
    second_language = models.CharField(_("language on the back of the letter"), max_length=8, blank=True)
    questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questions to who says yes"),
    )
    substitutes = models.PositiveSmallIntegerField(
        _("substitutes"), null=True, blank=True, help_text=_("empty: a third of the seats")
    )
    replace_until = models.PositiveSmallIntegerField(_("last session after which an empty seat is filled"), default=2)
    term_months = models.PositiveSmallIntegerField(_("months that a member stays"), null=True, blank=True)
    keep_until = models.DateField(_("day on which addresses are destroyed"), null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    rules = models.JSONField(default=dict, blank=True, help_text="the rules as they were frozen and published")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the frozen rules")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_at=None) | (~Q(digest="") & Q(seats__gte=1)), name="frozen_rules_are_hashed"
            ),
            models.CheckConstraint(
                condition=~Q(chance="beacon") | Q(frozen_at=None) | (~Q(beacon_source="") & Q(beacon_round__gte=1)),
                name="a_beacon_is_named_before",
            ),
        ]

    def __str__(self) -> str:
        return str(self.step)

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class Dimension(models.Model):
    """One way in which the panel must look like the town: age, neighbourhood, education."""

    class Source(models.TextChoices):
        REGISTER = "register", _("the register")
        QUESTION = "question", _("a question to who says yes")

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="dimensions")
    key = models.SlugField(max_length=40)
    label = TranslatedField(_("what it is called"))
    source = models.CharField(_("where we know it from"), max_length=10, choices=Source, default=Source.REGISTER)
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("which question")
    )
    has_quotas = models.BooleanField(
        _("decides the draw"), default=True, help_text=_("otherwise it is measured and published only")
    )
    position = models.PositiveSmallIntegerField(default=0)
    figures_source = models.CharField(_("source of the figures"), max_length=240, blank=True)
    figures_date = models.DateField(_("day of the figures"), null=True, blank=True)

    class Meta:
        ordering = ["lot", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "key"], name="one_dimension_per_key"),
            models.CheckConstraint(
                condition=~Q(source="question") | Q(question__isnull=False), name="a_question_is_named"
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)


class Value(models.Model):
    """One group within a dimension: how many live here, how many sit, and what is done to reach them."""

    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="values")
    key = models.CharField(max_length=80, help_text="as it stands in the pool, and as the question calls its option")
    label = TranslatedField(_("group"))
    lowest_age = models.PositiveSmallIntegerField(_("from this age"), null=True, blank=True)
    people = models.PositiveIntegerField(_("people in the town"), null=True, blank=True)
    least = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    rate = models.FloatField(_("part that says yes"), null=True, blank=True)
    factor = models.FloatField(_("letters, times their share"), default=1.0)
    factor_reason = models.CharField(_("why more letters"), max_length=240, blank=True)
    tried = models.TextField(_("what was tried to reach them"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["dimension", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "key"], name="one_group_per_key"),
            models.CheckConstraint(
                condition=Q(least=None, most=None) | Q(least__lte=F("most")), name="a_quota_has_two_ends"
            ),
            models.CheckConstraint(condition=Q(factor__gt=0), name="a_factor_is_above_zero"),
            models.CheckConstraint(
                condition=Q(factor=1) | ~Q(factor_reason=""), name="over_sampling_has_a_public_reason"
            ),
            models.CheckConstraint(
                condition=Q(rate=None) | Q(rate__gt=0, rate__lte=1), name="a_rate_lies_between_zero_and_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)
