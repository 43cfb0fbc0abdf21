"""Check it yourself: what is in order is counted, one changed byte is found with its line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samenraad.instruments.lot.models import Draw
from samenraad.instruments.lot.queries import draw as about
from samenraad.instruments.lot.queries import draw_files, draw_mine
from samenraad.instruments.lot.queries import verify as queries
from samenraad.instruments.lot.tests.drawing import drawn, published, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool(lot, invited):
    ready(lot)
    return invited(36, reply="yes")


def upload(client, lot, **files):
    sent = {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items()}
    return client.post(f"/lot/{lot.pk}/verify/", {"do": "compare", **sent}).content.decode()


def test_a_draw_in_order_is_recomputed_and_counted(lot, pool, bram, client):
    drawn(lot, bram)
    page = client.post(f"/lot/{lot.pk}/verify/", {"do": "recount"}).content.decode()
    assert "In orde: panel 407" in page
    assert "1.000 van de 1.000 panels" in page
    assert Draw.objects.get().recounted == 1
    client.get(f"/lot/{lot.pk}/verify/")
    assert Draw.objects.get().recounted == 1


def test_before_the_draw_the_list_itself_is_checked(lot, pool, bram, client):
    published(lot, bram)
    assert "In orde" in client.post(f"/lot/{lot.pk}/verify/", {"do": "recount"}).content.decode()


def test_one_changed_byte_is_found_with_its_line(lot, pool, bram, client):
    draw = drawn(lot, bram)
    lines = draw.lottery.splitlines(keepends=True)
    lines[41] = lines[41].replace("0", "1", 1) if "0" in lines[41] else lines[41].replace("a", "b", 1)
    Draw.objects.update(lottery="".join(lines))
    page = client.post(f"/lot/{lot.pk}/verify/", {"do": "recount"}).content.decode()
    assert "Niet in orde" in page
    assert "lottery.csv, regel 42" in page
    assert Draw.objects.get().recounted == 0


def test_another_seal_than_the_ledger_has_is_found(lot, pool, bram, client):
    """Rules, seal and transcript that fit one another, but were not those that were published."""
    draw = published(lot, bram)
    rules = json.loads(draw.rules) | {"method": "nash"}
    text = json.dumps(rules, sort_keys=True, ensure_ascii=False, indent=1) + "\n"
    Draw.objects.update(rules=text, seal=draw_files.digest(text.encode()))
    assert "Niet in orde" in client.post(f"/lot/{lot.pk}/verify/", {"do": "recount"}).content.decode()


def test_answers_that_were_changed_afterwards_are_found_without_naming_anybody(lot, pool, bram, client):
    draw = drawn(lot, bram)
    changed = draw.pool
    changed[0][1]["age"] = "65+" if changed[0][1]["age"] != "65+" else "16-29"
    Draw.objects.update(pool=changed)
    page = client.post(f"/lot/{lot.pk}/verify/", {"do": "recount"}).content.decode()
    assert "niet die van toen" in page
    assert changed[0][0] not in page


def test_a_copy_is_the_same_or_it_is_said_where_it_differs(lot, pool, bram, client):
    draw = drawn(lot, bram)
    same = upload(client, lot, lottery=draw.lottery.encode(), transcript=draw.transcript.encode())
    assert "Elke letter is gelijk" in same
    other = draw.lottery.replace("\n", "\r\n", 3).encode()
    page = upload(client, lot, lottery=other)
    assert "lottery.csv, regel 1" in page
    assert "lottery.csv, regel 4: deze" not in page


@pytest.mark.parametrize("junk", [b"\x00\xff\xfe", b"{" * 100_000, b"[]", b"\n" * 5000, "né".encode("latin-1")])
def test_a_copy_that_is_something_else_is_no_crash(lot, pool, bram, client, junk):
    drawn(lot, bram)
    assert "Niet hetzelfde" in upload(client, lot, transcript=junk)
    assert "Niet hetzelfde" in upload(client, lot, lottery=junk)


def test_a_copy_that_is_far_too_big_is_refused(lot, pool, bram, client, monkeypatch):
    from samenraad.instruments.lot.forms import draw as forms

    monkeypatch.setattr(forms, "MEGABYTES", 0)
    published(lot, bram)
    assert "groter dan" in upload(client, lot, lottery=b"000,aa\n")


def test_nothing_chosen_is_said(lot, pool, bram, client):
    drawn(lot, bram)
    assert "Kies minstens één bestand" in upload(client, lot)


def test_the_small_program_agrees_with_what_is_downloaded(lot, pool, bram, client, tmp_path):
    draw = drawn(lot, bram)
    for name in ("verify_draw.py", "transcript.json", "lottery.csv"):
        (tmp_path / name).write_bytes(client.get(f"/lot/{lot.pk}/draw/{name}").content)
    command = [sys.executable, "verify_draw.py", "transcript.json", "lottery.csv", draw.seal]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("In order. Panel 407")


def test_a_person_recomputes_their_own_stamp(lot, pool, bram):
    draw = drawn(lot, bram)
    mine = draw_mine.mine(about.scene(lot), pool[0], own=True)
    stamp = subprocess.run(["/bin/sh", "-c", mine.command], capture_output=True, text=True, check=False)
    line = next(line for line in draw.chances.splitlines() if line.startswith(mine.code))
    assert line.split(",")[1:] == [str(mine.count), stamp.stdout.split()[-1]]


def test_the_seal_of_the_ledger_is_found(lot, pool, bram):
    draw = published(lot, bram)
    assert queries.published_seal(lot) == draw.seal
