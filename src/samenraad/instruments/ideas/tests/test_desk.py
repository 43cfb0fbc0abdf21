"""The organiser's desk: choosing, putting together, splitting, sending on; keying what came in on paper."""

import uuid

import pytest

from samenraad.instruments.ideas import actions
from samenraad.instruments.ideas.actions import Text
from samenraad.instruments.ideas.models import Idea
from samenraad.instruments.ideas.printing import new_code
from samenraad.people.models import AccessCode, Person
from samenraad.post.models import Message
from samenraad.processes import actions as processes
from samenraad.processes.models import Contribution, Proposal, Source


@pytest.fixture
def texts(step, aisha, dirk):
    return [
        actions.give(step=step, person=person, idea=Text(title=title)).proposal
        for person, title in ((aisha, "Bomen"), (dirk, "Lindes"), (dirk, "Water"))
    ]


@pytest.fixture
def desk(as_, bram, step):
    client = as_(bram)

    def ask(address="", data=None, **more):
        url = f"/ideas/{step.pk}/desk/{address}"
        return client.get(url, **more) if data is None else client.post(url, data, **more)

    return ask


def test_the_desk_is_for_organisers(as_, client, dirk, step):
    for address in ("desk/", "desk/key/", "desk/merge/", "desk/settings/", "import/"):
        assert as_(dirk).get(f"/ideas/{step.pk}/{address}").status_code == 404
        client.logout()
        assert client.get(f"/ideas/{step.pk}/{address}").status_code == 302


def test_chosen_ideas_go_on_as_one_and_it_can_be_undone(desk, texts, step):
    first, second, _ = texts
    page = desk(data={"chosen": [first.pk, second.pk], "do": "merge"})
    assert page["Location"].endswith("/desk/merge/")
    assert [one.title for one in desk("merge/").context["chosen"]] == ["Bomen", "Lindes"]
    assert desk("merge/", {"into": first.pk, "reason": ""}).status_code == 200
    page = desk("merge/", {"into": first.pk, "reason": "Allebei bomen"})
    assert page.status_code == 302
    second.refresh_from_db()
    assert second.merged_into == first
    assert desk("merge/", {"into": first.pk, "reason": "Allebei bomen"}).status_code == 200  # the second click
    desk(f"undo/{second.number}/", {})
    second.refresh_from_db()
    assert second.status == "public"
    assert desk(f"undo/{second.number}/", {}, follow=True).status_code == 200


def test_ideas_are_chosen_by_number_too_and_all_at_once(desk, texts, step):
    desk(data={"numbers": "1 en 3", "do": "merge"})
    assert [one.number for one in desk("merge/").context["chosen"]] == [1, 3]
    desk(data={"all": "1", "do": "carry"})
    assert len(desk("carry/").context["chosen"]) == 3
    desk(address="?q=water", data={"all": "1", "do": "merge"})
    assert [one.title for one in desk("merge/").context["chosen"]] == ["Water"]


@pytest.mark.parametrize("data", [{}, {"chosen": ["x", "9" * 40]}, {"numbers": "999"}])
def test_choosing_nothing_or_nonsense_is_refused_in_words(desk, texts, data):
    page = desk(data={**data, "do": "merge"})
    assert page.status_code == 200
    assert list(page.context["messages"])


def test_ideas_of_another_step_cannot_be_chosen(desk, texts, process, bram, aisha, step):
    other = processes.add_step(process=process, kind="ideas", title="Anders", by=bram)
    strange = Proposal.objects.create(step=other, number=1, title="Vreemd", sha256="x")
    desk(data={"chosen": [texts[0].pk, strange.pk], "do": "merge"})
    assert [one.title for one in desk("merge/").context["chosen"]] == ["Bomen"]
    page = desk("merge/", {"into": strange.pk, "reason": "Zomaar"})
    assert page.context["form"].errors["into"]


