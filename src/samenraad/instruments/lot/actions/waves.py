"""Planning a wave of letters, and drawing who gets one: in public, and always the same people from the same words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from samenraad.instruments.lot.actions.invitations import invite_all
from samenraad.instruments.lot.actions.plan import held_lot
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import Extract, Invitation, Lot, Value, Wave
from samenraad.instruments.lot.queries import waves as queries
from samenraad.instruments.lot.queries.extract import of_the_register
from samenraad.instruments.lot.queries.register import current_register
from samenraad.instruments.lot.rules.figures import FEWEST
from samenraad.instruments.lot.rules.homes import home_of
from samenraad.instruments.lot.rules.strata import Line, border
from samenraad.ledger.actions import note
from samenraad.methods.seeds import settled
from samenraad.methods.sortition.letters.addressees import LetterDraw, draw_letters, had_letters
from samenraad.methods.sortition.letters.home_chances import chances_by_home
from samenraad.methods.sortition.letters.how_many import LetterPlan
from samenraad.methods.sortition.letters.receipt import write_down
from samenraad.methods.sortition.letters.register import Register as Read
from samenraad.methods.sortition.letters.register import RegisterRules, read_register
from samenraad.people.models import Person, Register
from samenraad.processes.actions import work as background
from samenraad.processes.actions.work import Report
from samenraad.processes.models import Work
from samenraad.processes.queries import underway
from samenraad.refusals import Refusal

#: shorter words are too easily chosen to suit
SEED_SIGNS = 8
#: the columns of the file that is drawn from; keys of dimensions have no spaces
NUMBER, ADDRESS = "own number", ("street and number", "postal code", "home town")
#: those that say nothing about a group that may be small
PUBLIC_NOTICES = {"sortition.large_share", "sortition.relatively_less"}


@transaction.atomic
def plan_wave(*, lot: Lot, wishes: Mapping[str, Any], values: Mapping[int, Mapping[str, Any]]) -> Wave:
    """Keep how many letters are wished, and per group how many say yes and how many times its share it gets."""
    lot = held_lot(lot)
    if _being_drawn(lot):
        raise Refusal("lot.wave_being_drawn")
    for pk, fields in values.items():
        Value.objects.filter(pk=pk, dimension__lot=lot).update(**fields)
    wave = queries.prepared(lot) or Wave(lot=lot, number=lot.waves.count() + 1)
    wave.plan = dict(wishes)
    wave.save()
    return wave


def _being_drawn(lot: Lot) -> bool:
    return underway(lot.step, Kind.INVITE).exists()


@transaction.atomic
def start_draw(*, wave: Wave, seed: str, seed_by: str, by: Person | None) -> Work | None:
    """The public words are said: now chance speaks, in the background. None when this wave was drawn already."""
    lot = held_lot(wave.lot)
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if wave.drawn_at:
        return None
    if not _being_drawn(lot):
        _may_be_drawn(lot, wave)
        wave.seed, wave.seed_by = _said(seed, seed_by)
        wave.save(update_fields=["seed", "seed_by"])
    return background.start(step=lot.step, kind=Kind.INVITE, about=f"wave:{wave.number}", by=by)


def _said(seed: str, seed_by: str) -> tuple[str, str]:
    words = " ".join(seed.split())
    if len(words) < SEED_SIGNS:
        raise Refusal("lot.no_seed", signs=SEED_SIGNS)
    if not seed_by.strip():
        raise Refusal("lot.no_seed_by")
    return settled(words)[:240], seed_by.strip()[:240]


def _may_be_drawn(lot: Lot, wave: Wave) -> None:
    if not lot.is_frozen:
        raise Refusal("lot.not_frozen")
    if queries.promise_of(lot) is None:
        raise Refusal("lot.no_promise")
    if current_register(lot) is None:
        raise Refusal("lot.no_register")
    if not wave.plan:
        raise Refusal("lot.no_wave_plan")
    forecast = queries.forecast(lot, queries.wishes_of(lot, wave, of_the_register(lot)))
    if forecast is None or not forecast.plan.letters:
        raise Refusal("lot.no_letters_planned")
    if forecast.gets_less and not wave.plan.get("counter"):
        raise Refusal("lot.no_counter_measure")


def invite(work: Work, report: Report) -> None:
    """The job: the same addressees whenever it is done, and written down once."""
    lot = work.step.lot
    wave = Wave.objects.get(lot=lot, number=work.about.rpartition(":")[2])
    if wave.drawn_at:
        return
    wave.lot = lot
    _may_be_drawn(lot, wave)
    extract = current_register(lot)
    if extract is None or extract.register is None:
        raise Refusal("lot.no_register")
    register = extract.register
    dimensions = of_the_register(lot)
    wishes = queries.wishes_of(lot, wave, dimensions)
    with TemporaryDirectory(prefix="lot-") as folder:
        path = Path(folder) / "register.csv"
        report("file", 0.05)
        earlier = _write_file(path, lot, register, wishes["strata"])
        report("lot", 0.3)
        read = read_register(path, _rules(lot, wishes["strata"]), wave.seed)
        plan = queries.letter_plan(lot, wishes, dimensions, read.people, had_letters(read, earlier))
        drawn = draw_letters(read, plan.by_stratum, earlier=earlier, equal=lot.equal)
        following = draw_letters(read, plan.by_stratum, reserve=dict.fromkeys(plan.by_stratum, 1), earlier=earlier,
                                 equal=lot.equal)  # fmt: skip
        keys = _keys(read, drawn)
        if not keys:
            raise Refusal("lot.no_letters_planned")
        receipt = _receipt(lot, wave, extract, drawn, following, plan)
    report("people", 0.6)
    _settle(wave, register, keys, receipt, work)


def _rules(lot: Lot, strata: Iterable[str]) -> RegisterRules:
    return RegisterRules(id=NUMBER, strata=tuple(strata), household=ADDRESS if lot.one_per_address else ())


def _write_file(path: Path, lot: Lot, register: Register, strata: list[str]) -> list[str]:
    """The register as a table, in the order of the numbers whatever the database; and the numbers in it of people
    who had a letter: of who has none any more, one person at the same address stands in."""
    invited = set(Invitation.objects.filter(lot=lot).exclude(key="").values_list("key", flat=True))
    homes = set(Invitation.objects.filter(lot=lot, key="").exclude(home="").values_list("home", flat=True))
    rows = sorted(
        (key, [key, *(facts["groups"][name] for name in strata), facts["street"], facts["postcode"], facts["city"]])
        for key, facts in register.entries.values_list("key", "facts").iterator(chunk_size=5_000)
    )
    earlier = [key for key, _row in rows if key in invited] + _stand_ins(rows, homes)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow([NUMBER, *strata, *ADDRESS])
    writer.writerows(row for _key, row in rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return earlier


def _stand_ins(rows: Iterable[tuple[str, list[str]]], homes: set[str]) -> list[str]:
    if not homes:
        return []
    found: dict[str, str] = {}
    for key, row in rows:
        home = home_of(row[-3], row[-2], row[-1], settings.CODE_KEY)
        if home in homes:
            found.setdefault(home, key)
    return sorted(found.values())


def _keys(read: Read, drawn: LetterDraw) -> list[str]:
    """The numbers of who gets a letter, in the order of the lot."""
    rows = [row for stratum in drawn.strata for row in stratum.rows]
    at, cells = read.file.find(NUMBER) or 0, read.cells(rows)
    return [cells[row][at] for row in rows]


def _receipt(
    lot: Lot, wave: Wave, extract: Extract, drawn: LetterDraw, following: LetterDraw, plan: LetterPlan
) -> dict[str, Any]:
    """What everybody can read: how it was done, without names, and without groups of fewer than five people."""
    facts: dict[str, Any] = json.loads(write_down(drawn, plan).receipt)
    facts["register"]["left_out"] = sum(extract.counted.get("left_out", {}).values())
    lines = [Line(one.where, one.people, len(one.rows)) for one in drawn.strata]
    public, small = queries.published(lines)
    at_home: dict[int, int] = {}
    for one in drawn.strata:
        for size, people in one.at_home.items():
            at_home[size] = at_home.get(size, 0) + people
    chances = chances_by_home(at_home, drawn.invited, drawn.equal)
    shown = {size: chance for size, chance in chances.items() if at_home[size] >= FEWEST}
    promise = queries.promise_of(lot)
    return facts | {
        "wave": wave.number,
        "said_by": wave.seed_by,
        "promise": promise.digest if promise else "",
        "rules_of_the_lot": lot.digest,
        "wished": wave.plan,
        "factors": [
            {"dimension": value.dimension.key, "group": value.key, "factor": value.factor,
             "reason": value.factor_reason}
            for value in queries.factors(of_the_register(lot))
        ],
        "homes": {str(size): float(f"{chance:.6g}") for size, chance in shown.items()} if lot.one_per_address else {},
        "strata": [
            _stratum(one, drawn, after, one.where in public)
            for one, after in zip(drawn.strata, following.strata, strict=True)
        ],
        "small_strata": {"strata": small.strata, "people": small.people, "letters": small.letters} if small else None,
        "notices": [one for one in facts["notices"] if one["code"] in PUBLIC_NOTICES],
    }  # fmt: skip


def _stratum(one: Any, drawn: LetterDraw, after: Any, public: bool) -> dict[str, Any]:
    following = int(drawn.key[after.reserve[0]]) if after.reserve else None
    shown = one.cut is not None and one.people >= FEWEST
    told = {"stratum": dict(one.where), "border": border(one.cut, following) if shown else None}
    if not public:
        return told
    return told | {"people": one.people, "had_a_letter_before": one.earlier, "letters": len(one.rows)}


@transaction.atomic
def _settle(wave: Wave, register: Register, keys: list[str], receipt: dict[str, Any], work: Work) -> None:
    """All invitations at once, or none. Whoever comes second finds it done."""
    lot = held_lot(wave.lot)
    held = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if held.drawn_at:
        return
    if held.seed != wave.seed or Register.objects.filter(pk=register.pk, destroyed_at=None).first() is None:
        raise Refusal("lot.no_register")
    invite_all(lot=lot, wave=held, register=register, keys=keys)
    held.receipt = receipt
    held.digest, held.promise_digest = queries.digest_of(held), receipt["promise"]
    held.drawn_at = timezone.now()
    held.save(update_fields=["receipt", "digest", "promise_digest", "drawn_at"])
    note(
        "lot.wave_drawn", lot.step, thread=lot.step.process, who=work.by, number=held.number, letters=len(keys),
        seed=held.seed, digest=held.digest,
    )  # fmt: skip
