"""The promise: all versions, what changed, and the file by which anybody checks it."""

import hashlib
import json

from django.urls import reverse

from samenraad.processes import actions, queries
from samenraad.processes.models import Process


def second_version(process, council, bram, **changes):
    draft = actions.draft_promise(
        process=process, body=council, by=bram,
        **{"term_days": 84, "text": "De raad antwoordt op elk voorstel, met redenen."} | changes,
    )  # fmt: skip
    return actions.publish_promise(promise=draft, by=bram)


def test_the_fingerprint_of_the_downloaded_file_is_the_fingerprint_on_the_page(client, process):
    promise = process.promises.get()
    response = client.get(reverse("processes:promise_file", args=[process.slug, 1]))
    assert hashlib.sha256(response.content).hexdigest() == promise.digest
    assert json.loads(response.content)["term_days"] == 70
    assert promise.digest in client.get(reverse("processes:promises", args=[process.slug])).content.decode()


def test_a_draft_cannot_be_downloaded(client, process, council, bram):
    actions.draft_promise(process=process, body=council, term_days=90, text="Nog niet", by=bram)
    assert client.get(reverse("processes:promise_file", args=[process.slug, 2])).status_code == 404
    assert "Nog niet" not in client.get(reverse("processes:promises", args=[process.slug])).content.decode()


def test_what_changed_names_only_what_changed(process, council, bram):
    second_version(process, council, bram, preconditions=[{"nl": "past binnen het budget"}])
    newest, oldest = queries.versions(queries.filled(process))
    assert (newest.promise.version, newest.current, oldest.current) == (2, True, False)
    assert (newest.changes[0].was, newest.changes[0].now) == ("70 dagen", "84 dagen")
    assert len(newest.changes) == 2
    assert oldest.changes == ()


def test_versions_that_say_the_same_have_no_changes(process, council, bram):
    first = process.promises.get()
    second_version(process, council, bram, term_days=70, preconditions=first.preconditions)
    assert queries.versions(queries.filled(process))[0].changes == ()


def test_a_council_that_gets_another_name_leaves_its_promise_whole(process, council):
    council.name = "de raad van Groot-Lindenveld"
    council.save()
    assert queries.versions(queries.filled(process))[0].whole


def test_a_promise_whose_content_no_longer_fits_is_shown_so(process):
    Process.objects.filter(pk=process.pk).update(slug="iets-anders")
    process.refresh_from_db()
    assert not queries.versions(queries.filled(process))[0].whole
