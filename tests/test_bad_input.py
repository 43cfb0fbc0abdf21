"""What people and programs send that nobody expects: each gets a sentence, nobody a broken page, and nothing twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samenraad.discussion import actions as discussion
from samenraad.discussion.models import Comment, Report
from samenraad.followup import actions as followup
from samenraad.followup.models import Handover
from samenraad.instruments.ideas.models import Upload
from samenraad.ledger.models import Entry
from samenraad.processes import actions
from samenraad.processes.models import Process, Proposal, Source, Step

HUGE = "99999999999999999999"
MEGABYTES = "x" * (10 * 1024 * 1024)
#: what a text field may meet: a byte no database keeps, half a character, a reversed line, a family of one sign
STRANGE = {
    "nul": "Bomen\x00!",
    "rtl": "Bomen \u202egnp.exe",
    "emoji": "Bomen 👨‍👩‍👧‍👦 ツ",
    "control": "Bomen \x1b[31m\x07",
    "blank": "\u200b\u2060",
    "zalgo": "B" + "\u0301" * 200,
}
SCRIPTS = [
    "<script>alert(1)</script>",
    "[klik](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    "<javascript:alert(1)>",
    "[k]( &#106;avascript:alert(1))",
    "</textarea><svg onload=alert(1)>",
    "\"><iframe src='//evil.example'></iframe>",
]
#: inside a tag only: written out as text it is harmless
RUNS = re.compile(
    r"<(?:script|iframe|svg|object|embed)[^>]*(?:alert|evil)|<script>alert|<[a-z][^>]*\son[a-z]+\s*="
    r"|<[a-z][^>]*\s(?:href|src)\s*=\s*[\"']?\s*(?:javascript|data:text|//evil)",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _at_ease(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits here for the seconds in which people type."""
    monkeypatch.setattr("samenraad.discussion.rules.too_fast", lambda *_: False)
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def answers(house) -> Handover:
    return followup.hand_over(process=house.process, proposals=[house.idea], by=house.bram)


def entries() -> int:
    return Entry.objects.count()


def give(browser: Any, step: Step, title: str, text: str = "") -> Any:
    """An idea of somebody who is signed in, as far as it gets."""
    response = browser.post(reverse("ideas:new", args=[step.pk]), {"title": title, "text": text})
    if response.status_code == 302 and response["Location"].endswith("/review/"):
        return browser.post(response["Location"])
    return response


# --- ids, pages, dates ---


def test_a_number_too_big_for_any_database_is_not_found(house, as_, answers):
    """As nobody, as a resident, and as who may see everything: on each address that asks for a number."""
    from tests.test_doors import doors, params

    filled = {"slug": house.process.slug, "word": "text", "kind": "ideas", "step": house.step.pk, "pk": answers.pk}
    for who in (None, house.bram):
        browser = as_(who)
        for name, _pattern in doors():
            for big in {"step", "number", "pk", "proposal", "version"} & set(params(name)):
                wanted = {one: filled.get(one, 1) for one in params(name)} | {big: int(HUGE)}
                url = reverse(name, kwargs=wanted)
                for response in (browser.get(url), browser.post(url, {})):
                    assert response.status_code in (302, 404, 405), (name, url, response.status_code)


@pytest.mark.parametrize("page", [HUGE, "abc", "-1", "0", "1.5", "", "²", "1\x00", "'"])
def test_a_page_that_is_not_there_is_a_page(house, as_, answers, page):
    browser = as_(house.bram)
    lists = [
        reverse("ideas:show", args=[house.step.pk]),
        reverse("ideas:idea", args=[house.step.pk, 1]),
        reverse("processes:story", args=[house.process.slug]),
        reverse("followup:all_answers"),
        reverse("followup:answers", args=[house.process.slug]),
        reverse("followup:overdue"),
        reverse("processes:list"),
        reverse("post:messages"),
        reverse("post:calls"),
        reverse("discussion:desk"),
        reverse("followup:feedback_desk", args=[house.process.slug]),
        reverse("ideas:desk", args=[house.step.pk]),
        reverse("followup:answer_desk", args=[answers.pk]),
    ]
    for url in lists:
        assert browser.get(url, {"page": page}).status_code == 200, url


