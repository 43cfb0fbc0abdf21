"""Letter codes: they open one person's own part, and guessing leads nowhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samenraad.people.actions import issue_code, redeem, tidy_up, withdraw_codes
from samenraad.people.codes import ALPHABET, new_code, normal
from samenraad.people.models import AccessCode, FailedCode
from samenraad.people.rules import WRONG_CODES, source_of
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db

HOME = "a" * 64


def refused(code: str, source: str = HOME) -> str:
    with pytest.raises(Refusal) as caught:
        redeem(code=code, source=source)
    return caught.value.code


def later(hours: int) -> None:
    FailedCode.objects.update(moment=timezone.now() - timedelta(hours=hours, minutes=1))


def test_a_code_opens_its_persons_part_however_it_is_typed(emre):
    code = issue_code(person=emre, purpose="process:3")
    for typed in (code, code.lower(), f"  {code.replace('-', ' ')} ", code.replace("-", "")):
        opened = redeem(code=typed, source=HOME)
        assert (opened.person, opened.purpose) == (emre, "process:3")


def test_the_code_itself_is_kept_nowhere(emre):
    code = issue_code(person=emre)
    kept = str(AccessCode.objects.values_list("digest", "purpose").get())
    assert code not in kept
    assert normal(code) not in kept


def test_a_code_has_no_letters_that_look_alike():
    assert not set("01ILO") & set(ALPHABET)
    assert all(set(normal(new_code())) <= set(ALPHABET) for _ in range(50))


@pytest.mark.parametrize("forged", ["", "K7F4-2Q9P-XW3D", "' OR 1=1 --", "é" * 5000, "\x00"])
def test_a_forged_code_opens_nothing(emre, forged):
    issue_code(person=emre)
    assert refused(forged) == "people.wrong_code"


def test_an_expired_code_says_until_when_it_was_good(emre):
    code = issue_code(person=emre, days=-1)
    with pytest.raises(Refusal) as caught:
        redeem(code=code, source=HOME)
    assert caught.value.code == "people.expired_code"
    assert caught.value.facts["day"] == timezone.localdate() - timedelta(days=1)
    assert not FailedCode.objects.exists()


def test_who_tries_many_codes_waits_an_hour_and_nobody_else_does(emre):
    code = issue_code(person=emre)
    for _ in range(WRONG_CODES):
        assert refused("wrong") == "people.wrong_code"
    assert refused(code) == "people.too_many_codes"
    assert redeem(code=code, source="b" * 64).person == emre
    later(hours=1)
    assert redeem(code=code, source=HOME).person == emre


def test_a_source_cannot_be_read_back_and_a_whole_ipv6_house_is_one():
    assert "192" not in source_of("192.0.2.1", "key")
    assert source_of("192.0.2.1", "key") != source_of("192.0.2.2", "key")
    assert source_of("192.0.2.1", "key") != source_of("192.0.2.1", "other")
    assert source_of("2001:db8::1", "key") == source_of("2001:db8::ffff:2", "key")
    assert source_of("2001:db8::1", "key") != source_of("2001:db8:0:1::1", "key")
    assert len(source_of("unknown", "key")) == 64


def test_a_withdrawn_code_opens_nothing(emre):
    one, two = issue_code(person=emre, purpose="process:1"), issue_code(person=emre, purpose="process:2")
    assert withdraw_codes(person=emre, purpose="process:1") == 1
    assert refused(one) == "people.wrong_code"
    assert redeem(code=two, source=HOME).person == emre
    assert withdraw_codes(person=emre) == 1


def test_the_clock_takes_away_old_codes_and_wrong_ones(emre):
    today = timezone.localdate()
    issue_code(person=emre, days=-31)
    issue_code(person=emre, days=-29)
    refused("wrong")
    assert tidy_up(today) == ["1 expired codes removed"]
    later(hours=24)
    assert tidy_up(today) == ["1 wrong codes forgotten"]
    assert tidy_up(today) == []
    assert AccessCode.objects.count() == 1
