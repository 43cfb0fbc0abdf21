"""Two votes. Three plans for the heart of a village, long finished, with the figures of Duiven in 2008 (R276): 18,923
entitled, 6,055 valid votes, 77 per cent for plan B. And twelve texts of a panel, on which people vote now (R146)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from samenraad.ballots.actions import casting, counting, freezing, letters, sealing
from samenraad.ballots.actions.reading import Letter
from samenraad.ballots.models import Vote
from samenraad.ballots.papers import Choices
from samenraad.ballots.roll.models import Entry
from samenraad.ballots.scripted import cast_many, roll_of
from samenraad.followup import actions as followup
from samenraad.instruments.ideas.actions import twin
from samenraad.instruments.preferendum.actions import handing_over, options, setup
from samenraad.instruments.preferendum.rules.generator import preferendum
from samenraad.people.models import Channel
from samenraad.post.models import Medium, Message
from samenraad.processes import actions
from samenraad.processes.models import Process
from samenraad.refusals import Refusal
from samenraad.site.demo.clock import moment
from samenraad.site.demo.content import read
from samenraad.site.demo.diary import Story
from samenraad.site.demo.lindenveld import Lindenveld
from samenraad.site.demo.telling import begin, promise, put_to_work

Ballots = Sequence[tuple[str, Choices]]
#: people who vote on a day of the open vote, in parts of all who did
DAYS = (0.34, 0.22, 0.17, 0.15, 0.12)
#: letters that are not posted, so that who looks around has a code to vote with
LETTERS = 12


def put_up(town: Lindenveld, process: Process, facts: dict[str, Any], opens: int, closes: int, because: Any) -> Vote:
    """The step with its rules; nothing is fixed yet."""
    bram = town.who["officer"]
    step = actions.add_step(
        process=process, kind="preferendum", by=bram, because=because, **facts["step"],
        opens=moment(town.today, opens, 9), closes=moment(town.today, closes, 20),
    )  # fmt: skip
    setup.change(preferendum=setup.begin(step=step, by=bram), by=bram, **facts["vote"])
    return Vote.objects.select_related("step__process").get(step=step)


def fix(town: Lindenveld, vote: Vote, areas: Sequence[tuple[str, int]]) -> tuple[Vote, list[str]]:
    """The list of voters, the first line of the board, and the codes in the order of chance."""
    known = [code for codes in roll_of(vote, areas).values() for code in codes]
    Random(vote.step_id).shuffle(known)
    return freezing.freeze(vote=vote, by=town.who["officer"]), known


def heart(town: Lindenveld) -> Story:
    """From the question to a council that keeps its promise."""
    facts, bram = read("votes")["heart"], town.who["officer"]
    yield -336, 10
    process = begin(town, facts, place="Beekdorp")
    yield -334, 9
    actions.publish(process=process, by=bram)
    yield -330, 21
    promise(town, process, facts["promise"], town.council)
    yield -329, 9
    vote = put_up(town, process, facts, -300, -272, None)
    for row in facts["option"]:
        options.write(
            preferendum=vote.step.preferendum, by=bram, title=row["title"], text=row["text"],
            pros=row["pros"], cons=row["cons"],
        )  # fmt: skip
    enough, followed = process.goals.order_by("pk")
    goals = {str(enough.pk): {"indicator": "turnout", "least": 30}, str(followed.pk): {"indicator": "council"}}
    setup.change(preferendum=vote.step.preferendum, by=bram, goals=goals)
    yield -310, 10
    vote, known = fix(town, vote, facts["roll"]["areas"])
    yield -272, 19
    _cast(vote, list(_three_plans(facts, known)), facts["roll"]["paper"])
    yield -271, 19
    vote = sealing.seal(vote=vote, by=bram)
    vote = counting.enter_seed(vote=vote, seed=facts["roll"]["seed"], how=facts["roll"]["how"], by=bram)
    vote = counting.count(vote=vote, by=bram)
    yield from _answered(town, process, vote, facts)


def _three_plans(facts: dict[str, Any], known: list[str]) -> Iterator[tuple[str, Choices]]:
    left = iter(known)
    for number, row in enumerate(facts["option"], 1):
        for _vote in range(row["votes"]):
            yield next(left), {"choice": str(number)}


def _cast(vote: Vote, ballots: list[tuple[str, Choices]], paper: int) -> None:
    """So many of them on paper, whoever they are for."""
    Random(paper).shuffle(ballots)
    cast_many(vote, ballots[paper:])
    cast_many(vote, ballots[:paper], Channel.PAPER)


def _answered(town: Lindenveld, process: Process, vote: Vote, facts: dict[str, Any]) -> Story:
    """Handed over the morning after, answered within eight weeks."""
    bram, chantal = town.who["officer"], town.who["councillor"]
    yield -270, 10
    handover = handing_over.hand_over(vote=vote, by=bram)
    yield -232, 20
    item = handover.items.get()
    followup.look_at(item=item, meets=[True], by=chantal)
    answer = followup.give_answer(item=item, by=chantal, decided_on=town.day(-232), **facts["answer"])
    followup.publish_answers(handover=handover, by=chantal, explained_on=town.day(-232))
    followup.add_measure(
        process=process, by=chantal, answer=answer, due=town.day(240), owner=town.who["pieter"], **facts["measure"]
    )
    actions.conclude(step=vote.step, by=bram)


def square(town: Lindenveld) -> Story:
    """Twelve texts of a panel come over unchanged; people have been voting for five days."""
    facts, bram = read("votes")["square"], town.who["officer"]
    yield -48, 10
    process = begin(town, facts, place="Centrum")
    yield -46, 9
    actions.publish(process=process, by=bram)
    yield -44, 21
    promise(town, process, facts["promise"], town.council)
    yield -43, 9
    wrote = put_to_work(town, process, facts["panel"], -42, -30)
    yield -31, 15
    texts = [
        actions.propose(step=wrote, contribution=None, title=row["title"], text=row["text"], by=bram)
        for row in facts["option"]
    ]
    for text in texts:
        twin(text)
    actions.conclude(step=wrote, by=bram)
    yield -24, 10
    vote = put_up(town, process, facts, -6, 8, wrote)
    options.carry(preferendum=vote.step.preferendum, proposals=texts, by=bram)
    for option, row in zip(vote.step.preferendum.options.order_by("proposal__number"), facts["option"], strict=True):
        options.change(
            option=option, title=option.proposal.title, text=option.proposal.text, pros=row["pros"],
            cons=row["cons"], by=bram,
        )  # fmt: skip
    (heard,) = process.goals.all()
    goals = {str(heard.pk): {"indicator": "turnout", "least": 25}}
    setup.change(preferendum=vote.step.preferendum, by=bram, goals=goals)
    yield -14, 11
    vote, known = fix(town, vote, facts["roll"]["areas"])
    yield from _voting(vote, known, facts)


def _voting(vote: Vote, known: list[str], facts: dict[str, Any]) -> Story:
    """A part of them each evening; what the tick of the night does with it, it does by itself."""
    roll, words, most = facts["roll"], 4, facts["vote"]["most"]
    made = preferendum(roll["voted"], len(facts["option"]), words, most, "Lindenveld")
    ballots = [(code, one.choices) for code, one in zip(known, made, strict=False)]
    for day, part in enumerate(DAYS):
        yield -5 + day, 21
        today, ballots = ballots[: round(part * roll["voted"])], ballots[round(part * roll["voted"]) :]
        _cast(vote, today, round(part * roll["paper"]))
    yield -1, 22
    for code in known[-LETTERS:]:
        letters.one_more(vote=vote, letter=Letter(code=code, **facts["letter"]))


def fresh_code() -> str:
    """A voting code on which nobody voted yet, from a letter that is not posted; empty when there is none."""
    waiting = Message.objects.filter(medium=Medium.LETTER, state=Message.State.WAITING, person=None).order_by("pk")
    for code in (str(message.extra.get("code", "")) for message in waiting):
        for vote in Vote.objects.filter(sealed_at=None).exclude(frozen_at=None).select_related("step"):
            if vote.is_open and _is_free(vote, code):
                return code
    return ""


def _is_free(vote: Vote, code: str) -> bool:
    try:
        return casting.known(vote=vote, code=code).state == Entry.State.UNUSED
    except Refusal:
        return False
