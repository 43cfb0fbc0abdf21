"""Forms of the desk: roles, groups, the town and its words."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samenraad.people import queries, rules
from samenraad.people.models import Body, Membership, Person, Role, SeatClass, Town, Word, seat_label
from samenraad.people.words import TERMS

EMAIL = forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"})

#: what each role may do, for who gives it
MEANING = {
    Role.Kind.OFFICER: _("prepares and runs processes, writes down what happens, sees who takes part"),
    Role.Kind.MODERATOR: _("hides what is not allowed, with a reason that the writer gets to read"),
    Role.Kind.COUNCILLOR: _("answers proposals on behalf of the council or the executive"),
    Role.Kind.OWNER: _("keeps the measures up to date that were promised"),
    Role.Kind.SECRETARY: _("prepares meetings and letters, keys in paper forms"),
    Role.Kind.EVALUATOR: _("sees figures and evaluations, changes nothing"),
}


class SomebodyForm(forms.Form):
    """A person: by e-mail address, or new by name."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254, widget=EMAIL)
    name = forms.CharField(
        label=_("Name"), max_length=160, required=False, help_text=_("Only needed if we do not know this person yet.")
    )

    def known(self) -> Person | None:
        """Who has this address already."""
        email = self.cleaned_data.get("email")
        people = Person.objects.filter(forgotten_at=None)
        return (
            (people.filter(account__email__iexact=email) or people.filter(email__iexact=email)).first()
            if email
            else None
        )


class RoleForm(SomebodyForm):
    TOWN = "town"

    word = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    scope = forms.ChoiceField(label=_("Where"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = [(kind, f"{kind.label}: {MEANING[kind]}") for kind in Role.Kind]  # type: ignore[attr-defined]
        choices = [(scope or self.TOWN, name) for scope, name in queries.scope_choices()]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]

    def clean_scope(self) -> str:
        scope: str = self.cleaned_data["scope"]
        return "" if scope == self.TOWN else scope

    def in_words(self) -> dict[str, Any]:
        """What is about to happen, for the page that asks whether one is sure."""
        kind = Role.Kind(self.cleaned_data["word"])
        known = self.known()
        return {
            "who": (known.name if known else self.cleaned_data["name"]) or self.cleaned_data["email"],
            "email": self.cleaned_data["email"],
            "is_new": known is None,
            "role": kind.label,
            "meaning": MEANING[kind],
            "where": queries.scope_name(self.cleaned_data["scope"]),
        }


class MemberForm(SomebodyForm):
    seat_class = forms.ChoiceField(label=_("Seat"))
    state = forms.ChoiceField(label=_("Begins as"), widget=forms.RadioSelect, initial=Membership.State.MEMBER)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["name"].help_text = _("Somebody without e-mail can be a member too: then fill in the name.")
        classes = body.seats or {"citizen": None, "politician": None}
        self.fields["seat_class"].choices = [(name, seat_label(name)) for name in classes]  # type: ignore[attr-defined]
        self.fields["state"].choices = [(state, Membership.State(state).label) for state in rules.FIRST]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("email") or data.get("name")):
            self.add_error("name", _("Fill in a name or an e-mail address."))
        return data


class MoveForm(forms.Form):
    choice = forms.ChoiceField(label=_("What has changed?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [] if membership.until else [(s, Membership.State(s).label) for s in rules.NEXT[membership.state]]
        if membership.state == Membership.State.MEMBER and not membership.until:
            chair = ("no_chair", _("is no longer the chair")) if membership.chair else ("chair", _("takes the chair"))
            choices.append(chair)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]


_SEATS = re.compile(r"\s*([^\W\d_].{0,39}?)\s*(?:[:=]\s*|\s)(\d{1,5})\s*")


class SeatsField(forms.CharField):
    """Seats per kind, one on each line: "resident: 45"."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Seats"))
        kwargs.setdefault(
            "help_text", _("One kind on each line, for example “resident: 45”. Empty: seats are not counted.")
        )
        super().__init__(required=False, max_length=2000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{seat_label(name)}: {seats}" for name, seats in value.items())
        return value

    def clean(self, value: Any) -> dict[str, int]:
        seats: dict[str, int] = {}
        for line in filter(str.strip, super().clean(value).splitlines()):
            found = _SEATS.fullmatch(line)
            if not found:
                raise forms.ValidationError(
                    _("Write it as “resident: 45”. This line is different: %(line)s"), params={"line": line}
                )
            name = _seat_class(found[1])
            if name in seats:
                raise forms.ValidationError(_("This kind stands there twice: %(line)s"), params={"line": line})
            seats[name] = int(found[2])
        return seats


def _seat_class(label: str) -> str:
    """The kind of seat behind a label that was typed in."""
    kinds = {str(kind.label).casefold(): str(kind) for kind in SeatClass}
    return kinds.get(label.casefold(), label)


class SeatsForm(forms.Form):
    seats = SeatsField()


class BodyForm(forms.ModelForm[Body]):
    seats = SeatsField()

    class Meta:
        model = Body
        fields = ["name", "kind", "place", "seats", "email"]
        labels = {
            "name": _("Name"),
            "kind": _("Kind"),
            "place": _("Place"),
            "email": _("E-mail address of the secretariat"),
        }
        help_texts = {"email": _("Who passes messages on to the group.")}


class TownForm(forms.ModelForm[Town]):
    website = forms.URLField(label=_("Website of the town"), required=False, assume_scheme="https")

    class Meta:
        model = Town
        fields = ["slogan", "phone", "hours", "email", "street", "postcode", "city", "website"]
        labels = {
            "slogan": _("Under the name of the town"),
            "phone": _("Phone number for questions"),
            "hours": _("When the phone is answered"),
            "email": _("E-mail address for questions"),
            "street": _("Street and number"),
            "postcode": _("Postcode"),
            "city": _("Town"),
        }
        help_texts = {
            "slogan": _("A few words, for example: take part, decide together."),
            "phone": _("It stands on every page, in every e-mail and in every letter."),
            "hours": _("For example: on working days from 9 to 17 o’clock."),
            "street": _("The sender’s address on letters."),
        }


class WordsForm(forms.Form):
    """For each of the house's words the town's own, in one language."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = dict(Word.objects.filter(language=language).values_list("term", "text"))
        with override(language):
            usual = {term: str(label) for term, label in TERMS.items()}
        for term, label in usual.items():
            self.fields[term] = forms.CharField(
                label=label,
                required=False,
                max_length=120,
                initial=own.get(term, ""),
                widget=forms.TextInput(attrs={"lang": language, "autocomplete": "off"}),
            )
