"""From two files to a panel on the command line: publish, draw, verify; and everything that can go wrong."""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samenraad import cli
from samenraad.methods.sortition.commands import draw as draw_command
from samenraad.methods.sortition.draw import folder
from samenraad.methods.sortition.tests import drawing

#: a round of the beacon that is still to come
LATER = 999999999
SALT = "00112233445566778899aabbccddeeff"


def write_files(folder: Path) -> tuple[str, str]:
    respondents, categories = folder / "respondents.csv", folder / "categories.csv"
    with respondents.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "sex", "age", "street"])
        for one in drawing.town().candidates:
            rows.writerow([one.id, one.features["sex"], one.features["age"], one.household or f"Home of {one.id}"])
    with categories.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["category", "value", "min", "max"])
        for category, values in drawing.QUOTAS.items():
            rows.writerows([category, value, *limits] for value, limits in values.items())
    return str(respondents), str(categories)


@pytest.fixture
def files(tmp_path) -> tuple[str, str]:
    return write_files(tmp_path)


@pytest.fixture(scope="module", autouse=True)
def by_hand() -> Iterator[None]:
    """The lottery itself is not what is tested here: one made by hand stands in for it, from the files as read."""

    def made(read, options):
        plain = drawing.lottery(options.panels)
        assert read.quotas == plain.quotas
        return replace(plain, pool=read.pool, seats=options.seats, already=read.already, method=options.method)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw_command, "_lottery", made)
        yield


@pytest.fixture(scope="module")
def published(by_hand, tmp_path_factory) -> Path:
    """Made once; each test that draws from it gets a copy."""
    folder = tmp_path_factory.mktemp("published")
    assert cli.main(["draw", *write_files(folder), *asked(folder / "out"), "--language", "en"]) == 0
    return folder


@pytest.fixture
def prepared(published, tmp_path) -> Path:
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out"


def asked(root: Path, *more: str) -> list[str]:
    salt = root.parent / "salt"
    salt.write_text(SALT + "\n")
    known = ["--seats", "4", "--household", "street", "--salt-file", str(salt), "--when", "vrijdag, raadzaal"]
    return [*known, "--out", str(root), *more]


@pytest.fixture
def run(capsys):
    def run(*arguments: object, language: str = "en") -> int:
        capsys.readouterr()
        return cli.main([str(one) for one in (*arguments, "--language", language)])

    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# before the draw


def test_the_folder_to_publish_and_the_private_one(prepared, capsys):
    public = ["chances.csv", "lottery.csv", "report.json", "report.txt", "rules.json", "seal.txt", "verify_draw.py"]
    assert names(prepared / "publish") == public
    assert names(prepared / "private") == ["key.csv", "lines.csv"]
    assert names(prepared) == ["private", "publish"]
    assert names(prepared.parent) == ["categories.csv", "out", "respondents.csv", "salt"], "nothing is left behind"


def test_what_is_private_is_for_its_owner_only(prepared):
    assert stat.S_IMODE((prepared / "private" / "key.csv").stat().st_mode) == 0o600
    assert stat.S_IMODE((prepared / "private").stat().st_mode) == 0o700


def test_people_without_a_number_are_found_again_by_their_line(prepared):
    lines = (prepared / "private/lines.csv").read_text().splitlines()
    assert lines[:3] == ["id,line", "p000,2", "p001,3"]


def test_nothing_public_names_anybody(prepared):
    for path in (prepared / "publish").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not [one for one in drawing.town().by_id if one in text], path.name
        assert "Dorpsstraat" not in text, path.name


def test_the_seal_can_be_checked_with_an_ordinary_tool(prepared):
    checked = subprocess.run(
        ["sha256sum", "-c", "seal.txt"], cwd=prepared / "publish", capture_output=True, check=False
    )
    assert checked.returncode == 0


def test_it_says_what_to_publish_and_what_to_throw(files, tmp_path, run, capsys):
    run("draw", *files, *asked(tmp_path / "out"))
    said = capsys.readouterr().out
    assert "1000 panels of 4 people, from the 12" in said
    assert json.loads((tmp_path / "out/publish/rules.json").read_text())["announced"]["when"] == "vrijdag, raadzaal"
    assert (tmp_path / "out/publish/seal.txt").read_text().split()[0] in said
    assert "throw 3 ten-sided dice" in said


