"""A town with much in it, quickly: for counting queries and for measuring pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count, islice
from random import Random

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from samenraad.discussion.models import Comment
from samenraad.followup import actions as followup
from samenraad.followup.models import Handover
from samenraad.instruments.ideas.models import Idea
from samenraad.people.models import Account, Body, Person, Place, Role, Town
from samenraad.processes import actions
from samenraad.processes.models import Contribution, Goal, Process, Proposal, RoomItem, Source, Step, digest_of
from samenraad.site.demo.clock import at

THEMES = ["groen", "verkeer", "wonen", "sport", "ontmoeten"]
WHAT = ["bomen", "bankjes", "een fietspad", "een speeltuin", "meer licht", "een buurthuis", "een waterpomp"]
WHERE = ["op het Marktplein", "langs de Beek", "bij de school", "in De Kamp", "aan de Touwbaan", "rond het station"]
WHY = [
    "Daar komen elke dag veel mensen langs.",
    "Nu is het er in de zomer te warm.",
    "Ouderen kunnen er dan even zitten.",
    "Kinderen uit de buurt missen een plek.",
    "Het is er 's avonds donker en stil.",
]


@dataclass(frozen=True)
class Content:
    """What was made; `step` collects ideas now, `answered` is public, `late` waits for an answer."""

    town: Town
    officer: Person
    resident: Person
    process: Process
    step: Step
    busiest: Proposal
    answered: Handover
    late: Handover


def content(*, people: int = 200, ideas: int = 500, comments: int = 2_000, supports: int = 5_000) -> Content:
    """The same content each time it is asked for, on any database."""
    chance = Random(20_21)
    town, council, officer = _town()
    crowd = _people(people, town.place)
    process = _process(town, council, officer, "Groener centrum", days=4)
    step = _step(process, officer, opened=3, open_for=14)
    made = _ideas(step, crowd, ideas, chance)
    _supports(made, _contributions(step, crowd), supports, chance)
    _comments(made, _contributions(step, crowd), comments, chance)
    _look_again()
    return Content(
        town=town,
        officer=officer,
        resident=crowd[0],
        process=process,
        step=step,
        busiest=Proposal.objects.filter(step=step).order_by("-comments", "id")[0],
        answered=_answered(town, council, officer, crowd, chance),
        late=_late(town, council, officer, crowd, chance),
    )


def more_ideas(made: Content, number: int) -> None:
    """As if residents had gone on and on."""
    crowd = list(Person.objects.filter(contributions__step=made.step).distinct())
    start = Proposal.objects.filter(step=made.step).count() + 1
    _ideas(made.step, crowd, number, Random(7), start)
    _look_again()


def _look_again() -> None:
    """A town's database knows how much is in it; one that was filled a second ago must be told."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _town() -> tuple[Town, Body, Person]:
    place = Place.objects.create(kind="town", code="LV", name="Lindenveld", latitude=52.1, longitude=5.2)
    for number, name in enumerate(["Oud-Linden", "De Kamp", "Beekdorp"], 1):
        Place.objects.create(kind="neighbourhood", code=f"LV0{number}", name=name, parent=place)
    town = Town.objects.create(place=place, slogan="praat mee, beslis mee", phone="088 123 45 67", city="Lindenveld")
    council = Body.objects.create(name="de gemeenteraad van Lindenveld", kind="council", place=place)
    account = Account.objects.create_user("officer@example.org")
    officer = Person.objects.create(name="Bram de Wit", email=account.email, account=account)
    Role.objects.create(person=officer, word="officer")
    return town, council, officer


def _people(number: int, place: Place) -> list[Person]:
    accounts = [Account(email=f"person{n}@example.org", password="!") for n in range(number)]
    Account.objects.bulk_create(accounts, batch_size=1_000)
    crowd = [
        Person(
            name=f"Inwoner {n}", email=account.email, account=account, place=place, street=f"Touwbaan {n}",
            postcode="1234 AB", city="Lindenveld", show_name=n % 3 == 0,
        )
        for n, account in enumerate(accounts)
    ]  # fmt: skip
    return Person.objects.bulk_create(crowd, batch_size=1_000)


def _process(town: Town, council: Body, officer: Person, title: str, *, days: int) -> Process:
    with at(timezone.now() - timedelta(days=days)):
        return _promised(town, council, officer, title)


def _promised(town: Town, council: Body, officer: Person, title: str) -> Process:
    process = actions.create(title=title, question=f"{title}: hoe doen we dat?", place=town.place, by=officer)
    Goal.objects.create(process=process, policy_phase="preparation", text="Meer schaduw in het centrum")
    RoomItem.objects.create(process=process, kind="open", text="Waar de bomen komen")
    RoomItem.objects.create(
        process=process, kind="fixed", text="De markt blijft op zaterdag", level="local", source="Raadsbesluit 2024-11"
    )
    actions.publish(process=process, by=officer)
    draft = actions.draft_promise(
        process=process, body=council, term_days=70, text="De raad antwoordt op elk voorstel, met redenen.",
        preconditions=[{"nl": "past binnen het budget"}, {"nl": "mag volgens de wet"}], by=officer,
    )  # fmt: skip
    actions.publish_promise(promise=draft, by=officer)
    return process


def _step(process: Process, officer: Person, *, opened: int, open_for: int) -> Step:
    opens = timezone.now() - timedelta(days=opened)
    return actions.add_step(
        process=process, kind="ideas", title="Ideeën ophalen", by=officer,
        opens=opens, closes=opens + timedelta(days=open_for),
    )  # fmt: skip


