"""What the card says and does: figures, tables, forgetting, what waits."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from samenraad.instruments.ideas import actions
from samenraad.instruments.ideas.actions import Text
from samenraad.instruments.ideas.instrument import card
from samenraad.instruments.ideas.models import Upload
from samenraad.processes import actions as processes
from samenraad.processes.models import Step


def jpeg():
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def text(step, aisha):
    idea = Text(title="Bomen", text="Voor de schaduw", theme="Groen", photo=jpeg(), photo_alt="Mijn straat")
    return actions.give(step=step, person=aisha, idea=idea).proposal


def figures(step):
    return {str(figure.name): figure.value for figure in card.figures(step)}


def test_a_forgotten_person_leaves_words_and_numbers_but_no_photo(text, step, aisha, dirk):
    actions.support(proposal=text, person=dirk)
    before = figures(step)
    name, storage = text.idea.photo.name, text.idea.photo.storage
    assert storage.exists(name)
    processes.forget(person=aisha)
    processes.forget(person=dirk)
    text.refresh_from_db()
    text.idea.refresh_from_db()
    assert text.text == "Voor de schaduw"
    assert not text.idea.photo
    assert figures(step) == before


@pytest.mark.django_db(transaction=True)
def test_the_photo_of_who_is_forgotten_is_really_gone(text, aisha):
    name, storage = text.idea.photo.name, text.idea.photo.storage
    processes.forget(person=aisha)
    assert not storage.exists(name)


def test_somebody_elses_photo_stays(text, step, aisha, dirk, bram):
    other = actions.give(step=step, person=dirk, idea=Text(title="Lindes")).proposal
    actions.merge(ideas=[other], into=text, by=bram, reason="Allebei bomen")
    processes.forget(person=dirk)
    text.idea.refresh_from_db()
    assert text.idea.photo


def test_what_we_know_of_a_person_is_their_own(text, aisha, dirk):
    actions.support(proposal=text, person=dirk)
    given, supported = card.known(aisha).values()
    assert "Groen" in given[0].values()
    assert supported == []
    assert "1. Bomen" in list(card.known(dirk).values())[1][0].values()
    assert "Aisha" not in str(card.known(dirk))


def test_the_table_has_every_idea_that_was_public(text, step, aisha, dirk, bram):
    other = actions.give(step=step, person=dirk, idea=Text(title="Lindes")).proposal
    actions.merge(ideas=[other], into=text, by=bram, reason="Allebei bomen")
    gone = actions.give(step=step, person=dirk, idea=Text(title="Geheim")).proposal
    processes.withdraw(proposal=gone, by=dirk)
    table = card.step_tables(step)[0]
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    assert [(row["title"], row["merged_into"]) for row in rows] == [("Bomen", ""), ("Lindes", 1)]


def test_each_phase_says_why_it_is_closed(step):
    assert [phase.open for phase in card.phases(step)] == [True, True, True]
    step.closes = timezone.now() - timedelta(days=1)
    giving = card.phases(step)[0]
    assert not giving.open
    assert giving.why_not


@pytest.mark.parametrize(("opens", "closes"), [(-9, 3), (-9, -1), (2, 9), (None, None)])
def test_what_waits_follows_the_days(step, text, opens, closes):
    now = timezone.now()
    step.opens = now + timedelta(days=opens) if opens else None
    step.closes = now + timedelta(days=closes) if closes else None
    step.save()
    waits = card.step_todo(step, timezone.localdate())
    assert bool(waits) == (closes in (3, -1))


def test_what_was_sent_on_waits_no_longer(step, text, process, bram):
    step.closes = timezone.now() - timedelta(days=1)
    step.save()
    next_step = processes.add_step(process=process, kind="ideas", title="Verder", by=bram)
    actions.carry(ideas=[text], step=next_step, by=bram)
    assert card.step_todo(step, timezone.localdate()) == []


def test_a_copy_takes_the_settings_and_no_texts(step, text, process, bram, place):
    step.settings = {"themes": ["Groen"]}
    step.save()
    other = processes.create(title="Volgend jaar", place=place, by=bram)
    twin = card.copy(step, other)
    assert twin.settings == {"themes": ["Groen"]}
    assert not twin.proposals.exists()
    assert Step.objects.get(pk=step.pk).proposals.count() == 1


def test_old_drafts_are_thrown_away_and_young_ones_stay(step, bram):
    from samenraad.instruments.ideas.actions.photos import draft_bytes, store_draft

    old = actions.keep_upload(step=step, name="oud.csv", content=b"titel\nOud\n", by=bram)
    young = actions.keep_upload(step=step, name="jong.csv", content=b"titel\nJong\n", by=bram)
    Upload.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=20))
    photo = store_draft(jpeg())
    assert card.tick(timezone.localdate())
    assert list(Upload.objects.all()) == [young]
    assert draft_bytes(photo)
    assert card.tick(timezone.localdate()) == []