@pytest.mark.parametrize("bad", [HUGE, "abc", "\x00", "-1", "²", "[]", "null"])
def test_filters_with_nonsense_filter_nothing_or_all(house, as_, bad):
    names = ("q", "place", "theme", "status", "sort", "step", "body", "decision", "show", "scope", "medium", "state")
    words = dict.fromkeys(names, bad)
    browser = as_(house.bram)
    for url in (
        *(reverse(f"ideas:{name}", args=[house.step.pk]) for name in ("show", "map", "points", "csv", "json", "desk")),
        reverse("followup:answers", args=[house.process.slug]),
        reverse("followup:all_answers"),
        reverse("processes:list"),
        reverse("post:messages"),
        reverse("post:calls"),
        reverse("discussion:desk"),
        reverse("processes:show", args=[house.process.slug]),
        reverse("site:home"),
    ):
        response = browser.get(url, words)
        if response.streaming:
            b"".join(response)
        assert response.status_code in (200, 404), url


@pytest.mark.parametrize(
    "day", ["31-02-2026", "2026-02-31", "0000-00-00", "99999-01-01", "gisteren", "2026-13-01", "\x00"]
)
def test_a_day_that_does_not_exist_is_asked_again(house, as_, day):
    browser, before = as_(house.bram), entries()
    sent = [
        (reverse("ideas:key", args=[house.step.pk]), {"title": "Bank", "channel": "paper", "day": day}),
        (
            reverse("processes:add_step", args=[house.process.slug, "ideas"]),
            {"title_0": "Stap", "opens": day, "closes": day},
        ),
        (reverse("processes:add_meeting", args=[house.process.slug]), {"title": "Avond", "starts": day, "day": day}),
        (reverse("processes:add_election"), {"day": day, "name": "Verkiezing"}),
        (reverse("followup:add_measure", args=[house.process.slug]), {"title": "Planten", "due": day}),
    ]
    for url, values in sent:
        assert browser.post(url, values).status_code in (200, 409), url
    assert entries() == before


# --- strange and endless texts ---


@pytest.mark.parametrize("strange", list(STRANGE))
def test_strange_signs_are_kept_or_asked_again(house, as_, strange):
    """An idea, a comment, a report, a search, an officer's words: a page, never a broken one."""
    text = STRANGE[strange]
    browser = as_(house.dirk)
    assert give(browser, house.step, text, text).status_code in (200, 302, 409)
    for url, values in (
        (reverse("discussion:say", args=[house.idea.pk]), {"text": text}),
        (reverse("discussion:report", args=["text", house.idea.pk]), {"reason": text}),
        (reverse("ideas:similar", args=[house.step.pk]), {"title": text, "text": text}),
        (reverse("people:letter"), {"code": text, "next": text}),
        (reverse("people:details"), {"name": text, "street": text}),
        (reverse("site:language"), {"language": text, "next": text}),
        (reverse("account_request_login_code"), {"email": f"{text}@example.org", "next": text}),
    ):
        assert browser.post(url, values).status_code < 500, url
    assert browser.get(reverse("ideas:show", args=[house.step.pk]), {"q": text}).status_code == 200
    assert all("\x00" not in one.title + one.text for one in Proposal.objects.all())
    for url in (reverse("ideas:show", args=[house.step.pk]), reverse("followup:story", args=[house.idea.pk])):
        assert browser.get(url).status_code == 200


def test_a_byte_that_no_database_keeps_is_told_in_a_sentence(house, as_):
    browser = as_(house.dirk)
    response = browser.post(reverse("ideas:new", args=[house.step.pk]), {"title": "Bomen\x00", "text": "x"})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert Proposal.objects.count() == 1


def test_ten_megabytes_is_too_long(house, as_, answers):
    before = entries()
    resident, values = as_(house.dirk), dict.fromkeys(("text", "reason"), MEGABYTES)
    for url in (
        reverse("ideas:new", args=[house.step.pk]),
        reverse("discussion:say", args=[house.idea.pk]),
        reverse("discussion:report", args=["text", house.idea.pk]),
    ):
        response = resident.post(url, {"title": "Bomen"} | {"text": MEGABYTES, "reason": ""} | _only(url, values))
        assert response.status_code in (200, 400, 413), url
    officer = as_(house.bram)
    for url, name in (
        (reverse("followup:answer_item", args=[answers.pk, 1]), "reasons"),
        (reverse("followup:side_note", args=[answers.pk, 1]), "text"),
        (reverse("discussion:judge", args=["text", house.idea.pk]), "reason"),
        (reverse("processes:question", args=[house.process.slug]), "question_0"),
    ):
        response = officer.post(url, {name: MEGABYTES, "do": "hide", "kind": "insult", "decision": "adopted"})
        assert response.status_code in (200, 302, 400, 409, 413), url
    assert entries() == before


