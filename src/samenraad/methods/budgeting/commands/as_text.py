"""A report as plain text, for whoever has to explain the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from samenraad.methods.budgeting.commands.report import Report
from samenraad.methods.budgeting.explain.reasons import lacked
from samenraad.methods.budgeting.figures import Beside, Group
from samenraad.methods.budgeting.outcome import Round
from samenraad.methods.budgeting.sentences import amount, votes_of
from samenraad.methods.language import _, ngettext, say, say_many
from samenraad.methods.sortition.sentences import percent

#: groups of payers that are shown in a round
GROUPS = 3


def as_text(report: Report, language: str = "en") -> str:
    blocks = [
        list(_top(report, language)),
        list(_settings(report, language)),
        list(_winners(report, language)),
        list(_losers(report, language)),
        _beside(report.beside, language),
        list(_places(report.beside, language)),
        list(_categories(report.beside, language)),
        [one.sentence(language) for one in report.remarks],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _top(report: Report, language: str) -> Iterator[str]:
    instance, about = report.outcome.entry.instance, report.file.facts.get("description", "")
    if about:
        yield about
    yield say(
        _("{projects} projects, {voters} voters, a budget of {budget}."),
        language,
        projects=len(instance.projects),
        voters=amount(instance.voters, language),
        budget=amount(instance.budget, language),
    )
    official = report.file.selected
    if official is not None:
        same = set(official) == set(report.outcome.winners)
        yield say(_SAME if same else _OTHER, language, digest=report.outcome.digest)


_SAME = _("These are the official winners in the file ({digest}).")
_OTHER = _("The official winners in the file are others than these ({digest}).")


def _settings(report: Report, language: str) -> Iterator[str]:
    yield say(_("What was agreed:"), language)
    for name, value in report.outcome.entry.settings.relevant.items():
        yield f"  {name} = {_setting(value)}"
    for name, value in report.outcome.notes.items():
        yield f"  {name}: {amount(value, language) if isinstance(value, Fraction) else value}"


def _setting(value: object) -> str:
    if isinstance(value, list):
        return ", ".join("+".join(one) if isinstance(one, list) else str(one) for one in value) or "-"
    return str(value) if value != "" else "-"


def _winners(report: Report, language: str) -> Iterator[str]:
    outcome = report.outcome
    winners = ngettext(
        "{n} winner, for {spent} of {budget}; {left} is left.", "{n} winners, for {spent} of {budget}; {left} is left."
    )
    money = {"spent": outcome.spent, "budget": outcome.entry.instance.budget, "left": outcome.left}
    facts = {name: amount(value, language) for name, value in money.items()}
    yield say_many(winners, len(outcome.winners), language, **facts)
    for number, one in enumerate(outcome.rounds, 1):
        yield f"{number:4}. {_name(report, one.project)}"
        yield "      " + _how(report, one, language)


def _how(report: Report, one: Round, language: str) -> str:
    votes = report.outcome.entry.instance.votes[one.project]
    facts = {"cost": amount(one.cost, language), "votes": amount(votes, language)}
    if one.project in report.outcome.added:
        return say(_("Costs {cost}. Votes: {votes}. Added at the end, from money that was left."), language, **facts)
    if one.effective is None:
        return say(_("Costs {cost}. Votes: {votes}."), language, **facts)
    sentence = say(
        _("Costs {cost}. Votes: {votes}, which counted for {effective}. Paid by {payers}."),
        language,
        effective=votes_of(one.effective, language),
        payers=_payers(one, language),
        **facts,
    )
    if one.all_they_had:
        spent = ngettext("{n} of them has nothing left.", "{n} of them have nothing left.")
        sentence += " " + say_many(spent, one.all_they_had, language)
    return sentence


def _payers(one: Round, language: str) -> str:
    each = ngettext("{n} voter with {paid}", "{n} voters with {paid} each")
    shown = [say_many(each, many, language, paid=amount(paid, language)) for many, paid in one.payers[:GROUPS]]
    rest = sum(many for many, _paid in one.payers[GROUPS:])
    if rest:
        shown.append(say(_("{voters} with other amounts"), language, voters=amount(rest, language)))
    return ", ".join(shown)


def _losers(report: Report, language: str) -> Iterator[str]:
    losers = report.outcome.losers
    if not losers:
        return
    yield say(_("Why the others lost:"), language)
    votes = report.outcome.entry.instance.votes
    for id in sorted(losers, key=lambda id: (-votes[id], report.outcome.entry.place[id])):
        yield f"  {_name(report, id)}"
        yield "      " + report.reasons[id].sentence(language)
        if id in report.margins:
            yield "      " + lacked(report.margins[id], language)
    left = sum(id not in report.margins and report.reasons[id].why != "withdrawn" for id in losers)
    if left:
        yield say(_("What {n} of them lacked was not computed; --margins all does."), language, n=left)


def _beside(beside: Beside, language: str) -> list[str]:
    both = (beside.chosen, beside.greedy)
    rows = [
        (_("winners"), [str(len(one.winners)) for one in both]),
        (_("spent"), [amount(one.spent, language) for one in both]),
        (_("voters with at least one winner"), [amount(one.everybody.satisfied, language) for one in both]),
        (_("voters with none (exclusion ratio)"), [percent(float(one.everybody.exclusion), language) for one in both]),
        (_("winners per voter, mean"), [votes_of(one.everybody.winners, language) for one in both]),
        (_("money on projects a voter named, mean"), [percent(float(one.everybody.own), language) for one in both]),
        (_("inequality of that money (Gini, 0 is equal)"), [percent(float(one.gini), language) for one in both]),
        (_("losing projects with a group that has a claim (EJR+)"), [str(len(one.claims)) for one in both]),
    ]
    head = ["", say(_("this rule"), language), say(_("greedy"), language)]
    table = [head, *([say(name, language), *cells] for name, cells in rows)]
    only = [
        say(_("Only with this rule: {ids}."), language, ids=", ".join(beside.only_chosen) or "-"),
        say(_("Only with greedy: {ids}."), language, ids=", ".join(beside.only_greedy) or "-"),
    ]
    return [*_aligned(table), *only]


def _places(beside: Beside, language: str) -> Iterator[str]:
    pairs = list(zip(beside.chosen.places, beside.greedy.places, strict=True))
    if not pairs:
        return
    head = [
        "",
        *(say(name, language) for name in (_("voters"), _("with none"), _("greedy"), _("per voter"), _("greedy"))),
    ]
    yield from _aligned([head, *(_place(one, other, language) for one, other in pairs)])


def _place(one: Group, other: Group, language: str) -> list[str]:
    none = [percent(float(group.exclusion), language) for group in (one, other)]
    money = [amount(group.per_voter, language) for group in (one, other)]
    return [one.place, amount(one.voters, language), *none, *money]


def _categories(beside: Beside, language: str) -> Iterator[str]:
    pairs = zip(beside.chosen.categories, beside.greedy.categories, strict=True)
    rows = [
        [one.name, *(percent(float(part), language) for part in (one.votes, one.money, other.money))]
        for one, other in pairs
    ]
    if rows:
        head = ["", *(say(name, language) for name in (_("of the votes"), _("of the money"), _("greedy")))]
        yield from _aligned([head, *rows])


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  "
        + "   ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]


def _name(report: Report, id: str) -> str:
    label = next(one.label for one in report.outcome.entry.instance.projects if one.id == id)
    return id if label == id else f"{id}: {label}"
