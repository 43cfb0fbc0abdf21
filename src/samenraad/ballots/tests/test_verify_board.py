"""verify_board.py: an honest folder passes, and nothing else does."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from samenraad.ballots.actions import boards, subscribing
from samenraad.ballots.actions.batches import empty
from samenraad.ballots.actions.publishing import publish
from samenraad.ballots.queries.board import text_of
from samenraad.ballots.queries.files import mark_of, zipped
from samenraad.ballots.rules import slips as rules
from samenraad.ballots.testing import open_vote, vote_with
from samenraad.ballots.tests.checking import CHOICES, held, program, receipt_of, unpacked
from samenraad.post.mail import compose
from samenraad.post.models import Message


@pytest.fixture
def whole(opened, bram, tmp_path):
    """An exported vote, with a checkpoint of somebody's own, and a receipt file."""
    one = held(opened, bram)
    one.folder = unpacked(one.vote, tmp_path / "vote")
    one.mail = tmp_path / "mail.txt"
    one.mail.write_text("Beste lezer,\n\n> " + text_of(one.saved).replace("\n", "\n> ") + "\n\nGroet")
    one.final = tmp_path / "checkpoint.json"
    one.final.write_text(json.dumps(mark_of(one.last)))
    one.receipt = tmp_path / "receipt.json"
    one.receipt.write_text(json.dumps(receipt_of(one.vote)))
    return one


def check(whole, **more):
    return program("verify_board").check(whole.folder, [whole.mail, whole.final], **more)


def words(found):
    return {word for word, _facts in found}


def test_an_untouched_folder_is_in_order_and_everything_in_it_is_checked(whole):
    report = check(whole, receipt=whole.receipt, tracker=whole.tracker)
    assert report.wrong == []
    assert words(report.right) == {"chain", "batches", "marks", "saved", "slips", "roll", "file", "tracker", "receipt"}
    assert words(report.open) == {"recount", "limits"}


def test_it_runs_alone_and_says_it_in_dutch_and_english(whole):
    for language, good in (("nl", "IN ORDE"), ("en", "IN ORDER")):
        said = _alone(whole.folder, "--language", language)
        assert said.returncode == 0, said.stderr
        assert said.stdout.rstrip().endswith(good)
    (whole.folder / "board.jsonl").write_text("{}\n")
    said = _alone(whole.folder)
    assert said.returncode == 1
    assert said.stdout.rstrip().endswith("NOT IN ORDER")


def _alone(folder, *more):
    """As somebody at home types it, in a Python that has no package at all."""
    call = [sys.executable, "-S", "verify_board.py", ".", *more]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, env={"PYTHONUTF8": "1"})


def test_a_town_that_signs_its_own_new_board_is_caught_by_one_old_e_mail(whole, process, bram, tmp_path):
    """Everything written anew, with valid signatures: only who kept a checkpoint can see it."""
    other = open_vote(process, bram)
    old = whole.folder
    publish(vote=other.vote)
    other.vote.refresh_from_db()
    whole.folder = unpacked(other.vote, tmp_path / "other")
    assert program("verify_board").check(whole.folder).wrong == []
    assert words(check(whole).wrong) >= {"mark", "hidden"}
    assert old.exists()


def test_lines_that_were_added_honestly_after_the_saved_checkpoint_are_in_order(opened, bram, tmp_path):
    publish(vote=opened.vote)
    opened.vote.refresh_from_db()
    unpacked(opened.vote, tmp_path / "first")
    saved = tmp_path / "first" / "checkpoints.json"
    for code in opened.codes[:40]:
        vote_with(opened.vote, code, CHOICES)
    empty(vote=opened.vote)
    boards.append(vote=opened.vote.key, kind="code", blocked="1" * 64, added="0" * 64)
    found = program("verify_board").check(unpacked(opened.vote, tmp_path / "later"), [saved])
    assert found.wrong == []
    assert words(found.open) == {"tail", "not_counted", "limits"}
    publish(vote=opened.vote)
    found = program("verify_board").check(unpacked(opened.vote, tmp_path / "latest"), [saved])
    assert (found.wrong, words(found.open)) == ([], {"not_counted", "limits"})


def test_codes_that_come_without_another_going_are_noticed(opened, bram, tmp_path):
    """Whoever runs the machine could vote with them: more ballots than people, and nobody's code was replaced."""
    boards.append(vote=opened.vote.key, kind="code", added="0" * 64)
    publish(vote=opened.vote)
    assert words(program("verify_board").check(unpacked(opened.vote, tmp_path)).wrong) == {"place"}


def test_the_e_mail_that_a_reader_kept_is_a_checkpoint_however_it_was_saved(whole, bram, tmp_path):
    """Its text, the whole message as it went over the wire, and a page of the minutes."""
    subscribing.appoint(vote=whole.vote, name="Hilde Maes", email="hilde@example.org", by=bram)
    mail = compose(Message.objects.get(key__startswith="checkpoint:"))
    kept = {"text.txt": mail.body, "mail.eml": mail.message().as_string()}
    kept["minutes.txt"] = "\n".join(f"    | {line}" for line in text_of(whole.last).splitlines())
    for name, text in kept.items():
        (tmp_path / name).write_text(text)
        found = program("verify_board").check(whole.folder, [tmp_path / name])
        assert (found.wrong, "saved" in words(found.right)) == ([], True), name


