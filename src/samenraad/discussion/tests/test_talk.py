"""Saying something about a text, replying, taking it back."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from samenraad.discussion import queries
from samenraad.discussion.actions import comment, withdraw_comment
from samenraad.discussion.models import Comment
from samenraad.ledger.models import Entry
from samenraad.processes.models import Proposal, Source
from samenraad.refusals import Refusal


def said(idea, person, text="Goed idee!", **more):
    return comment(proposal=idea, person=person, text=text, **more)


def refused(code, call, **arguments):
    with pytest.raises(Refusal) as caught:
        call(**arguments)
    assert caught.value.code == code


def test_who_says_something_stands_behind_the_text_and_is_counted(idea, dirk):
    made = said(idea, dirk)
    idea.refresh_from_db()
    assert idea.comments == 1
    source = Source.objects.get(proposal=idea, part="commenter")
    assert source.contribution.person == dirk
    assert source.origin == idea
    assert Entry.objects.filter(act="comment.made", subject=f"comment:{made.pk}").exists()


def test_the_same_words_twice_are_one_comment(idea, dirk):
    assert said(idea, dirk).pk == said(idea, dirk).pk
    idea.refresh_from_db()
    assert idea.comments == 1


def test_two_comments_of_one_person_are_one_source(idea, dirk):
    said(idea, dirk, "Een")
    said(idea, dirk, "Twee")
    assert Source.objects.filter(proposal=idea, part="commenter").count() == 1
    idea.refresh_from_db()
    assert idea.comments == 2


def test_one_can_reply_to_a_comment_but_not_to_a_reply(idea, dirk, aisha):
    first = said(idea, dirk)
    reply = said(idea, aisha, "Dank je", parent=first)
    assert reply.parent == first
    refused("discussion.one_level", comment, proposal=idea, person=dirk, text="Graag", parent=reply)


def test_a_reply_belongs_to_a_comment_on_the_same_text(idea, dirk, step, aisha):
    from samenraad.processes.actions import propose, take_part

    other = propose(
        step=step, contribution=take_part(step=step, person=aisha), title="Iets anders", text="...", by=aisha
    )
    refused("discussion.not_here", comment, proposal=other, person=dirk, text="Hm", parent=said(idea, dirk))


def test_nothing_is_said_without_words_or_with_far_too_many(idea, dirk):
    refused("discussion.empty", comment, proposal=idea, person=dirk, text="  \n ")
    refused("discussion.too_long", comment, proposal=idea, person=dirk, text="a" * 5_001)
    said(idea, dirk, "a" * 5_000)


def test_a_closed_step_takes_no_comments(idea, dirk, step):
    step.closes = timezone.now()
    step.save()
    refused("step.closed", comment, proposal=idea, person=dirk, text="Te laat")
    assert not Comment.objects.exists()


def test_a_merged_text_takes_no_comments(idea, dirk):
    Proposal.objects.filter(pk=idea.pk).update(status="withdrawn")
    refused("proposal.not_public", comment, proposal=idea, person=dirk, text="Nog iets")


def test_who_takes_a_comment_back_takes_the_words_back_and_the_replies_stay(idea, dirk, aisha):
    first = said(idea, dirk)
    said(idea, aisha, "Dank je", parent=first)
    withdraw_comment(comment=first, by=dirk)
    withdraw_comment(comment=first, by=dirk)
    idea.refresh_from_db()
    assert idea.comments == 1
    shown = queries.talk(idea, None).comments[0]
    assert (shown.state, shown.text, len(shown.replies)) == ("withdrawn", "", 1)
    assert Comment.objects.get(pk=first.pk).text == ""


def test_nobody_takes_back_what_somebody_else_said(idea, dirk, aisha):
    refused("discussion.not_yours", withdraw_comment, comment=said(idea, dirk), by=aisha)


def test_a_name_is_shown_only_of_who_chose_so(idea, dirk):
    said(idea, dirk)
    assert "Dirk" not in queries.talk(idea, None).comments[0].who
    dirk.show_name = True
    dirk.save()
    assert queries.talk(idea, None).comments[0].who == "Dirk Vos"


def _many(idea, dirk, comments, replies):
    part = said(idea, dirk, "de eerste").contribution
    rows = Comment.objects.bulk_create(
        Comment(proposal=idea, contribution=part, text=f"nummer {n}") for n in range(comments)
    )
    for row in rows[:30]:
        Comment.objects.bulk_create(
            Comment(proposal=idea, contribution=part, parent=row, text=f"antwoord {n}") for n in range(replies)
        )
    return rows


def test_three_queries_show_any_amount_of_talk(idea, dirk, django_assert_max_num_queries):
    rows = _many(idea, dirk, 200, 30)
    idea = Proposal.objects.select_related("step__process").get(pk=idea.pk)
    with django_assert_max_num_queries(3):
        talk = queries.talk(idea, None, page="2")
    assert len(talk.comments) == 25
    first = next(one for one in talk.comments if one.pk == rows[24].pk)
    assert (len(first.replies), first.more) == (10, 20)
    with django_assert_max_num_queries(3):
        thread = queries.talk(idea, None, thread=str(rows[0].pk))
    assert [len(one.replies) for one in thread.comments] == [30]


def test_the_tag_asks_no_more_than_that(idea, dirk, django_assert_max_num_queries):
    _many(idea, dirk, 60, 3)
    request = RequestFactory().get("/")
    request.person = None
    idea = Proposal.objects.select_related("step__process").get(pk=idea.pk)
    with django_assert_max_num_queries(3):
        html = Template("{% load discussion %}{% talk idea %}").render(Context({"idea": idea, "request": request}))
    assert html.count('id="comment-') == 25 + 24 * 3


def test_markdown_of_others_cannot_run_anything(idea, dirk, client):
    said(idea, dirk, "<script>alert(1)</script> [klik](javascript:alert(1)) **vet** <img src=x onerror=alert(1)>")
    request = RequestFactory().get("/")
    request.person = None
    html = Template("{% load discussion %}{% talk idea %}").render(Context({"idea": idea, "request": request}))
    assert "<strong>vet</strong>" in html
    for bad in ("<script", 'href="javascript', "<img"):
        assert bad not in html
