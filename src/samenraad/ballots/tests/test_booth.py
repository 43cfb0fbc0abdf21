"""The booth: in with a code, out with a receipt, and nothing stays behind."""

import pytest

from samenraad.ballots.box.models import Waiting


@pytest.fixture
def booth(client):
    return client


def enter(client, code):
    return client.post("/vote/", {"code": code})


def test_whole_road(opened, client):
    r = enter(client, opened.codes[0])
    assert r.status_code == 302, r.content.decode()
    r = client.get(r.url)
    assert r.status_code == 200
    base = f"/preferendum/{opened.step.pk}/ballot/"
    r = client.get(base + "1/")
    assert r.status_code == 200
    r = client.post(base + "1/", {"b-1": "4", "b-2": "0"})
    assert r.url == base + "most/"
    assert client.get(r.url).status_code == 200
    r = client.post(base + "most/", {"b-priorities": ["1", "2", "3"]})
    print(r.content.decode())
    r = client.post(base + "most/", {"b-priorities": ["1"]})
    assert r.url == "/vote/check/"
    r = client.get(r.url)
    print(r.content.decode())
    r = client.post("/vote/cast/")
    assert r.url == "/vote/receipt/"
    r = client.get(r.url)
    print(r.content.decode())
    assert Waiting.objects.count() == 1
