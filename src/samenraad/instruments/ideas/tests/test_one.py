"""One idea: support that counts once, mending and taking back, and what became of it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.discussion.actions import comment, hide
from samenraad.instruments.ideas import actions
from samenraad.instruments.ideas.actions import Text
from samenraad.people.models import Person
from samenraad.processes import actions as processes
from samenraad.processes.models import Proposal, Source

pytestmark = pytest.mark.usefixtures("waited")


@pytest.fixture
def waited(monkeypatch):
    monkeypatch.setattr("samenraad.discussion.rules.FASTEST", 0)


@pytest.fixture
def text(step, aisha):
    return actions.give(step=step, person=aisha, idea=Text(title="Bomen", text="Voor de schaduw")).proposal


def address(text, act=""):
    return f"/ideas/{text.step_id}/{text.number}/{act}"


def supporters(text):
    text.refresh_from_db()
    return text.supporters


def act_first(client, text, **who):
    page = client.post(address(text, "support/"))
    since = re.search(r'name="since" value="([^"]+)"', page.content.decode()).group(1)
    return client.post(address(text, "support/"), {"since": since, **who})


def test_support_counts_once(as_, dirk, text):
    client = as_(dirk)
    for _ in range(3):
        assert client.post(address(text, "support/")).status_code == 302
    assert supporters(text) == 1
    assert client.get(address(text)).context["page"].supporting
    client.post(address(text, "unsupport/"))
    client.post(address(text, "unsupport/"))
    assert supporters(text) == 0


def test_support_with_a_letter_counts(as_, emre, text):
    as_(emre).post(address(text, "support/"))
    assert supporters(text) == 1


def test_who_gave_it_does_not_support_it(as_, aisha, text):
    page = as_(aisha).post(address(text, "support/"), follow=True)
    assert supporters(text) == 0
    assert "zelf" in page.content.decode()


def test_a_stranger_clicks_first_and_says_then_who_they_are(client, text):
    assert client.post(address(text, "support/")).status_code == 200
    assert supporters(text) == 0
    assert act_first(client, text, name="Fatma", postcode="1234AB").status_code == 302
    assert supporters(text) == 1
    assert client.get(address(text)).context["page"].supporting


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ({"name": "Fatma", "email": "f@example.org"}, {"name": "F.", "email": "F@Example.org"}, 1),
        ({"name": "Fatma", "postcode": "1234 AB"}, {"name": "fatma", "postcode": "1234ab"}, 1),
        ({"name": "Fatma", "postcode": "1234 AB"}, {"name": "Jan", "postcode": "1234 AB"}, 2),
        ({"name": "Fatma", "email": "f@example.org"}, {"name": "Fatma", "email": "g@example.org"}, 2),
    ],
)
def test_the_same_person_in_another_browser_counts_once(client, text, first, second, count):
    for who in (first, second):
        client.logout()
        page = act_first(client, text, **who)
        assert page.status_code == 302
    assert supporters(text) == count


def test_the_author_in_another_browser_does_not_support_herself(client, text, aisha):
    act_first(client, text, name="Iemand", email="aisha@example.org")
    assert supporters(text) == 0


def test_supporters_are_a_number_and_never_names(as_, client, dirk, text):
    dirk.show_name = True
    dirk.save()
    as_(dirk).post(address(text, "support/"))
    client.logout()
    assert "Dirk" not in client.get(address(text)).content.decode()


def test_support_of_a_closed_step_is_refused_in_words(as_, dirk, text, step):
    step.closes = timezone.now() - timedelta(minutes=1)
    step.save()
    page = as_(dirk).post(address(text, "support/"), follow=True)
    assert supporters(text) == 0
    assert list(page.context["messages"])
    assert page.context["page"].closed


def test_support_goes_back_to_this_website_only(as_, dirk, text):
    page = as_(dirk).post(address(text, "support/"), {"next": "https://evil.example/"})
    assert page["Location"] == address(text)


def test_the_author_mends_the_text_until_somebody_reacts(as_, aisha, dirk, text):
    client = as_(aisha)
    assert client.get(address(text)).context["page"].may_edit
    client.post(address(text, "edit/"), {"title": "Bomen en banken", "text": "Ook om te zitten"})
    text.refresh_from_db()
    assert text.title == "Bomen en banken"
    assert text.idea.keywords.filter(word="bank").exists()
    actions.support(proposal=text, person=dirk)
    assert not client.get(address(text)).context["page"].may_edit
    page = client.post(address(text, "edit/"), {"title": "Iets heel anders"})
    assert page.status_code == 200
    text.refresh_from_db()
    assert text.title == "Bomen en banken"


def test_nobody_mends_or_takes_back_what_somebody_else_gave(as_, client, dirk, text):
    assert as_(dirk).get(address(text, "edit/")).status_code == 404
    assert client.post(address(text, "withdraw/")).status_code == 404
    client.logout()
    assert client.get(address(text, "edit/")).status_code == 302
    text.refresh_from_db()
    assert text.status == "public"


def test_the_author_takes_it_back_after_being_asked_once(as_, client, aisha, text):
    assert as_(aisha).get(address(text, "withdraw/")).status_code == 200
    text.refresh_from_db()
    assert text.status == "public"
    client.post(address(text, "withdraw/"))
    client.logout()
    page = client.get(address(text))
    assert page.status_code == 200
    assert "Voor de schaduw" not in page.content.decode()
    assert "Bomen" not in page.content.decode()


def test_a_hidden_idea_says_so_and_shows_its_reason_to_its_author_only(as_, client, aisha, bram, dirk, text):
    hide(thing=text, kind="insult", reason="Je scheldt iemand uit.", by=bram)
    for person, sees in ((dirk, False), (aisha, True)):
        page = as_(person).get(address(text)).content.decode()
        assert "Voor de schaduw" not in page
        assert ("Je scheldt iemand uit." in page) == sees
    assert as_(dirk).post(address(text, "support/")).status_code == 404


def test_names_are_shown_of_who_chose_so(client, text, aisha):
    assert "Aisha" not in client.get(address(text)).content.decode()
    Person.objects.filter(pk=aisha.pk).update(show_name=True)
    assert "Aisha El Amrani" in client.get(address(text)).content.decode()


def test_a_merged_idea_says_into_what(client, text, step, dirk, bram):
    other = actions.give(step=step, person=dirk, idea=Text(title="Lindes")).proposal
    actions.merge(ideas=[other], into=text, by=bram, reason="Allebei bomen")
    page = client.get(address(other)).content.decode()
    assert f'href="{address(text)}"' in page
    assert "Allebei bomen" in page
    assert f'href="{address(other)}"' in client.get(address(text)).content.decode()
    assert client.post(address(other, "support/"), follow=True).status_code == 200
    assert supporters(other) == 0


def test_an_idea_without_its_own_row_can_be_read(client, step, aisha):
    part = processes.take_part(step=step, person=aisha)
    text = processes.propose(step=step, contribution=part, title="Kaal", text="", by=aisha)
    assert client.get(address(text)).status_code == 200
    assert client.get(address(text, "photo/")).status_code == 404
    assert client.get(f"/ideas/{step.pk}/map/").status_code == 200


def test_talk_stands_under_the_idea(as_, dirk, text):
    comment(proposal=text, person=dirk, text="**Goed** idee")
    page = as_(dirk).get(address(text)).content.decode()
    assert "<strong>Goed</strong>" in page
    assert 'action="/talk/' in page


def test_a_photo_goes_with_a_hidden_idea(as_, client, text, bram, dirk):
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG")
    text.idea.photo.save("x.jpg", ContentFile(out.getvalue()))
    assert client.get(address(text, "photo/")).status_code == 200
    hide(thing=text, kind="privacy", reason="Je laat iemand herkenbaar zien.", by=bram)
    assert client.get(address(text, "photo/")).status_code == 404


def test_nobody_sees_an_idea_of_a_process_that_is_not_public(as_, bram, dirk, text, process):
    type(process).objects.filter(pk=process.pk).update(published_at=None)
    assert as_(dirk).get(address(text)).status_code == 404
    assert as_(bram).get(address(text)).status_code == 200


def test_the_whole_road_keeps_everybody(text, step, process, aisha, dirk, bram, emre):
    """Given, supported, merged, split, carried: at the end everybody still stands behind it."""
    other = actions.give(step=step, person=dirk, idea=Text(title="Lindes")).proposal
    actions.support(proposal=other, person=emre)
    actions.merge(ideas=[other], into=text, by=bram, reason="Allebei bomen")
    text.refresh_from_db()
    parts = actions.split(
        proposal=text, parts=[("Bomen", "a"), ("Banken", "b")], by=bram, reason="Het zijn twee dingen"
    )
    next_step = processes.add_step(process=process, kind="ideas", title="Verder", by=bram)
    carried = actions.carry(ideas=parts, step=next_step, by=bram)
    for twin in carried:
        people = set(Source.objects.filter(proposal=twin).values_list("contribution__person", flat=True))
        assert people == {aisha.pk, dirk.pk, emre.pk}
        assert Proposal.objects.get(pk=twin.pk).idea.keywords.exists()
