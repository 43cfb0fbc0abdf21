"""The field's words, and the town's own in their place."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samenraad.people.models import Word

TERMS = {
    "process": _("process"),
    "processes": _("processes"),
    "step": _("step"),
    "idea": _("idea"),
    "ideas": _("ideas"),
    "proposal": _("proposal"),
    "proposals": _("proposals"),
    "recommendation": _("recommendation"),
    "recommendations": _("recommendations"),
    "promise": _("promise"),
    "answer": _("answer"),
    "answers": _("answers"),
    "measure": _("measure"),
    "measures": _("measures"),
    "feedback": _("feedback"),
    "council": _("municipal council"),
    "executive": _("executive"),
    "alderman": _("alderman"),
    "participation_officer": _("participation officer"),
    "room_for_influence": _("room for influence"),
    "handover": _("hand-over"),
}


class Words(dict[str, str]):
    """`words.promise` in a template: the town's own word, else the house's."""

    @classmethod
    def load(cls) -> Words:
        language = get_language() or "nl"
        chain = (language.split("-")[0], language)  # the more precise one wins
        own = {word.term: word.text for code in dict.fromkeys(chain) for word in Word.objects.filter(language=code)}
        return cls({**{term: str(label) for term, label in TERMS.items()}, **own})
