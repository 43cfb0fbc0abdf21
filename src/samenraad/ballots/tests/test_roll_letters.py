"""The voting letter: what it says, where it leads, and that there is one for every code."""

import pytest
from django.test import override_settings
from django.utils import timezone

from samenraad.ballots.actions import letters
from samenraad.ballots.actions.freezing import freeze
from samenraad.ballots.models import Envelope, Vote
from samenraad.ballots.queries import letter as wording
from samenraad.ballots.queries import roll as queries
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.testing import end, make_vote, vote_with
from samenraad.ballots.tests.rolling import csv_of, done, frozen_with_letters, letters_of, line, people, posted, read_in
from samenraad.post import letters as paper
from samenraad.post.exports import addresses
from samenraad.processes.actions import work as background
from samenraad.processes.models import Promise, Work
from samenraad.refusals import Refusal


@pytest.fixture
def vote(process, bram):
    return make_vote(process, bram)


def test_no_letter_is_made_before_the_roll_is_fixed_nor_without_a_promise(vote, bram, process):
    read_in(vote, bram, people(4))
    with pytest.raises(Refusal, match=r"ballots\.not_frozen"):
        letters.begin(vote=vote, by=bram)
    frozen = freeze(vote=vote, by=bram)
    Promise.objects.all()._raw_delete("default")
    with pytest.raises(Refusal, match=r"ballots\.no_promise"):
        letters.begin(vote=Vote.objects.select_related("step__process").get(), by=bram)
    assert Envelope.objects.filter(vote=frozen).count() == 4


def test_no_letter_is_made_after_the_vote(vote, bram):
    read_in(vote, bram, people(4))
    freeze(vote=vote, by=bram)
    with pytest.raises(Refusal, match=r"ballots\.letters_too_late"):
        letters.begin(vote=end(vote), by=bram)


def test_there_is_one_letter_for_every_code_and_every_code_opens_the_booth(vote, bram):
    frozen = frozen_with_letters(vote, bram, people(60))
    sent = letters_of(frozen)
    assert len({letter.extra["code"] for letter in sent}) == 60 == Entry.objects.count()
    assert not Envelope.objects.exists()
    code = sent[0].extra["code"]
    assert paper.link_of(sent[0]).endswith(f"/vote/c/{code}/")
    assert paper.link_of(sent[0]).startswith("http")
    assert vote_with(frozen, code)
    with pytest.raises(Refusal, match=r"ballots\.all_letters_made"):
        letters.begin(vote=frozen, by=bram)


def test_the_letter_says_question_promise_last_day_and_every_way_to_vote(vote, bram, town):
    letters.write(vote=vote, by=bram, phone="", places={"nl": "Stadhuis, Marktplein 1"}, signed="De burgemeester")
    frozen = frozen_with_letters(vote, bram, people(60, ("Oud-Linden",)))
    letter = letters_of(frozen)[0]
    assert letter.subject == str(vote.step.process.question)
    said = str(letter.extra) + letter.body
    for part in ("Stadhuis, Marktplein 1", "De burgemeester", town.phone, "60", "Oud-Linden"):
        assert part in said
    assert letter.extra["promise"]
    assert letter.extra["strong"]
    assert len(paper.pdf([letter], timezone.now())) > 10_000


def test_a_neighbourhood_that_went_together_with_others_is_not_on_the_letter(vote, bram):
    frozen = frozen_with_letters(vote, bram, people(60))
    assert frozen.areas == {"": 60}
    assert all(letter.extra["facts"] == [] for letter in letters_of(frozen))


@override_settings(LETTER_LANGUAGES=["nl", "en"])
def test_language_and_large_print_are_as_the_list_says(vote, bram):
    letters.write(vote=vote, by=bram, second_language="en")
    lines = [line(1), line(2, more="en;"), line(3, more=";ja"), line(4, more="zz;nee")]
    frozen = frozen_with_letters(vote, bram, csv_of(lines))
    by_name = {letter.address["name"][-1]: letter for letter in letters_of(frozen)}
    assert [by_name[name].language for name in "1234"] == ["nl", "en", "nl", "nl"]
    assert [by_name[name].extra["back"]["language"] for name in "1234"] == ["en", "nl", "en", "en"]
    assert [bool(by_name[name].extra.get("large")) for name in "1234"] == [False, False, True, False]
    assert paper.pdf(by_name.values(), timezone.now()).startswith(b"%PDF")


def test_making_letters_that_was_killed_goes_on_where_it_was(vote, bram, monkeypatch):
    monkeypatch.setattr(letters, "CHUNK", 10)
    read_in(vote, bram, people(45))
    frozen = freeze(vote=vote, by=bram)
    work, made = letters.begin(vote=frozen, by=bram), letters.post.queue_letters
    calls = iter(range(100))
    with monkeypatch.context() as broken:
        broken.setattr(letters.post, "queue_letters", lambda **all_: made(**all_) if next(calls) < 2 else 1 / 0)
        assert background.do(work).state == Work.State.FAILED
    assert (len(letters_of(frozen)), Envelope.objects.count()) == (20, 25)
    done(letters.begin(vote=frozen, by=bram))
    assert len({letter.extra["code"] for letter in letters_of(frozen)}) == 45
    assert queries.letters(frozen).loose == 45


def test_the_print_shop_gets_code_and_link_until_the_pile_is_posted(vote, bram):
    frozen = frozen_with_letters(vote, bram, people(3))
    rows = list(addresses(letters_of(frozen)))
    assert all(letter.extra["code"] in row for letter, row in zip(letters_of(frozen), rows[1:], strict=True))
    assert posted(frozen, bram) == 1
    assert not any("/vote/c/" in row for row in addresses(letters_of(frozen)))
    found = queries.letters(frozen)
    assert (found.posted, found.loose, found.to_make) == (3, 0, 0)


def test_the_specimen_carries_a_code_of_nobody(vote, bram):
    read_in(vote, bram, people(3))
    assert wording.specimen(wording.facts(vote), "nl", False).startswith(b"%PDF")
