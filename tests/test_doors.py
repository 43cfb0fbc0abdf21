"""Every door of the house, tried by everybody: what somebody may not know does not exist, and looking changes nothing.

The addresses come from the resolver, so a page that is added tomorrow is tried without anybody writing it down here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ViewDoesNotExist
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from samenraad.ballots.actions import counting, sealing
from samenraad.ballots.models import Vote
from samenraad.ballots.scripted import cast_many
from samenraad.ballots.testing import end, open_vote
from samenraad.discussion import actions as discussion
from samenraad.followup import actions as followup
from samenraad.instruments.lot.models import Dimension, Invitation, Lot, Value, Wave
from samenraad.instruments.lot.queries.frozen import facts
from samenraad.instruments.lot.tests import drawing
from samenraad.ledger.models import Entry
from samenraad.people.models import Body, Person, Role
from samenraad.processes import actions
from samenraad.questionnaires import actions as questionnaires
from samenraad.questionnaires.models import Question

SECRET = "Zeldzaamwoord"
FORGED = 987_654_321
DESK = re.compile(
    r"^/desk/|^/ideas/\d+/(desk|import)/|^/preferendum/\d+/desk/|^/votes/[-\w]+/desk/|^/votes/of/"
    r"|^/lot/\d+/(desk|plan|groups|tried|freeze|rehearsals|register|letters|replies|phone|cards|seats|calls|sessions"
    r"|outreach)/|^/lot/\d+/waves/($|plan/|\d+/draw/)|^/lot/\d+/calls\.csv$"
)
#: desks that somebody with a role in any one process has, showing only what is theirs
ANY_ROLE = {
    *("processes:desk", "processes:list", "followup:answer_list", "followup:measures_desk"),
    *("post:desk", "post:messages", "post:calls", "post:calls_csv", "discussion:desk"),
}
#: what a GET of ours may leave behind: nothing but the session that remembers a visitor
KEPT_BY_LOOKING = {"sessions.Session", "account.EmailAddress"}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """A thousand refusals are no news."""
    caplog.set_level("CRITICAL", logger="django.request")
    caplog.set_level("CRITICAL", logger="django.security")


def doors(resolver: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from doors(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield space + one.name, one
        elif not callable(one.callback):
            raise ViewDoesNotExist(str(one))


def params(name: str) -> list[str]:
    """The names of what an address asks for, in order."""
    *spaces, last = name.split(":")
    resolver = get_resolver()
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    return list(resolver.reverse_dict.getlist(last)[0][0][0][1])


def addresses(values: dict[str, list[Any]]) -> Iterator[tuple[str, str]]:
    for name, _pattern in doors():
        wanted = params(name)
        own = {**values, "step": values["lot"]} if name.startswith(("lot:", "processes:work")) else values
        own = {**values, "step": values["votes"]} if name.startswith(("preferendum:", "ballots:")) else own
        own = {**own, "pk": values["work"]} if name.startswith("processes:work") else own
        for filled in product(*(own[one] for one in wanted)):
            yield name, reverse(name, kwargs=dict(zip(wanted, filled, strict=True)))


def rows() -> dict[str, int]:
    found = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return {label: count for label, count in found.items() if label not in KEPT_BY_LOOKING}


def last_entry() -> int:
    return Entry.objects.aggregate(last=models.Max("seq"))["last"] or 0


def fields_of(row: models.Model) -> dict[str, Any]:
    return type(row).objects.filter(pk=row.pk).values().get()


@pytest.fixture
def full(house, bram, aisha, chantal, dirk):
    """A house in which something of everything is there: an answered hand-over, a measure, comments, a meeting."""
    part = actions.take_part(step=house.step, person=aisha)
    second = actions.propose(step=house.step, contribution=part, title="Een fontein", text="Koel.", by=aisha)
    comment = discussion.comment(proposal=house.idea, person=dirk, text="Goed idee", parent=None)
    handover = followup.hand_over(process=house.process, proposals=[house.idea, second], by=bram)
    for item in handover.items.all():
        followup.give_answer(item=item, decision="adopted", reasons="Dit past in het plan.", by=bram)
    followup.publish_answers(handover=handover, by=chantal)
    item = handover.items.first()
    answer = type(item).objects.select_related("answer").get(pk=item.pk).answer
    due = timezone.localdate() + timedelta(days=30)
    measure = followup.add_measure(
        process=house.process, answer=answer, title="Bomen planten", due=due, by=bram, department="Groen"
    )
    draft = actions.create(title=f"{SECRET} plan", question=f"{SECRET}?", place=house.place, by=bram)
    officer = type(bram).objects.create(name="Els Elders", account=type(bram.account).objects.create_user("e@e.nl"))
    Role.objects.create(person=officer, word="officer", scope="process:999999")
    made = vars(house) | {"second": second, "comment": comment, "handover": handover, "item": item}
    asked = _questionnaire(house.process, bram, aisha)
    lot = _lot(house.process, bram, aisha)
    votes = [open_vote(house.process, bram).vote, _counted(house.process, bram)]
    return SimpleNamespace(**made, measure=measure, draft=draft, elsewhere=officer, asked=asked, lot=lot, votes=votes)


def _counted(process: Any, bram: Any) -> Vote:
    """A vote that is over: 25 ballots, sealed and counted."""
    opened = open_vote(process, bram, titles=["Plan A", "Plan B"], ballot="choose", rule="plurality")
    cast_many(opened.vote, [(code, {"choice": str(1 + n % 2)}) for n, code in enumerate(opened.codes[:25])])
    vote = sealing.seal(vote=end(opened.vote), by=bram)
    vote = counting.enter_seed(vote=vote, seed="drie hoeden", how="dobbelstenen", by=bram)
    return counting.count(vote=vote, by=bram)


def _lot(process: Any, bram: Any, aisha: Any) -> Lot:
    """Three people said yes, Aisha among them; two of them were drawn."""
    begins = timezone.now() - timedelta(days=9)
    body = Body.objects.create(name="Dorpspanel", kind="panel", seats={"citizen": 2})
    step = actions.add_step(process=process, kind="lot", title="Loting", by=bram, body=body, opens=begins)
    lot = Lot.objects.create(step=step, seats=2, frozen_at=begins, digest="ab" * 32)
    step.closes = timezone.now() - timedelta(hours=1)
    step.save()
    gender = Dimension.objects.create(lot=lot, key="gender", label="Geslacht")
    for value in ("woman", "man"):
        Value.objects.create(dimension=gender, key=value, label=value, people=50, least=1, most=1)
    wave = Wave.objects.create(lot=lot, number=1, seed="drie hoeden", seed_by="de griffier")
    for place, person in enumerate([aisha, *(Person.objects.create(name=f"Bewoner {n}") for n in range(3))]):
        yes = {"reply": "yes", "replied_at": begins, "channel": "web"} if place < 3 else {}
        features = {"gender": "man" if place == 1 else "woman"}
        Invitation.objects.create(lot=lot, wave=wave, person=person, number=f"K7F2Q{place}", features=features, **yes)
    drawing.drawn(lot, bram)
    lot.rules = facts(lot, begins)
    lot.save(update_fields=["rules"])
    return lot


def _questionnaire(process: Any, bram: Any, aisha: Any) -> Any:
    """Published, with one question, and begun by Aisha."""
    question = questionnaires.save_question(question=Question(key="why", kind="text", text="Waarom?"))
    made = questionnaires.start(process=process, title="Vragen", by=bram)
    questionnaires.add(questionnaire=made, question=question)
    made = questionnaires.publish(questionnaire=made, by=bram)
    questionnaires.begin(questionnaire=made, person=aisha)
    return made


def values_of(full: Any) -> dict[str, list[Any]]:
    things = (full.idea, full.comment, full.handover, full.item, full.measure, full.step, full.bram, full.council)
    pks = sorted({thing.pk for thing in things})
    pks = sorted({*pks[:2], full.asked.pk})
    works = [work.pk for work in full.lot.step.works.all()[:1]] if full.lot else []
    return {
        "step": [full.step.pk, FORGED],
        "lot": [full.lot.pk if full.lot else full.step.pk], "number": [1, FORGED], "pk": [*pks, FORGED],
        "proposal": [full.idea.pk, FORGED],
        "slug": [full.process.slug, full.draft.slug, "bestaat-niet"], "version": [1, FORGED], "kind": ["ideas", "none"],
        "votes": [vote.step_id for vote in full.votes] or [full.step.pk],
        "work": [*works, FORGED], "item": [full.asked.items.get().pk, FORGED], "table": ["codebook", "x"],
        "wave": [1, FORGED], "token": ["0" * 16],
        "word": ["comment", "text", "x"], "code": ["AAAA-BBBB"], "uidb36": ["1"],
        "key": ["x-y", *(vote.key for vote in full.votes)], "about": ["1", "x"],
    }  # fmt: skip


@pytest.mark.parametrize("who", ["nobody", "dirk", "aisha", "elsewhere"])
def test_who_may_not_know_a_desk_does_not_find_it(full, as_, who):
    browser = as_(getattr(full, who, None))
    browser.raise_request_exception = False
    wrong = []
    for name, url in addresses(values_of(full)):
        response = browser.get(url)
        desk = bool(DESK.match(url))
        if response.status_code >= 500:
            wrong.append((name, url, response.status_code))
        if who == "nobody" and response.status_code == 302 and desk:
            assert response["Location"].startswith("/account/login/"), url
        elif name == "processes:desk" and who != "elsewhere":
            assert response["Location"] == "/my/"
        elif desk and not (who == "elsewhere" and name in ANY_ROLE) and response.status_code not in (404, 405):
            wrong.append((name, url, response.status_code))
        if who == "elsewhere" and name in ANY_ROLE:
            assert response.status_code == 200, url
            body = response.getvalue().decode()
            assert SECRET not in body, url
            assert full.process.slug not in body, url
    assert not wrong


@pytest.mark.parametrize("who", ["nobody", "aisha", "bram", "chantal"])
def test_looking_changes_nothing(full, as_, who):
    browser = as_(getattr(full, who, None))
    browser.raise_request_exception = False
    things = (full.process, full.draft, full.step, full.idea, full.handover, full.item, full.measure, full.comment)
    before, seq, state = rows(), last_entry(), [fields_of(one) for one in things]
    broken = []
    for name, url in addresses(values_of(full)):
        response = browser.get(url)
        if response.streaming:
            b"".join(response)
        if response.status_code >= 500:
            broken.append((name, url))
    assert not broken
    assert rows() == before
    assert last_entry() == seq
    assert [fields_of(one) for one in things] == state


def test_a_form_of_another_website_opens_nothing(full):
    """Without the token of our own page nothing that is sent gets in, on any address."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(full.bram.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    before = rows()
    got_in = []
    for name, url in addresses({key: some[:1] for key, some in values_of(full).items()}):
        if browser.post(url, {"title": "x"}).status_code != 403:
            got_in.append((name, url))
    assert not got_in
    assert rows() == before


