"""A questionnaire from draft to codebook: made, published, filled in, closed, compared, forgotten."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from samenraad.people.models import Channel
from samenraad.questionnaires import actions, queries
from samenraad.questionnaires.models import AnswerSet, Question, Questionnaire
from samenraad.questionnaires.room import card
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db

OPTIONS = [{"key": "rent", "text": {"nl": "Huur", "en": "Rent"}}, {"key": "own", "text": {"nl": "Koop", "en": "Own"}}]


def question(key: str, kind: str, options=(), **facts) -> Question:
    return actions.save_question(
        question=Question(key=key, kind=kind, text={"nl": f"{key}?"}, **facts), options=options
    )


@pytest.fixture
def home() -> Question:
    return question("home", "one", OPTIONS)


@pytest.fixture
def trust() -> Question:
    return question("trust", "scale", least=0, most=10)


@pytest.fixture
def draft(process, bram, home, trust) -> Questionnaire:
    made = actions.start(process=process, title="Wie ben je?", by=bram)
    actions.add(questionnaire=made, question=home, required=True)
    actions.add(
        questionnaire=made, question=question("rent", "number", least=0), required=True, condition=home, values=["rent"]
    )
    actions.add(questionnaire=made, question=trust, heading="Vertrouwen")
    actions.add(questionnaire=made, question=question("why", "text"))
    actions.add(questionnaire=made, question=question("phone", "number", personal=True))
    return made


@pytest.fixture
def published(draft, bram) -> Questionnaire:
    return actions.publish(questionnaire=draft, by=bram)


def filled(questionnaire, person, *, moment="", channel=Channel.WEB, **values) -> AnswerSet:
    answers = actions.begin(questionnaire=questionnaire, person=person, moment=moment, channel=channel)
    assert actions.keep(answers=answers, values=values) == {}
    return actions.hand_in(answers=answers)


class TestMaking:
    def test_a_draft_cannot_be_answered(self, draft, aisha):
        with pytest.raises(Refusal) as refused:
            actions.begin(questionnaire=draft, person=aisha)
        assert refused.value.code == "questionnaires.not_open"

    def test_an_empty_one_is_not_published(self, process, bram):
        empty = actions.start(process=process, title="Leeg", by=bram)
        with pytest.raises(Refusal) as refused:
            actions.publish(questionnaire=empty, by=bram)
        assert refused.value.code == "questionnaires.empty"

    def test_a_condition_that_comes_too_late_is_not_published(self, draft, bram):
        item = draft.items.get(question__key="rent")
        actions.move(item=item, up=True)
        with pytest.raises(Refusal) as refused:
            actions.publish(questionnaire=draft, by=bram)
        assert refused.value.facts["questions"] == "rent"

    def test_once_published_its_questions_stay(self, published, trust):
        item = published.items.get(question=trust)
        for change in (lambda: actions.move(item=item, up=True), lambda: actions.remove(item=item)):
            with pytest.raises(Refusal) as refused:
                change()
            assert refused.value.code == "questionnaires.fixed"

    def test_an_answered_question_keeps_its_words_in_every_questionnaire(self, published, aisha, home):
        filled(published, aisha, home="own")
        home.text = {"nl": "Anders"}
        with pytest.raises(Refusal) as refused:
            actions.save_question(question=home, options=OPTIONS)
        assert refused.value.code == "questionnaires.answered"

    def test_a_choice_needs_two_answers_with_names_of_their_own(self):
        for options, code in ((OPTIONS[:1], "options"), ([OPTIONS[0], OPTIONS[0]], "option_twice")):
            with pytest.raises(Refusal) as refused:
                question("x", "one", options)
            assert refused.value.code == f"questionnaires.{code}"

    def test_a_question_stands_in_a_questionnaire_once(self, draft, home):
        with pytest.raises(Refusal) as refused:
            actions.add(questionnaire=draft, question=home)
        assert refused.value.code == "questionnaires.twice"


class TestAnswering:
    def test_what_is_wrong_does_not_cost_what_is_right(self, published, aisha):
        answers = actions.begin(questionnaire=published, person=aisha)
        wrong = actions.keep(answers=answers, values={"home": "rent", "rent": "much"})
        assert list(wrong) == ["rent"]
        assert queries.values_of(answers) == {"home": "rent"}

    def test_who_begins_again_goes_on_where_she_was(self, published, aisha):
        answers = actions.begin(questionnaire=published, person=aisha)
        actions.keep(answers=answers, values={"home": "own"})
        again = actions.begin(questionnaire=published, person=aisha)
        assert again == answers
        assert queries.values_of(again) == {"home": "own"}

    def test_what_must_be_answered_must_be_answered(self, published, aisha):
        answers = actions.begin(questionnaire=published, person=aisha)
        actions.keep(answers=answers, values={"home": "rent"})
        with pytest.raises(Refusal) as refused:
            actions.hand_in(answers=answers)
        assert refused.value.facts["questions"] == "rent"

    def test_an_answer_on_a_road_not_taken_does_not_count(self, published, aisha):
        answers = actions.begin(questionnaire=published, person=aisha)
        actions.keep(answers=answers, values={"home": "rent", "rent": "900"})
        actions.keep(answers=answers, values={"home": "own"})
        actions.hand_in(answers=answers)
        assert queries.values_of(answers) == {"home": "own"}

    def test_it_can_be_changed_until_it_closes(self, published, aisha, bram):
        answers = filled(published, aisha, home="own")
        actions.keep(answers=answers, values={"home": "rent", "rent": 800})
        actions.close(questionnaire=published, by=bram)
        with pytest.raises(Refusal) as refused:
            actions.keep(answers=answers, values={"home": "own"})
        assert refused.value.code == "questionnaires.closed"

    def test_trying_it_out_never_counts(self, draft, bram):
        answers = actions.begin(questionnaire=draft, person=bram, test=True)
        actions.keep(answers=answers, values={"home": "own"})
        actions.hand_in(answers=answers)
        assert queries.counted(draft).count() == 0

    def test_paper_counts_as_much(self, published, emre, bram, home):
        answers = actions.begin(questionnaire=published, person=emre, channel=Channel.PAPER, keyed_by=bram)
        actions.keep(answers=answers, values={"home": "own"})
        actions.hand_in(answers=answers)
        assert queries.spread(published, home).counts == (("Huur", 0), ("Koop", 1))
        assert [n for _, n in queries.by_channel(published)] == [1]


class TestComparing:
    def test_only_who_answered_twice_is_compared(self, published, trust, aisha, dirk, emre):
        for person, moment, value in (
            (aisha, "before", 4),
            (aisha, "after", 7),
            (dirk, "before", 5),
            (dirk, "after", 4),
            (emre, "before", 9),
        ):
            filled(published, person, moment=moment, home="own", trust=value)
        found = queries.shift(trust, (published, "before"), (published, "after"))
        assert (found.pairs, found.only_before, found.only_after) == (((4, 7), (5, 4)), 1, 0)
        assert found.mean == 1.0

    def test_nothing_to_compare_is_no_mean(self, published, trust):
        assert queries.shift(trust, (published, "before"), (published, "after")).mean is None

    def test_a_copy_asks_the_same_questions(self, published, process, bram):
        twin = actions.copy(questionnaire=published, process=process, by=bram)
        assert [item.question_id for item in twin.items.all()] == [item.question_id for item in published.items.all()]
        assert twin.fixed_at is None


class TestExporting:
    def test_the_export_says_nothing_that_tells_who_it_was(self, published, process, bram, aisha, dirk):
        filled(published, dirk, home="own", why="Because I am Dirk", phone=612345678)
        filled(published, aisha, home="rent", rent=700, trust=8)
        actions.close(questionnaire=published, by=bram)
        table, codebook = queries.answers_table(published), queries.codebook_table(published)
        rows = [list(map(str, row)) for row in table.rows]
        assert table.header == ["moment", "channel", "language", "home", "rent", "trust"]
        assert rows == [["", "web", "nl", "own", "", ""], ["", "web", "nl", "rent", "700", "8"]]
        assert ["home", "one", "home?", "rent", "Huur", None, None] in [list(row) for row in codebook.rows]

    def test_what_everybody_may_count_holds_no_person_and_no_small_group(self, published, process, bram, aisha):
        filled(published, aisha, home="rent", rent=712, trust=8)
        for n in range(5):
            filled(published, type(aisha).objects.create(name=f"Buur {n}"), home="own")
        actions.close(questionnaire=published, by=bram)
        counts = [list(row) for row in queries.tables(process)[0].rows]
        assert ["", "home", "Koop", 5] in counts
        assert ["", "home", "Huur", "<5"] in counts
        assert ["", "trust", "3", 0] in counts
        assert {row[1] for row in counts} == {"home", "trust"}

    def test_nobody_looks_into_one_that_is_open(self, published, process, as_, bram, aisha):
        filled(published, aisha, home="own")
        assert queries.tables(process) == []
        assert as_(bram).get(reverse("questionnaires:download", args=[published.pk, "answers"])).status_code == 404


class TestForgetting:
    def test_who_it_was_goes_and_the_figures_stand(self, published, aisha, home):
        filled(published, aisha, home="own", why="My name is Aisha", phone=612345678)
        card.forget(aisha)
        assert queries.spread(published, home).counts == (("Huur", 0), ("Koop", 1))
        left = AnswerSet.objects.get()
        assert left.person is None
        assert set(queries.values_of(left)) == {"home"}

    def test_a_draft_goes_altogether(self, published, aisha):
        answers = actions.begin(questionnaire=published, person=aisha)
        actions.keep(answers=answers, values={"home": "own"})
        card.forget(aisha)
        assert not AnswerSet.objects.exists()

    def test_all_you_have_on_me(self, published, aisha):
        filled(published, aisha, home="own", why="Just so")
        assert "Just so" in json.dumps(card.known(aisha))


class TestPages:
    def test_it_is_walked_page_by_page_and_handed_in(self, published, as_, aisha):
        client = as_(aisha)
        first = client.post(reverse("questionnaires:begin", args=[published.pk])).url
        second = client.post(first, {"home": "rent"}).url
        third = client.post(second, {"rent": "750"}).url
        assert b"750" not in client.get(third).content
        review = client.post(third, {"trust": "7", "why": "", "phone": ""}, follow=True).redirect_chain[-1][0]
        assert b"750" in client.get(review).content
        client.post(review)
        assert queries.counted(published).get().person == aisha

    def test_a_wrong_answer_is_said_beside_the_question_and_the_rest_is_kept(self, published, as_, aisha):
        client = as_(aisha)
        answers = actions.begin(questionnaire=published, person=aisha)
        actions.keep(answers=answers, values={"home": "own"})
        page = client.post(reverse("questionnaires:page", args=[answers.pk, 2]), {"trust": "99", "why": "Zomaar"})
        assert page.context["form"].errors["trust"]
        assert queries.values_of(answers)["why"] == "Zomaar"

    def test_somebody_else_does_not_see_my_answers(self, published, as_, aisha, dirk, bram):
        answers = actions.begin(questionnaire=published, person=aisha)
        for person in (dirk, bram):
            assert as_(person).get(reverse("questionnaires:review", args=[answers.pk])).status_code == 404

    def test_the_officer_makes_one_by_clicking(self, as_, bram, process):
        client = as_(bram)
        edit = client.post(
            reverse("questionnaires:start", args=[process.slug]), {"title_nl": "Profiel", "intro_nl": ""}
        ).url
        made = Questionnaire.objects.get()
        facts = {"text_nl": "Huur of koop?", "kind": "one", "key": "home", "answers": "Huur\nKoop", "required": "on"}
        assert client.post(reverse("questionnaires:add", args=[made.pk]), facts).url == edit
        facts = {"text_nl": "Hoeveel huur?", "kind": "number", "key": "rent", "condition": Question.objects.get().pk}
        assert client.post(reverse("questionnaires:add", args=[made.pk]), {**facts, "values": "huur"}).url == edit
        assert [one.values for one in queries.asked(made)] == [(), ("huur",)]
        client.post(reverse("questionnaires:publish", args=[made.pk]))
        made.refresh_from_db()
        assert made.is_open

    def test_a_stranger_makes_none(self, as_, aisha, draft):
        for name in ("edit", "add", "title", "answers"):
            assert as_(aisha).get(reverse(f"questionnaires:{name}", args=[draft.pk])).status_code == 404
