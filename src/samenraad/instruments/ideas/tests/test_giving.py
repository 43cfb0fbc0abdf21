"""Giving an idea on the website: write first, then say who you are, look it over, get a receipt."""

import re
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files import storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from samenraad.instruments.ideas import actions
from samenraad.instruments.ideas.actions import Text, photos
from samenraad.instruments.ideas.models import Idea
from samenraad.ledger.models import Entry
from samenraad.people.models import AccessCode, Person
from samenraad.post.models import Message
from samenraad.processes.models import Proposal, Source
from samenraad.refusals import Refusal

pytestmark = pytest.mark.usefixtures("waited")


@pytest.fixture
def waited(monkeypatch):
    monkeypatch.setattr("samenraad.discussion.rules.FASTEST", 0)


def since(page):
    return re.search(r'name="since" value="([^"]+)"', page.content.decode()).group(1)


def picture(form="JPEG", size=(80, 40), exif=None):
    out = BytesIO()
    more = {"exif": exif} if exif else {}
    Image.new("RGB", size, "green").save(out, form, **more)
    return SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")


class Writer:
    """A resident at the website."""

    def __init__(self, client, step):
        self.client, self.base = client, f"/ideas/{step.pk}/new/"

    def write(self, title="Bankje bij de bushalte", **more):
        return self.client.post(self.base, {"title": title, "text": "Mijn moeder kan niet lang staan.", **more})

    def who(self, **more):
        page = self.client.get(self.base + "who/")
        return self.client.post(self.base + "who/", {"since": since(page), **more})

    def send(self):
        return self.client.post(self.base + "review/")

    def receipt(self):
        return self.client.get(self.base + "receipt/")


@pytest.fixture
def writer(client, step):
    return Writer(client, step)


def test_an_idea_needs_no_account_and_no_e_mail(writer, step):
    assert writer.write()["Location"].endswith("/new/who/")
    assert writer.who(name="Fatma")["Location"].endswith("/new/review/")
    assert writer.client.get(writer.base + "review/").status_code == 200
    assert writer.send()["Location"].endswith("/new/receipt/")
    idea = Idea.objects.get(proposal__title="Bankje bij de bushalte")
    page = writer.receipt()
    assert str(idea.proposal.number) in page.content.decode()
    assert AccessCode.objects.get().person.name == "Fatma"
    assert page.context["code"] in page.content.decode()
    assert not Message.objects.exists()
    assert Entry.objects.filter(act="idea.given", subject=f"proposal:{idea.pk}").exists()


def test_everything_about_oneself_may_stay_empty(writer):
    writer.write()
    writer.who()
    writer.send()
    source = Source.objects.get(proposal__title="Bankje bij de bushalte")
    assert source.part == "author"
    assert source.contribution.person.name == ""
    assert writer.receipt().context["told"] == ""


def test_who_gives_an_e_mail_address_gets_a_receipt_with_the_code(writer):
    writer.write()
    writer.who(name="Fatma", email="fatma@example.org")
    writer.send()
    message = Message.objects.get()
    assert (message.medium, message.address["email"]) == ("email", "fatma@example.org")
    assert message.extra["code"] == writer.receipt().context["code"]
    assert "Bankje bij de bushalte" in message.body


def test_who_gives_an_address_gets_a_letter(writer):
    writer.write()
    writer.who(name="Fatma", street="Touwbaan 12", postcode="1234ab", city="Lindenveld")
    writer.send()
    message = Message.objects.get()
    assert (message.medium, message.address["postcode"]) == ("letter", "1234 AB")


def test_half_an_address_is_asked_for(writer):
    writer.write()
    page = writer.who(street="Touwbaan 12")
    assert set(page.context["form"].errors) == {"postcode", "city"}


def test_a_typed_address_opens_nothing_of_somebody_else(writer, aisha):
    writer.write()
    writer.who(name="Iemand", email="aisha@example.org")
    writer.send()
    author = Source.objects.get(proposal__title="Bankje bij de bushalte").contribution.person
    assert author != aisha
    assert AccessCode.objects.get().person == author


def test_two_clicks_are_one_idea_and_one_person(writer, step):
    writer.write()
    writer.who(name="Fatma")
    kept = dict(writer.client.session)
    writer.send()
    session = writer.client.session  # the second request left with the session as it was before the first
    session.update({key: kept[key] for key in kept if key.startswith("idea:")})
    session.pop("person", None)
    session.save()
    assert writer.send()["Location"].endswith("/new/receipt/")
    assert Idea.objects.count() == 1
    assert Person.objects.filter(name="Fatma").count() == 1