def _only(url: str, values: dict[str, str]) -> dict[str, str]:
    return {"reason": values["reason"], "text": ""} if "report" in url else {}


def test_a_title_that_is_too_long_says_how_long_it_may_be(house, as_):
    response = give(as_(house.dirk), house.step, "lang " * 100)
    assert response.status_code == 200
    assert re.search(r"\d+", response.content.decode())
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_citizens_write_never_runs(house, as_, answers, script):
    """On every page where it shows, in every part of it."""
    idea = actions.propose(
        step=house.step,
        contribution=actions.take_part(step=house.step, person=house.aisha),
        title=script[:160],
        text=script,
        by=house.aisha,
    )
    discussion.comment(proposal=house.idea, person=house.dirk, text=script, parent=None)
    type(house.dirk).objects.filter(pk=house.dirk.pk).update(name=script)
    discussion.report(thing=house.idea, reason=script, person=house.dirk)
    followup.give_answer(item=answers.items.get(), decision="adopted", reasons=f"{script} past.", by=house.bram)
    followup.publish_answers(handover=answers, by=house.chantal)
    slug, step = house.process.slug, house.step.pk
    urls = [
        reverse("ideas:show", args=[step]),
        reverse("ideas:show", args=[step]) + "?q=%3Cscript%3Ealert(1)",
        reverse("ideas:idea", args=[step, idea.number]),
        reverse("ideas:idea", args=[step, 1]),
        reverse("followup:story", args=[house.idea.pk]),
        reverse("followup:story", args=[idea.pk]),
        reverse("followup:answers", args=[slug]),
        reverse("followup:all_answers"),
        reverse("processes:show", args=[slug]),
        reverse("processes:story", args=[slug]),
        reverse("discussion:say", args=[idea.pk]),
        reverse("discussion:judge", args=["text", house.idea.pk]),
        reverse("discussion:desk"),
        reverse("ideas:desk", args=[step]),
        reverse("site:home"),
        reverse("followup:answer_desk", args=[answers.pk]),
    ]
    browser = as_(house.bram)
    for url in urls:
        response = browser.get(url)
        assert response.status_code == 200, url
        found = RUNS.search(response.content.decode())
        assert not found, (url, found and found.group())


# --- codes ---


@pytest.mark.parametrize("code", ["", "AAAA", "0000-0000-0000", "\x00\x00", "' OR 1=1 --", "é" * 40, "A" * 100_000])
def test_a_code_that_was_never_given_opens_nothing(house, client, code):
    response = client.post(reverse("people:letter"), {"code": code})
    assert response.status_code == 200
    assert "person" not in client.session
    assert client.get(reverse("followup:my_part")).status_code == 200


def test_guessing_codes_is_stopped_with_a_sentence(house, client):
    bodies = [client.post(reverse("people:letter"), {"code": f"ABCD-EF{n:02d}-GHJK"}) for n in range(40)]
    assert {one.status_code for one in bodies} <= {200, 429}
    assert bodies[0].content != bodies[-1].content
    assert "person" not in client.session


# --- twice ---


def test_two_clicks_are_one(house, as_, answers):
    """An idea, a support, a report, an answer, answers made public, a mark."""
    browser = as_(house.dirk)
    give(browser, house.step, "Een fontein", "Koel")
    browser.post(reverse("ideas:review", args=[house.step.pk]))
    assert Proposal.objects.filter(title="Een fontein").count() == 1
    for _ in range(2):
        browser.post(reverse("ideas:support", args=[house.step.pk, house.idea.number]))
        browser.post(reverse("discussion:report", args=["text", house.idea.pk]), {"reason": "Dit klopt niet."})
        browser.post(reverse("discussion:say", args=[house.idea.pk]), {"text": "Goed idee, dit steun ik."})
    assert Source.objects.filter(proposal=house.idea, part="supporter").count() == 1
    assert Proposal.objects.get(pk=house.idea.pk).supporters == 1
    assert Report.objects.count() == 1
    assert Comment.objects.count() == 1
    followup.give_answer(item=answers.items.get(), decision="adopted", reasons="Dit past.", by=house.bram)
    officer = as_(house.chantal)
    for _ in range(2):
        officer.post(reverse("followup:review_answers", args=[answers.pk]), {"sure": "on", "agree": "on"})
    assert Entry.objects.filter(act="answers.published").count() <= 1


