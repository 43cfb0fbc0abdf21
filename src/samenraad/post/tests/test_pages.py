"""The pages of the post: who may see them, and what their buttons do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samenraad.people.models import Role
from samenraad.post.actions import claim, put_together
from samenraad.post.models import Batch, Message

State = Message.State


@pytest.fixture
def post(process, aisha, emre, write):
    """An unsure e-mail, two letters and a call in one process."""
    unsure = write(aisha, scope=process.thread)
    claim(worker="killed")
    Message.objects.filter(pk=unsure.pk).update(claimed_at=timezone.now() - timedelta(hours=1))
    write(emre, scope=process.thread)
    write(emre, scope=process.thread)
    emre.phone = "06 12 34 56 78"
    emre.save()
    return unsure, write(emre, scope=process.thread, medium="phone")


def pages(batch: Batch) -> list[str]:
    return [
        *(reverse(f"post:{name}") for name in ("desk", "messages", "calls", "calls_csv")),
        *(reverse(f"post:{name}", args=[batch.pk]) for name in ("batch", "pdf", "addresses")),
    ]


def test_pages_are_for_who_handles_the_post(post, process, bram, chantal, dirk, as_):
    batch = put_together(scope=process.thread, by=bram)
    for page in pages(batch):
        assert as_(bram).get(page).status_code == 200, page
        assert as_(chantal).get(page).status_code == 404, page
        assert as_(dirk).get(page).status_code == 404, page
        assert as_(None).get(page).status_code == 302, page


def test_a_secretary_of_another_process_may_not_know_of_these_letters(post, process, bram, dirk, as_):
    batch = put_together(scope=process.thread, by=bram)
    unsure, call = post
    Role.objects.create(person=dirk, word="secretary", scope="process:999")
    browser = as_(dirk)
    for name in ("batch", "pdf", "addresses"):
        assert browser.get(reverse(f"post:{name}", args=[batch.pk])).status_code == 404
    assert browser.post(reverse("post:take_apart", args=[batch.pk])).status_code == 404
    assert browser.post(reverse("post:arrived", args=[unsure.pk])).status_code == 404
    assert browser.post(reverse("post:call", args=[call.pk]), {"how": "told"}).status_code == 404
    assert browser.post(reverse("post:put_together"), {"scope": process.thread}).status_code == 404
    seen = browser.get(reverse("post:desk")).content.decode()
    assert "Aisha" not in seen
    assert "Emre" not in seen
    assert set(Message.objects.values_list("state", flat=True)) == {State.CLAIMED, State.WAITING}


def test_what_is_unsure_shows_the_message_id_to_look_for(post, bram, as_):
    unsure, _call = post
    seen = as_(bram).get(reverse("post:desk")).content.decode()
    assert unsure.message_id.strip("<>") in seen
    assert "onzeker" in seen


def test_two_buttons_settle_what_is_unsure(post, bram, as_):
    unsure, _call = post
    browser = as_(bram)
    browser.post(reverse("post:again", args=[unsure.pk]), {"medium": "email"})
    browser.post(reverse("post:again", args=[unsure.pk]), {"medium": "email"})
    assert Message.objects.filter(replaces=unsure).count() == 1
    assert browser.post(reverse("post:arrived", args=[unsure.pk])).status_code == 409


def test_from_pile_to_post_box(post, process, bram, as_):
    browser = as_(bram)
    answer = browser.post(reverse("post:put_together"), {"scope": process.thread})
    batch = Batch.objects.get()
    assert answer.url == reverse("post:batch", args=[batch.pk])
    document = browser.get(reverse("post:pdf", args=[batch.pk]))
    assert document.content.startswith(b"%PDF")
    assert document["Cache-Control"] == "no-store"
    late = browser.post(answer.url, {"day": timezone.localdate() + timedelta(days=1)})
    assert "Kies vandaag of een eerdere dag" in late.content.decode()
    browser.post(answer.url, {"day": timezone.localdate()})
    batch.refresh_from_db()
    assert batch.posted_on == timezone.localdate()
    assert browser.get(answer.url).status_code == 200
    assert browser.get(reverse("post:pdf", args=[batch.pk])).status_code == 200


def test_addresses_for_a_print_shop(post, process, emre, bram, as_):
    emre.name = "=HYPERLINK(1)"
    emre.save()
    Message.objects.filter(medium="letter").update(address={"name": emre.name, "street": "Touwbaan 12; achter"})
    batch = put_together(scope=process.thread, by=bram)
    text = b"".join(as_(bram).get(reverse("post:addresses", args=[batch.pk])).streaming_content).decode("utf-8-sig")
    header, *rows = text.splitlines()
    assert header.startswith("nummer;naam;straat")
    assert len(rows) == 2
    assert rows[0].startswith('1;\'=HYPERLINK(1);"Touwbaan 12; achter"')
    assert batch.messages.first().extra["code"] in rows[0]


def test_the_phone_list_and_its_buttons(post, process, emre, bram, as_):
    _unsure, call = post
    browser, page = as_(bram), reverse("post:calls") + f"?scope={process.thread}"
    seen = browser.get(page).content.decode()
    assert "tel:0612345678" in seen
    assert "De raad neemt je idee over." in seen
    listed = b"".join(browser.get(reverse("post:calls_csv")).streaming_content).decode("utf-8-sig")
    assert f"1;{emre.name};06 12 34 56 78;0;" in listed
    button = reverse("post:call", args=[call.pk])
    for _ in range(2):
        answer = browser.post(button, {"how": "not_reached", "seen": "0", "scope": process.thread})
    assert answer.url.endswith("scope=process%3A" + str(process.pk))
    call.refresh_from_db()
    assert call.attempts == 1
    browser.post(button, {"how": "told", "seen": "1"})
    call.refresh_from_db()
    assert call.state == State.SENT
    assert browser.post(button, {"how": "nonsense"}).status_code == 404


def test_a_message_can_be_found_by_name(post, bram, as_):
    browser = as_(bram)
    found = browser.get(reverse("post:messages"), {"who": "aisha"}).content.decode()
    assert "Aisha" in found
    assert "Emre" not in found
    assert "Geen bericht gevonden" in browser.get(reverse("post:messages"), {"who": "niemand"}).content.decode()
    assert browser.get(reverse("post:messages"), {"state": "nonsense", "page": "x"}).status_code == 200


@pytest.mark.parametrize("name", ["desk", "messages", "calls"])
def test_a_page_asks_the_database_little_however_many_there_are(
    name, process, aisha, emre, bram, write, as_, django_assert_max_num_queries
):
    emre.phone = "06 12 34 56 78"
    emre.save()
    for number in range(30):
        message = write(emre, scope=process.thread, medium="phone" if number % 2 else "letter")
        Message.objects.filter(pk=write(aisha, scope=process.thread).pk).update(
            state=State.FAILED if number % 2 else State.UNSURE, settled_at=message.made_at
        )
    browser = as_(bram)
    with django_assert_max_num_queries(20):
        assert browser.get(reverse(f"post:{name}")).status_code == 200
