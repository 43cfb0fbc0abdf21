"""The sums: what is alike, what a form code notices, what a cell may hold, where a dot stands."""

from hypothesis import given, settings
from hypothesis import strategies as st

from samenraad.instruments.ideas import rules
from samenraad.instruments.ideas.rules.likeness import stem
from samenraad.people.codes import ALPHABET

unhurried = settings(deadline=None)

IDEAS = {
    1: ("Bomen op het Marktplein", "Meer schaduw in de zomer."),
    2: ("Fietsenstalling bij het station", "Er is te weinig plek voor fietsen."),
    3: ("Schaduw op de markt", "Plant bomen op het plein, zodat we kunnen zitten."),
    4: ("Zwembad langer open", "In het weekend ook 's avonds."),
    5: ("Bankjes langs de Beek", "Dan kunnen ouderen uitrusten."),
}


def found(title, text=""):
    return [match.key for match in rules.similar((title, text), IDEAS)]


def test_ideas_that_say_the_same_are_found_in_other_words():
    assert found("Meer boompjes op de markt")[:2] == [3, 1]
    assert found("Stalling voor fietsen", "bij het station") == [2]
    assert found("Zitbanken voor ouderen", "langs het water van de beek") == [5]


def test_what_nobody_said_is_like_nothing():
    assert found("Hondenveld", "Los lopen zonder lijn") == []
    assert found("", "") == []
    assert found("de het een", "ik wil graag") == []


def test_a_stem_is_shared_by_the_family_of_a_word():
    families = "bomen boom, straten straat, huizen huis, bankjes bank, brieven brief, fietsen fiets, groene groen"
    for family in families.split(", "):
        one, other = family.split()
        assert rules.stems(one) == rules.stems(other), (one, other)


def test_accents_and_capitals_make_no_difference():
    assert rules.stems("Eén CAFÉ in Zuid") == rules.stems("een cafe in zuid")


def test_a_rare_word_weighs_more_than_a_common_one():
    texts = {number: ("Groen in de wijk", f"kenmerk{number}") for number in range(20)}
    texts[99] = ("Groen in de wijk", "een ooievaarsnest")
    assert rules.similar(("Groen", "een ooievaarsnest"), texts)[0].key == 99


@unhurried
@given(st.text(max_size=300), st.text(max_size=2_000))
def test_any_text_can_be_compared_and_is_most_like_itself(title, text):
    matches = rules.similar((title, text), {**IDEAS, 7: (title, text)}, least=0.0)
    assert matches == rules.similar((title, text), {**IDEAS, 7: (title, text)}, least=0.0)
    assert all(0 <= match.score <= 1.0001 for match in matches)
    if rules.stems(title):
        assert max(match.score for match in matches) == next(m.score for m in matches if m.key == 7)


@unhurried
@given(st.text(max_size=60))
def test_a_stem_always_fits_the_index(word):
    for one in rules.keywords(word, word):
        assert 0 < len(one) <= 24
    if word.isascii() and word.isalpha():
        assert stem(word.lower())


def test_the_rarest_words_are_looked_for_until_the_budget_is_spent():
    counts = {"plein": 900, "boom": 2_000, "lindeboom": 3, "schaduw": 40}
    assert rules.rarest(counts, budget=1_000) == ["lindeboom", "schaduw", "plein"]
    assert rules.rarest(counts, budget=10_000) == ["lindeboom", "schaduw", "plein", "boom"]


draws = st.lists(st.integers(0, 30), min_size=7, max_size=7)


@unhurried
@given(draws)
def test_a_form_code_is_read_however_it_is_typed(numbers):
    code = rules.form_code(numbers)
    assert rules.is_form_code(code) == code
    assert rules.is_form_code(code.lower().replace("-", " ")) == code


@unhurried
@given(draws, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(numbers, place, letter):
    letters = rules.form_code(numbers).replace("-", "")
    slip = letters[:place] + letter + letters[place + 1 :]
    assert bool(rules.is_form_code(slip)) == (slip == letters)


@unhurried
@given(draws, st.integers(0, 5))
def test_two_letters_that_changed_places_are_noticed(numbers, place):
    letters = rules.form_code(numbers).replace("-", "")
    slip = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
    assert bool(rules.is_form_code(slip)) == (slip == letters)


@unhurried
@given(st.text(max_size=20))
def test_what_is_no_form_code_is_none(typed):
    assert rules.is_form_code(typed) in ("", rules.is_form_code(typed.upper()))


def test_a_cell_never_becomes_a_formula():
    for formula in ("=1+1", "+31 6", "-2", "@SUM(A1)", "\tx", " =HYPERLINK()"):
        assert str(rules.safe_cell(formula)).startswith("'")
    assert rules.safe_cell("Bomen = schaduw") == "Bomen = schaduw"
    assert rules.safe_cell(-3) == -3
    assert rules.safe_cell(None) == ""


def test_an_excerpt_is_plain_and_short():
    assert (
        rules.excerpt("# Kop\n\nEr is **geen schaduw** op [het plein](http://x).")
        == "Kop Er is geen schaduw op het plein."
    )
    assert rules.excerpt("a*b en snake_case") == "a*b en snake_case"
    assert len(rules.excerpt("woord " * 500)) <= 220


degrees = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


@unhurried
@given(st.lists(degrees, min_size=1, max_size=40))
def test_every_idea_stands_in_one_dot_on_the_paper(points):
    box = rules.frame(points)
    dots = rules.clusters([(key, *point) for key, point in enumerate(points)], box)
    assert sum(dot.count for dot in dots) == len(points)
    assert all(0 <= dot.x <= 1000 and 0 <= dot.y <= 640 for dot in dots)


@unhurried
@given(st.text(max_size=40))
def test_nonsense_is_no_box(text):
    box = rules.Box.read(text)
    assert box is None or -90 <= box.south <= box.north <= 90