def test_the_same_files_and_salt_give_the_same_bytes(files, tmp_path, run):
    for name in ("one", "two"):
        run("draw", *files, *asked(tmp_path / name))
    for path in (tmp_path / "one/publish").iterdir():
        assert path.read_bytes() == (tmp_path / "two/publish" / path.name).read_bytes()


def test_without_a_salt_every_draw_has_its_own_codes(files, tmp_path, run):
    for name in ("one", "two"):
        run("draw", *files, "--seats", "4", "--out", tmp_path / name)
    one, two = ((tmp_path / name / "private/key.csv").read_text() for name in ("one", "two"))
    assert one != two


def test_other_methods_can_stand_beside_it_in_the_report(files, tmp_path, run):
    assert run("draw", *files, *asked(tmp_path / "out"), "--compare", "goldilocks", "legacy") == 0
    told = json.loads((tmp_path / "out" / "publish" / "report.json").read_text())
    assert [method["name"] for method in told["methods"]] == ["leximin", "goldilocks", "legacy"]


def test_what_was_published_is_never_overwritten(prepared, files, run, capsys, monkeypatch):
    monkeypatch.setattr(draw_command, "_lottery", lambda *_: pytest.fail("that is said before anybody waits"))
    before = (prepared / "publish/lottery.csv").read_bytes()
    assert run("draw", *files, *asked(prepared)) == 1
    assert "never overwritten" in capsys.readouterr().err
    assert (prepared / "publish/lottery.csv").read_bytes() == before


