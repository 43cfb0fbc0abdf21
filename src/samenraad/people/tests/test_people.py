"""People: with or without account, with roles, and forgotten on request."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from samenraad.ledger.models import Entry
from samenraad.people.access import has_role
from samenraad.people.actions import (
    add_member,
    add_staff,
    destroy_register,
    forget,
    give_role,
    issue_code,
    person_for,
    register_person,
    take_role,
    tidy_up,
)
from samenraad.people.models import Account, Person, Register, RegisterEntry, Role
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db


class TestAccounts:
    def test_a_person_is_made_at_the_first_sign_in_and_only_then(self):
        account = Account.objects.create_user("new@example.org")
        person = person_for(account)
        assert (person.email, person_for(account)) == ("new@example.org", person)

    def test_who_was_known_from_a_paper_form_gets_the_account(self, emre):
        Person.objects.filter(pk=emre.pk).update(email="Emre@Example.org")
        assert person_for(Account.objects.create_user("emre@example.org")) == emre
        assert Person.objects.count() == 1

    def test_a_family_that_shares_an_address_is_not_guessed_at(self):
        one, two = register_person(email="home@example.org"), register_person(email="home@example.org")
        assert person_for(Account.objects.create_user("home@example.org")) not in (one, two)

    def test_who_was_forgotten_is_not_found_again(self, emre):
        forget(person=emre)
        assert person_for(Account.objects.create_user("emre@example.org")) != emre

    def test_staff_can_be_added_twice_without_harm(self):
        add_staff(email="Bram@Example.org", name="Bram", password="goed-geheim-woord")
        person = add_staff(email="bram@example.org", name="Bram de Wit", password="nog-beter-geheim")
        assert person.account.check_password("nog-beter-geheim")
        assert EmailAddress.objects.get(user=person.account).verified
        assert (person.name, has_role(person, "officer")) == ("Bram de Wit", True)
        assert Account.objects.count() == Person.objects.count() == Role.objects.count() == 1

    def test_an_address_that_was_never_proven_does_not_stay(self):
        Account.objects.create_user("typed@example.org", date_joined=timezone.now() - timedelta(days=2))
        Account.objects.create_user("just-now@example.org")
        person_for(Account.objects.create_user("used@example.org", date_joined=timezone.now() - timedelta(days=2)))
        assert tidy_up(timezone.localdate()) == ["1 unused accounts removed"]
        assert set(Account.objects.values_list("email", flat=True)) == {"just-now@example.org", "used@example.org"}


class TestRoles:
    def test_a_role_counts_in_its_own_process_or_in_the_whole_town(self, aisha, bram):
        give_role(person=aisha, word="moderator", scope="process:3", by=bram)
        aisha = Person.objects.get(pk=aisha.pk)
        assert has_role(aisha, "moderator", scope="process:3")
        assert not has_role(aisha, "moderator", scope="process:33")
        assert not has_role(aisha, "moderator")
        assert has_role(bram, "officer", scope="process:3")
        assert not has_role(None, "officer")

    def test_giving_and_taking_stand_in_the_ledger_once(self, aisha, bram):
        role = give_role(person=aisha, word="moderator", scope="process:3", by=bram)
        assert give_role(person=aisha, word="moderator", scope="process:3", by=bram) == role
        take_role(role=role, by=bram)
        take_role(role=role, by=bram)
        entries = Entry.objects.filter(thread="process:3").values_list("act", flat=True)
        assert list(entries) == ["role.given", "role.taken"]
        assert not Role.objects.filter(person=aisha).exists()

    def test_the_last_officer_of_the_town_keeps_the_role(self, aisha, bram):
        officer = bram.roles.get()
        give_role(person=aisha, word="officer", scope="process:3")
        with pytest.raises(Refusal, match="last_officer"):
            take_role(role=officer)
        give_role(person=aisha, word="officer")
        take_role(role=officer)
        assert not bram.roles.exists()


class TestForgetting:
    def test_nothing_is_left_that_says_who_it_was(self, aisha, council, place):
        pseudonym, account = aisha.pseudonym, aisha.account
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        give_role(person=aisha, word="moderator")
        membership = add_member(body=council, person=aisha)
        issue_code(person=aisha)
        register = Register.objects.create(purpose="loting", source="BRP", destroy_on=timezone.localdate())
        for key in (aisha.pseudonym, f"person:{aisha.pk}", "somebody else"):
            RegisterEntry.objects.create(register=register, key=key)
        person = forget(person=aisha)
        person.refresh_from_db()
        assert (person.name, person.email, person.account, person.place) == ("", "", None, None)
        assert person.pseudonym != pseudonym
        assert person.forgotten_at
        assert not Account.objects.filter(email="aisha@example.org").exists()
        assert not EmailAddress.objects.filter(email="aisha@example.org").exists()
        assert not person.roles.exists()
        assert not person.codes.exists()
        assert list(RegisterEntry.objects.values_list("key", flat=True)) == ["somebody else"]
        membership.refresh_from_db()
        assert (membership.state, membership.until) == ("withdrawn", timezone.localdate())

    def test_forgetting_twice_and_people_without_account_is_no_problem(self, emre):
        first = forget(person=emre).forgotten_at
        assert forget(person=emre).forgotten_at == first

    def test_a_forgotten_person_gets_no_role_no_code_and_no_seat(self, emre, council):
        forget(person=emre)
        for attempt in (
            lambda: give_role(person=emre, word="moderator"),
            lambda: issue_code(person=emre),
            lambda: add_member(body=council, person=emre),
        ):
            with pytest.raises(Refusal, match=r"people\.forgotten"):
                attempt()

    def test_the_database_keeps_a_forgotten_person_empty(self, emre):
        forget(person=emre)
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=emre.pk).update(name="Emre")

    def test_a_completed_membership_stays_completed(self, aisha, council):
        membership = add_member(body=council, person=aisha)
        type(membership).objects.update(state="completed", until=timezone.localdate())
        forget(person=aisha)
        membership.refresh_from_db()
        assert membership.state == "completed"


class TestRegisters:
    def test_a_register_is_destroyed_on_its_day_and_that_stands_in_the_ledger(self, bram):
        today = timezone.localdate()
        due = Register.objects.create(purpose="loting", source="BRP", destroy_on=today)
        kept = Register.objects.create(purpose="panel", source="BRP", destroy_on=today + timedelta(days=1))
        for register in (due, kept):
            RegisterEntry.objects.create(register=register, key="a", facts={"street": "Touwbaan"})
        assert tidy_up(today) == ["1 registers destroyed"]
        assert tidy_up(today) == []
        assert RegisterEntry.objects.get().register == kept
        assert Entry.objects.get(act="register.destroyed").facts == {"entries": 1}

    def test_destroying_it_again_writes_nothing(self, bram):
        register = Register.objects.create(purpose="loting", source="BRP", destroy_on=timezone.localdate())
        moment = destroy_register(register=register, by=bram).destroyed_at
        assert destroy_register(register=register, by=bram).destroyed_at == moment
        assert Entry.objects.filter(act="register.destroyed").count() == 1
