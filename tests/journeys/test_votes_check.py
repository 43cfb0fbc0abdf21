"""Check it yourself: a resident finds a receipt, downloads the files, and lets them be checked at home."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from samenraad.ballots.models import Subscriber
from samenraad.ballots.rules.codes import grouped
from samenraad.ballots.testing import open_vote, vote_with
from samenraad.ballots.tests.checking import CHOICES, SEED, held, receipt_of
from samenraad.post.models import Message
from tests.journeys.steps import only
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


def downloaded(walk: Walk, name: str, folder: Path) -> Path:
    """What a link gives to keep."""
    with walk.page.expect_download() as coming:
        walk.control(name).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


@pytest.fixture
def opened(process: Any, bram: Any) -> Any:
    return open_vote(process, bram)


def test_a_resident_finds_a_receipt_and_checks_the_board_at_home(
    walk: Walk, opened: Any, bram: Any, tmp_path: Path
) -> None:
    one = held(opened, bram)
    page = f"/votes/{one.vote.key}/"
    walk.visit(page).see("Controleer het zelf", "Is mijn stembiljet er?", "Hoe elk cijfer ontstaat")
    walk.fill("De letters van je ontvangstbewijs", grouped(one.tracker).lower())
    walk.click("Zoek mijn ontvangstbewijs").see("Ja: op regel").click("Lees die regel").read("Vingerafdruk van deze")
    walk.click("Laat 2").read(one.tracker)
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(receipt_of(one.vote, CHOICES, SEED)))
    walk.visit(f"{page}receipt/").click("Zoek mijn strookjes").click("Zoek mijn strookjes", within="main form")
    walk.read("Kies je bestand").attach("Je bestand met het ontvangstbewijs", file)
    walk.click("Zoek mijn strookjes", within="main form").see("Alle 7 strookjes zijn er").read("Bomen")
    walk.visit(page).click("Lees het bord").see("Het openbare bord").read("gingen samen in de stembus")
    walk.click("Regel 1", exact=True).read("De regels en de kiezerslijst zijn vastgelegd")
    walk.visit(page).click("Alle controlepunten, klaar voor de notulen").read("samenraad checkpoint 1")
    walk.visit(page)
    folder = tmp_path / "vote"
    zipfile.ZipFile(downloaded(walk, "Allemaal in één ZIP", tmp_path)).extractall(folder)
    for program, more in (
        ("verify_board.py", ["--receipt", str(file), "--language", "nl"]),
        ("recount.py", ["--check"]),
    ):
        said = subprocess.run([sys.executable, "-S", program, ".", *more], cwd=folder, capture_output=True, text=True)
        assert said.returncode == 0, said.stdout + said.stderr


def test_it_works_without_scripts_in_english_while_people_vote(plain_walk: Walk, opened: Any) -> None:
    tracker = vote_with(opened.vote, opened.codes[0])
    walk = plain_walk.speak("en").visit(f"/votes/{opened.vote.key}/").see("Check it yourself", "Who watches")
    walk.click("Find my receipt").read("Type the letters of your receipt")
    walk.fill("The letters of your receipt", "ABC").click("Find it").read("this has 3")
    walk.fill("The letters of your receipt", "2" * 20).click("Find it").see("Not found")
    walk.fill("The letters of your receipt", tracker).click("Find it").see("Yes: it waits for others")
    walk.visit(f"/votes/{opened.vote.key}/board/").read("were fixed").click("Checkpoints").see("No checkpoint yet")


def test_a_reader_gets_the_checkpoints_and_stops_them(walk: Walk, opened: Any) -> None:
    walk.visit(f"/votes/{opened.vote.key}/checkpoints/").click("Krijg ze per e-mail")
    walk.fill("Je e-mailadres", "lezer").click("Stuur mij de controlepunten").read("e-mailadres")
    walk.fill("Je e-mailadres", "lezer@example.org").click("Stuur mij de controlepunten").see("Kijk in je mailbox")
    link = only(Message).extra["link"]
    walk.visit(link).see("Wil je de controlepunten?").click("Ja, stuur ze").see("Je krijgt elk controlepunt")
    walk.visit(link).see("De e-mails stoppen?").click("Stop de e-mails").see("Geen e-mails meer")
    assert not Subscriber.objects.exists()


def test_the_officer_writes_down_the_committee(walk: Walk, opened: Any, bram: Any) -> None:
    walk.become(bram).visit(f"/votes/{opened.vote.key}/desk/committee/").see("Nog niemand")
    walk.fill("Wie leest het", "Hilde Maes").fill("E-mailadres", "hilde@example.org").click("Voeg toe")
    walk.read("hilde@example.org").visit(f"/votes/{opened.vote.key}/").read("1 mailbox van de commissie")
    walk.visit(f"/votes/{opened.vote.key}/desk/committee/").click("Haal Hilde Maes van de lijst").see("Nog niemand")
