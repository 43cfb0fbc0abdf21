"""Groups: every state follows on one that may come before it, on the seats there are."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from samenraad.ledger.models import Entry
from samenraad.people import rules
from samenraad.people.access import is_member
from samenraad.people.actions import (
    add_member,
    change_seats,
    end_membership,
    make_body,
    move_membership,
    register_person,
    set_chair,
)
from samenraad.people.models import Membership
from samenraad.refusals import Refusal

ROADS = [
    ("invited", "accepted", "drawn", "member", "completed"),
    ("invited", "declined"),
    ("invited", "accepted", "substitute", "member", "withdrawn"),
    ("accepted", "substitute", "drawn", "withdrawn"),
    ("accepted", "withdrawn"),
    ("member", "withdrawn"),
]


def test_the_rules_know_every_state():
    assert set(rules.NEXT) == set(Membership.State.values)
    assert {state for after in rules.NEXT.values() for state in after} <= set(Membership.State.values)


@pytest.mark.django_db
class TestMemberships:
    @pytest.fixture
    def panel(self, place, bram):
        return make_body(name="Klimaatpanel", kind="panel", place=place, seats={"citizen": 1, "politician": 1}, by=bram)

    @pytest.mark.parametrize("road", ROADS)
    def test_every_road_that_may_be_walked_can_be_walked(self, council, aisha, bram, road):
        membership = add_member(body=council, person=aisha, state=road[0], by=bram)
        for state in road[1:]:
            membership = move_membership(membership=membership, state=state, by=bram)
        assert membership.until == (timezone.localdate() if rules.is_end(road[-1]) else None)
        moves = Entry.objects.filter(act="membership.moved").order_by("seq").values_list("facts__state", flat=True)
        assert list(moves) == list(road[1:])

    @pytest.mark.parametrize(("first", "then"), [("invited", "member"), ("invited", "drawn"), ("member", "invited")])
    def test_no_state_is_skipped_or_gone_back_to(self, council, aisha, first, then):
        membership = add_member(body=council, person=aisha, state=first)
        with pytest.raises(Refusal, match="cannot_become"):
            move_membership(membership=membership, state=then)

    def test_what_has_ended_stays_ended(self, council, aisha):
        membership = end_membership(membership=add_member(body=council, person=aisha))
        assert membership.state == "completed"
        assert not is_member(aisha, council.pk)
        for state in Membership.State.values:
            with pytest.raises(Refusal, match="cannot_become"):
                move_membership(membership=membership, state=state)
        assert add_member(body=council, person=aisha).state == "member"

    def test_the_way_out_fits_the_state(self, council, aisha):
        invited = add_member(body=council, person=aisha, state="invited")
        assert end_membership(membership=invited).state == "declined"

    def test_nobody_sits_twice_in_a_group(self, council, aisha):
        add_member(body=council, person=aisha)
        with pytest.raises(Refusal, match="already_member"):
            add_member(body=council, person=aisha)
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(body=council, person=aisha)

    def test_a_membership_begins_at_a_beginning(self, council, aisha):
        with pytest.raises(Refusal, match="cannot_begin"):
            add_member(body=council, person=aisha, state="drawn")

    def test_a_seat_is_given_once(self, panel, aisha, dirk, chantal):
        first = add_member(body=panel, person=aisha)
        with pytest.raises(Refusal, match="no_seat"):
            add_member(body=panel, person=dirk)
        add_member(body=panel, person=chantal, seat_class="politician")
        waiting = add_member(body=panel, person=dirk, state="accepted")
        with pytest.raises(Refusal, match="no_seat"):
            move_membership(membership=waiting, state="drawn")
        end_membership(membership=first)
        drawn = move_membership(membership=waiting, state="drawn")
        assert move_membership(membership=drawn, state="member").state == "member"

    def test_a_seat_of_a_class_that_is_not_there_is_refused(self, panel, aisha):
        with pytest.raises(Refusal, match="no_seat"):
            add_member(body=panel, person=aisha, seat_class="expert")

    def test_seats_are_never_fewer_than_are_taken(self, panel, aisha, bram):
        add_member(body=panel, person=aisha)
        with pytest.raises(Refusal, match="seats_taken"):
            change_seats(body=panel, seats={"politician": 4}, by=bram)
        assert change_seats(body=panel, seats={"citizen": 3}, by=bram).seats == {"citizen": 3}
        assert change_seats(body=panel, seats={}, by=bram).seats == {}
        add_member(body=panel, person=register_person(name="Fatma"), seat_class="expert")

    def test_only_a_seated_member_takes_the_chair_and_the_last_one_stands_up(self, council, aisha, dirk):
        first, second = add_member(body=council, person=aisha), add_member(body=council, person=dirk, state="invited")
        set_chair(membership=first)
        with pytest.raises(Refusal, match="chair_is_member"):
            set_chair(membership=second)
        second = move_membership(membership=move_membership(membership=second, state="accepted"), state="member")
        set_chair(membership=second)
        assert list(council.memberships.filter(chair=True)) == [second]
        assert not set_chair(membership=second, chair=False).chair
