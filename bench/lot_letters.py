"""How fast are the letters of a lot? `python bench/lot_letters.py --letters 6500`.

A town of the size of Zeist writes to 6,500 residents: the letters are made, put into piles of 500 with a code each,
and every pile is set as a PDF, front and back, as the desk does it. On SQLite in a temporary file. Prints one table:
seconds, and the peak of memory at the end, next to the figures to stay under: one minute and 1 GiB.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

MOST_SECONDS, MOST_MIB = 60, 1024
#: this process, and those in which piles are set
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def town() -> Any:
    """A process with a public promise, and a lot in it that everybody can answer for three weeks."""
    from django.utils import timezone

    from samenraad.instruments.lot.models import Lot
    from samenraad.people.models import Body, Person, Place, Town
    from samenraad.processes import actions
    from samenraad.processes.models import Goal, RoomItem

    place = Place.objects.create(kind="town", code="LV", name="Lindenveld")
    Town.objects.create(
        place=place, phone="088 123 45 67", street="Marktplein 1", postcode="1234 AB", city="Lindenveld"
    )
    officer = Person.objects.create(name="Bram de Wit")
    question = {"nl": "Hoe wordt Lindenveld in 2040 klimaatneutraal?", "en": "How will Lindenveld be climate neutral?"}
    process = actions.create(title="Klimaat", question=question, place=place, by=officer)
    Goal.objects.create(process=process, policy_phase="preparation", text="Een plan")
    RoomItem.objects.create(process=process, kind="open", text="Hoe")
    actions.publish(process=process, by=officer)
    council = Body.objects.create(name="de gemeenteraad van Lindenveld", kind="council", place=place)
    text = {"nl": "De raad antwoordt op elke aanbeveling apart, met redenen. " * 3, "en": "Each gets an answer. " * 5}
    draft = actions.draft_promise(process=process, body=council, term_days=84, text=text, preconditions=[], by=officer)
    actions.publish_promise(promise=draft, by=officer)
    now = timezone.now()
    step = actions.add_step(
        process=process, kind="lot", title="Loting", by=officer, opens=now, closes=now + timedelta(days=21),
        body=Body.objects.create(name="Klimaatpanel", kind="panel"),
    )  # fmt: skip
    return Lot.objects.create(
        step=step, seats=150, hours=36, second_language="en", signed="Yvonne ter Horst, burgemeester",
        sessions={"nl": "Zes zaterdagen, van 10 tot 16 uur.", "en": "Six Saturdays, from 10 to 4."},
        allowance={"nl": "€ 100 per dag.", "en": "€ 100 a day."}, draw_at=now + timedelta(days=30),
        reply_address="Gemeente Lindenveld, Antwoordnummer 150, 1230 VB  Lindenveld", draw_where="in de raadzaal",
    )  # fmt: skip


def invite(lot: Any, number: int) -> Any:
    from django.utils import timezone

    from samenraad.instruments.lot.models import Invitation, Wave
    from samenraad.people.models import Person

    wave = Wave.objects.create(
        lot=lot, number=1, seed="s", seed_by="b", digest="a" * 64, drawn_at=timezone.now(),
        promise_digest=lot.step.process.promises.get().digest,
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(name=f"Bewoner {n}", street=f"Dorpsstraat {n}", postcode="1234 AB", city="Lindenveld")
        for n in range(number)
    )
    Invitation.objects.bulk_create(Invitation(lot=lot, wave=wave, person=one, key=str(one.pk)) for one in people)
    return wave


def measured(lot: Any, wave: Any) -> dict[str, float]:
    from samenraad.instruments.lot.actions import letters
    from samenraad.processes.actions.work import do

    def done(work: Any) -> None:
        ended = do(work)
        assert ended is not None, "the work was taken by somebody else"
        assert ended.state == "done", f"the work ended as {ended.state}: {ended.code}"

    return {
        "made": timed(lambda: done(letters.begin(wave=wave, by=None))),
        "in piles": timed(lambda: done(letters.begin_piles(lot=lot, kind="invite", by=None))),
        "set as PDF": timed(typeset),
    }


def typeset() -> None:
    """Two piles at a time, each in a process of its own: a small server has two cores."""
    from samenraad.post.letters import pdf
    from samenraad.post.models import Batch

    piles = [(list(batch.messages.order_by("id")), batch.made_at) for batch in Batch.objects.all()]
    with ThreadPoolExecutor(2) as both:
        for document in both.map(lambda pile: pdf(*pile), piles):
            assert document.startswith(b"%PDF"), "no PDF was made"


def timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=6_500)
    number = parser.parse_args().letters
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SAMENRAAD_DATA": folder, "DJANGO_SETTINGS_MODULE": "samenraad.site.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        lot = town()
        seconds = measured(lot, invite(lot, number))
    mib = max(resource.getrusage(who).ru_maxrss for who in WHO) / 1024
    cpu = sum(sum(resource.getrusage(who)[:2]) for who in WHO)
    print(f"{number:,} letters\n\n| step | s |\n|---|---|")
    for name, spent in seconds.items():
        print(f"| {name} | {spent:.1f} |")
    total = sum(seconds.values())
    print(f"| together | {total:.1f} |\n\nCPU {cpu:.1f} s, largest process {mib:.0f} MiB")
    within = total <= MOST_SECONDS and mib <= MOST_MIB
    print(f"to stay under: {MOST_SECONDS} s and {MOST_MIB} MiB: {'yes' if within else 'NO'}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
