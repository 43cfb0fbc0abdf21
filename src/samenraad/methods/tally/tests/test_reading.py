"""Files of ballots: what is read, and that every bad line is told at once, in both languages."""

from __future__ import annotations

import io
import random

import pytest

from samenraad.methods import tally
from samenraad.methods.saying import explain
from samenraad.methods.tally.preferendum.count import Rules, Slips
from samenraad.methods.tally.reading.columns import read_columns
from samenraad.methods.tally.reading.grades import read_grades, read_preferendum
from samenraad.methods.tally.reading.preflib import read_categories, read_preflib
from samenraad.methods.tally.reading.rankings import read_marks, read_rankings
from samenraad.methods.tally.sentences import SENTENCES
from samenraad.refusals import Refusal

HEAD = "# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bo\n# ALTERNATIVE NAME 3: Cas\n"


def same(a, b):
    return (a.options, a.rows.tolist(), a.counts.tolist()) == (b.options, b.rows.tolist(), b.counts.tolist())


def told(read, *arguments, language="en", **named):
    with pytest.raises(Refusal) as refused:
        read(*arguments, **named)
    return explain(refused.value, language).splitlines()[1:]


def said_by(read, content):
    """How the refusal begins, when there is one."""
    try:
        read(content)
    except Refusal as refusal:
        return explain(refusal)[:6]
    return ""


def test_the_two_shapes_of_rankings_and_preflib_say_the_same():
    by_option = b"Ann;Bo;Cas;aantal\n1;2;;3\n1;1;2;2\n;;;4\n"
    by_choice = b"keuze 1,keuze 2,keuze 3,count\nAnn,Bo,,3\nAnn=Bo,Cas,,2\n,,,4\n"
    preflib = HEAD.encode() + b"3: 1,2\n2: {1,2},3\n4:\n"
    expected = tally.Ranked.of(["Ann", "Bo", "Cas"], [(["Ann", "Bo"], 3), ([["Ann", "Bo"], "Cas"], 2), ([], 4)])
    assert same(read_rankings(by_option), expected)
    assert same(read_rankings(by_choice), expected)
    assert same(read_preflib(preflib), expected)


def test_gaps_in_places_do_not_matter():
    assert same(read_rankings(b"a,b,c\n1,3,7\n"), read_rankings(b"a,b,c\n1,2,3\n"))


def test_grades_in_words_and_in_numbers():
    words = read_grades(b"a;b\nGOOD;\nbad;no opinion\n", scale=["bad", "good"])
    assert (words.scale, words.histogram.tolist()) == (("bad", "good"), [[1, 1], [0, 0]])
    numbers = read_grades(b"a,b\n-1,2\n0,\n")
    assert numbers.scale == ("-1", "0", "1", "2")


def test_categories_of_preflib_are_grades():
    graded = read_categories((HEAD + "# CATEGORY NAME 1: yes\n# CATEGORY NAME 2: no\n5: {1,2},3\n2: {},{1}\n").encode())
    assert (graded.scale, graded.histogram.tolist()) == (("no", "yes"), [[2, 5], [0, 5], [5, 0]])


def test_marks_in_many_ways():
    assert read_marks(b"a,b\nx,nee\nJA,0\n,\n1,1\n").rows.tolist() == [[1, 1], [0, 1]]


def test_a_preferendum_counts_no_opinion_apart():
    """No opinion is not the middle of the scale, and nothing at all is something else again."""
    counted = read_preferendum(
        b"a,b,wijk,prioriteiten\neens,geen mening,N,a\noneens,,Z,b\n", rules=Rules(("oneens", "eens"))
    )
    assert counted.slips == {"a": Slips((1, 1), 0, 1), "b": Slips((0, 0), 1, 1)}
    assert counted.places["N"] == (1, {"a": Slips((0, 1), 0, 1), "b": Slips((0, 0), 1, 0)})


def test_neighbourhoods_are_kept_and_can_be_joined():
    ballots = read_rankings(b"a,b,wijk\n1,2,Noord\n1,2,Zuid\n")
    assert (ballots.strata, ballots.counts.tolist()) == (("Noord", "Zuid"), [1, 1])
    assert ballots.without_strata().counts.tolist() == [2]


def test_every_bad_line_is_told_at_once():
    lines = told(read_rankings, b"a,b,count\nfirst,2,1\n1,0,x\n1,2,3,4\n1,2,-1\n")
    assert lines == [
        "file, line 2: “first” at a is not a place. Write 1 for the first, 2 for the next, or leave it empty.",
        "file, line 3: “x” is not a number of voters.",
        "file, line 3: “0” at b is not a place. Write 1 for the first, 2 for the next, or leave it empty.",
        "file, line 4: there are more cells than columns. Perhaps a text with a comma needs quotation marks.",
        "file, line 5: “-1” is not a number of voters.",
    ]