def test_who_is_signed_in_is_not_asked_who_they_are(as_, aisha, step):
    writer = Writer(as_(aisha), step)
    assert writer.write()["Location"].endswith("/new/review/")
    assert writer.send()["Location"].endswith("/new/receipt/")
    assert writer.receipt().context["code"] == ""
    assert Source.objects.get(part="author").contribution.person == aisha


def test_who_has_a_letter_gives_an_idea_with_it(as_, emre, step):
    writer = Writer(as_(emre), step)
    writer.write()
    writer.send()
    assert Source.objects.get(part="author").contribution.person == emre
    assert Message.objects.get().medium == "letter"


def test_the_second_idea_in_the_same_visit_is_of_the_same_person(writer):
    writer.write()
    writer.who(name="Fatma")
    writer.send()
    assert writer.write(title="Water op het plein")["Location"].endswith("/new/review/")
    writer.send()
    assert Idea.objects.count() == 2
    assert Person.objects.filter(name="Fatma").count() == 1


def test_nothing_typed_is_lost(writer):
    page = writer.write(title="", text="Een heel verhaal over de bushalte")
    assert page.status_code == 200
    assert "Een heel verhaal over de bushalte" in writer.client.get(writer.base).content.decode()
    writer.write(title="Bankje", text="Nog een verhaal")
    writer.client.get("/")
    again = writer.client.get(writer.base).content.decode()
    assert "Nog een verhaal" in again
    assert 'value="Bankje"' in again


def test_a_text_of_ten_megabytes_is_refused_in_words(writer):
    page = writer.write(text="woord " * 1_700_000)
    assert page.status_code == 200
    assert page.context["form"].errors["text"]
    assert not Idea.objects.exists()


def test_a_nul_in_the_text_is_refused(writer):
    assert writer.write(title="Bank\x00je").context["form"].errors["title"]


def test_script_in_the_text_stays_text(writer, client):
    writer.write(text="<script>alert(1)</script> en **vet** en [klik](javascript:alert(1))")
    writer.who()
    review = writer.client.get(writer.base + "review/").content.decode()
    writer.send()
    idea = Idea.objects.get()
    page = client.get(f"/ideas/{idea.step_id}/{idea.proposal.number}/").content.decode()
    for html in (review, page):
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert "<strong>vet</strong>" in html


def test_similar_ideas_are_shown_before_sending_and_while_writing(writer, idea, step, aisha):
    actions.give(step=step, person=aisha, idea=Text(title="Schaduw op het plein", text="Met lindebomen"))
    writer.write(title="Lindebomen voor schaduw", text="op het plein")
    writer.who()
    page = writer.client.get(writer.base + "review/")
    assert [alike.proposal.title for alike in page.context["similar"]] == ["Schaduw op het plein"]
    live = writer.client.post(writer.base + "similar/", {"title": "schaduw op plein", "text": ""})
    assert "Schaduw op het plein" in live.content.decode()
    assert writer.client.get(writer.base + "similar/").status_code == 405


def test_a_closed_step_says_since_when_and_keeps_what_was_written(writer, step):
    writer.write()
    writer.who()
    step.closes = timezone.now() - timedelta(minutes=1)
    step.save()
    page = writer.send()
    assert page.status_code == 409
    assert page.context["refused"]
    assert not Idea.objects.exists()
    assert "Mijn moeder kan niet lang staan." in writer.client.get(writer.base).content.decode()


def test_a_program_gets_nowhere(writer):
    writer.write()
    page = writer.who(name="Bot", more="http://spam.example")
    assert page.status_code == 200
    assert writer.send()["Location"].endswith("/who/")
    assert not Idea.objects.exists()


def test_many_from_one_address_wait(writer, monkeypatch):
    monkeypatch.setattr("samenraad.discussion.rules.ARRIVALS", 1)
    for title in ("Een", "Twee"):
        writer.client.logout()
        writer.write(title=title)
        writer.who()
        sent = writer.send()
    assert sent.status_code == 409
    assert Idea.objects.count() == 1
    assert 'value="Twee"' in writer.client.get(writer.base).content.decode()


