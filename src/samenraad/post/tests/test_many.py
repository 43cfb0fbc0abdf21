"""Letters by the hundred: each exactly once, with few questions to the database, and set as one pile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from samenraad.people.actions import redeem
from samenraad.people.models import AccessCode, Person
from samenraad.post.actions import Draft, print_again, put_together, queue_letters, withdraw
from samenraad.post.letters import MANY, pdf
from samenraad.post.models import Message
from samenraad.post.tests.test_letters import pages, text_of
from samenraad.refusals import Refusal

DAY = datetime(2027, 3, 8, 12, tzinfo=UTC)
SCOPE = "process:3"
CARD = {
    "title": "Antwoordkaart",
    "choices": [["Ja", False], ["Nee, want", True]],
    "fields": [["Voornaam", ""]],
    "asks": [["Bel me", ["overdag", "’s avonds"]]],
    "address": "Gemeente Lindenveld\nAntwoordnummer 150",
}
BACK = {"language": "en", "subject": "You are invited", "body": "Dear resident,", "card": CARD}


@pytest.fixture
def people(db: None) -> list[Person]:
    return Person.objects.bulk_create(
        Person(name=f"Bewoner {n}", street=f"Dorpsstraat {n}", postcode="1234 AB", city="Lindenveld") for n in range(3)
    )


def draft(person: Person, **extra: object) -> Draft:
    return Draft(f"test:{person.pk}", person, "Uitnodiging", "Beste inwoner,", extra, "nl")


def test_asked_twice_each_letter_is_made_once(people):
    drafts = [draft(person) for person in people]
    assert queue_letters(drafts=drafts[:2], scope=SCOPE).made == 2
    assert queue_letters(drafts=drafts, scope=SCOPE).made == 1
    assert Message.objects.filter(scope=SCOPE, medium="letter", state="waiting").count() == 3


def test_whom_no_letter_reaches_is_told_and_stops_nobody(people):
    people[0].postcode = ""
    queued = queue_letters(drafts=[draft(person) for person in people], scope=SCOPE)
    assert (queued.made, queued.unreachable) == (2, (people[0],))


def test_a_pile_of_hundreds_is_a_handful_of_queries(people, bram, django_assert_max_num_queries):
    queue_letters(drafts=[draft(person) for person in people], scope=SCOPE)
    with django_assert_max_num_queries(20):
        put_together(scope=SCOPE, by=bram)


def test_a_letter_says_where_its_code_leads_and_until_when(people, bram):
    last = timezone.localdate() + timedelta(days=200)
    own = {"leads_to": "/lot/5/reply/", "purpose": "lot:5", "good_until": last.isoformat()}
    queue_letters(drafts=[draft(people[0], **own), draft(people[1])], scope=SCOPE)
    put_together(scope=SCOPE, by=bram)
    first, second = (redeem(code=one.extra["code"], source="here") for one in Message.objects.order_by("id"))
    assert (first.leads_to, first.purpose) == ("/lot/5/reply/", "lot:5")
    assert timezone.localtime(first.expires_at).date() == last
    assert (second.leads_to, second.purpose) == ("", SCOPE)
    assert second.expires_at.date() > date.today() + timedelta(days=80)


def test_a_pile_can_hold_letters_of_one_kind_only(people, bram):
    queue_letters(drafts=[draft(person) for person in people], scope=SCOPE)
    with pytest.raises(Refusal) as refusal:
        put_together(scope=SCOPE, by=bram, key="other:")
    assert refusal.value.code == "post.no_letters"
    assert not AccessCode.objects.exists()


def test_what_lies_loose_can_be_withdrawn_and_a_pile_cannot(people, bram):
    queue_letters(drafts=[draft(people[0])], scope=SCOPE)
    put_together(scope=SCOPE, by=bram)
    queue_letters(drafts=[draft(people[1])], scope=SCOPE)
    assert withdraw(keys=[f"test:{person.pk}" for person in people]) == 1


def test_printed_again_it_is_another_letter_and_twice_is_once(people, bram):
    queue_letters(drafts=[draft(people[0])], scope=SCOPE)
    batch = put_together(scope=SCOPE, by=bram)
    old = Message.objects.get()
    fresh = print_again(message=old, draft=draft(people[0], large=True), by=bram)
    assert print_again(message=old, draft=draft(people[0], large=True), by=bram) == fresh
    old.refresh_from_db()
    assert (old.state, fresh.replaces, fresh.state) == ("cancelled", old, "waiting")
    assert not type(batch).objects.exists(), "nothing was left in it"


def letters(people: list[Person], **extra: object) -> list[Message]:
    queue_letters(drafts=[draft(person, code=f"{person.pk:04}-BBBB-CCCC", **extra) for person in people], scope=SCOPE)
    return list(Message.objects.order_by("id"))


def test_front_and_back_of_one_letter_are_one_sheet_of_paper(town, people):
    found = pages(pdf(letters(people, card=CARD, back=BACK), DAY))
    assert len(found) == 6
    assert "Nederlands" in found[1]
    assert "English: see the other side." in found[0]
    assert all("Antwoordkaart" in page for page in found)


def test_the_card_stands_whole_at_the_foot_with_its_code(town, people):
    document = pdf(letters(people[:1], card=CARD), DAY)
    foot = text_of(document, "-x", "0", "-y", "650", "-W", "600", "-H", "200")
    for part in ("Antwoordkaart", "Nee, want", "Voornaam", "’s avonds", "Antwoordnummer 150", "-BBBB-CCCC"):
        assert part in foot


def test_a_long_letter_goes_on_and_never_prints_over_its_card(town, people):
    queue_letters(drafts=[draft(people[0], card=CARD, signed="Tot hier")], scope=SCOPE)
    Message.objects.update(body="\n\n".join(["Een lange alinea. " * 30] * 9))
    found = pages(pdf(list(Message.objects.all()), DAY))
    assert len(found) == 2
    assert "Antwoordkaart" not in found[0]
    assert found[1].index("Tot hier") < found[1].index("Antwoordkaart")


def test_a_large_pile_is_set_apart_and_is_the_same_each_time(town, people, bram):
    own = letters(people[:1], card=CARD, back=BACK)[0]
    many = [own] * (MANY + 1)
    first = pdf(many, DAY)
    assert first == pdf(many, DAY)
    assert len(pages(first)) == 2 * (MANY + 1)
