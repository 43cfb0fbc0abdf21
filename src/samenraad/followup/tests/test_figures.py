"""The figures of a town, and Zeist to four decimals."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.followup.actions import add_measure, hand_over, publish_answers, update_measure
from samenraad.followup.models import Handover
from samenraad.followup.queries.formulas import formulas
from samenraad.followup.queries.responsiveness import per_handover, responsiveness, told
from samenraad.people.models import Person
from samenraad.processes import actions as processes


@pytest.fixture
def zeist(process, ideas, bram, chantal, answer_all):
    """62 proposals, 40 adopted; answered on day 82 of 84."""
    today = timezone.localdate()
    made = hand_over(process=process, proposals=ideas(62), by=bram, on=today - timedelta(days=82))
    answer_all(made, *["adopted"] * 40, *["partly"] * 12, *["rejected"] * 8, "forwarded", "forwarded")
    return publish_answers(handover=made, by=chantal)


def test_zeist(zeist):
    """Acceptance check 12: adopted 64.5 % [52.1, 75.3]."""
    found = responsiveness(timezone.localdate())
    assert (found.total, found.counts) == (62, {"adopted": 40, "partly": 12, "rejected": 8, "forwarded": 2})
    assert [round(value, 4) for value in (found.adopted.value, *found.adopted.interval)] == [0.6452, 0.5208, 0.7526]
    assert found.days.median == 82


def test_what_has_no_answer_stays_in_the_denominator(zeist, process, ideas, bram):
    made = hand_over(process=process, proposals=ideas(38), by=bram)
    today = timezone.localdate()
    found = responsiveness(today, process)
    assert (found.adopted.count, found.adopted.total) == (40, 100)
    assert (found.answered.count, found.answered.total) == (62, 100)
    assert (found.still_in_time, found.in_time.total) == (38, 62)
    late = responsiveness(made.due + timedelta(days=1), process)
    assert (late.in_time.count, late.in_time.total, late.still_in_time) == (62 * _in_time(zeist), 100, 0)


def _in_time(handover):
    return timezone.localtime(handover.answered_at).date() <= handover.due


def test_an_empty_town_has_no_figures_and_no_errors(process):
    found = responsiveness(timezone.localdate())
    assert (found.total, found.adopted, found.days, found.done) == (0, None, None, None)
    assert responsiveness(timezone.localdate(), process).weighted is None
    assert told(process).share is None


def test_by_people(process, ideas, bram, chantal, answer_all, step):
    """A text of 9 + 1 people is rejected, one of 1 adopted: 1 of 11."""
    first, second = ideas(2)
    for number in range(9):
        processes.support(proposal=first, person=Person.objects.create(name=f"B{number}"))
    publish_answers(
        handover=answer_all(hand_over(process=process, proposals=[first, second], by=bram), "rejected", "adopted"),
        by=chantal,
    )
    assert responsiveness(timezone.localdate(), process).weighted == pytest.approx(1 / 11)


def test_measures_count_and_abandoned_ones_stay_in_the_denominator(answered, process, bram, dirk):
    today = timezone.localdate()
    made = [
        add_measure(process=process, title=f"M{number}", owner=dirk, due=today + timedelta(days=number), by=bram)
        for number in range(4)
    ]
    update_measure(measure=made[0], text="Klaar.", state="done", evidence="foto", by=dirk)
    update_measure(measure=made[1], text="Kan niet.", state="abandoned", by=dirk)
    found = responsiveness(today + timedelta(days=3), process)
    assert (found.done.count, found.done.total, found.late_measures) == (1, 4, 1)


def test_every_hand_over_says_whether_it_was_in_time(zeist, process, ideas, bram):
    hand_over(process=process, proposals=ideas(1), by=bram)
    assert [line.in_time for line in per_handover(timezone.localdate())] == [None, _in_time(zeist)]
    Handover.objects.filter(answered_at=None).update(
        due=timezone.localdate() - timedelta(days=1), handed_on="2020-01-01"
    )
    assert {line.in_time for line in per_handover(timezone.localdate())} == {False, _in_time(zeist)}


def test_the_formulas_compute_their_own_examples():
    texts = " ".join(f"{one.example} {one.formula}" for one in formulas())
    for value in ("64,5", "[52,1", "75,3]", "66,7", "[30,0", "90,3]", "40 dagen", "96,5", "28,6"):
        assert value in texts