def test_the_review_comes_after_the_writing(writer):
    assert writer.client.get(writer.base + "review/")["Location"].endswith("/who/")
    assert writer.client.get(writer.base + "who/")["Location"].endswith("/new/")
    assert writer.receipt()["Location"].endswith("/ideas/" + writer.base.split("/")[2] + "/")


# photos


def with_gps():
    exif = Image.Exif()
    exif[0x010F] = "Merk"
    exif.get_ifd(0x8825)[2] = (52.0, 12.0, 3.0)
    return exif.tobytes()


def test_a_photo_comes_along_without_saying_where_it_was_taken(writer, client):
    upload = picture(exif=with_gps())
    assert b"Merk" in upload.read()
    upload.seek(0)
    writer.write(photo=upload, photo_alt="Een lege bushalte")
    assert writer.client.get(writer.base + "photo/")["Content-Type"] == "image/jpeg"
    writer.who()
    writer.send()
    idea = Idea.objects.get()
    page = client.get(f"/ideas/{idea.step_id}/{idea.proposal.number}/photo/")
    content = b"".join(page.streaming_content)
    assert b"Merk" not in content
    with Image.open(BytesIO(content)) as kept:
        assert not kept.getexif()
        assert kept.size == (80, 40)


def test_a_photo_needs_words_for_who_cannot_see_it_and_is_kept_meanwhile(writer):
    page = writer.write(photo=picture())
    assert page.context["form"].errors["photo_alt"]
    assert writer.write(photo_alt="Een halte").status_code == 302
    writer.who()
    writer.send()
    assert Idea.objects.get().photo


def test_a_photo_can_be_left_out_after_all(writer):
    writer.write(photo=picture(), photo_alt="Een halte")
    name = writer.client.session["idea:" + writer.base.split("/")[2]]["photo"]
    assert storage.default_storage.exists(name)
    writer.write(drop_photo="1")
    assert not storage.default_storage.exists(name)
    writer.who()
    writer.send()
    assert not Idea.objects.get().photo


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize("content", [b"", b"geen foto", SVG, b"\xff\xd8\xff\xe0" + b"x" * 500, b"GIF89a" + b"0" * 99])
def test_what_is_no_photo_is_refused_in_words(writer, content):
    page = writer.write(photo=SimpleUploadedFile("foto.jpg", content or b" ", "image/jpeg"), photo_alt="Iets")
    assert page.status_code == 200
    assert page.context["form"].errors["photo"]
    assert not page.context["form"].errors.get("title")


def test_a_photo_with_too_many_points_is_not_opened(monkeypatch):
    monkeypatch.setattr(photos, "MAX_PIXELS", 100)
    with pytest.raises(Refusal, match="photo_too_many_points"):
        photos.cleaned(picture().read())


def test_a_photo_of_too_many_bytes_is_not_opened(monkeypatch):
    monkeypatch.setattr(photos, "MAX_BYTES", 10)
    with pytest.raises(Refusal, match="photo_too_big"):
        photos.cleaned(picture().read())


def test_a_huge_photo_becomes_a_small_one():
    with Image.open(BytesIO(photos.cleaned(picture(size=(4000, 1000)).read()))) as kept:
        assert kept.size == (1600, 400)


def test_a_png_that_is_see_through_gets_a_white_ground():
    out = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(photos.cleaned(out.getvalue()))) as kept:
        assert min(kept.getpixel((1, 1))) > 250


def test_nobody_reads_a_draft_by_its_name(writer):
    writer.write(photo=picture(), photo_alt="Een halte")
    session = writer.client.session
    session["idea:" + writer.base.split("/")[2]] = {"title": "x", "photo": "ideas/../../secret-key"}
    session.save()
    assert writer.client.get(writer.base + "photo/").status_code == 404


# the action itself


def test_an_idea_without_a_title_is_none(step, aisha):
    with pytest.raises(Refusal, match="no_title"):
        actions.give(step=step, person=aisha, idea=Text(title="  "))
    assert not Proposal.objects.exists()


def test_the_same_form_is_the_same_idea(step, aisha):
    once = uuid.uuid4()
    first = actions.give(step=step, person=aisha, idea=Text(title="Een"), once=once)
    assert actions.give(step=step, person=aisha, idea=Text(title="Een"), once=once) == first
    assert Idea.objects.count() == 1


def test_numbers_follow_one_another(step, aisha, dirk):
    numbers = [
        actions.give(step=step, person=person, idea=Text(title="Iets")).proposal.number for person in (aisha, dirk)
    ]
    assert numbers == [1, 2]
