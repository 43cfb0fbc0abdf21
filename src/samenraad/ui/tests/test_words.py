"""Dates, money and numbers read as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from samenraad.texts import Translated
from samenraad.ui import formats

TODAY = date(2027, 3, 8)


def printed(source: str, language: str = "nl", **context: object) -> str:
    with translation.override(language):
        return Template(source).render(Context(context)).replace("\u00a0", " ")


def test_a_day_is_written_out() -> None:
    html = printed("{{ day|in_words }}", day=date(2027, 3, 14))
    assert html == '<time datetime="2027-03-14">zondag 14 maart 2027</time>'


def test_a_moment_is_told_on_the_towns_own_clock() -> None:
    closes = datetime(2027, 3, 14, 22, 59, tzinfo=UTC)
    assert printed("{{ day|in_words }}", day=closes) == (
        '<time datetime="2027-03-14T23:59">zondag 14 maart 2027, 23.59 uur</time>'
    )
    assert "Sunday 14 March 2027, 23:59" in printed("{{ day|in_words }}", "en", day=closes)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 3, 14), "nog 6 dagen, tot en met zondag 14 maart 2027"),
        (date(2027, 3, 9), "nog 1 dag, tot en met dinsdag 9 maart 2027"),
        (date(2027, 3, 8), "alleen vandaag nog, tot en met maandag 8 maart 2027"),
        (date(2027, 3, 7), "gisteren, op zondag 7 maart 2027"),
        (date(2027, 2, 24), "12 dagen geleden, op woensdag 24 februari 2027"),
    ],
)
def test_the_days_left_are_counted(day: date, sentence: str) -> None:
    assert _words(printed("{{ day|days_left:today }}", day=day, today=TODAY)) == sentence


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 3, 20), "over 12 dagen, op zaterdag 20 maart 2027"),
        (date(2027, 3, 9), "morgen, op dinsdag 9 maart 2027"),
        (date(2027, 3, 8), "vandaag, op maandag 8 maart 2027"),
        (date(2027, 3, 1), "7 dagen geleden, op maandag 1 maart 2027"),
    ],
)
def test_the_days_until_something_are_counted(day: date, sentence: str) -> None:
    assert _words(printed("{{ day|days_until:today }}", day=day, today=TODAY)) == sentence


def test_what_closed_this_morning_is_not_still_open(time_machine: object) -> None:
    time_machine.move_to(datetime(2027, 3, 8, 15, tzinfo=UTC))  # type: ignore[attr-defined]
    closed = datetime(2027, 3, 8, 8, tzinfo=UTC)
    assert _words(printed("{{ day|days_left }}", day=closed)) == "vandaag, op maandag 8 maart 2027, 09.00 uur"


def test_late_is_counted_and_on_time_is_silent() -> None:
    assert printed("{{ day|days_late:today }}", day=date(2027, 2, 24), today=TODAY) == "12 dagen te laat"
    assert printed("{{ day|days_late:today }}", day=date(2027, 3, 7), today=TODAY) == "1 dag te laat"
    assert printed("{{ day|days_late:today }}", day=TODAY, today=TODAY) == ""


def test_no_day_is_no_words() -> None:
    for name in ("in_words", "short_date", "plain_date", "days_left", "days_until", "days_late"):
        assert printed(f"{{{{ day|{name} }}}}", day=None) == ""


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (1_500_000, "€ 15.000", "€ 15,000"),
        (1_249_950, "€ 12.499,50", "€ 12,499.50"),
        (5, "€ 0,05", "€ 0.05"),
        (0, "€ 0", "€ 0"),
        (-2500, "−€ 25", "−€ 25"),
    ],
)
def test_money_has_cents_only_when_there_are_any(cents: int, dutch: str, english: str) -> None:
    assert printed("{{ cents|money }}", cents=cents) == dutch
    assert printed("{{ cents|money }}", "en", cents=cents) == english


def test_shares_have_their_margin_beside_them() -> None:
    source = "{{ share|percent }} {{ margin|interval }}"
    assert printed(source, share=40 / 62, margin=(0.521, 0.753)) == "64,5 % [52,1 – 75,3]"
    assert printed(source, "en", share=40 / 62, margin=(0.521, 0.753)) == "64.5% [52.1 – 75.3]"
    assert printed('{{ margin|interval:"plain" }}', margin=(5.8, 6.4)) == "[5,8 – 6,4]"


def test_numbers_are_grouped_and_rounded_half_up() -> None:
    assert printed("{{ n|number }}", n=18923) == "18.923"
    assert printed("{{ n|number }}", "en", n=18923) == "18,923"
    assert printed("{{ n|number:1 }}", n=6.85) == "6,9"
    assert printed("{{ n|number }}", n=None) == ""


def test_a_fingerprint_shows_its_beginning_and_its_end() -> None:
    digest = "7c1e09b452fad3e8" + "0" * 40 + "4b96a1f7"
    assert formats.fingerprint(digest) == "7c1e 09b4 52fa d3e8 … 4b96 a1f7"
    assert formats.fingerprint("7c1e09b4") == "7c1e 09b4"


def test_an_official_text_says_when_it_is_in_another_language() -> None:
    dutch_only = Translated({"nl": "Hoe <nu> verder?"})
    assert printed("{{ text|intext }}", text=dutch_only) == "Hoe &lt;nu&gt; verder?"
    english = printed("{{ text|intext }}", "en", text=dutch_only)
    assert '<span lang="nl">Hoe &lt;nu&gt; verder?</span>' in english
    assert "only in Dutch" in english
    assert (
        printed('{{ text|intext:"quiet" }}', "en", text=dutch_only) == '<span lang="nl">Hoe &lt;nu&gt; verder?</span>'
    )
    assert printed("{{ text|intext }}", text="plain & simple") == "plain &amp; simple"


def test_a_phone_number_can_be_called() -> None:
    assert printed("{{ n|phone }}", n="088 123 45 67") == '<a href="tel:0881234567">088 123 45 67</a>'
    assert printed("{{ n|phone }}", n='"><script>') == "&quot;&gt;&lt;script&gt;"


def _words(html: str) -> str:
    before, _, rest = html.partition("<time")
    return before + rest.partition(">")[2].replace("</time>", "")
