"""What /ui/ shows: one example of everything, in an invented town."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from samenraad.texts import Translated, TranslatedFormField
from samenraad.ui.forms import DateInput
from samenraad.ui.lemniscate import GATES, HANDOVER, MEASURES, QUESTION, Loop, Mark, step_places
from samenraad.ui.pieces import ClockRow, Figure, Part, Silence, StoryEntry

COLOURS = [
    ("paper", pgettext_lazy("colour", "ground")),
    ("surface", pgettext_lazy("colour", "fields, forms")),
    ("sunk", pgettext_lazy("colour", "foot, bands")),
    ("ink", pgettext_lazy("colour", "text")),
    ("ink-soft", pgettext_lazy("colour", "explanations")),
    ("edge", pgettext_lazy("colour", "edges of fields")),
    ("action", pgettext_lazy("colour", "doing, and what is done")),
    ("now", pgettext_lazy("colour", "now")),
    ("waiting", pgettext_lazy("colour", "waits for an answer")),
    ("adopted", pgettext_lazy("colour", "adopted")),
    ("partly", pgettext_lazy("colour", "adopted in part")),
    ("rejected", pgettext_lazy("colour", "rejected")),
    ("error", pgettext_lazy("colour", "error")),
]
#: a text as somebody might send it who wants to do harm
COMMENT = """\
# Mijn idee

Een **bank** bij de halte, want:

- mijn moeder kan niet lang staan
- de bus komt *vaak* te laat

> Dat zegt iedereen hier.

