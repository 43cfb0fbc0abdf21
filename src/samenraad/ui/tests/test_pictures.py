"""Every picture has its words, its table, and keeps to the numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from django.template import Context, Template
from django.utils import translation

from samenraad.ui import charts, examples
from samenraad.ui.lemniscate import Loop, Mark
from samenraad.ui.pieces import ClockRow, Figure, Part, Silence, StoryEntry

TODAY = date(2027, 3, 8)
ANSWERS = [Part("overgenomen", 40, "adopted"), Part("afgewezen", 20, "rejected"), Part("doorgestuurd", 0, "forwarded")]


def printed(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_the_loop_tells_in_words_what_it_draws() -> None:
    html = printed("{% loop loop %}", loop=examples.process_loop())
    ids = re.search(r'aria-labelledby="(\S+) (\S+)"', html)
    assert ids
    assert f'<title id="{ids[1]}">Waar we nu zijn op de lus</title>' in html
    assert f'<desc id="{ids[2]}">De lus heeft zes poorten.' in html
    assert html.count('class="gate passed"') == 4
    assert '<span class="status" data-state="now">Nu: stemmen</span>' in html


def test_a_loop_without_anything_is_still_a_loop() -> None:
    html = printed("{% loop loop %}", loop=Loop())
    assert "<path" in html
    assert "figcaption" not in html


def test_words_on_the_loop_cannot_break_it() -> None:
    html = printed("{% loop loop %}", loop=Loop((Mark(10, label='"><script>'),)))
    assert "<script>" not in html


def test_the_towns_loop_says_who_is_to_move() -> None:
    html = printed("{% town_loop loop %}", loop=examples.town_loop())
    assert "aan zet" in html
    assert ">2</text>" in html
    assert '<span class="status" data-state="late">' in html


def test_a_small_loop_without_a_name_is_an_ornament() -> None:
    assert 'aria-hidden="true"' in printed("{% small_loop 63.5 %}")
    assert 'role="img" aria-label="bij het stemmen"' in printed('{% small_loop 63.5 63.5 "bij het stemmen" %}')


def test_the_story_marks_now_and_gates_and_what_is_to_come() -> None:
    entries = [
        StoryEntry("Het doel is helder", date(2026, 6, 18), gate=1),
        StoryEntry("iedereen stemt", date(2027, 2, 22), until=date(2027, 3, 14), state="now"),
        StoryEntry("Antwoord", state="later", gate=5, moment="in de herfst"),
    ]
    html = " ".join(printed("{% story entries %}", entries=entries).split())
    assert '<li class="gate ">' in html
    assert 'aria-current="step"' in html
    assert "Nu: iedereen stemt" in html
    assert "Poort 5 · in de herfst" in html
    assert "22 februari 2027</time> tot en met <time" in html


def test_a_story_of_nothing_is_nothing() -> None:
    assert printed("{% story entries %}", entries=[]).strip() == ""


def test_figures_are_numbers_with_their_words() -> None:
    html = printed("{% figures items %}", items=[Figure(1189, "mensen"), Figure("6,1", "cijfer", "now")])
    assert "<dd>1.189</dd>" in html
    assert "<dd>6,1</dd>" in html


def test_a_bar_shows_each_part_and_its_table_every_number() -> None:
    html = printed('{% bar_chart parts "60 antwoorden" %}', parts=ANSWERS)
    assert html.count("<rect") == 2
    assert 'aria-label="60 antwoorden: 40 overgenomen, 20 afgewezen, 0 doorgestuurd"' in html
    assert html.count("<tr>") == 5
    assert "66,7" in html


def test_the_parts_fill_the_bar() -> None:
    bars = [bar for bar in charts.stacked(ANSWERS) if bar.part.count]
    assert float(bars[-1].x) + float(bars[-1].wide) == 880
    assert [round(bar.share, 3) for bar in bars] == [0.667, 0.333]


def test_a_bar_of_nothing_is_no_mistake() -> None:
    assert "<rect" not in printed("{% bar_chart parts %}", parts=[])
    assert "<rect" not in printed("{% bars parts %}", parts=[Part("niets", 0)])


def test_the_longest_bar_has_the_whole_width() -> None:
    assert [row.wide for row in charts.rows([Part("a", 50), Part("b", 200)])] == ["25", "100"]


def test_an_interval_says_its_ends() -> None:
    html = printed("{% interval_chart 0.521 0.645 0.753 %}").replace("\u00a0", " ")
    assert 'aria-label="64,5 %, met een marge van 52,1 % tot 75,3 %"' in html
    assert 'cx="280.9"' in html
    assert "M228.8 22H326.3" in html


def test_the_clocks_give_every_date_in_their_table() -> None:
    rows = [
        ClockRow("Speelplekken", date(2026, 11, 30), date(2027, 2, 24), "late", "beloofd"),
        ClockRow("Stemming", date(2027, 2, 22), date(2027, 3, 14), "now"),
        ClockRow("Antwoord", date(2027, 3, 25), date(2027, 6, 3)),
    ]
    silent = [Silence("Verkiezingen", date(2027, 3, 9), date(2027, 3, 17))]
    html = printed("{% clocks rows silent today %}", rows=rows, silent=silent, today=TODAY)
    for words in ("12 dagen te laat", "nog 6 dagen", "over 17 dagen", "morgen", "3 juni 2027", "24 februari 2027"):
        assert words in html, words
    assert html.count('class="silent"') == 1


def test_clocks_reach_from_a_day_to_two_years() -> None:
    for days in (0, 1, 40, 200, 500, 4000):
        row = ClockRow("lang", TODAY - timedelta(days=days), TODAY + timedelta(days=days))
        drawn = charts.clocks([row], [], TODAY)
        assert 2 <= len(drawn.ticks) <= 9
        assert charts.NAMES <= float(drawn.today) <= charts.NAMES + charts.AXIS
        places = [float(x) for x, _ in drawn.ticks]
        assert all(after - before > 50 for before, after in pairwise(places))


def test_clocks_without_anything_to_tell_still_stand() -> None:
    with translation.override("en"):
        assert "today" in printed("{% clocks rows silent today %}", rows=[], silent=[], today=TODAY)


def test_a_notice_holds_what_it_is_given() -> None:
    html = printed('{% notice "late" title %}<p>{{ text }}</p>{% endnotice %}', title="Te laat", text="<b>")
    assert html.strip() == (
        '<div class="notice" data-state="late"><h3><span class="status" data-state="late">Te laat</span></h3>'
        "<p>&lt;b&gt;</p></div>"
    )


def test_progress_looks_again_until_it_is_ready() -> None:
    busy = printed('{% progress 5 12 "brieven" "/post/7/" %}')
    assert 'hx-get="/post/7/"' in busy
    assert 'value="5"' in busy
    ready = printed('{% progress 12 12 "brieven" "/post/7/" %}')
    assert "hx-get" not in ready
    assert "Klaar" in ready


def test_an_empty_place_says_what_will_come() -> None:
    html = printed('{% empty "Nog niets" "Vanaf 12 april" "/bericht/" "Houd me op de hoogte" %}')
    assert "<h3>Nog niets</h3>" in html
    assert '<a class="button quiet" href="/bericht/">' in html
