"""Everybody hears what became of their own contribution: a different and correct sentence, by the way they used."""

import pytest
from django.utils import timezone

from samenraad.followup.actions import (
    evaluate,
    hand_over,
    publish_answers,
    publish_evaluation,
    tell,
    tell_again,
    tell_in_public,
    told_by_hand,
)
from samenraad.followup.models import Feedback
from samenraad.followup.queries.reach import count_untold, reach, reasons
from samenraad.people.models import Person
from samenraad.post.models import Message
from samenraad.processes import actions as processes
from samenraad.processes.models import Contribution, Proposal, Source, digest_of
from samenraad.refusals import Refusal


def residents(count, *, offline=0, **fields):
    """So many people with e-mail, the last ones with a home address only."""
    made = [
        Person(name=f"Bewoner {n}", email=f"bewoner{n}@example.org")
        if n <= count - offline
        else Person(name=f"Bewoner {n}", street=f"Laan {n}", postcode="1234 AB", city="Lindenveld")
        for n in range(1, count + 1)
    ]
    return Person.objects.bulk_create(made)


def give(step, person, title, **part):
    contribution = processes.take_part(step=step, person=person, **part)
    return processes.propose(step=step, contribution=contribution, title=title, text="", by=person)


def test_100_contributors_12_without_email_get_88_mails_and_12_letters(process, step, bram, chantal, answer_all):
    """R216."""
    texts = []
    for person in residents(100, offline=12):
        by_paper = {} if person.email else {"channel": "paper", "entered_by": bram}
        texts.append(give(step, person, f"Idee van {person.name}", **by_paper))
    found = hand_over(process=process, proposals=texts, by=bram)
    tell()
    handed = Message.objects.count()
    publish_answers(handover=answer_all(found, "adopted", "rejected", "partly"), by=chantal)
    assert tell() == 100
    messages = Message.objects.order_by("pk")[handed:]
    assert [sum(m.medium == medium for m in messages) for medium in ("email", "letter", "phone")] == [88, 12, 0]
    assert len({m.person_id for m in messages}) == 100
    for message in messages:
        assert f"Idee van {message.person.name}”" in message.body


def test_telling_twice_is_telling_once(answered):
    assert tell() > 0
    before = Message.objects.count()
    assert tell() == 0
    assert Message.objects.count() == before


def test_one_contribution_behind_several_texts_gets_one_message_that_lists_each(answered, aisha):
    tell()
    message = Message.objects.get(person=aisha, key__contains=":answered:")
    for number in (1, 2, 3):
        assert f"“Idee {number}”" in message.body
        assert f"bij nummer {number}." in message.body
    assert Feedback.objects.filter(message=message).count() == 3


def test_it_counts_as_told_when_the_post_has_sent_it_and_not_before(answered, process, sent):
    tell()
    assert Feedback.objects.untold().count() == Feedback.objects.count()
    sent()
    assert not Feedback.objects.untold().exists()
    Message.objects.update(state="unsure")
    assert Feedback.objects.untold().count() == Feedback.objects.count()


def test_who_stood_behind_a_merged_text_hears_of_their_own(process, step, idea, dirk, emre, bram, chantal, answer_all):
    other = give(step, dirk, "Een fontein")
    processes.support(proposal=other, person=emre, channel="paper", entered_by=bram)
    processes.merge(proposals=[other], into=idea, by=bram)
    found = hand_over(process=process, proposals=[idea], by=bram)
    publish_answers(handover=answer_all(found), by=chantal)
    tell()
    bodies = {
        (message.person.name.split()[0], message.key.split(":")[2]): message.body for message in Message.objects.all()
    }
    assert "Je idee nr. 2 “Een fontein” werd samengevoegd met 1 ander" in bodies["Dirk", "merged"]
    assert "Je steunde idee nr. 2 “Een fontein”. Idee 2 werd samengevoegd" in bodies["Emre", "merged"]
    assert "is een deel van nummer 1 “Bomen op het Marktplein”. Dat is overgenomen" in bodies["Dirk", "answered"]
    assert "Je idee nr. 1 “Bomen op het Marktplein” is overgenomen door" in bodies["Aisha", "answered"]
    assert Message.objects.filter(person=emre, medium="letter").count() == 3
    assert ("Aisha", "merged") not in bodies  # nothing happened to her own text


def test_a_merge_that_was_undone_in_time_is_not_told(step, idea, dirk, bram):
    other = give(step, dirk, "Een fontein")
    processes.merge(proposals=[other], into=idea, by=bram)
    processes.unmerge(proposal=other, by=bram)
    assert tell() == 0
    assert not Feedback.objects.exists()


