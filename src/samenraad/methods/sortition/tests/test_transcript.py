"""A draw can be recomputed by everybody; one changed byte is found, and the finding says where."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace

import pytest

from samenraad.methods.sortition.draw.checking import check, check_chances, check_lottery, check_seal
from samenraad.methods.sortition.draw.pool_check import check_pool, check_quotas, quotas_of
from samenraad.methods.sortition.draw.publication import (
    Key,
    canonical,
    digest,
    is_key_of,
    keys_of,
    publish,
    row_of,
)
from samenraad.methods.sortition.draw.randomness import (
    BEACON,
    DICE,
    PHRASE,
    Announced,
    beacon,
    dice,
    from_text,
    phrases,
)
from samenraad.methods.sortition.draw.transcript import Finding, build, line_of
from samenraad.methods.sortition.pool import Candidate, Pool, Quotas
from samenraad.methods.sortition.tests.drawing import QUOTAS, SALT, WHEN, lottery, publication, rebuilt, town
from samenraad.refusals import Refusal

THROW = dice([(4, 0, 7)], 1000)


@pytest.fixture(scope="module")
def made():
    return publication()


@pytest.fixture(scope="module")
def facts(made):
    return rebuilt(made, THROW)


@pytest.fixture(scope="module")
def files(made, facts) -> tuple[bytes, bytes]:
    return canonical(facts).encode(), made.lottery.text.encode()


def forged(facts: dict, **changes: object) -> bytes:
    """A transcript changed by somebody who also corrects its digests."""
    new = {name: value for name, value in {**facts, **changes}.items() if name != "digest"}
    new["seal"] = digest(canonical(new["rules"]))
    return canonical({"digest": digest(canonical(new)), **new}).encode()


def wrong(found: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.file, finding.field) for finding in found}


# what is published


def test_the_published_lottery_is_the_same_lottery_under_codes(made):
    plain, ids = lottery(), {key.code: key.id for key in made.keys}
    back = sorted(tuple(sorted(ids[code] for code in panel)) for panel in made.lottery.panels)
    assert back == sorted(plain.panels)
    assert {ids[code]: count for code, count in made.lottery.counts.items()} == plain.counts


def test_the_numbers_of_the_panels_follow_from_their_codes_alone(made):
    """Whatever order somebody gives the panels in, the published lottery is the same, byte for byte."""
    plain = lottery()
    turned = replace(plain, panels=tuple(reversed(plain.panels)))
    again = publish(turned, SALT, Announced(DICE, WHEN), ("street",))
    assert again.lottery.text == made.lottery.text
    assert again.rules_json == made.rules_json
    assert list(made.lottery.panels) == sorted(made.lottery.panels)


def test_no_name_and_no_answer_is_published(made, files):
    public = "".join([made.rules_json, made.chances_csv, *(content.decode() for content in files)])
    assert not re.search(r"p0\d\d|Dorpsstraat", public)
    assert all(key.secret not in public for key in made.keys)


def test_codes_are_hmacs_of_the_salt():
    """python -c "import hmac; print(hmac.new(bytes(range(32)), b'code\\np000', 'sha256').hexdigest())" """
    import hmac

    key = keys_of(town(), SALT)[0]
    assert key.code == hmac.new(SALT, b"code\np000", hashlib.sha256).hexdigest()[:16]
    assert keys_of(town(), bytes(32))[0].code != key.code


def test_a_short_salt_and_equal_codes_are_refused():
    with pytest.raises(Refusal, match=r"sortition\.salt_short"):
        keys_of(town(), b"pepper")
    with pytest.raises(Refusal, match=r"sortition\.codes_collide"):
        publish(lottery(10), SALT, Announced(DICE), length=1)


def test_her_letter_is_enough_to_find_her_line_and_to_check_her_answers(made):
    key, aisha = made.keys[2], town().by_id["p002"]
    line = next(line for line in made.chances_csv.splitlines() if line.startswith(key.code))
    assert line.split(",")[1] == str(lottery().counts["p002"])
    assert line.split(",")[2] == key.stamp
    assert json.loads(key.row) == [key.code, "p002", "Dorpsstraat 1", [["age", "old"], ["sex", "woman"]]]
    assert key.row == row_of(key.code, aisha)
    moved = replace(key, row=row_of(key.code, replace(aisha, household="Kerkstraat 2")))
    older = replace(key, row=row_of(key.code, replace(aisha, features={**aisha.features, "age": "young"})))
    assert line.split(",")[2] not in (moved.stamp, older.stamp)


def test_the_seal_fixes_rules_lottery_and_pool(made):
    seals = {made.seal}
    seals.add(publish(lottery(seed=2), SALT, Announced(DICE, WHEN), ("street",)).seal)
    seals.add(publish(lottery(), SALT, Announced(DICE, "later"), ("street",)).seal)
    seals.add(publish(lottery(), SALT[::-1], Announced(DICE, WHEN), ("street",)).seal)
    assert len(seals) == 4
    assert made.seal == hashlib.sha256(made.rules_json.encode()).hexdigest()


# what can be recomputed


@pytest.mark.parametrize(
    ("announced", "drawn"),
    [
        (Announced(DICE, WHEN), THROW),
        (Announced(PHRASE), phrases(["Één stad", "loot mee"])),
        (Announced(BEACON, "", "drand-quicknet", 9), beacon(9, "ab" * 32, Announced(BEACON, "", "drand-quicknet", 9))),
    ],
)
def test_a_draw_is_in_order_whatever_chance_decided(announced, drawn):
    made = publication(announced=announced)
    facts = rebuilt(made, drawn)
    assert check(canonical(facts).encode(), made.lottery.text.encode(), made.seal) == []
    assert tuple(facts["panel"]) == made.lottery.panels[facts["number"]]


def test_panel_407_is_line_408(facts, files):
    assert facts["number"] == 407
    assert files[1].split(b"\n")[407].decode().split(",") == ["407", *facts["panel"]]


def test_a_lottery_of_600_keeps_the_throws_that_did_not_count():
    made = publication(600)
    facts = rebuilt(made, dice([(9, 0, 1), (0, 0, 3)], 600))
    assert facts["randomness"]["throws"] == [[9, 0, 1], [0, 0, 3]]
    assert check(canonical(facts).encode(), made.lottery.text.encode()) == []
    hidden = forged(facts, randomness={"kind": DICE, "throws": [[0, 0, 1], [0, 0, 3]]})
    assert wrong(check(hidden, made.lottery.text.encode())) == {("transcript.json", "randomness")}


def test_another_chance_than_announced_is_refused(made):
    with pytest.raises(Refusal, match=r"sortition\.randomness_other"):
        rebuilt(made, phrases(["a", "b"]))


def test_twenty_thousand_draws_follow_the_published_chances(made):
    """Nobody is drawn more or less often than five standard deviations from the published chance allow."""
    draws = 20_000
    drawn = Counter(from_text(f"draw\n{place}", 1000, made.rules["lottery"]) for place in range(draws))
    times = Counter()
    for number, often in drawn.items():
        for code in made.lottery.panels[number]:
            times[code] += often
    for code, chance in made.lottery.chances.items():
        margin = 5 * (draws * chance * (1 - chance)) ** 0.5
        assert abs(times[code] - draws * chance) <= margin, code


def test_the_transcript_is_small(files):
    assert len(files[0]) < 10_000


@pytest.mark.parametrize("step", [29, pytest.param(1, marks=pytest.mark.slow)])
def test_every_changed_byte_of_the_transcript_is_found_where_it_is(step):
    """Three changes of each byte. What still is a transcript is found by the field it changed, the rest by the line."""
    small = publication(100)
    transcript, drawn = canonical(rebuilt(small, dice([(4, 7)], 100))).encode(), small.lottery.text.encode()
    assert check(transcript, drawn, small.seal) == []
    lines = [transcript[:place].count(b"\n") + 1 for place in range(len(transcript))]
    fields = fields_by_line(transcript.decode())
    for place in range(0, len(transcript), step):
        for flip in (1, 32, 128):
            changed = transcript[:place] + bytes([transcript[place] ^ flip]) + transcript[place + 1 :]
            found = check(changed, drawn)
            at = {finding.line for finding in found}
            named = {finding.field.split(".")[0] for finding in found}
            near = at & set(range(lines[place] - 1, lines[place] + 3))
            beside = {"randomness": "number", "rules": "seal"}.get(
                fields[lines[place]]
            )  # the two contradict each other
            assert near or {fields[lines[place]], beside} & named, (place, changed[place - 20 : place + 20], found)


def fields_by_line(text: str) -> dict[int, str]:
    """Line -> the field of the transcript that it belongs to."""
    belongs, current = {}, ""
    for number, line in enumerate(text.split("\n"), start=1):
        start = re.match(r' "(\w+)"', line)
        current = start[1] if start else current
        belongs[number] = current
    return belongs


def test_a_sample_of_changed_bytes_of_the_lottery_is_found_on_its_line(files):
    transcript, drawn = files
    for place in range(0, len(drawn), 8009):
        for flip in (1, 128):
            changed = drawn[:place] + bytes([drawn[place] ^ flip]) + drawn[place + 1 :]
            found = check(transcript, changed)
            assert drawn[:place].count(b"\n") + 1 in {finding.line for finding in found}, (place, flip)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + b"\n",
        lambda text: b"",
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text + text,
        lambda text: text[: len(text) // 2],
    ],
)
def test_a_file_that_was_saved_otherwise_or_cut_off_is_found(files, change):
    transcript, drawn = files
    assert check(change(transcript), drawn)
    assert check(transcript, change(drawn))


@pytest.mark.parametrize(
    "text", [b"null", b"[]", b'"x"', b"{}", b"1", b"[" * 100_000, b'{"number":' + b"9" * 5000 + b"}"]
)
def test_what_is_no_transcript_at_all_is_said_not_thrown(files, text):
    assert check(text, files[1])
    assert check(text + b"\n", files[1])


# what somebody could forge, with all digests corrected


def test_a_forger_cannot_choose_another_panel(facts, files, made):
    other = list(made.lottery.panels[11])
    found = check(forged(facts, number=11, panel=other), files[1])
    assert wrong(found) == {("transcript.json", "number"), ("transcript.json", "panel")}


def test_a_forger_cannot_put_somebody_on_the_panel(facts, files, made):
    outsider = next(key.code for key in made.keys if key.code not in facts["panel"])
    found = check(forged(facts, panel=sorted([*facts["panel"][1:], outsider])), files[1])
    assert wrong(found) == {("transcript.json", "panel")}


def test_a_forger_cannot_change_a_line_and_its_marks(facts, files):
    lines = files[1].split(b"\n")
    other = lines[900].split(b",")[1:]
    lines[407] = b",".join([b"407", *other])
    changed = b"\n".join(lines)
    panel = [code.decode() for code in other]
    marks = "".join(hashlib.sha256(line).hexdigest()[:4] for line in lines[:-1])
    found = check(forged(facts, panel=panel, marks=marks), changed)
    assert wrong(found) == {("lottery.csv", "")}


def test_whoever_changes_the_rules_changes_the_seal(facts, files, made):
    changed = {**facts["rules"], "announced": {**facts["rules"]["announced"], "when": "yesterday"}}
    transcript = forged(facts, rules=changed)
    assert check(transcript, files[1]) == [], "without the published seal nobody can tell"
    assert wrong(check(transcript, files[1], made.seal)) == {("transcript.json", "seal")}


@pytest.mark.parametrize(
    "rules",
    [{"panels": 0}, {"seats": 0}, {"panels": 999}, {"panels": 10**30}, {"seats": 5}, {"people": 3}, {"format": "x"}],
)
def test_rules_that_do_not_fit_the_lottery_are_found(facts, files, rules):
    assert check(forged(facts, rules={**facts["rules"], **rules}), files[1])


@pytest.mark.parametrize(
    "drawn",
    [
        {"kind": "dice", "throws": []},
        {"kind": "dice", "throws": [[4, 0]]},
        {"kind": "dice", "throws": [[4, 0, 17]]},
        {"kind": "dice", "throws": [[True, 0, 7]]},
        {"kind": "dice", "throws": 407},
        {"kind": "phrase", "phrases": ["a", "b"]},
        {"kind": "beacon", "round": 1, "value": "ab" * 32},
        {"kind": "cards"},
        {},
    ],
)
def test_other_randomness_is_found(facts, files, drawn):
    found = check(forged(facts, randomness=drawn), files[1])
    assert {finding.field.split(".")[0] for finding in found} == {"randomness"}


def test_who_was_already_in_sits_on_every_panel():
    made = publication(already=("p005",))
    code = next(key.code for key in made.keys if key.id == "p005")
    assert made.rules["already"] == [code]
    assert check_lottery(made.rules, made.lottery.text.encode()) == []
    without = publication().lottery.text.encode()
    rules = {**made.rules, "lottery": hashlib.sha256(without).hexdigest()}
    assert any("already" in finding.text for finding in check_lottery(rules, without))


# chances and seal


def test_chances_count_the_lottery_and_carry_the_pool(made, files):
    chances = made.chances_csv.encode()
    assert check_chances(made.rules, files[1], chances) == []
    assert len(made.chances_csv.splitlines()) == 13
    for place in range(0, len(chances), 29):
        changed = chances[:place] + bytes([chances[place] ^ 1]) + chances[place + 1 :]
        assert check_chances(made.rules, files[1], changed), place
    lines = chances.splitlines(keepends=True)
    assert check_chances(made.rules, files[1], b"".join(lines[:-1]))
    assert check_chances(made.rules, files[1], b"".join([lines[0], lines[2], lines[1], *lines[3:]]))


def test_the_seal_is_that_of_the_rules(made):
    assert check_seal(made.rules, made.seal.upper() + "\n") == []
    assert check_seal(made.rules, "0" * 64)


# for who holds the pool and the key


def private(made, pool: Pool | None = None, keys: tuple[Key, ...] | None = None):
    return check_pool(made.rules, made.lottery.text, pool or town(), made.keys if keys is None else keys)


def test_the_frozen_pool_is_in_order(made):
    assert private(made) == []


@pytest.mark.parametrize("who", ["p000", "p002", "p011"])
@pytest.mark.parametrize("cell", ["sex", "age", "household", "id"])
def test_one_changed_cell_of_the_pool_is_found(made, who, cell):
    people = list(town().candidates)
    place = [one.id for one in people].index(who)
    one = people[place]
    change = {
        "id": {"id": "p999"},
        "household": {"household": "Kerkstraat 2"},
        "sex": {"features": {**one.features, "sex": "other"}},
        "age": {"features": {**one.features, "age": "other"}},
    }[cell]
    people[place] = replace(one, **change)
    found = private(made, Pool(tuple(people)))
    assert {finding.file for finding in found} <= {"respondents", "key.csv"}
    assert who in "\n".join(finding.sentence("en") for finding in found)


def test_somebody_left_out_or_added_is_found(made):
    assert private(made, Pool(town().candidates[1:]))
    assert private(made, town(13))
    assert private(made, keys=made.keys[1:])
    assert private(made, keys=(*made.keys, made.keys[0]))


def test_another_column_of_numbers_is_asked_for(made):
    others = Pool(tuple(replace(one, id=f"other {one.id}") for one in town().candidates))
    (finding,) = private(made, others)
    assert "--id" in finding.sentence("en")


def test_a_key_that_swaps_two_people_is_found(made):
    """The codes are public: who is behind a code cannot be changed after the draw."""
    one, two, *others = made.keys
    swapped = (replace(one, code=two.code), replace(two, code=one.code), *others)
    assert private(made, keys=swapped)
    assert private(made, keys=(replace(one, id=two.id), replace(two, id=one.id), *others))
    rows = [replace(key, row=row_of(key.code, town().by_id[key.id])) for key in swapped]
    assert wrong(private(made, keys=tuple(rows))) == {("key.csv", "")}


def test_two_people_behind_one_code_are_found(made):
    """Otherwise somebody who was never in the pool could sit down as the one who was drawn."""
    friend = Candidate("p998", town().by_id["p000"].features)
    copy = Key("p998", made.keys[0].code, "0" * 32, row_of(made.keys[0].code, friend))
    for keys in ((copy, *made.keys), (*made.keys, copy)):
        assert ("key.csv", "") in wrong(private(made, Pool((*town().candidates, friend)), keys))
        assert not is_key_of(made.rules, keys)


def test_a_key_is_that_of_the_frozen_pool_or_not(made):
    one, two, *others = made.keys
    assert is_key_of(made.rules, made.keys)
    assert not is_key_of(made.rules, made.keys[1:])
    assert not is_key_of(made.rules, (replace(one, id=two.id), replace(two, id=one.id), *others))
    assert not is_key_of(made.rules, (replace(one, code=two.code), replace(two, code=one.code), *others))
    assert not is_key_of(made.rules, (replace(one, secret=two.secret), two, *others))


def test_other_quotas_than_the_rules_are_found(made):
    assert quotas_of(made.rules) == Quotas.of(QUOTAS)
    assert check_quotas(made.rules, Quotas.of(QUOTAS)) == []
    found = check_quotas(made.rules, Quotas.of({**QUOTAS, "age": {"young": (1, 2), "old": (0, 3)}}))
    assert wrong(found) == {("categories", "")}


def test_every_panel_is_held_against_every_quota_and_address():
    """A lottery with one panel that breaks the rules: four men of whom two live together; a line each."""
    bad = replace(lottery(10), quotas=Quotas.of({"sex": {"man": (1, 2)}}))
    panels = (*bad.panels[:-1], ("p001", "p003", "p005", "p007"))
    made = publish(replace(bad, panels=panels), SALT, Announced(DICE))
    found = check_pool(made.rules, made.lottery.text, bad.pool, made.keys)
    place = made.lottery.panels.index(tuple(sorted(key.code for key in made.keys if key.id in panels[-1])))
    assert [(one.line, one.field) for one in found] == [(place + 1, "sex: man")]
    assert "4 people" in found[0].sentence("en")
    together = replace(bad, panels=(*bad.panels[:-1], ("p001", "p002", "p004", "p006")))
    made = publish(together, SALT, Announced(DICE))
    found = check_pool(made.rules, made.lottery.text, bad.pool, made.keys)
    assert ["address" in one.text for one in found] == [True]


# the words


def test_a_finding_is_said_in_dutch_too(files):
    found = check(files[0].replace(b'"number": 407', b'"number": 408'), files[1])
    line = files[0].decode().split("\n").index(' "number": 407,') + 1
    assert f"transcript.json, line {line} (number)" in "\n".join(one.sentence("en") for one in found)
    assert all(one.sentence("nl") != one.sentence("en") for one in found)


def test_the_line_of_a_field_is_found_at_any_depth(files):
    text = files[0].decode()
    lines = text.split("\n")
    assert lines[line_of(text, "rules.announced.when") - 1].strip().startswith('"when"')
    assert lines[line_of(text, "seal") - 1].startswith(' "seal"')
    assert line_of(text, "rules.nothing") == 0


def test_same_lottery_same_salt_same_bytes(files):
    again = publication()
    assert (canonical(build(again.rules, again.lottery.text, THROW)).encode(), again.lottery.text.encode()) == files
    assert json.loads(files[0])["format"] == "samenraad transcript 1"