@transaction.atomic
def _ideas(step: Step, crowd: list[Person], number: int, chance: Random, start: int = 1) -> list[Proposal]:
    """Bulk, but for what it leaves behind the same as one by one."""
    parts = _contributions(step, crowd) or Contribution.objects.bulk_create(
        [Contribution(step=step, person=person) for person in crowd]
    )
    places = list(Place.objects.filter(kind="neighbourhood"))
    proposals = []
    for n in range(start, start + number):
        title = f"{chance.choice(WHAT).capitalize()} {chance.choice(WHERE)} ({n})"
        text = " ".join(chance.sample(WHY, 3))
        proposals.append(
            Proposal(
                step=step, number=n, title=title, text=text, sha256=digest_of(title, text),
                place=chance.choice(places), made_at=timezone.now() - timedelta(minutes=start + number - n),
            )
        )  # fmt: skip
    Proposal.objects.bulk_create(proposals, batch_size=1_000)
    Idea.objects.bulk_create(
        [
            Idea(
                proposal=proposal, step=step, theme=chance.choice(THEMES),
                latitude=52.1 + chance.random() / 50, longitude=5.2 + chance.random() / 50,
            )
            for proposal in proposals
        ],
        batch_size=1_000,
    )  # fmt: skip
    Source.objects.bulk_create(
        [
            Source(contribution=parts[n % len(parts)], proposal=proposal, part="author", origin=proposal)
            for n, proposal in enumerate(proposals)
        ],
        batch_size=1_000,
    )
    return proposals


def _contributions(step: Step, crowd: list[Person]) -> list[Contribution]:
    return list(Contribution.objects.filter(step=step, person__in=crowd).order_by("id"))


@transaction.atomic
def _supports(proposals: list[Proposal], parts: list[Contribution], number: int, chance: Random) -> None:
    """Each pair once; a few texts get much."""
    pairs: set[tuple[int, int]] = set()
    possible = len(proposals) * len(parts)
    while len(pairs) < min(number, possible):
        pairs.add((int(len(proposals) * chance.random() ** 2), chance.randrange(len(parts))))
    Source.objects.bulk_create(
        [
            Source(contribution=parts[who], proposal=proposals[which], part="supporter", origin=proposals[which])
            for which, who in sorted(pairs)
        ],
        batch_size=1_000,
    )
    supporters = Source.objects.filter(part="supporter").values_list("proposal").annotate(Count("id"))
    _keep_count(proposals, "supporters", dict(supporters))


@transaction.atomic
def _comments(proposals: list[Proposal], parts: list[Contribution], number: int, chance: Random) -> None:
    """A third of them are replies."""
    now = timezone.now()

    def some(amount: int, parents: list[Comment] | None) -> list[Comment]:
        made = []
        for n in range(amount):
            parent = chance.choice(parents) if parents else None
            which = parent.proposal if parent else proposals[int(len(proposals) * chance.random() ** 3)]
            made.append(
                Comment(
                    proposal=which, contribution=chance.choice(parts), parent=parent,
                    text=f"{chance.choice(WHY)} ({n})", made_at=now - timedelta(minutes=number - n),
                )
            )  # fmt: skip
        return Comment.objects.bulk_create(made, batch_size=1_000)

    first = some(number - number // 3, None)
    some(number // 3, first)
    _keep_count(proposals, "comments", dict(Comment.objects.values_list("proposal").annotate(Count("id"))))


def _keep_count(proposals: list[Proposal], what: str, counted: dict[int, int]) -> None:
    """As the actions do while they run."""
    for proposal in proposals:
        setattr(proposal, what, counted.get(proposal.pk, 0))
    Proposal.objects.bulk_update(proposals, [what], batch_size=500)


def _handed_over(process: Process, officer: Person, crowd: list[Person], chance: Random, days_ago: int) -> Handover:
    step = _step(process, officer, opened=days_ago + 30, open_for=20)
    proposals = _ideas(step, crowd[:60], 62, chance)
    with at(timezone.now() - timedelta(days=days_ago)):
        return followup.hand_over(process=process, proposals=proposals, by=officer)


def _answered(town: Town, council: Body, officer: Person, crowd: list[Person], chance: Random) -> Handover:
    process = _process(town, council, officer, "Duurzaam Lindenveld", days=200)
    handover = _handed_over(process, officer, crowd, chance, 60)
    decisions = ["adopted"] * 40 + ["partly"] * 6 + ["rejected"] * 12 + ["forwarded"] * 4
    for item, decision in zip(handover.items.all(), decisions, strict=True):
        forwarded_to = "het waterschap" if decision == "forwarded" else ""
        followup.give_answer(
            item=item, decision=decision, reasons="Dit past bij wat de raad wil.", by=officer, forwarded_to=forwarded_to
        )
    followup.publish_answers(handover=handover, by=officer)
    numbers = count(1)
    for answer in islice((item.answer for item in handover.items.select_related("answer")), 21):
        due = timezone.localdate() + timedelta(days=30 * (next(numbers) % 12))
        followup.add_measure(
            process=process, answer=answer, title="Uitvoeren wat is toegezegd", due=due, by=officer, department="Groen"
        )
    return handover


def _late(town: Town, council: Body, officer: Person, crowd: list[Person], chance: Random) -> Handover:
    process = _process(town, council, officer, "Zwembad De Kamp", days=200)
    return _handed_over(process, officer, crowd, chance, 73)
