"""What a vote still lacks before it can be fixed: each a refusal, which says what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils import timezone

from samenraad.instruments.preferendum.models import BALLOTS_OF, MOST_OPTIONS, MOST_RANKED, Ballot, Option, Preferendum
from samenraad.instruments.preferendum.rules.scales import LEAST_WORDS, MOST_WORDS, missing_words, said_twice
from samenraad.processes.gates import gate, passed
from samenraad.processes.models import digest_of
from samenraad.refusals import Refusal

LEAST_RATED, LEAST_OPTIONS = 3, 2


def missing(preferendum: Preferendum, options: Sequence[Option]) -> list[Refusal]:
    """In the order in which somebody would settle them. Nothing: it can be fixed."""
    return [
        *_about_gates(preferendum),
        *_about_rules(preferendum),
        *_about_words(preferendum),
        *_about_options(preferendum, options),
        *_about_dates(preferendum),
        *_about_publicity(preferendum),
    ]


def _about_gates(preferendum: Preferendum) -> Iterator[Refusal]:
    """Goal, room and promise come before any ballot."""
    process = preferendum.step.process
    for number in (1, 2, 3):
        if not passed(process, number):
            yield Refusal("process.gate_unmet", gate=number, missing=" ".join(gate(process, number).missing))
    if not process.question:
        yield Refusal("preferendum.no_question")


def _about_rules(preferendum: Preferendum) -> Iterator[Refusal]:
    if preferendum.rule not in BALLOTS_OF[Ballot(preferendum.ballot)]:
        yield Refusal("preferendum.rule_cannot_count")
    own = settings.LANGUAGE_CODE.split("-")[0]
    if not preferendum.pledge.get(own):
        yield Refusal("preferendum.no_pledge")
    if not preferendum.tie.get(own):
        yield Refusal("preferendum.no_tie")


def _about_words(preferendum: Preferendum) -> Iterator[Refusal]:
    """An empty scale stands for the usual words."""
    scale = preferendum.scale
    if preferendum.ballot != Ballot.RATE or not scale:
        return
    own = settings.LANGUAGE_CODE.split("-")[0]
    if not LEAST_WORDS <= len(scale) <= MOST_WORDS:
        yield Refusal("preferendum.scale_length", count=len(scale), least=LEAST_WORDS, most=MOST_WORDS)
    for place in missing_words(scale, own):
        yield Refusal("preferendum.scale_word", place=place)
    for language, _name in settings.TEXT_LANGUAGES:
        if word := said_twice(scale, language):
            yield Refusal("preferendum.scale_twice", word=word)
    if preferendum.agreeing and preferendum.agreeing >= len(scale):
        yield Refusal("preferendum.all_agree")


def _about_options(preferendum: Preferendum, options: Sequence[Option]) -> Iterator[Refusal]:
    least = LEAST_RATED if preferendum.ballot == Ballot.RATE else LEAST_OPTIONS
    if len(options) < least:
        yield Refusal("preferendum.few_options", count=len(options), least=least)
    if preferendum.ballot == Ballot.RANK and len(options) > MOST_RANKED:
        yield Refusal("preferendum.ranked_too_many", count=len(options), most=MOST_RANKED)
    elif len(options) > MOST_OPTIONS:
        yield Refusal("preferendum.many_options", count=len(options), most=MOST_OPTIONS)
    titles = Counter(option.proposal.title.strip().casefold() for option in options)
    for option in options:
        if titles.pop(option.proposal.title.strip().casefold(), 0) > 1:
            yield Refusal("preferendum.same_title", title=option.proposal.title)
        if not is_unchanged(option):
            yield Refusal("preferendum.text_changed", number=option.proposal.number, title=option.proposal.title)


def is_unchanged(option: Option) -> bool:
    """The text is the one that was hashed, and still that of the text it came from (R147, R264)."""
    text = option.proposal
    came = text.carried_from
    return text.sha256 == digest_of(text.title, text.text) and (came is None or came.sha256 == text.sha256)


def _about_dates(preferendum: Preferendum) -> Iterator[Refusal]:
    step = preferendum.step
    if not step.opens or not step.closes:
        yield Refusal("preferendum.no_dates")
    elif step.closes <= timezone.now():
        yield Refusal("preferendum.over")


def _about_publicity(preferendum: Preferendum) -> Iterator[Refusal]:
    """What is fixed is fixed in public: letters and board point at pages that everybody can read."""
    if not preferendum.step.process.is_public:
        yield Refusal("preferendum.not_public")