def test_the_same_in_dutch():
    lines = told(read_rankings, b"a,b\nfirst,2\n", language="nl")
    assert lines == [
        "file, regel 2: “first” bij a is geen plaats. Schrijf 1 voor de eerste, 2 voor de volgende, of laat het leeg."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "3: 1,4\n2: 1,1\n", "line 4: 4 is not the number of an option: there are 3."),
        (HEAD + "3: 1,2\n2: 1,1\n", "line 5: “Ann” is ranked more than once."),
        (HEAD + "3: 1,{2\n", "line 4: a bracket is opened or closed in the wrong place."),
        (HEAD + "many: 1\n", "line 4: “many: 1” is not a ballot."),
        (HEAD + "# NUMBER VOTERS: 9\n3: 1\n", "there are 9 voters, but its lines sum to 3."),
        (HEAD, "there is not a single ballot."),
        ("3: 1\n", "the file does not say which options there are."),
    ],
)
def test_preflib_says_what_is_wrong(text, said):
    assert any(said.removeprefix("there are 9") in line for line in told(read_preflib, text.encode()))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,a\n1,2\n", "“a” is the name of more than one option."),
        (b"1,2\nAnn,Ann\n", "“Ann” is ranked more than once."),
        (b"a,b,wijk\n1,2,\n", "the neighbourhood is missing."),
        (b"count\n1\n", "there must be at least one option, and at most 200."),
        (b"a,count,aantal\n1,1,1\n", "there is more than one column “count”."),
        (b"a,,b\n1,2,3\n", "there is a column with ballots that has no name."),
    ],
)
def test_tables_say_what_is_wrong(content, said):
    assert any(said in line for line in told(read_rankings, content))


def test_grades_and_priorities_say_what_is_wrong():
    assert "these grades are words" in told(read_grades, b"a\ngood\n")[0]
    assert (
        "“fine” at a is not a grade. The grades are: bad, good."
        in told(read_grades, b"a\nfine\n", scale=("bad", "good"))[0]
    )
    lines = told(read_preferendum, b"a,b,priorities\nagree,agree,a|b\nagree,agree,c\n")
    assert lines == [
        "file, line 2: 2 priorities are marked, and at most 1 may be.",
        "file, line 3: “c” is marked as a priority, but is not one of the proposals.",
    ]


def test_many_mistakes_of_one_kind_are_counted():
    lines = told(read_rankings, b"a\n" + b"no\n" * 50)
    assert len(lines) == 21
    assert lines[-1].endswith("and 30 more mistakes of the kind of which you see 20 above.")


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a,b\n", b'a,"b\n1,2\n', b"PK\x03\x04nothing"])
def test_what_is_no_table_is_refused_and_never_a_traceback(content):
    for read in (read_rankings, read_marks, read_grades, read_preferendum):
        with pytest.raises(Refusal) as refused:
            read(content)
        assert "tally." not in explain(refused.value)


def test_noise_is_refused_or_read_and_never_a_traceback():
    chance = random.Random(4)
    for _file in range(400):
        text = "".join(chance.choice("ab1,2;|{}:#\n\t \"'é=x9-") for _sign in range(chance.randint(0, 60)))
        for read in (read_rankings, read_marks, read_grades, read_preferendum, read_preflib, read_categories):
            assert said_by(read, text.encode()) != "tally."


def test_the_quick_way_and_the_long_way_read_the_same():
    chance = random.Random(6)
    for _file in range(200):
        rows = [[chance.choice(["1", "2", "", " 3 ", "é"]) for _cell in range(3)] for _row in range(4)]
        plain = "\n".join(";".join(row) for row in [["a", "b", "c"], *rows])
        quick = read_columns(plain.encode(), "file")
        slow = read_columns(plain.replace("a", '"a"', 1).encode(), "file")
        assert quick.header == slow.header
        assert list(quick.lines) == list(slow.lines)
        assert [[c.strip() for c in column] for column in quick.cells] == [list(column) for column in slow.cells]


def test_a_stream_is_read_too():
    assert read_rankings(io.BytesIO(b"a,b\n1,2\n")).total == 1


def test_every_sentence_has_its_dutch():
    from samenraad.methods.language import LOCALE, _catalogue

    assert LOCALE.exists()
    same_in_dutch = [code for code, text in SENTENCES.items() if _catalogue("nl").gettext(text) == text]
    assert same_in_dutch == []
