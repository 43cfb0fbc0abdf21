"""No page asks the database more than twenty questions, however much there is to tell.

A visitor follows every link from the home page; each kind of page is opened a few times. What is linked is
found, so a page that is added tomorrow is counted without anybody writing it down here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve, reverse

from samenraad.people.models import Person
from tests import factories

MOST = 20
#: how often each kind of page is opened: with other contents, and with other filters
VISITS = 4
HREF = re.compile(r'<a\s[^>]*?href="([^"]+)"')
BRING_SOMETHING_ELSE = re.compile(r"\.(csv|json|jsonl|ics|pdf|py|png|xlsx)$|^/(static|media|account|demo)/")


@dataclass
class Visit:
    """What a visitor met: how many questions each page asked."""

    asked: dict[str, int] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    broken: dict[str, int] = field(default_factory=dict)


def links(page: str, html: str) -> Iterator[str]:
    for href in HREF.findall(html):
        parts = urlsplit(urljoin(page, unescape(href)))
        if parts.netloc in ("", "testserver") and parts.scheme in ("", "http"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def kind_of(url: str) -> str | None:
    """Which page this is, whatever it is about; None for what is no page of ours."""
    path, _, query = url.partition("?")
    if BRING_SOMETHING_ELSE.search(path):
        return None
    try:
        name = resolve(path).view_name
    except Resolver404:
        return path
    names = sorted({part.split("=")[0] for part in query.split("&") if part})
    return f"{name}?{'&'.join(names)}" if names else name


def walk(client: Client, *starts: str, visits: int = VISITS) -> Visit:
    visit, waiting, seen = Visit(), list(starts), set(starts)
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if kind is None or visit.kinds[kind] >= visits:
            continue
        visit.kinds[kind] += 1
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        if response.status_code in (301, 302):
            waiting += [link for link in links(url, f'<a href="{response["Location"]}">') if link not in seen]
            continue
        if response.status_code != 200:
            visit.broken[url] = response.status_code
            continue
        visit.asked[url] = len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])
        if "html" in response["Content-Type"]:
            found = [link for link in links(url, response.content.decode()) if link not in seen]
            seen.update(found)
            waiting += found
    return visit


def too_much(visit: Visit) -> dict[str, int]:
    return {url: asked for url, asked in visit.asked.items() if asked > MOST}


@pytest.fixture
def content(db: None) -> factories.Content:
    return factories.content()


@pytest.fixture
def small(db: None) -> factories.Content:
    return factories.content(people=30, ideas=60, comments=40, supports=80)


def test_no_public_page_asks_more_than_twenty_questions(content, client):
    visit = walk(client, "/")
    assert not too_much(visit)
    assert not visit.broken
    expected = {"site:home", "processes:show", "ideas:show", "ideas:idea", "followup:answers", "followup:story"}
    expected |= {"followup:overdue", "followup:all_answers", "followup:figures", "people:letter", "site:plan"}
    assert expected <= {kind.split("?")[0] for kind in visit.kinds}, "not every page is linked from another"


def test_a_second_page_of_a_list_asks_no_more_than_the_first(content, client):
    first = reverse("ideas:show", args=[content.step.pk])
    asked = []
    for url in (first, f"{first}?page=2", f"{first}?page=20"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked.append(len(queries))
    assert max(asked) <= MOST
    assert max(asked) - min(asked) <= 1, asked


@pytest.mark.slow
@pytest.mark.parametrize("who", ["resident", "officer"])
def test_who_is_signed_in_gets_no_slower_pages(content, client, who):
    """Who they are and what they may do is a few more; a desk gathers what waits for them from every room."""
    person: Person = getattr(content, who)
    client.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    visit = walk(client, "/", "/my/", "/desk/", visits=2)
    if who == "resident":
        visit.broken.pop("/desk/", None)  # has none
    allowed = MOST + 5 if who == "resident" else 2 * MOST
    gathered = {"/my/data/": 2 * MOST}  # asks every room and every instrument what it holds
    assert not {url: asked for url, asked in visit.asked.items() if asked > gathered.get(url, allowed)}
    assert not visit.broken


@pytest.mark.slow
def test_twenty_thousand_ideas_ask_no_more_than_sixty(small, client):
    """The same pages, the same number of questions."""
    pages = [
        reverse("processes:show", args=[small.process.slug]),
        reverse("ideas:show", args=[small.step.pk]),
        f"{reverse('ideas:show', args=[small.step.pk])}?page=2",
        reverse("ideas:idea", args=[small.step.pk, 1]),
        "/",
    ]

    def questions() -> list[int]:
        asked = []
        for url in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200, url
            asked.append(len(queries))
        return asked

    before = questions()
    factories.more_ideas(small, 20_000 - 60)
    assert questions() == before