def test_a_full_disk_leaves_nothing_half_done(files, tmp_path, run, capsys, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder.os, "fsync", full)
    assert run("draw", *files, *asked(tmp_path / "out")) == 1
    assert "No space left" in capsys.readouterr().err
    assert names(tmp_path) == ["categories.csv", "respondents.csv", "salt"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--panels", "0"], "at least 1 panel"),
        (["--randomness", "beacon"], "which round"),
        (["--randomness", "cards"], "--randomness"),
        (["--salt-file", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_announced_is_refused_before_anything_is_made(files, tmp_path, run, capsys, more, said):
    assert run("draw", *files, *asked(tmp_path / "out", *more)) in (1, 2)
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("salt", ["", "pepper", "00ff"])
def test_what_is_no_salt_is_refused(files, tmp_path, run, salt):
    (tmp_path / "mine").write_text(salt)
    assert run("draw", *files, *asked(tmp_path / "out", "--salt-file", str(tmp_path / "mine"))) == 1


def test_who_is_on_no_panel_is_told_to_the_organiser(files, tmp_path, run, capsys, monkeypatch):
    """One panel of four: the other eight are named, before anything is published, and only in private."""
    assert run("draw", *files, *asked(tmp_path / "out", "--panels", "1")) == 0
    said = capsys.readouterr().out
    assert "On none of these panels" in said
    sentences, everybody = (tmp_path / "out/private/never_drawn.txt").read_text().split("\n\n")
    assert sentences in said
    counts = (line.split(",") for line in (tmp_path / "out/publish/chances.csv").read_text().splitlines()[1:])
    zero = sum(count == "0" for _code, count, _stamp in counts)
    assert len(everybody.splitlines()) == zero > 0


def test_who_is_on_no_panel_because_time_was_up_is_told_so(files, tmp_path, run, capsys, monkeypatch):
    stopped = lambda *_: replace(drawing.lottery(1), reached="stopped")  # noqa: E731
    monkeypatch.setattr(draw_command, "_lottery", stopped)
    assert run("draw", *files, *asked(tmp_path / "out", "--panels", "1")) == 0
    assert "because time was up" in capsys.readouterr().out


def test_who_can_never_be_drawn_is_no_lowest_chance_in_the_report(tmp_path, run, capsys, monkeypatch):
    """Everybody else has one in two; the report counts who has none apart, and does not publish why."""
    real = lambda files, options: draw_command._made("leximin", files.pool, files.quotas, (), options)  # noqa: E731
    monkeypatch.setattr(draw_command, "_lottery", real)
    people, quotas = tmp_path / "people.csv", tmp_path / "quotas.csv"
    people.write_text("id,age\nann,young\nben,young\ncas,old\ndina,old\neva,other\n")
    quotas.write_text("category,value,min,max\nage,young,1,1\nage,old,1,1\nage,other,0,0\n")
    assert run("draw", people, quotas, "--seats", "2", "--panels", "10", "--out", tmp_path / "out") == 0
    assert "eva cannot be on any panel" in capsys.readouterr().out
    report = (tmp_path / "out/publish/report.txt").read_text()
    assert "more than 50.00 %" in report
    assert "1 person can never be drawn" in report
    assert "age other" not in report


# the draw


def test_three_dice_draw_panel_407(prepared, run, capsys):
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 0
    said = capsys.readouterr().out
    lines = (prepared / "publish/lottery.csv").read_text().splitlines()
    assert "Panel 407 was drawn: line 408" in said
    assert [line.strip() for line in said.splitlines() if line.startswith("    ")] == lines[407].split(",")[1:]
    assert json.loads((prepared / "publish/transcript.json").read_text())["randomness"]["throws"] == [[4, 0, 7]]


def test_the_panel_has_ids_for_the_organiser_only(prepared, run, capsys):
    run("draw", "--from", prepared, "--dice", "4", "0", "7")
    said = capsys.readouterr().out
    panel = prepared / "private/panel.csv"
    rows = list(csv.DictReader(panel.read_text().splitlines()))
    people = [drawing.town().by_id[row["id"]] for row in rows]
    assert not drawing.lottery().quotas.broken_by(people)
    assert stat.S_IMODE(panel.stat().st_mode) == 0o600
    assert not [row["id"] for row in rows if row["id"] in said]


def test_without_the_key_a_stranger_draws_the_same_panel(prepared, run, capsys):
    (prepared / "private/key.csv").unlink()
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 0
    assert not (prepared / "private/panel.csv").exists()


def test_a_second_draw_is_refused_unless_it_is_the_same(prepared, run, capsys):
    run("draw", "--from", prepared, "--dice", "4", "0", "7")
    first = (prepared / "publish/transcript.json").read_bytes()
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 0
    assert run("draw", "--from", prepared, "--dice", "4", "0", "8") == 1
    assert "panel 407 was drawn already" in capsys.readouterr().err
    assert (prepared / "publish/transcript.json").read_bytes() == first


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        ([], "one kind of chance"),
        (["--dice", "4", "0"], "3 digits"),
        (["--dice", "4", "0", "10"], "counts as 0"),
        (["--dice", "4", "0", "x"], "--dice"),
        (["--dice", "4", "0", "7", "--dice", "4", "0", "8"], "counted already"),
        (["--phrase", "a", "--phrase", "b"], "announced"),
        (["--beacon", "1", "ab"], "announced"),
        (["--dice", "4", "0", "7", "--phrase", "a"], "one kind of chance"),
        (["--dice", "4", "0", "7", "--seal", "0" * 64], "seal"),
    ],
)
def test_other_chance_than_announced_or_no_good_throw_draws_nothing(prepared, run, capsys, chance, said):
    assert run("draw", "--from", prepared, *chance) in (1, 2)
    assert said in capsys.readouterr().err
    assert not (prepared / "publish/transcript.json").exists()


@pytest.mark.parametrize("name", ["lottery.csv", "rules.json", "chances.csv", "seal.txt"])
def test_nothing_is_drawn_from_a_folder_that_was_touched(prepared, run, capsys, name):
    path = prepared / "publish" / name
    content = path.read_bytes()
    for place in range(0, len(content), max(1, len(content) // 8)):
        if content[place] == 32:
            continue
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 1
        assert "is not what was published" in capsys.readouterr().err
    path.unlink()
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 1
    assert name in capsys.readouterr().err
    assert not (prepared / "publish/transcript.json").exists()


def test_a_lottery_swapped_with_all_its_digests_is_caught_by_the_published_seal(files, prepared, run):
    seal = (prepared / "publish/seal.txt").read_text().split()[0]
    run("draw", *files, *asked(prepared.parent / "other", "--panels", "600"))
    (prepared / "publish").rename(prepared / "old")
    (prepared.parent / "other/publish").rename(prepared / "publish")
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7", "--seal", seal) == 1


def test_a_key_of_another_draw_is_refused_and_nothing_is_drawn(prepared, run, capsys):
    key = prepared / "private/key.csv"
    lines = key.read_text().splitlines()
    key.write_text("\n".join(lines[:3]) + "\n")
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 1
    assert "no line for these codes" in capsys.readouterr().err
    key.write_text("name,phone\n")
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 1
    assert not (prepared / "publish/transcript.json").exists()


def test_a_key_that_was_changed_is_refused_and_nothing_is_drawn(prepared, run, capsys):
    """Two people who changed places in the key would change places on the panel."""
    key = prepared / "private/key.csv"
    lines = key.read_text().splitlines()
    one, two = (line.split(",", 1) for line in lines[1:3])
    key.write_text("\n".join([lines[0], f"{two[0]},{one[1]}", f"{one[0]},{two[1]}", *lines[3:]]) + "\n")
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 1
    assert "no longer says who is behind which code" in capsys.readouterr().err
    assert not (prepared / "publish/transcript.json").exists()


def test_a_disk_that_fails_at_the_draw_leaves_the_folder_as_it_was(prepared, run, monkeypatch, capsys):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(folder.os, "fsync", full)
        assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 1
    assert "transcript.json" not in names(prepared / "publish")
    assert ".transcript.json.part" not in names(prepared / "publish")
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 0


def test_phrases_and_a_beacon_draw_too(files, tmp_path, run, capsys):
    run("draw", *files, *asked(tmp_path / "said", "--randomness", "phrase"))
    assert run("draw", "--from", tmp_path / "said", "--phrase", "Één stad", "--phrase", "loot mee") == 0
    run("draw", *files, *asked(tmp_path / "lit", "--randomness", "beacon", "--round", str(LATER)))
    assert f"round {LATER} (2118-09-16 20:29:21 UTC)" in capsys.readouterr().out
    assert run("draw", "--from", tmp_path / "lit", "--beacon", LATER - 1, "ab" * 32) == 1
    assert run("draw", "--from", tmp_path / "lit", "--beacon", "x", "ab" * 32) == 1
    assert run("draw", "--from", tmp_path / "lit", "--beacon", LATER, "AB" * 32) == 0
    for name in ("said", "lit"):
        public = tmp_path / name / "publish"
        assert run("verify", public / "transcript.json", public / "lottery.csv") == 0


def test_a_round_that_is_known_already_is_refused(files, tmp_path, run, capsys):
    assert run("draw", *files, *asked(tmp_path / "old", "--randomness", "beacon", "--round", "1")) == 1
    assert "still to come" in capsys.readouterr().err
    assert not (tmp_path / "old").exists()


def test_a_beacon_without_a_clock_has_no_moment(files, tmp_path, run, capsys):
    run("draw", *files, *asked(tmp_path / "us", "--randomness", "beacon", "--source", "nist", "--round", "3"))
    assert "After round 3: samenraad" in capsys.readouterr().out


def test_dice_without_a_folder_ask_for_the_folder(run, capsys):
    assert run("draw", "--dice", "4", "0", "7") == 2
    assert "--from" in capsys.readouterr().err


def test_another_kind_of_chance_is_named_in_the_language_of_the_reader(prepared, run, capsys):
    assert run("draw", "--from", prepared, "--phrase", "a", "--phrase", "b", language="nl") == 1
    assert "dobbelstenen" in capsys.readouterr().err


# checking


@pytest.fixture
def drawn(prepared, run) -> Path:
    assert run("draw", "--from", prepared, "--dice", "4", "0", "7") == 0
    return prepared / "publish"


def test_anybody_can_verify_the_draw(drawn, run, capsys):
    seal = (drawn / "seal.txt").read_text().split()[0]
    assert run("verify", drawn / "transcript.json", drawn / "lottery.csv", "--seal", seal) == 0
    assert "In order. Panel 407" in capsys.readouterr().out
    assert run("verify", drawn / "transcript.json", drawn / "lottery.csv", "--chances", drawn / "chances.csv") == 0
    assert run("verify", drawn / "transcript.json", drawn / "lottery.csv", "--seal", "0" * 64) == 1


def test_the_script_in_the_published_folder_says_so_too(drawn):
    command = [sys.executable, "-I", "verify_draw.py", "transcript.json", "lottery.csv"]
    checked = subprocess.run(command, cwd=drawn, capture_output=True, text=True, check=False)
    assert checked.stdout.startswith("In order. Panel 407")


def test_a_touched_line_is_named(drawn, run, capsys):
    lottery = drawn / "lottery.csv"
    lottery.write_bytes(lottery.read_bytes().replace(b"\n500,", b"\n500,0"))
    assert run("verify", drawn / "transcript.json", lottery) == 1
    assert "lottery.csv, line 501" in capsys.readouterr().out
    assert run("verify", drawn / "transcript.json", lottery, language="nl") == 1
    assert "lottery.csv, regel 501" in capsys.readouterr().out


def test_a_notary_with_pool_and_key_checks_every_panel(drawn, files, run, capsys):
    respondents, categories = files
    public = [drawn / "transcript.json", drawn / "lottery.csv"]
    private = ["--pool", respondents, "--key", drawn.parent / "private/key.csv"]
    assert run("verify", *public, *private, "--categories", categories) == 0
    assert "All 1000 panels meet every rule" in capsys.readouterr().out
    assert run("verify", *public, *private) == 0
    text = Path(respondents).read_text()
    Path(respondents).write_text(text.replace("p007,man", "p007,woman"))
    assert run("verify", *public, *private) == 1
    assert "not what was frozen: p007" in capsys.readouterr().out
    Path(respondents).write_text(text)
    Path(categories).write_text(Path(categories).read_text().replace("old,1,3", "old,0,3"))
    assert run("verify", *public, *private, "--categories", categories) == 1
    assert run("verify", *public, "--pool", respondents) == 1


def test_a_file_that_is_not_there_is_said(drawn, run, capsys):
    assert run("verify", drawn / "nothing.json", drawn / "lottery.csv") == 2
    assert "nothing.json" in capsys.readouterr().err
    assert run("draw", "--from", drawn / "nothing", "--dice", "4", "0", "7") == 1


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("arguments", [["draw", "--help"], ["draw", "--from", "x", "--help"], ["verify", "--help"]])
def test_help_speaks_both_languages(run, capsys, arguments, language):
    with pytest.raises(SystemExit) as left:
        run(*arguments, language=language)
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert ("taal" in said or "loting" in said) == (language == "nl"), said


DRAW = """
import sys
sys.modules["numpy"] = sys.modules["scipy"] = sys.modules["highspy"] = None
from samenraad.cli import main
sys.exit(main(["draw", "--from", sys.argv[1], "--dice", "4", "0", "7"]))
"""


def drawn_by(python: str | Path, root: Path, seed: str = "0") -> bytes:
    """The transcript of a draw in a process of its own, without any solver."""
    transcript = root / "publish/transcript.json"
    transcript.unlink(missing_ok=True)
    source = str(Path(cli.__file__).parents[1])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": source}
    subprocess.run([python, "-c", DRAW, root], env=environment, check=True, capture_output=True)
    return transcript.read_bytes()


@pytest.mark.slow
def test_the_draw_needs_no_solver_and_no_hash_seed_matters(prepared):
    assert len({drawn_by(sys.executable, prepared, seed) for seed in ("0", "1", "2", "3")}) == 1


@pytest.mark.slow
def test_the_draw_is_the_same_on_every_python(prepared):
    pythons = drawing.other_pythons((3, 11))
    if not pythons:
        pytest.skip("no other Python from 3.11 on was found beside this one")
    expected = drawn_by(sys.executable, prepared)
    for python in pythons:
        assert drawn_by(python, prepared) == expected, python
