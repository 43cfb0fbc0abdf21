"""Two officers, two browsers, at the same moment."""

from __future__ import annotations

import pytest

from samenraad.instruments.lot.actions import register as registers
from samenraad.instruments.lot.actions import waves as actions
from samenraad.instruments.lot.models import Extract, Invitation, Wave
from samenraad.instruments.lot.tests.test_waves import SEED, lot, register, wishes  # noqa: F401
from samenraad.people.models import Person
from samenraad.processes.actions.work import do
from samenraad.processes.models import Work
from samenraad.testing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_two_officers_draw_at_once_and_one_wave_is_drawn(lot, register, bram):  # noqa: F811
    plan = wishes(lot)
    waves = at_once(*[lambda: actions.plan_wave(lot=lot, wishes=plan, values={}).pk] * 3)
    assert len(set(waves)) == Wave.objects.count() == 1
    wave = Wave.objects.get()
    works = at_once(*[lambda: actions.start_draw(wave=wave, seed=SEED, seed_by="x", by=bram).pk] * 3)
    assert len(set(works)) == Work.objects.count() == 1
    at_once(*[lambda: do(works[0])] * 2)
    assert Invitation.objects.count() == 60
    assert Person.objects.filter(invitations__isnull=False).count() == 60


def test_a_file_that_is_chosen_twice_at_once_is_kept_once(lot, bram):  # noqa: F811
    content = b"id,name,street,house number,postcode,town,date of birth,gender,district\n1,a,b,1,1,c,1990-01-01,m,n\n"
    keep = lambda: registers.keep_upload(lot=lot, name="x.csv", chunks=[content], by=bram).pk  # noqa: E731
    assert len(set(at_once(keep, keep))) == Extract.objects.count() == 1
