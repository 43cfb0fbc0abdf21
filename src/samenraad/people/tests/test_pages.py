"""One's own details, and the desks of the town: for whom they are, what they do, what they refuse."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone, translation

from samenraad.ledger import queries as ledger
from samenraad.ledger.actions import note
from samenraad.ledger.models import Entry
from samenraad.ledger.room import card as ledger_card
from samenraad.people import queries
from samenraad.people.actions import add_member, give_role, issue_code, make_body, register_person
from samenraad.people.models import Account, Body, Membership, Person, Register, RegisterEntry, Role, Word
from samenraad.people.room import card
from samenraad.people.words import Words

pytestmark = pytest.mark.django_db

DESKS = ["desk", "give", "groups", "make_body", "words", "town"]


@pytest.fixture
def panel(place):
    return make_body(name="Klimaatpanel", kind="panel", place=place, seats={"citizen": 1, "politician": 1})


class TestForWhom:
    @pytest.mark.parametrize("page", DESKS)
    def test_a_desk_is_for_the_officer_of_the_town(self, as_, town, bram, dirk, page):
        url = reverse(f"people:{page}")
        assert as_(bram).get(url).status_code == 200
        assert as_(dirk).get(url).status_code == 404
        assert as_(None).get(url).url.startswith(reverse("account_login"))

    def test_an_officer_of_one_process_has_no_say_over_the_town(self, as_, town, dirk):
        give_role(person=dirk, word="officer", scope="process:1")
        assert as_(dirk).get(reverse("people:desk")).status_code == 404

    def test_pages_about_one_thing_are_guarded_too(self, as_, bram, dirk, panel, aisha):
        membership = add_member(body=panel, person=aisha)
        pages = [
            reverse("people:take", args=[bram.roles.get().pk]),
            reverse("people:body", args=[panel.pk]),
            reverse("people:seats", args=[panel.pk]),
            reverse("people:add_member", args=[panel.pk]),
            reverse("people:member", args=[membership.pk]),
        ]
        for url in pages:
            assert as_(bram).get(url).status_code == 200
            assert as_(dirk).post(url).status_code == 404
            assert as_(None).post(url).status_code == 302
        assert as_(bram).get(reverse("people:take", args=[999])).status_code == 404


class TestRoles:
    GIVEN = {"email": "nadia@example.org", "name": "Nadia", "word": "moderator", "scope": "town"}

    def test_a_role_is_given_after_one_look(self, as_, bram, town):
        client = as_(bram)
        page = client.post(reverse("people:give"), self.GIVEN)
        assert "Nadia als moderator?" in page.text
        assert not Role.objects.filter(word="moderator").exists()
        client.post(reverse("people:give"), self.GIVEN | {"sure": "1"})
        role = Role.objects.get(word="moderator")
        assert (role.person.name, role.person.email, role.scope) == ("Nadia", "nadia@example.org", "")
        assert Entry.objects.get(act="role.given").facts == {"role": "moderator"}

    def test_who_is_known_by_address_is_not_made_twice(self, as_, bram, aisha, town):
        as_(bram).post(reverse("people:give"), self.GIVEN | {"email": "AISHA@example.org", "sure": "1"})
        assert Role.objects.get(word="moderator").person == aisha
        aisha.refresh_from_db()
        assert aisha.name == "Aisha El Amrani"

    def test_a_role_can_be_for_one_process(self, as_, bram, process):
        client = as_(bram)
        scope = process.thread
        assert str(process.title) in client.get(reverse("people:give")).text
        client.post(reverse("people:give"), self.GIVEN | {"scope": scope, "sure": "1"})
        assert Role.objects.get(word="moderator").scope == scope
        assert str(process.title) in client.get(reverse("people:desk"), {"scope": scope}).text

    def test_what_does_not_exist_is_not_given(self, as_, bram, town):
        for wrong in ({"word": "king"}, {"scope": "process:999"}, {"email": "geen adres"}):
            page = as_(bram).post(reverse("people:give"), self.GIVEN | wrong | {"sure": "1"})
            assert page.context["form"].errors
        assert Role.objects.count() == 1

    def test_taking_back_asks_first_and_the_last_officer_stays(self, as_, bram, aisha, town):
        role = give_role(person=aisha, word="moderator")
        client = as_(bram)
        url = reverse("people:take", args=[role.pk])
        assert "Deze rol terugnemen?" in client.get(url).text
        assert Role.objects.filter(pk=role.pk).exists()
        assert client.post(url).status_code == 302
        assert not Role.objects.filter(pk=role.pk).exists()
        page = client.post(reverse("people:take", args=[bram.roles.get().pk]))
        assert (page.status_code, "laatste participatieambtenaar" in page.text) == (409, True)

    def test_a_long_list_is_paged_and_costs_few_queries(self, as_, bram, town, django_assert_max_num_queries):
        for number in range(30):
            give_role(person=register_person(name=f"Persoon {number}"), word="secretary", scope=f"process:{number}")
        client = as_(bram)
        with django_assert_max_num_queries(20):
            assert client.get(reverse("people:desk")).text.count("Neem terug</a>") == 25

    def test_the_story_of_a_process_tells_of_roles(self, bram, aisha):
        role = give_role(person=aisha, word="moderator", scope="process:1", by=bram)
        assert role.pk
        with translation.override("nl"):
            assert [line.sentence for line in ledger.story("process:1", card.story)] == ["Rol gegeven: moderator"]


class TestGroups:
    def test_a_group_is_made_with_its_seats(self, as_, bram, place, town):
        seats = "inwoner: 45\npoliticus 15\n\nbuurtgroep: 2"
        answer = as_(bram).post(
            reverse("people:make_body"), {"name": "Panel", "kind": "panel", "place": place.pk, "seats": seats}
        )
        body = Body.objects.get()
        assert body.seats == {"citizen": 45, "politician": 15, "buurtgroep": 2}
        assert answer.url == reverse("people:body", args=[body.pk])

    @pytest.mark.parametrize("seats", ["inwoner", "inwoner: veel", "inwoner: 1\ninwoner: 2", "x" * 60 + ": 3", ": 4"])
    def test_seats_that_cannot_be_read_are_told_so_and_kept(self, as_, bram, town, seats):
        page = as_(bram).post(reverse("people:make_body"), {"name": "Panel", "kind": "panel", "seats": seats})
        assert page.context["form"].errors["seats"]
        assert page.context["form"]["seats"].value() == seats
        assert not Body.objects.exists()

    def test_members_are_added_moved_and_chaired(self, as_, bram, town, panel):
        client = as_(bram)
        add = reverse("people:add_member", args=[panel.pk])
        new = {"name": "Fatma", "email": "", "seat_class": "citizen", "state": "member"}
        client.post(add, new)
        membership = Membership.objects.get()
        assert (membership.person.name, membership.person.email) == ("Fatma", "")
        page = client.post(add, new | {"name": "Gerrit"})
        assert "Alle plaatsen" in page.text
        member = reverse("people:member", args=[membership.pk])
        client.post(member, {"choice": "chair"})
        assert "(voorzitter)" in client.get(reverse("people:body", args=[panel.pk])).text.replace("<strong>", "")
        client.post(member, {"choice": "no_chair"})
        client.post(member, {"choice": "completed"})
        membership.refresh_from_db()
        assert (membership.state, membership.until) == ("completed", timezone.localdate())
        assert "voorbij" in client.get(member).text
        assert client.post(member, {"choice": "member"}).context["form"].errors
        assert "Fatma" in client.get(reverse("people:body", args=[panel.pk]) + "?past").text
        assert "Fatma" not in client.get(reverse("people:body", args=[panel.pk])).text

    def test_a_refused_member_leaves_nobody_behind(self, as_, bram, town, panel, aisha):
        add_member(body=panel, person=aisha)
        before = Person.objects.count()
        data = {"name": "Gerrit", "email": "", "seat_class": "citizen", "state": "member"}
        as_(bram).post(reverse("people:add_member", args=[panel.pk]), data)
        assert Person.objects.count() == before

    def test_a_member_has_a_name_or_an_address(self, as_, bram, town, panel):
        data = {"name": "", "email": "", "seat_class": "citizen", "state": "member"}
        page = as_(bram).post(reverse("people:add_member", args=[panel.pk]), data)
        assert page.context["form"].errors["name"]

    def test_seats_are_changed_but_never_below_who_sits(self, as_, bram, town, panel, aisha):
        add_member(body=panel, person=aisha)
        url = reverse("people:seats", args=[panel.pk])
        assert "inwoner: 1" in as_(bram).get(url).text
        assert "al 1 plaatsen" in as_(bram).post(url, {"seats": "politicus: 3"}).text
        assert as_(bram).post(url, {"seats": "inwoner: 9"}).status_code == 302
        panel.refresh_from_db()
        assert panel.seats == {"citizen": 9}


class TestTheTown:
    def test_the_town_has_its_own_words_per_language(self, as_, bram, town):
        client = as_(bram)
        url = reverse("people:words")
        client.post(url + "?language=nl", {"process": "project", "promise": "belofte"})
        client.post(url + "?language=en", {"promise": "pledge"})
        with translation.override("nl"):
            assert (Words.load()["promise"], Words.load()["process"]) == ("belofte", "project")
        with translation.override("nl-be"):  # the words of the Netherlands, but for those that differ
            assert (Words.load()["promise"], Words.load()["alderman"]) == ("belofte", "schepen")
        with translation.override("en"):
            assert (Words.load()["promise"], Words.load()["process"]) == ("pledge", "process")
        client.post(url + "?language=nl", {"process": "project"})
        assert set(Word.objects.values_list("language", "text")) == {("nl", "project"), ("en", "pledge")}
        assert Entry.objects.filter(act="town.words_changed").count() == 3
        assert client.get(url + "?language=xx").status_code == 404

    def test_a_word_that_is_too_long_is_told_so_and_nothing_is_kept(self, as_, bram, town):
        page = as_(bram).post(reverse("people:words"), {"process": "x" * 121, "promise": "belofte"})
        assert page.context["form"].errors
        assert not Word.objects.exists()

    def test_the_details_of_the_town_stand_on_every_page(self, as_, bram, town):
        client = as_(bram)
        data = {"slogan": "samen sterk", "phone": "0800 1234", "website": "lindenveld.example"}
        assert client.post(reverse("people:town"), data).status_code == 302
        assert "0800 1234" in client.get("/check/").text
        facts = Entry.objects.get(act="town.changed").facts
        assert "phone" in facts["fields"]
        assert "0800" not in json.dumps(facts)
        client.post(reverse("people:town"), data | {"website": "https://lindenveld.example"})
        assert Entry.objects.filter(act="town.changed").count() == 1


class TestMyDetails:
    def test_everybody_keeps_their_own_details(self, as_, emre):
        client = as_(emre)
        data = {"name": "Emre", "prefers": "phone", "phone": "06 12345678", "language": "en", "show_name": "on"}
        assert client.post(reverse("people:details"), data).status_code == 302
        emre.refresh_from_db()
        assert (emre.name, emre.prefers, emre.language, emre.show_name) == ("Emre", "phone", "en", True)

    @pytest.mark.parametrize(
        ("wants", "field"),
        [({"prefers": "phone"}, "phone"), ({"prefers": "paper"}, "street"), ({"prefers": "web"}, "prefers")],
    )
    def test_a_way_to_be_told_needs_what_it_needs(self, as_, emre, wants, field):
        page = as_(emre).post(reverse("people:details"), {"name": "Emre", "language": "nl"} | wants)
        assert page.context["form"].errors[field]
        emre.refresh_from_db()
        assert emre.name == "Emre Yıldız"

    def test_a_stranger_signs_in_first(self, client, town):
        assert client.get(reverse("people:details")).url.startswith(reverse("account_login"))


class TestWhatWeKnow:
    def test_all_that_is_held_is_told_and_can_be_downloaded(self, aisha, council, process):
        give_role(person=aisha, word="moderator", scope=process.thread)
        add_member(body=council, person=aisha)
        issue_code(person=aisha)
        register = Register.objects.create(purpose="loting", source="BRP", destroy_on=timezone.localdate())
        RegisterEntry.objects.create(register=register, key=aisha.pseudonym, facts={"age": "25-34"})
        with translation.override("nl"):
            known = card.known(aisha)
            text = json.dumps(known, cls=DjangoJSONEncoder, ensure_ascii=False)
        assert known["Naam"] == "Aisha El Amrani"
        assert known["Rollen"][0]["Waar"] == str(process.title)
        for part in ("aisha@example.org", "gemeenteraad", "25-34", "moderator", "Lindenveld"):
            assert part in text
        assert aisha.pseudonym not in text

    def test_the_ledger_tells_which_entries_are_ones_own(self, aisha, dirk):
        note("test.done", who=aisha)
        note("test.other", who=dirk)
        with translation.override("en"):
            (acts,) = ledger_card.known(aisha).values()
        assert [act["Act"] for act in acts] == ["test.done"]

    def test_after_forgetting_nothing_is_known(self, aisha, council):
        add_member(body=council, person=aisha)
        note("test.done", who=aisha)
        card.forget(aisha)
        with translation.override("en"):
            known = queries.known(Person.objects.get(pk=aisha.pk))
            assert not {"Name", "E-mail address", "Address", "Account since"} & set(known)
            assert ledger_card.known(Person.objects.get(pk=aisha.pk)) == {"What you did, in the ledger": []}
        assert card.tick(timezone.localdate()) == []
        assert ledger.check().whole


class TestAddStaff:
    def run(self, *arguments: str, stdin: str = "", monkeypatch=None) -> str:
        out = StringIO()
        if monkeypatch:
            monkeypatch.setattr("sys.stdin", StringIO(stdin))
        call_command("add_staff", *arguments, stdout=out)
        return out.getvalue()

    def test_the_first_officer_comes_from_the_command_line(self, monkeypatch):
        said = self.run(
            "bram@example.org",
            "--name",
            "Bram",
            "--password-stdin",
            stdin="goed-geheim-woord\n",
            monkeypatch=monkeypatch,
        )
        assert "bram@example.org" in said
        assert Account.objects.get().check_password("goed-geheim-woord")
        assert Role.objects.get().word == "officer"

    def test_without_a_password_they_sign_in_with_a_code(self):
        self.run("chantal@example.org", "--role", "councillor", "--scope", "process:3", "--no-password")
        assert not Account.objects.get().has_usable_password()
        assert (Role.objects.get().word, Role.objects.get().scope) == ("councillor", "process:3")

    def test_bad_input_changes_nothing(self, monkeypatch):
        with pytest.raises(CommandError):
            self.run("geen adres", "--no-password")
        with pytest.raises(CommandError):
            self.run("bram@example.org", "--password-stdin", stdin="kort\n", monkeypatch=monkeypatch)
        assert not Account.objects.exists()