def test_posting_to_a_desk_that_is_not_yours_is_refused_and_does_nothing(full, as_):
    before, seq = rows(), last_entry()
    for who in (None, full.dirk, full.elsewhere):
        browser = as_(who)
        browser.raise_request_exception = False
        wrong = []
        for name, url in addresses(values_of(full)):
            if not DESK.match(url) or name in ANY_ROLE:
                continue
            response = browser.post(url, {"title": "x", "do": "keep"})
            login = who is None and response.status_code == 302 and response["Location"].startswith("/account/login/")
            if response.status_code not in (404, 405) and not login:
                wrong.append((name, url, response.status_code))
        assert not wrong, who
    assert last_entry() == seq
    # only sessions come and go
    assert rows() == before


def test_an_unpublished_process_is_not_there_for_others(full, as_):
    """Its pages, its steps, its texts, its files: 404, and no list gives it away."""
    type(full.process).objects.filter(pk=full.process.pk).update(published_at=None)
    values = values_of(full) | {
        "slug": [full.process.slug], "step": [full.step.pk], "number": [1], "wave": [1], "proposal": [full.idea.pk],
        "pk": [full.idea.pk],
    }  # fmt: skip
    about = {"slug", "step", "proposal"}
    for who in (None, full.dirk, full.elsewhere):
        browser = as_(who)
        for name, url in addresses(values):
            mine = about & set(params(name)) or name == "followup:story"
            if mine and not DESK.match(url):
                answer = browser.get(url)
                # a ballot that nobody began leads to the field for a code, whatever step it names
                booth = answer.headers.get("Location") == "/vote/?again=1"
                assert booth or answer.status_code in (404, 405), (who, url)
        for name in (
            "site:home",
            "followup:all_answers",
            "followup:overdue",
            "followup:responsiveness",
            "ledger:check",
        ):
            assert full.idea.title not in browser.get(reverse(name)).content.decode(), (who, name)
            assert full.process.slug not in browser.get(reverse(name)).content.decode(), (who, name)


