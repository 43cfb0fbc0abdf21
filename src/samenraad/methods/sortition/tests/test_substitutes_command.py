"""`samenraad substitutes` on files: the list, who takes a seat, and what it refuses."""

from __future__ import annotations

import pytest

from samenraad import cli

PEOPLE = "id,sex\n" + "".join(f"w{n},woman\nm{n},man\n" for n in range(5))
QUOTAS = "category,value,min,max\nsex,woman,2,2\nsex,man,2,2\n"


@pytest.fixture
def run(tmp_path, capsys):
    for name, text in {
        "people.csv": PEOPLE,
        "quotas.csv": QUOTAS,
        "panel.csv": "id,code\nw0,x\nw1,x\nm0,x\nm1,x\n",
    }.items():
        (tmp_path / name).write_text(text)

    def run(*more: str, panel: str = "panel.csv") -> tuple[int, str]:
        files = [str(tmp_path / name) for name in ("people.csv", "quotas.csv")]
        asked = [
            "--seats",
            "4",
            "--panel",
            str(tmp_path / panel),
            "--how-many",
            "4",
            "--seed",
            "4 0 7",
            "--language",
            "en",
        ]
        code = cli.main(["substitutes", *files, *asked, *more])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_the_list_is_told_in_order_and_is_the_same_every_time(run):
    code, told = run()
    assert code == 0
    assert told.count("\nSubstitute") + told.startswith("Substitute") == 4
    assert run() == (0, told)


def test_a_free_seat_goes_to_the_same_profile(run):
    code, told = run("--left", "w0")
    assert code == 0
    assert told.startswith("w")
    assert "minimum" not in told


def test_who_said_no_is_passed_over(run):
    first = run("--left", "w0")[1].split()[0]
    second = run("--left", "w0", "--no", first)[1].split()[0]
    assert second != first
    assert second.startswith("w")


@pytest.mark.parametrize(("more", "said"), [(["--left", "nobody"], "nobody"), (["--leave", "200"], "between 0 and 1")])
def test_what_cannot_be_is_refused(run, more, said):
    code, told = run(*more)
    assert (code, said in told) == (1, True)


def test_a_panel_that_is_not_there_is_said(run):
    code, told = run(panel="none.csv")
    assert code == 2
    assert "none.csv" in told
