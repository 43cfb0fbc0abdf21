"""Reporting and hiding: with a reason that reaches the author, and counted in public."""

import pytest

from samenraad.discussion import queries
from samenraad.discussion.actions import comment, hide, keep, report, restore, withdraw_comment
from samenraad.discussion.models import Report
from samenraad.discussion.room import card
from samenraad.ledger.models import Entry
from samenraad.post.models import Message
from samenraad.processes.models import Proposal
from samenraad.refusals import Refusal

REASON = "Je noemt de buurman met naam en adres."


@pytest.fixture
def said(idea, dirk):
    return comment(proposal=idea, person=dirk, text="Mijn buurman Henk van nummer 12 is een dief.")


def refused(code, call, **arguments):
    with pytest.raises(Refusal) as caught:
        call(**arguments)
    assert caught.value.code == code


def test_hiding_takes_it_out_of_sight_and_the_author_hears_why(said, bram, dirk, idea):
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    idea.refresh_from_db()
    assert idea.comments == 0
    shown = queries.talk(idea, None).comments[0]
    assert (shown.state, shown.text, shown.reason) == ("hidden", "", "")
    assert shown.kind
    own = queries.talk(idea, dirk).comments[0]
    assert (own.text, own.reason) == (said.text, REASON)
    message = Message.objects.get(person=dirk)
    assert REASON in message.body
    assert "Henk" not in message.body


def test_the_author_without_e_mail_hears_it_by_letter(idea, emre, bram):
    said = comment(proposal=idea, person=emre, text="Weg met die vent!", channel="paper", entered_by=bram)
    hide(thing=said, kind="insult", reason="Je scheldt iemand uit.", by=bram)
    assert Message.objects.get(person=emre).medium == "letter"


def test_who_left_no_address_stops_nobody_from_hiding(idea, dirk, bram):
    dirk.email = ""
    dirk.save()
    said = comment(proposal=idea, person=dirk, text="Koop nu goedkope telefoons")
    hide(thing=said, kind="advert", reason="Dit is reclame.", by=bram)
    assert not Message.objects.exists()
    assert queries.talk(idea, dirk).comments[0].reason == "Dit is reclame."


def test_hiding_needs_a_reason(said, bram):
    refused("discussion.reason_needed", hide, thing=said, kind="insult", reason="  nee ", by=bram)


def test_nothing_is_hidden_twice(said, bram):
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    refused("discussion.already_hidden", hide, thing=said, kind="privacy", reason=REASON, by=bram)
    assert Message.objects.count() == 1


def test_what_is_put_back_is_read_and_counted_again(said, bram, dirk, idea):
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    restore(thing=said, by=bram)
    idea.refresh_from_db()
    assert idea.comments == 1
    assert queries.talk(idea, None).comments[0].text == said.text
    assert Message.objects.filter(person=dirk).count() == 2
    refused("discussion.not_hidden", restore, thing=said, by=bram)
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    assert Message.objects.filter(person=dirk).count() == 3


def test_the_author_can_take_back_what_was_hidden_and_it_is_counted_once(said, bram, dirk, idea):
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    withdraw_comment(comment=said, by=dirk)
    idea.refresh_from_db()
    assert idea.comments == 0
    restore(thing=said, by=bram)
    idea.refresh_from_db()
    assert idea.comments == 0


def test_a_whole_text_can_be_hidden_and_its_author_hears_why(idea, bram, aisha):
    hide(thing=idea, kind="hate", reason="Dit zet mensen tegen elkaar op.", by=bram)
    idea.refresh_from_db()
    assert (idea.status, idea.status_reason) == ("hidden", "Dit zet mensen tegen elkaar op.")
    assert Message.objects.get(person=aisha).subject
    restore(thing=idea, by=bram)
    idea.refresh_from_db()
    assert (idea.status, idea.status_reason) == ("public", "")


def test_a_withdrawn_text_is_not_hidden(idea, bram):
    Proposal.objects.filter(pk=idea.pk).update(status="withdrawn")
    refused("proposal.not_public", hide, thing=idea, kind="hate", reason=REASON, by=bram)


def test_one_person_reports_one_thing_once(said, aisha, idea):
    first = report(thing=said, reason="Dit kan niet", person=aisha)
    assert report(thing=said, reason="Echt niet", person=aisha).pk == first.pk
    report(thing=idea, reason="Dit ook niet", person=aisha)
    report(thing=said, reason="Zonder naam")
    assert Report.objects.count() == 3
    refused("discussion.empty", report, thing=said, reason=" ")


def test_hiding_answers_the_reports_and_so_does_keeping(said, aisha, bram, idea):
    report(thing=said, reason="Dit kan niet", person=aisha)
    report(thing=idea, reason="Hm", person=aisha)
    assert keep(thing=idea, by=bram) == 1
    assert keep(thing=idea, by=bram) == 0
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    assert set(Report.objects.values_list("state", flat=True)) == {"kept", "hidden"}


def test_the_ledger_knows_the_kind_and_never_the_words(said, bram, aisha):
    report(thing=said, reason="Henk van nummer 12 is boos", person=aisha)
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    acts = {entry.act: entry.facts for entry in Entry.objects.all()}
    assert acts["comment.hidden"]["kind"] == "privacy"
    assert "Henk" not in str(acts)
    assert "adres" not in str(acts)


def test_the_public_count_tells_kinds_and_no_names(said, bram, process, client):
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    page = client.get(f"/process/{process.slug}/hidden/")
    assert page.status_code == 200
    assert [(one.count) for one in page.context["found"]] == [1]
    for secret in ("Dirk", "Bram", "Henk", REASON):
        assert secret not in page.content.decode()
    restore(thing=said, by=bram)
    assert client.get(f"/process/{process.slug}/hidden/").context["total"] == 0


def test_a_forgotten_person_leaves_words_without_a_name(said, dirk, idea):
    dirk.show_name = True
    dirk.save()
    report(thing=idea, reason="Hm", person=dirk)
    assert card.known(dirk)["comments"][0]["text"] == said.text
    card.forget(dirk)
    assert not card.known(dirk)["reports"]
    assert queries.talk(idea, None).comments[0].text == said.text


def test_what_waits_for_a_moderator_stands_on_their_desk(said, bram, aisha, dirk, process):
    from datetime import date

    today = date.today()
    assert card.todo(bram, today) == []
    report(thing=said, reason="Dit kan niet", person=aisha)
    report(thing=said, reason="Nee")
    assert len(card.todo(bram, today)) == 1
    assert card.todo(dirk, today) == []


def test_the_table_says_nothing_of_who(said, process, dirk, bram):
    table = card.tables(process)[0]
    rows = list(table.rows)
    assert len(rows[0]) == len(table.header)
    assert "Dirk" not in str(rows)
    hide(thing=said, kind="privacy", reason=REASON, by=bram)
    assert "Henk" not in str(list(card.tables(process)[0].rows))