@pytest.mark.parametrize("how", ["hidden", "withdrawn"])
def test_what_is_hidden_or_taken_back_is_read_nowhere(house, as_, how):
    """Not on its page, not in a list, a file, a story, a search, not in a reader's suggestions."""
    part = actions.take_part(step=house.step, person=house.aisha)
    text = actions.propose(
        step=house.step, contribution=part, title=f"{SECRET} titel", text=f"{SECRET} tekst", by=house.aisha
    )
    if how == "hidden":
        discussion.hide(thing=text, kind="insult", reason="Het scheldt iemand uit.", by=house.bram)
    else:
        actions.withdraw(proposal=text, by=house.aisha)
    values = values_of(house_with(house, text))
    for who in (None, house.dirk):
        browser = as_(who)
        for _name, url in addresses(values):
            assert SECRET not in content(browser.get(url)), (who, url)
        for words in ({"q": SECRET}, {"q": SECRET, "status": how}, {"status": how}, {"status": "all"}):
            for name in ("ideas:show", "ideas:map", "ideas:points", "ideas:csv", "ideas:json"):
                body = content(browser.get(reverse(name, args=[house.step.pk]), words))
                # a search repeats the word that was looked for, never more than that
                assert f"{SECRET} t" not in body, (name, words)
        alike = browser.post(reverse("ideas:similar", args=[house.step.pk]), {"title": f"{SECRET} titel"})
        assert SECRET not in content(alike)