def test_a_card_without_a_name_is_told_in_public_at_once(process, step, bram, chantal, answer_all):
    text = processes.propose(
        step=step, title="Een bank", text="", by=bram,
        contribution=processes.take_part(step=step, person=None, channel="street", entered_by=bram),
    )  # fmt: skip
    publish_answers(handover=answer_all(hand_over(process=process, proposals=[text], by=bram)), by=chantal)
    assert set(Feedback.objects.values_list("how", flat=True)) == {"public"}
    assert not Feedback.objects.untold().exists()


def test_who_left_no_address_is_told_by_a_poster(process, step, bram):
    nobody = Person.objects.create(name="Iemand van de markt")
    text = give(step, nobody, "Een bank", channel="street", entered_by=bram)
    hand_over(process=process, proposals=[text], by=bram)
    assert tell() == 0
    assert reasons(process)["no_address"] == 1
    with pytest.raises(Refusal, match=r"feedback\.say_where"):
        tell_in_public(process=process, where=" ", by=bram)
    assert tell_in_public(process=process, where="poster op de markt", by=bram) == 1
    with pytest.raises(Refusal, match=r"feedback\.nobody_left"):
        tell_in_public(process=process, where="poster op de markt", by=bram)


def test_somebody_can_be_told_at_the_door(answered, bram):
    row = Feedback.objects.first()
    assert told_by_hand(feedback=row, by=bram).how == "hand"
    assert row not in Feedback.objects.untold()


def test_what_failed_goes_out_again_by_another_way(handover, aisha, bram):
    tell()
    part = Feedback.objects.first().contribution
    with pytest.raises(Refusal, match=r"feedback\.not_failed"):
        tell_again(contribution=part, medium="email", by=bram)
    Message.objects.update(state="failed")
    with pytest.raises(Refusal, match=r"feedback\.no_such_way"):
        tell_again(contribution=part, medium="letter", by=bram)
    aisha.street, aisha.postcode, aisha.city = "Touwbaan 1", "1234 AB", "Lindenveld"
    aisha.save()
    assert tell_again(contribution=part, medium="letter", by=bram) == 1
    letter = Message.objects.get(medium="letter")
    assert letter.extra["code"]
    assert set(Feedback.objects.values_list("message", flat=True)) == {letter.pk}


def test_a_forgotten_person_is_owed_nothing(handover, aisha):
    from samenraad.followup.room import card
    from samenraad.people.actions import forget

    card.forget(aisha)
    forget(person=aisha)
    assert tell() == 0
    assert set(Feedback.objects.values_list("how", flat=True)) == {"forgotten"}


def crowd(step, people, texts_of):
    """Many contributions at once, without asking the rules for each: who wrote what, and who supports what."""
    today = timezone.localdate()
    parts = Contribution.objects.bulk_create(
        Contribution(step=step, person=person, channel="web" if person.email else "paper", day=today)
        for person in people
    )
    titles = [f"Idee van {person.name}" for person in people[:texts_of]]
    texts = Proposal.objects.bulk_create(
        Proposal(step=step, number=number, title=title, sha256=digest_of(title, ""))
        for number, title in enumerate(titles, 1)
    )
    sources = [Source(contribution=parts[n], proposal=text, origin=text, part="author") for n, text in enumerate(texts)]
    for place, part in enumerate(parts):
        for text in {texts[(place * 7 + 1) % texts_of], texts[(place * 11 + 3) % texts_of]}:
            if place >= texts_of or text != texts[place]:
                sources.append(Source(contribution=part, proposal=text, origin=text, part="supporter"))
    Source.objects.bulk_create(sources)
    return texts, len(sources)


@pytest.mark.slow
def test_1000_contributions_12_per_cent_offline_nobody_untold(process, step, bram, chantal, answer_all, sent):
    """W3: everybody gets a sentence about their own text, and at the end 0 are untold."""
    texts, count = crowd(step, residents(400, offline=48), 200)
    assert count >= 980
    for place in range(0, 60, 3):
        processes.merge(proposals=texts[place + 1 : place + 3], into=texts[place], by=bram)
    gone = {text.pk for place in range(0, 60, 3) for text in texts[place + 1 : place + 3]}
    public = [text for text in texts if text.pk not in gone]
    found = hand_over(process=process, proposals=public[:120], by=bram)
    publish_answers(handover=answer_all(found, "adopted", "partly", "rejected"), by=chantal)
    tell(), sent()
    assert count_untold(process) > 0  # what was not handed over got no last word yet
    evaluate(process=process, by=bram, service="a", democracy="b", relations="c", wrong="d", lessons="e")
    publish_evaluation(process=process, by=bram)
    tell(), sent()
    assert count_untold(process) == 0
    assert reach(process).told == 400
    bodies = list(Message.objects.filter(key__contains=":answered:").values_list("body", flat=True))
    assert len(set(bodies)) == len(bodies)
    assert Message.objects.filter(medium="letter").values("person").distinct().count() == 48