def test_before_the_count_the_zip_holds_no_slips(opened, tmp_path):
    for code in opened.codes[:40]:
        vote_with(opened.vote, code, CHOICES)
    names = {path.name for path in unpacked(opened.vote, tmp_path).iterdir()}
    assert names == {
        "board.jsonl", "checkpoints.json", "verify_board.py", "verify_tools.py", "README.nl.txt", "README.en.txt"
    }  # fmt: skip


def test_the_zip_has_the_same_bytes_each_time_and_comes_in_pieces(whole):
    once, again = list(zipped(whole.vote)), list(zipped(whole.vote))
    assert b"".join(once) == b"".join(again)
    assert len(once) > 10
    assert zipfile.is_zipfile(whole.folder) is False
    text = (whole.folder / "slips" / "grade-1.csv").read_text().splitlines()
    assert text[0] == "value,nonce"
    assert len(text) == 46


def test_a_receipt_whose_slip_was_removed_is_reported(whole):
    """From the files only, and then from the board as well."""
    path = whole.folder / "slips" / "grade-1.csv"
    torn = json.loads(whole.receipt.read_text())["slips"][0]
    path.write_text(path.read_text().replace(f"{torn['value']},{torn['nonce']}\n", ""))
    assert words(check(whole, receipt=whole.receipt).wrong) == {"number", "unopened", "lost"}
    board = whole.folder / "board.jsonl"
    mark = rules.commitment(whole.vote.key, torn["about"], torn["value"], torn["nonce"])
    board.write_text(board.read_text().replace(f'"{mark}",', "").replace(f',"{mark}"', ""))
    report = check(whole, receipt=whole.receipt)
    assert {"batch", "mark", "lost"} <= words(report.wrong)
    assert "grade:1" in report.text("nl")


def test_a_receipt_that_was_tampered_with_is_not_in_order(whole):
    receipt = json.loads(whole.receipt.read_text())
    receipt["slips"][1]["value"] = "3"
    whole.receipt.write_text(json.dumps(receipt))
    assert {"odd_receipt", "lost"} <= words(check(whole, receipt=whole.receipt).wrong)
    assert words(check(whole, tracker="2222-2222").wrong) == {"no_tracker"}


@pytest.mark.parametrize("name", ["board.jsonl", "checkpoints.json", "roll.txt", "result.json", "rules.json", "slips"])
def test_a_file_that_is_missing_or_nonsense_is_wrong_and_nothing_breaks(whole, name):
    path = whole.folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert check(whole).wrong
    for text in ("", "[]", "[1]", "{}", "null\n", "\x00", "[{}]"):
        path.write_text(text)
        assert check(whole, receipt=whole.receipt).wrong
        path.unlink()


# a thousand edits


def lines_edited(text, rng):
    """One line dropped, doubled, altered, exchanged with another one, or all in another order."""
    lines = text.split("\n")[:-1]
    place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    act = rng.choice(["drop", "add", "alter", "swap", "reorder", "take"])
    if act == "drop":
        del lines[place]
    elif act == "add":
        lines.insert(other, lines[place])
    elif act == "alter":
        lines[place] = altered(lines[place], rng)
    elif act == "swap":
        lines[place], lines[other] = lines[other], lines[place]
    elif act == "reorder":
        rng.shuffle(lines)
    else:
        del lines[rng.randrange(len(lines)) :]
    return "\n".join([*lines, ""])


def altered(text, rng):
    """One sign other than it was."""
    place = rng.randrange(len(text)) if text else 0
    sign = rng.choice([one for one in '0123456789abcdef"{},:x \n' if one != text[place : place + 1]])
    return text[:place] + sign + text[place + 1 :]


def older_again(text, rng):
    """An older checkpoint poses as the newest: as it was, or with another size."""
    marks = json.loads(text)
    old = dict(rng.choice(marks[:-1]))
    old.update(rng.choice([{}, {"size": marks[-1]["size"]}, {"size": marks[-1]["size"], "day": "2099-01-01"}]))
    return json.dumps([*marks[: rng.choice([-1, len(marks)])], old])


def result_changed(text, rng):
    return altered(text, rng) if rng.random() < 0.5 else json.dumps(json.loads(text) | {"winner": rng.random()})


EDITS = {
    "board.jsonl": lines_edited,
    "slips/grade-1.csv": lines_edited,
    "slips/priority.csv": lines_edited,
    "roll.txt": lines_edited,
    "checkpoints.json": older_again,
    "result.json": result_changed,
    "books.json": altered,
    "rules.json": altered,
    "seed.txt": altered,
}


def edit(folder: Path, rng: random.Random) -> tuple[str, str]:
    """One random edit; gives back what to restore."""
    while True:
        name = rng.choice(list(EDITS))
        before = (folder / name).read_text()
        after = EDITS[name](before, rng)
        if after != before:
            (folder / name).write_text(after)
            return name, before


def tampered(whole, times: int, seed: int) -> list[str]:
    """What was not seen, of so many edits. One checkpoint was kept: the one of the end."""
    rng, unseen, check_all = random.Random(seed), [], program("verify_board").check
    for _n in range(times):
        name, before = edit(whole.folder, rng)
        if not check_all(whole.folder, [whole.final]).wrong:
            unseen.append(f"{name}: {(whole.folder / name).read_text()[:200]}")
        (whole.folder / name).write_text(before)
    return unseen


def test_forty_random_edits_are_all_seen(whole):
    assert tampered(whole, 40, 1) == []


@pytest.mark.slow
def test_a_thousand_random_edits_are_all_seen(whole):
    """Drop, add, alter, swap and reorder lines of board, slips and roll; replay a checkpoint; change the result."""
    assert tampered(whole, 1000, 5) == []
    assert check(whole).wrong == []