def house_with(house: Any, text: Any) -> Any:
    made = vars(house) | dict.fromkeys(("comment", "handover", "item", "measure"), text)
    asked = _questionnaire(house.process, house.bram, house.aisha)
    return SimpleNamespace(asked=asked, lot=None, votes=[], **(made | {"idea": text, "draft": house.process}))


def content(response: Any) -> str:
    return (b"".join(response) if response.streaming else response.content).decode(errors="replace")


@pytest.mark.parametrize("who", ["nobody", "dirk", "bram"])
def test_things_of_somebody_else_stay_as_they_are(full, as_, who):
    """Editing and taking back somebody's idea or comment; a mark of who did not take part in that process."""
    browser = as_(getattr(full, who, None))
    before, seq = fields_of(full.idea), last_entry()
    for name in ("ideas:edit", "ideas:withdraw"):
        url = reverse(name, args=[full.step.pk, full.idea.number])
        for response in (browser.get(url), browser.post(url, {"title": "Anders", "text": "x"})):
            assert response.status_code == (302 if who == "nobody" else 404)
    if who != "dirk":  # the comment is his
        response = browser.post(reverse("discussion:withdraw", args=[full.comment.pk]))
        assert response.status_code == (302 if who == "nobody" else 404)
    if who == "bram":
        assert browser.post(reverse("followup:mark", args=[full.item.pk]), {"value": "1"}).status_code in (302, 404)
    assert fields_of(full.idea) == before
    assert last_entry() == seq


@pytest.mark.parametrize(
    "evil", ["//evil.example", "https://evil.example/x", "javascript:alert(1)", "/\\evil.example", "\t//evil.example"]
)
def test_no_way_back_leads_to_another_website(full, as_, evil):
    browser = as_(full.dirk)
    sent = [
        (reverse("ideas:support", args=[full.step.pk, full.second.number]), {}),
        (reverse("discussion:say", args=[full.second.pk]), {"text": "Mooi"}),
        (reverse("discussion:report", args=["text", full.second.pk]), {"reason": "Dit scheldt."}),
        (reverse("discussion:withdraw", args=[full.comment.pk]), {}),
        (reverse("followup:mark", args=[full.item.pk]), {"value": "7", "back": evil}),
        (reverse("site:language"), {"language": "en"}),
        (reverse("account_logout"), {}),
    ]
    for url, values in sent:
        response = browser.post(f"{url}", values | {"next": evil}, headers={"referer": "https://evil.example/"})
        leads_to = urlsplit(response.get("Location", "/"))
        assert (leads_to.scheme, leads_to.netloc) == ("", ""), url


def test_every_page_has_its_locks(full, client):
    """A strict policy on scripts and frames on whatever is answered, also on what is not found."""
    for _name, url in [*addresses(values_of(full)), ("", "/bestaat-niet/")]:
        response = client.get(url)
        policy = response.get("Content-Security-Policy", "")
        assert "default-src 'self'" in policy, url
        assert "script-src 'self'" in policy, url
        assert "unsafe" not in policy, url
        assert "frame-ancestors 'none'" in policy, url
        assert response["X-Frame-Options"] == "DENY", url
        assert response["X-Content-Type-Options"] == "nosniff", url
        if "html" in response.get("Content-Type", ""):
            body = content(response)
            assert not re.search(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", body), url
            assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>\s*\S", body), url
            assert "<style" not in body, url


def test_reading_leaves_no_cookie(full):
    """Who only reads is not followed; a page with a form may keep the token of that form."""
    for name, url in addresses(values_of(full)):
        if name.startswith("account_"):
            continue
        browser = Client()
        response = browser.get(url)
        assert set(response.cookies) <= {settings.CSRF_COOKIE_NAME}, (name, set(response.cookies))