Kijk op [de foto](https://example.org/halte) of klik [hier](javascript:alert(1)) <script>alert(1)</script>
"""


class ExampleForm(forms.Form):
    errors_at_rest = True  # elsewhere the summary of errors takes the focus

    name = forms.CharField(
        label=gettext_lazy("What may we call you?"),
        help_text=gettext_lazy("Your first name is enough. You may leave this empty."),
        required=False,
    )
    street = forms.CharField(
        label=gettext_lazy("Street and number"),
        help_text=gettext_lazy("We only check whether you live in Oud-Linden."),
        error_messages={"required": gettext_lazy("Fill in your street and number. For example: Touwbaan 12.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    age = forms.ChoiceField(
        label=gettext_lazy("How old are you?"),
        choices=[
            ("12", gettext_lazy("12 to 15 years")),
            ("16", gettext_lazy("16 to 29 years")),
            ("30", gettext_lazy("30 years or older")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose your age.")},
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What do you need to take part?"),
        choices=[
            ("sitter", gettext_lazy("A sitter for my children. We pay for it.")),
            ("interpreter", gettext_lazy("An interpreter, also for sign language")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    day = forms.DateField(label=gettext_lazy("Which day suits you?"), widget=DateInput, required=False)
    district = forms.ChoiceField(
        label=gettext_lazy("Your district"),
        choices=[("oud", "Oud-Linden"), ("noord", "Noorderakker"), ("beek", "Beekdorp")],
    )
    question = TranslatedFormField(
        label=gettext_lazy("The question"),
        help_text=gettext_lazy("As residents will read it: short, without jargon."),
        max_length=200,
    )
    idea = forms.CharField(
        label=gettext_lazy("Your idea"),
        help_text=gettext_lazy("In your own words. Spelling mistakes do not matter."),
        widget=forms.Textarea,
        required=False,
    )
    photo = forms.FileField(label=gettext_lazy("A photo"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("I live in this town and I am at least 12 years old"))


def form_with_errors() -> ExampleForm:
    return ExampleForm(
        {
            "name": "Aisha",
            "needs": ["sitter"],
            "district": "oud",
            "question_nl": "Waar komt de bank?",
            "agreed": "on",
        },
        auto_id="example_%s",
    )


def process_loop() -> Loop:
    titles = [_("learning"), _("deliberation"), _("proposals")]
    *places, now = step_places(4)
    return Loop(
        marks=(
            Mark(QUESTION, label=_("the question"), passed=True),
            Mark(GATES[1], "gate", _("1 Goal"), passed=True),
            Mark(GATES[2], "gate", _("2 Room"), passed=True),
            Mark(GATES[3], "gate", _("3 Promise"), passed=True),
            Mark(GATES[4], "gate", _("4 Lottery"), passed=True),
            *(Mark(at, label=title, passed=True) for at, title in zip(places, titles, strict=True)),
            Mark(now, "here", _("Now: voting")),
            Mark(HANDOVER, label=_("hand-over")),
            Mark(GATES[5], "gate", _("5 Answer")),
            Mark(MEASURES, label=_("measures")),
            Mark(GATES[6], "gate", _("6 Feedback")),
        ),
        done_to=now,
        title=_("Where we are on the loop"),
        description=_(
            "The loop has six gates. Four are passed: goal, room, promise and lottery. We are at the voting now. "
            "After that come the hand-over, the answer, the measures and the feedback."
        ),
    )


def town_loop() -> Loop:
    marks = [
        (37, "here", _("Street: signing up")),
        (58.5, "here", _("Oud-Linden: choosing")),
        (64.5, "here", _("Centre: voting")),
        (65.5, "here", _("Library: voting")),
        (83.5, "late", _("Playgrounds: 12 days late")),
        (89.5, "here", _("Climate: carrying out")),
        (97.5, "here", _("Beekdorp: telling")),
    ]
    return Loop(
        marks=tuple(Mark(at, kind, label) for at, kind, label in marks),
        done_to=100,
        title=_("Who is to move now"),
        description=_("Seven processes on one loop. Below, each process stands in words."),
    )


def story(today: date) -> list[StoryEntry]:
    return [
        StoryEntry(
            _("412 residents ask for a quieter centre"),
            today - timedelta(days=340),
            text=_("Aisha's petition found enough signatures in three weeks."),
        ),
        StoryEntry(_("The goal is clear"), today - timedelta(days=263), gate=1),
        StoryEntry(
            _("The council makes a promise"),
            today - timedelta(days=179),
            gate=3,
            href="#",
            link=_("Read the promise"),
        ),
        StoryEntry(
            _("all residents vote"),
            today - timedelta(days=14),
            until=today + timedelta(days=6),
            state="now",
            text=_("7,906 votes have come in so far. The standing stays closed until the vote closes."),
        ),
        StoryEntry(_("Hand-over to the council"), today + timedelta(days=17), state="later"),
        StoryEntry(_("An answer to every proposal"), today + timedelta(days=87), gate=5, state="later"),
        StoryEntry(_("Measures"), moment=_("after the summer"), state="later"),
    ]


def answers() -> list[Part]:
    return [
        Part(_("adopted"), 40, "adopted"),
        Part(_("adopted in part"), 12, "partly"),
        Part(_("rejected"), 8, "rejected"),
        Part(pgettext("answer", "forwarded"), 2, "forwarded"),
    ]


def clocks(today: date) -> tuple[list[ClockRow], list[Silence]]:
    def day(days: int) -> date:
        return today + timedelta(days=days)

    rows = [
        ClockRow(_("Playgrounds Noorderakker"), day(-96), day(-12), "late", _("promised 12 days ago")),
        ClockRow(_("Centre: voting"), day(-14), day(6), "now", _("closes in 6 days")),
        ClockRow(_("Centre: answer of the council"), day(17), day(87), "waiting", _("10 weeks")),
        ClockRow(_("Oud-Linden: choosing"), day(0), day(20), "now"),
        ClockRow(_("Street: signing up for the lottery"), day(-7), day(16), "waiting", _("the draw is in 24 days")),
    ]
    return rows, [Silence(_("Provincial elections"), day(1), day(9))]


def context(today: date) -> dict[str, Any]:
    rows, silent = clocks(today)
    return {
        "today": today,
        "colours": COLOURS,
        "comment": COMMENT,
        "question": Translated({"nl": "Hoe maken we het centrum groener en rustiger?"}),
        "form": form_with_errors(),
        "loop": process_loop(),
        "town_marks": town_loop(),
        "story": story(today),
        "answers": answers(),
        "figures": [
            Figure(62, _("recommendations of 150 residents drawn by lot")),
            *(Figure(part.count, part.label, part.state) for part in answers()[:3]),
            Figure(0, _("without an answer"), note=_("2 go to the province")),
        ],
        "opinions": [
            Part(pgettext("opinion", "strongly for"), 3009),
            Part(pgettext("opinion", "for"), 2364),
            Part(pgettext("opinion", "against"), 1003),
            Part(pgettext("opinion", "strongly against"), 788),
        ],
        "interval": (0.521, 0.753),
        "marks_interval": (5.8, 6.4),
        "clock_rows": rows,
        "silent": silent,
        "last_day": today + timedelta(days=6),
        "late_day": today - timedelta(days=12),
        "digest": "7c1e09b452fad3e8a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d44b96a1f7",
        "many": range(1, 188),
    }
