"""Every figure of the public pages with its formula and an example that anybody can do again."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenraad.methods.statistics import mean, share, waiting
from samenraad.ui import formats


@dataclass(frozen=True)
class Formula:
    key: str
    name: str
    what: str
    formula: str
    example: str
    source: str = ""


def formulas() -> list[Formula]:
    return [_adopted(), _margin(), _in_time(), _days(), _weighted(), _departures(), _mark(), _told(), _measures()]


def _adopted() -> Formula:
    zeist = share(40, 62)
    assert zeist is not None  # noqa: S101
    return Formula(
        "adopted", _("Share adopted"),
        _("How much of what was handed over the body adopts completely. What has no answer counts as not adopted: "
          "it stays in the number one divides by."),
        _("adopted ÷ everything that was handed over"),
        _("Zeist 2021: 40 of 62 proposals. 40 ÷ 62 = {value}, with a margin of {interval}.").format(
            value=formats.percent(zeist.value), interval=formats.interval(zeist.low, zeist.high)
        ),
    )  # fmt: skip


def _margin() -> Formula:
    few, many = share(4, 6), share(400, 600)
    assert few is not None and many is not None  # noqa: S101, PT018
    return Formula(
        "margin", _("The margin behind a share"),
        _("A small number says little. The margin shows between which shares the truth probably lies if this were a "
          "sample of how the body answers: in 95 of 100 cases."),
        "(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n),  z = 1,96",
        _("4 of 6 is {few}, with a margin of {few_margin}. 400 of 600 is the same share, with {many_margin}.").format(
            few=formats.percent(few.value), few_margin=formats.interval(few.low, few.high),
            many_margin=formats.interval(many.low, many.high),
        ),
        "E.B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212",
    )  # fmt: skip


def _in_time() -> Formula:
    found = share(3, 4)
    assert found is not None  # noqa: S101
    return Formula(
        "in_time", _("Share answered in time"),
        _("Of all texts that got their answer or should have had it by now, how many got it on the promised day or "
          "before. Late and unanswered counts as not in time. What still has time is not counted yet."),
        _("answered on the promised day or before ÷ (answered + late without an answer)"),
        _("3 answered in time, 1 late and still without an answer, 5 that still have time: 3 ÷ 4 = {value}.").format(
            value=formats.percent(found.value)
        ),
    )  # fmt: skip


def _days() -> Formula:
    found = waiting([(10, True), (20, True), (30, False), (40, True), (50, False)])
    assert found is not None  # noqa: S101
    return Formula(
        "days", _("Days until the answer"),
        _("The day by which half of all texts had their answer. Texts without an answer count along for the days "
          "they have waited: leaving them out would make a slow body look quick."),
        _("on each day with answers: still waiting × (1 − answers ÷ those who still waited)"),
        _("Answers after 10, 20 and 40 days, and two texts that have waited 30 and 50 days: {days} days. Without "
          "the two it would have seemed to be 20.").format(days=found.median),
        "E.L. Kaplan, P. Meier, Journal of the American Statistical Association 53 (1958) 457-481",
    )  # fmt: skip


def _weighted() -> Formula:
    return Formula(
        "weighted", _("Share adopted, by people"),
        _("The same share, but each text counts as often as people stand behind it: who brought it, supported it or "
          "reacted to it, also by way of a text that was put together with it."),
        _("people behind the adopted texts ÷ people behind all texts"),
        _("A text of 90 people is rejected, two texts of 5 people each are adopted: 10 ÷ 100 = {value}.").format(
            value=formats.percent(0.1)
        ),
    )  # fmt: skip


def _departures() -> Formula:
    return Formula(
        "departures", _("Other than promised"),
        _("A promise can name conditions: what meets all of them is adopted. A text that meets all of them and is "
          "not adopted, or only in part, stands in the list “other than promised”, with the reasons of the body."),
        _("meets every condition, and the decision is not “adopted”"),
        _("Four conditions, 26 texts, 14 of which meet all four; 10 of those are adopted: 4 other than promised."),
    )  # fmt: skip


def _mark() -> Formula:
    found = mean([8, 6, 7, 4, 5], scale=(0, 10))
    assert found is not None and found.interval is not None  # noqa: S101, PT018
    return Formula(
        "mark", _("The mark of who took part"),
        _("Everybody who took part can give each answer a mark from 0 to 10. First we take each person's own mean, "
          "then the mean of all people, so that nobody counts more by giving many marks. With fewer than five "
          "people we show no mark."),
        "m ± t·s/√n,  n − 1",
        _("Five people with 8, 6, 7, 4 and 5: {mean}, with a margin of {interval}.").format(
            mean=formats.number(found.value, 1),
            interval=formats.interval(*found.interval, share=False),
        ),
        "Student, Biometrika 6 (1908) 1-25",
    )  # fmt: skip


def _told() -> Formula:
    return Formula(
        "told", _("Who was told"),
        _("Who took part and knows what became of every text of theirs: by a message that was really sent, by "
          "somebody of the town, or, for who left no address, in public. A message that failed or of which nobody "
          "knows whether it arrived told nobody. One person counts once."),
        _("people who were told everything ÷ all people who took part"),
        _("1,189 people took part and 42 have not heard yet: 1,147 ÷ 1,189 = {value}.").format(
            value=formats.percent(1147 / 1189)
        ),
    )  # fmt: skip


def _measures() -> Formula:
    return Formula(
        "measures", _("What was carried out"),
        _("Of all measures, how many are done. What was abandoned stays in the number one divides by. Late is what "
          "is not done after its day."),
        _("done ÷ all measures"),
        _("21 measures: 6 done, 12 under way, 2 not started, 1 abandoned. 6 ÷ 21 = {value}.").format(
            value=formats.percent(6 / 21)
        ),
    )  # fmt: skip