def test_handing_over_twice_is_refused(house, answers):
    from samenraad.refusals import Refusal

    with pytest.raises(Refusal):
        followup.hand_over(process=house.process, proposals=[house.idea], by=house.bram)
    assert Handover.objects.count() == 1


def test_publishing_a_process_twice_publishes_once(house, as_):
    browser, before = as_(house.bram), entries()
    for _ in range(2):
        assert browser.post(reverse("processes:publish", args=[house.process.slug])).status_code in (200, 302, 409)
        response = browser.post(reverse("processes:publish_promise", args=[house.process.slug]))
        assert response.status_code in (200, 302, 404, 409)
    assert Process.objects.get(pk=house.process.pk).published_at == house.process.published_at
    assert entries() == before


# --- closed ---


def test_a_closed_step_says_since_when(house, as_):
    closed = timezone.now() - timezone.timedelta(days=1)
    Step.objects.filter(pk=house.step.pk).update(closes=closed)
    before, browser = entries(), as_(house.dirk)
    year = str(timezone.localtime(closed).year)
    for url, values in (
        (reverse("ideas:new", args=[house.step.pk]), {"title": "Te laat"}),
        (reverse("ideas:support", args=[house.step.pk, 1]), {}),
    ):
        response = browser.post(url, values, follow=True)
        assert response.status_code in (200, 409), url
        assert year in response.content.decode(), url
    assert entries() == before
    assert Proposal.objects.count() == 1


# --- tables ---

TABLES = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "mark": b"\xef\xbb\xbf",
    "binary": bytes(range(256)) * 50,
    "latin": "titel;tekst\nCaf\u00e9;m\u00e9\u00e9r".encode("latin-1"),
    "utf16": "titel;tekst\nBank;hier".encode("utf-16"),
    "excel": "\ufefftitel;tekst\r\nBank;hier\r\n".encode(),
    "nul": b"titel;tekst\nBa\x00nk;hier\n",
    "formula": b'titel;tekst\n=HYPERLINK("x");+1+1\n@SUM(A1);-2\n',
    "zip": b"PK\x03\x04" + b"\x00" * 500,
    "one column": b"titel\n" * 5,
    "quotes": b'titel;tekst\n"Bank;hier\n',
    "endless": b"titel\n" + b"a" * 300_000,
    "ragged": b"titel;tekst\na;b;c;d;e\nf\n",
    "twice": b"titel;titel\na;b\n",
}


@pytest.mark.parametrize("kind", list(TABLES))
def test_a_table_of_any_kind_is_read_or_refused_in_words(house, as_, kind):
    browser, before = as_(house.bram), Proposal.objects.count()
    start = reverse("ideas:import", args=[house.step.pk])
    response = browser.post(start, {"file": SimpleUploadedFile("lijst.csv", TABLES[kind])})
    assert response.status_code in (200, 302)
    for upload in Upload.objects.all():
        columns = reverse("ideas:columns", args=[house.step.pk, upload.pk])
        assert browser.get(columns).status_code == 200
        upload.columns = {"title": 0, "text": 1}
        upload.save()
        check = reverse("ideas:check", args=[house.step.pk, upload.pk])
        assert browser.get(check).status_code == 200
        assert browser.post(check).status_code in (200, 302, 409)
        bad = browser.get(reverse("ideas:bad_lines", args=[house.step.pk, upload.pk]))
        assert bad.status_code == 200
    listed = b"".join(browser.get(reverse("ideas:csv", args=[house.step.pk]))).decode()
    assert not re.search(r'(?:^|;)"?[=+@-]', listed, re.MULTILINE), "a cell that a spreadsheet would run"
    assert Proposal.objects.count() >= before
