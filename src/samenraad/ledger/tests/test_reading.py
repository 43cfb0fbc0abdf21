"""What the ledger tells: stories, the command, and the page where anybody checks it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from samenraad.ledger import queries
from samenraad.ledger.actions import note
from samenraad.ledger.models import Head
from samenraad.ledger.verify_ledger import verify

pytestmark = pytest.mark.django_db

SENTENCES = {
    "test.promised": "An answer within {days} days, before {until}, about {title}; {missing}",
    "test.counted": lambda facts: f"{facts['count']} counted",
}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("ledger", *arguments, stdout=out)
    return out.getvalue()


def test_a_story_tells_the_acts_that_have_a_sentence():
    note("test.promised", thread="process:1", days=1200, until="2027-03-08", title={"nl": "bomen", "en": "trees"})
    note("test.unspoken", thread="process:1")
    note("test.counted", thread="process:1", count=3)
    note("test.counted", thread="process:2", count=4)
    with translation.override("nl"):
        promised, counted = queries.story("process:1", SENTENCES)
    assert promised.sentence == "An answer within 1.200 days, before 8 maart 2027, about bomen; …"
    assert (counted.sentence, counted.act, counted.seq) == ("3 counted", "test.counted", 3)


def test_a_story_can_be_read_from_its_end():
    for number in range(3):
        note("test.counted", thread="process:1", count=number)
    assert [line.seq for line in queries.story("process:1", SENTENCES, newest_first=True)] == [3, 2, 1]


def test_a_name_in_the_ledger_leads_back_to_the_thing(aisha, council):
    note("test.done", council, thread="process:7")
    assert queries.things([f"body:{council.pk}", "person:999", "nothing:1", "body:x", ""]) == {
        f"body:{council.pk}": council
    }
    assert queries.threads() == ["process:7"]


def test_the_command_says_whether_the_ledger_is_whole():
    note("test.done", thread="process:1")
    note("test.done")
    assert run("verify", "--thread", "process:1").splitlines() == [
        "The ledger is whole: 2 entries.",
        "1 of them belong to process:1.",
    ]


def test_the_command_names_the_first_broken_entry_and_fails():
    note("test.done")
    Head.objects.filter(id=1).update(seq=2)
    with pytest.raises(CommandError, match="entry 2 is missing at the end") as caught:
        run("verify")
    assert caught.value.returncode == 1


def test_the_command_shows_and_exports():
    note("test.done", thread="process:1", n=1)
    note("test.more", n=2)
    assert "test.more" in run("show", "--last", "1")
    assert "test.done" not in run("show", "--last", "1")
    exported = run("export").splitlines()
    assert verify(exported).startswith("WHOLE: 2")
    assert json.loads(exported[0])["facts"] == {"n": 1}


def test_anybody_finds_what_is_needed_to_check(client, town, django_assert_max_num_queries):
    for _ in range(30):
        note("test.done")
    with django_assert_max_num_queries(20):
        page = client.get(reverse("ledger:check"))
    assert Head.objects.get().digest in page.text
    download = client.get(reverse("ledger:download"))
    lines = b"".join(download.streaming_content).decode().splitlines()
    assert verify(lines) == f"WHOLE: 30 entries, the last digest is {Head.objects.get().digest}"
    script = b"".join(client.get(reverse("ledger:script")).streaming_content)
    assert script.startswith(b'"""Check a downloaded ledger')


def test_an_empty_ledger_says_so(client, town):
    assert client.get(reverse("ledger:check")).status_code == 200
    assert verify([]).startswith("WHOLE: 0 entries")