def test_an_idea_is_split_and_keeps_its_people(desk, texts, aisha):
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-title": "Bomen", "form-1-title": "Banken"}
    more = desk("split/1/", {**data, "do": "more"})
    assert len(more.context["formset"]) == 3
    assert desk("split/1/", data).context["form"].errors["reason"]
    assert desk("split/1/", {**data, "form-1-title": "", "reason": "Het zijn er twee"}).status_code == 200
    assert desk("split/1/", {**data, "reason": "Het zijn er twee"}).status_code == 302
    parts = Proposal.objects.filter(carried_from=texts[0])
    assert [part.title for part in parts] == ["Bomen", "Banken"]
    for part in parts:
        assert part.idea
        assert Source.objects.get(proposal=part, part="author").contribution.person == aisha
    assert desk("split/1/", {**data, "reason": "Nog een keer"}).status_code == 200


@pytest.mark.parametrize("total", ["0", "-1", "x", "1000000", ""])
def test_forged_numbers_of_parts_do_no_harm(desk, texts, total):
    data = {"form-TOTAL_FORMS": total, "form-INITIAL_FORMS": "0", "reason": "Het zijn er twee"}
    for do in ("more", ""):
        assert desk("split/1/", {**data, "do": do}).status_code == 200
    assert Proposal.objects.count() == 3


def test_ideas_are_sent_to_a_next_step_with_what_belongs_to_them(desk, step, process, bram, aisha):
    next_step = processes.add_step(process=process, kind="ideas", title="Uitwerken", by=bram)
    given = actions.give(step=step, person=aisha, idea=Text(title="Bomen", theme="Groen", point=(52.0, 5.0)))
    desk(data={"chosen": [given.pk], "do": "carry"})
    assert desk("carry/", {"step": step.pk}).context["form"].errors["step"]
    assert desk("carry/", {"step": next_step.pk}).status_code == 302
    twin = Proposal.objects.get(step=next_step)
    assert (twin.idea.theme, twin.idea.latitude, twin.carried_from_id) == ("Groen", 52.0, given.pk)
    desk("carry/", {"step": next_step.pk})
    assert Proposal.objects.filter(step=next_step).count() == 1


def test_the_hand_over_begins_with_these_ticked(desk, texts, step, process):
    desk(data={"chosen": [texts[0].pk, texts[2].pk], "do": "hand_over"})
    page = desk("hand-over/")
    assert page["Location"] == f"/desk/handover/{process.slug}/?step={step.pk}&p={texts[0].pk}&p={texts[2].pk}"


# keying


def form(**more):
    return {"channel": "paper", "day": "", "title": "Bankje", "text": "Bij de halte", "once": str(uuid.uuid4()), **more}


@pytest.fixture
def today(step):
    from django.utils import timezone

    return timezone.localdate().isoformat()


def test_a_paper_form_is_keyed_and_a_letter_goes_out(desk, step, today, bram):
    who = {"name": "Emre Yıldız", "street": "Touwbaan 12", "postcode": "1234cd", "city": "Lindenveld"}
    code = new_code()
    page = desk("key/", form(day=today, reference=code.lower(), **who), follow=True)
    assert page.context["last"]["proposal"].title == "Bankje"
    idea = Idea.objects.get()
    part = Contribution.objects.get()
    assert (idea.reference, part.channel, part.entered_by, part.person.name) == (code, "paper", bram, "Emre Yıldız")
    message = Message.objects.get()
    assert message.medium == "letter"
    assert message.extra["code"]
    assert AccessCode.objects.get().person == part.person
    assert page.context["form"].initial["channel"] == "paper"


def test_a_form_that_was_keyed_before_is_refused_with_its_number(desk, step, today):
    code = new_code()
    desk("key/", form(day=today, reference=code))
    page = desk("key/", form(day=today, reference=code.replace("-", " ")))
    assert page.status_code == 200
    assert "1" in page.context["form"].non_field_errors()[0]
    assert Idea.objects.count() == 1


