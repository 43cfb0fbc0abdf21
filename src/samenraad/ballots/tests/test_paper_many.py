"""Five hundred sheets of paper, typed by two people who make mistakes, count like the same ballots on the web."""

from collections import Counter
from random import Random
from secrets import token_hex

import pytest
from django.http import QueryDict

from samenraad.ballots.actions.sealing import seal
from samenraad.ballots.actions.sheets import decide, type_in
from samenraad.ballots.actions.stubs import take_in
from samenraad.ballots.box.models import Sheet, Slip
from samenraad.ballots.papers import paper_of
from samenraad.ballots.queries.books import books
from samenraad.ballots.rules.codes import ALPHABET
from samenraad.ballots.rules.sheets import Typed, new_number
from samenraad.ballots.scripted import cast_many
from samenraad.ballots.testing import end, open_vote
from samenraad.refusals import Refusal
from samenraad.testing import somebody

SHEETS, ERRORS = 500, 0.02
TITLES = [f"Plan {number}" for number in range(1, 13)]
AREAS = {"Oud-Linden": 300, "De Kamp": 200}
KEYS = ["", "0", "1", "2", "3", "4"]


def filled_in(chance, area):
    """What a voter wrote on a sheet, field by field."""
    fields = {f"b-{number}": chance.choice(KEYS) for number in range(1, 13)}
    marked = chance.sample(range(1, 13), chance.randint(0, 3))
    return {"area": area, **fields, "b-priorities": " ".join(map(str, sorted(marked)))}


def as_typed(chance, sheet, per):
    """The same, with a slip of the finger: in two of a hundred sheets, or in two of a hundred fields."""
    if per == "sheet":
        slips = {chance.choice(list(sheet))} if chance.random() < ERRORS else set()
    else:
        slips = {name for name in sheet if chance.random() < ERRORS}
    return {name: _wrong(chance, name, value) if name in slips else value for name, value in sheet.items()}


def _wrong(chance, name, value):
    if name == "area":
        return chance.choice([one for one in ("", *AREAS) if one != value])
    if name == "b-priorities":
        return " ".join(value.split()[1:]) if value else str(chance.randint(1, 12))
    return chance.choice([key for key in KEYS if key != value])


def with_a_wrong_letter(chance, number):
    place = chance.randrange(20)
    return number[:place] + chance.choice(ALPHABET.replace(number[place], "")) + number[place + 1 :]


def typed(vote, fields):
    data = QueryDict(mutable=True)
    data.update(fields)
    return Typed(fields["area"], paper_of(vote.step).read(data))


def type_pile(vote, by, pile, chance):
    """Every sheet once. A wrong number is refused, and typed again. Says how many were."""
    refused = 0
    for number, fields in pile.items():
        if chance.random() < ERRORS:
            with pytest.raises(Refusal, match=r"ballots\.sheet_number"):
                type_in(vote=vote, number=with_a_wrong_letter(chance, number), typed=typed(vote, fields), by=by)
            refused += 1
        type_in(vote=vote, number=number, typed=typed(vote, fields), by=by)
    return refused


def counted(vote):
    slips = Counter(Slip.objects.filter(vote=vote.key).values_list("about", "value", "area"))
    return slips, paper_of(vote.step).count(
        slips, books(vote).ballots, {**vote.rules, "entitled": vote.entitled}, "a seed"
    )


def by_answer(vote):
    """Whatever the neighbourhood."""
    return Counter(Slip.objects.filter(vote=vote.key).values_list("about", "value"))


@pytest.mark.slow
@pytest.mark.parametrize("per", ["sheet", "field"])
def test_all_mistakes_are_caught_and_the_result_is_that_of_the_web(process, bram, per):
    """Only when two people make the same mistake on the same line of the same sheet nobody can notice. With a mistake
    in two of a hundred fields that happens on a sheet or two of the five hundred; in two of a hundred sheets, never."""
    guus, hanna, ilse = (somebody(f"{name} Bakker") for name in ("Guus", "Hanna", "Ilse"))
    chance = Random(20270314)
    paper, web = (open_vote(process, bram, areas=AREAS, titles=TITLES) for _n in range(2))
    in_areas = [area for area, number in AREAS.items() for _n in range(number)]
    sheets = {new_number(paper.vote.key): filled_in(chance, area) for area in in_areas}
    for code in paper.codes:
        assert take_in(vote=paper.vote, code=code, once=token_hex(16))
    first, second = ({number: as_typed(chance, sheets[number], per) for number in sheets} for _n in range(2))
    differ = {number for number in sheets if first[number] != second[number]}
    alike = {number for number in sheets if first[number] == second[number] != sheets[number]}

    wrong_numbers = type_pile(paper.vote, guus, first, chance) + type_pile(paper.vote, hanna, second, chance)

    assert {sheet.number for sheet in Sheet.objects.filter(state="different")} == differ
    assert wrong_numbers > 10
    assert len(differ) > (10 if per == "sheet" else 150)
    assert len(alike) < (1 if per == "sheet" else 4)
    for number in differ:
        decide(vote=paper.vote, number=number, typed=typed(paper.vote, sheets[number]), by=ilse)
    meant = [first[number] if number in alike else sheets[number] for number in sheets]
    cast_many(web.vote, [(web.codes[n], typed(web.vote, fields).choices) for n, fields in enumerate(meant)])
    for vote in (paper.vote, web.vote):
        assert books(seal(vote=end(vote), by=bram)).agree
    if not alike:
        assert counted(paper.vote) == counted(web.vote)
    assert by_answer(paper.vote) == by_answer(web.vote)