def test_a_slip_in_the_code_is_noticed(desk, step, today):
    code = new_code()
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    page = desk("key/", form(day=today, reference=wrong))
    assert page.context["form"].errors["reference"]


def test_two_clicks_key_one_form(desk, step, today):
    data = form(day=today, name="Kees")
    desk("key/", data)
    desk("key/", data)
    assert Idea.objects.count() == 1
    assert Person.objects.filter(name="Kees").count() == 1


def test_a_call_without_a_name_is_an_idea_too(desk, step, today):
    desk("key/", form(day=today, channel="phone"))
    assert Contribution.objects.get().person is None
    assert not Message.objects.exists()


def test_what_came_in_before_the_opening_or_tomorrow_is_refused(desk, step, today):
    for day in ("2001-01-01", "2099-01-01"):
        page = desk("key/", form(day=day))
        assert page.context["form"].non_field_errors()
    assert not Idea.objects.exists()


def test_a_form_of_yesterday_may_be_keyed_after_the_closing(desk, step, today):
    from datetime import timedelta

    from django.utils import timezone

    step.closes = timezone.now() - timedelta(minutes=5)
    step.save()
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert desk("key/", form(day=yesterday)).status_code == 302
    assert Idea.objects.count() == 1


def test_somebody_we_know_is_recognised_by_name_and_address_and_keeps_the_address(desk, step, today, emre, aisha):
    same = {"name": "emre yıldız", "street": "Touwbaan  12", "postcode": "1234cd", "city": "Lindenveld"}
    desk("key/", form(day=today, **same, email="new@example.org"))
    assert Contribution.objects.get().person == emre
    emre.refresh_from_db()
    assert emre.email == ""
    desk("key/", form(day=today, name="Iemand", email="aisha@example.org"))
    assert not Contribution.objects.filter(person=aisha).exists()
    desk("key/", form(day=today, name="aisha el amrani", email="Aisha@example.org"))
    assert Contribution.objects.filter(person=aisha).exists()


def test_the_keying_screen_shows_what_looks_like_it(desk, step, today, aisha):
    actions.give(step=step, person=aisha, idea=Text(title="Bankje bij bushalte"))
    desk("key/", form(day=today))
    assert [one.proposal.title for one in desk("key/").context["last"]["similar"]] == ["Bankje bij bushalte"]


# paper and settings


def test_a_form_is_a_pdf_that_can_be_read_aloud(client, step):
    page = client.get(f"/ideas/{step.pk}/form.pdf")
    assert page["Content-Type"] == "application/pdf"
    assert page.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in page.content or b"/MarkInfo" in page.content


@pytest.mark.parametrize("copies", ["0", "-1", "x", "99999999999", "3"])
def test_a_pile_has_a_sensible_height(client, step, copies, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "samenraad.instruments.ideas.views.paper.blank_forms", lambda step, copies: asked.append(copies) or b"%PDF-"
    )
    client.get(f"/ideas/{step.pk}/form.pdf", {"copies": copies})
    assert asked in ([1], [3], [200])


def test_every_form_has_its_own_code(step):
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200


def test_a_form_with_strange_signs_can_be_printed(step, process):
    process.title = "Groen 🌳 en \x0brust"
    step.settings = {"themes": ["Groen 🌳", "#let x = panic()", "$ a $"], "hand_in": "*bold* #sys"}
    from samenraad.instruments.ideas.printing import blank_forms

    assert blank_forms(step).startswith(b"%PDF-")


def test_the_organiser_sets_themes(desk, step, client):
    desk("settings/", {"themes": "Groen\n\n Water \nGroen", "photos": "on", "hand_in": "Bibliotheek"})
    step.refresh_from_db()
    assert step.settings == {"themes": ["Groen", "Water"], "photos": True, "hand_in": "Bibliotheek"}
    assert 'value="Water"' in client.get(f"/ideas/{step.pk}/new/").content.decode()
    assert desk("settings/", {"themes": "x" * 81}).status_code == 200
