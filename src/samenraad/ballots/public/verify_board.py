#!/usr/bin/env python3
"""Checks the public board of a vote.    Controleert het openbare bord van een stemming.

    python3 verify_board.py FOLDER [--checkpoint FILE]... [--receipt FILE] [--tracker ABCD-...] [--language nl]

Needs Python 3.9 or later and nothing else: no package, no network. Read it, and verify_tools.py (digests, signatures,
sentences): they are short. A checkpoint is a file you kept: checkpoint.json, or the text of an e-mail or of minutes
(.txt). A receipt is the file that a voter downloaded.
It checks that
  1. every line of board.jsonl holds the digest of the line before it, its number, and is written in the one way;
  2. every checkpoint (published ones and yours) has the root of its lines and a signature under the key of line 1;
  3. every batch is sorted and counted, and every receipt stands on the board once;
and after the count, when the other files are there, that
  4. every slip opens one commitment on the board and every commitment is opened, as many about each thing as ballots;
  5. roll.txt is the list that was fixed, with the codes that were replaced; rules, seed, books and result are those
     that the board names.
It says what it checked, what it could not check, and what is wrong. Exit code 0: in order; 1: not in order.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from verify_tools import (
    TROUBLE,
    Report,
    answers,
    commitment,
    is_hex,
    is_signed,
    possible,
    root_of,
    sha256,
    sorted_once,
    spelled,
    tracker_of,
)


class Board:
    """board.jsonl, line by line. `first` is line 1; `kinds` has the other lines that are no batch."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.leaves: list[bytes] = []
        self.ballots = [0]  # after so many lines
        self.slips: dict[bytes, int] = {}  # commitment -> line
        self.trackers: dict[str, int] = {}
        self.first: Any = {}
        self.kinds: dict[str, list[Any]] = {"code": [], "seed": [], "close": [], "result": []}
        self.unopened: dict[bytes, int] = {}
        self.batches = 0
        lines, before, day = (folder / "board.jsonl").read_bytes().split(b"\n"), "0" * 64, ""
        if lines.pop():
            report.fault("spelling", line=len(lines) + 1)
        for number, text in enumerate(lines, 1):
            self.ballots.append(self.ballots[-1])
            self.leaves.append(sha256(b"\x00", text))
            try:
                facts = json.loads(text)
                if spelled(facts).encode() != text or not re.fullmatch(r"\d{4}-\d\d-\d\d", facts["day"]):
                    report.fault("spelling", line=number)
                if [facts["n"], facts["prev"]] != [number, before] or facts["day"] < day:
                    report.fault("link", line=number)
                self._take(number, facts, report)
                day = facts["day"]
            except TROUBLE:
                report.fault("spelling", line=number)
            before = sha256(text).hex()
        if len(self.trackers) > self.codes():
            report.fault("too_many", n=len(self.trackers), size=self.codes())

    def codes(self) -> int:
        given = [(bool(line.get("added")), bool(line.get("blocked"))) for line in self.kinds["code"]]
        return int(self.first["roll"]["size"]) + sum(added - blocked for added, blocked in given)

    def _take(self, number: int, facts: Any, report: Report) -> None:
        kind, closed, seeded, ended = facts["kind"], *(bool(self.kinds[one]) for one in ("close", "seed", "result"))
        self.first = self.first or facts
        if number == 1:
            fits = kind == "open" and facts["roll"]["size"] == sum(facts["roll"]["areas"].values())
        elif kind in ("batch", "code"):
            fits = not closed and (kind == "batch" or bool(facts.get("blocked")))  # no code comes without another going
        else:
            fits = kind in self.kinds and not self.kinds[kind] and (kind != "result" or (closed and seeded))
        if not fits or ended or facts["vote"] != self.first["vote"]:
            report.fault("place", line=number, kind=kind)
        if kind == "batch":
            self._batch(number, facts, report)
        elif kind in self.kinds:
            self.kinds[kind].append(facts)

    def _batch(self, number: int, facts: Any, report: Report) -> None:
        trackers, slips, ballots = facts["trackers"], facts["slips"], facts["ballots"]
        each = sum(number for number, _possible in answers(self.first["rules"]).values())
        counted = 0 < ballots == len(trackers) and len(slips) == each * ballots
        if not (counted and sorted_once(trackers) and sorted_once(slips) and all(is_hex(slip, 64) for slip in slips)):
            report.fault("batch", line=number)
        if ballots < self.first["least"]:
            report.open.append(("few", {"line": number, "n": ballots, "least": self.first["least"]}))
        known = len(self.trackers) + len(self.slips)
        self.trackers.update(dict.fromkeys(trackers, number))
        self.slips.update(dict.fromkeys(map(bytes.fromhex, slips), number))
        if len(self.trackers) + len(self.slips) != known + len(trackers) + len(slips):
            report.fault("twice", line=number)
        self.batches += 1
        self.ballots[-1] += ballots


def wrong_mark(report: Report, board: Board, mark: Any, name: str) -> bool:
    """A checkpoint that is not signed, or not true of this board."""
    facts = [str(mark[part]) for part in ("vote", "size", "root", "ballots", "day")]
    text = "\n".join(["samenraad checkpoint 1", *facts, ""]).encode()
    size, before = mark["size"], len(report.wrong)
    if not is_signed(bytes.fromhex(board.first["key"]), text, bytes.fromhex(mark["signature"])):
        report.fault("signature", name=name, size=size)
    fits = type(size) is int and 0 < size <= len(board.leaves) and mark["vote"] == board.first["vote"]
    if not fits or [root_of(board.leaves[:size]), board.ballots[size]] != [mark["root"], mark["ballots"]]:
        report.fault("mark", name=name, size=size)
    return len(report.wrong) > before


def published(report: Report, folder: Path, board: Board) -> Any:
    marks = json.loads((folder / "checkpoints.json").read_bytes())
    for mark in marks:
        wrong_mark(report, board, mark, "checkpoints.json")
    sizes, *others = ([mark[part] for mark in marks] for part in ("size", "ballots", "day"))
    if not sorted_once(sizes) or any(order != sorted(order) for order in others):
        report.fault("replay")
    if tail := len(board.leaves) - (sizes[-1] if sizes else 0):
        (report.wrong if board.kinds["result"] else report.open).append(("tail", {"n": tail}))
    return "marks", {"n": len(marks)}


def marks_in(path: Path) -> list[Any]:
    """The checkpoints in a file: JSON, or any text (an e-mail, minutes) in which they stand."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if text.lstrip()[:1] in ("{", "["):
        found = json.loads(text)
        return found if isinstance(found, list) else [found]
    gap, half = r"[\s>*|]+", "([0-9a-f]{64})"
    start = ["samenraad checkpoint 1", r"(\w+)", r"(\d+)", half, r"(\d+)", r"(\d{4}-\d\d-\d\d)", "(?:[a-z]+:)?"]
    names = ("vote", "size", "root", "ballots", "day", "signature")
    rows = [
        (*row[:5], row[5] + row[6])
        for row in re.findall(gap.join(start) + gap[:-1] + "*" + half + gap[:-1] + "*" + half, text)
    ]
    return [{**dict(zip(names, row)), "size": int(row[1]), "ballots": int(row[3])} for row in rows]  # noqa: B905


def own_marks(report: Report, folder: Path, board: Board, path: Path) -> None:
    listed = json.loads((folder / "checkpoints.json").read_bytes())
    found = marks_in(path)
    if not found:
        raise ValueError("no checkpoint")
    for mark in found:
        wrong = wrong_mark(report, board, mark, path.name)
        if [mark["size"], mark["root"]] not in [[other["size"], other["root"]] for other in listed]:
            report.fault("hidden", name=path.name, size=mark["size"])
        elif not wrong:
            report.right.append(("saved", {"day": mark["day"], "size": mark["size"]}))


def opened(report: Report, folder: Path, board: Board) -> Any:
    vote, rules, left = board.first["vote"], board.first["rules"], dict(board.slips)
    wanted = answers(rules)
    files = {about.replace(":", "-") + ".csv": about for about in wanted}
    for path in sorted((folder / "slips").iterdir()):
        if path.name not in files:
            report.fault("strange", name=f"slips/{path.name}")
    for name, about in files.items():
        before, rows = "", (folder / "slips" / name).read_bytes().decode().split("\n")
        if rows[0] != "value,nonce" or rows.pop():
            report.fault("row", name=name, row=1)
        for number, row in enumerate(rows[1:], 2):
            value, _comma, nonce = row.rpartition(",")
            mark = commitment(vote, about, value, nonce)
            if not is_hex(nonce, 32) or mark <= before or not possible(rules, wanted[about][1], value):
                report.fault("row", name=name, row=number)
            if left.pop(bytes.fromhex(mark), None) is None:
                report.fault("slip", name=name, row=number)
            before = mark
        if len(rows) - 1 != wanted[about][0] * board.ballots[-1]:
            report.fault("number", name=name, n=len(rows) - 1, wanted=wanted[about][0] * board.ballots[-1])
    board.unopened = left
    if left:
        report.fault("unopened", n=len(left), line=min(left.values()))
    return "slips", {"n": len(board.slips)}


def same_roll(report: Report, folder: Path, board: Board) -> Any:
    """roll.txt has every code that was on the list when it was fixed, and those given out later."""
    lines = (folder / "roll.txt").read_bytes().decode().split("\n")
    added = {line["added"] for line in board.kinds["code"] if line.get("added")}
    blocked = {line["blocked"] for line in board.kinds["code"] if line.get("blocked")}
    fixed = [one for one in lines[:-1] if one not in added]
    whole = lines.pop() == "" and sorted_once(lines) and all(is_hex(one, 64) for one in lines)
    root = root_of([sha256(b"\x00", bytes.fromhex(one)) for one in fixed]) if whole else ""
    roll, listed = board.first["roll"], added | blocked <= set(lines)
    if [root, len(fixed), listed] != [roll["root"], roll["size"], True]:
        report.fault("other_roll")
    return "roll", {"n": len(fixed)}


def named(report: Report, folder: Path, board: Board, name: str) -> Any:
    """A file whose content, or whose digest, stands on the board."""
    text, kinds = (folder / name).read_bytes(), board.kinds
    if name == "result.json":
        same = len(kinds["result"]) == 1 and sha256(text).hex() == kinds["result"][0]["sha256"]
    elif name == "seed.txt":
        same = len(kinds["seed"]) == 1 and text.decode() == kinds["seed"][0]["seed"] + "\n"
    else:
        held = board.first["rules"] if name == "rules.json" else kinds["close"][0]["books"]
        same = text.decode() == spelled(held) + ("" if name == "rules.json" else "\n")
    if not same:
        report.fault("other", name=name)
    if name == "books.json":
        books = kinds["close"][0]["books"]
        if [books["receipts"], books["slips"]] != [board.ballots[-1], len(board.slips)]:
            report.fault("other", name=name)
        if not books["agree"]:
            report.open.append(("doubt", {}))
    return "file", {"name": name}


def own_tracker(report: Report, board: Board, typed: str) -> Any:
    tracker = "".join(letter for letter in typed.upper() if letter.isalnum())
    line = board.trackers.get(tracker)
    if line is None:
        return report.fault("no_tracker", tracker=typed)
    return "tracker", {"tracker": typed, "line": line, "n": board.ballots[line] - board.ballots[line - 1] - 1}


def own_receipt(report: Report, board: Board, path: Path) -> Any:
    receipt = json.loads(path.read_bytes())
    slips = [
        (one["about"], commitment(board.first["vote"], one["about"], one["value"], one["nonce"]))
        for one in receipt["slips"]
    ]
    letters = tracker_of(board.first["vote"], receipt["secret"], [mark for _about, mark in slips])
    stated = receipt["tracker"].replace("-", "")
    line = board.trackers.get(letters) or board.trackers.get(stated)
    if receipt["vote"] != board.first["vote"] or letters != stated:
        report.fault("odd_receipt")
    elif line is None:
        report.fault("no_tracker", tracker=receipt["tracker"])
    for about, mark in slips:
        place = bytes.fromhex(mark)
        if line is None or board.slips.get(place) != line or place in board.unopened:
            report.fault("lost", about=about)
    return "receipt", {"n": len(slips)}


def check(folder: Path, saved: Iterable[Path] = (), receipt: Path | None = None, tracker: str = "") -> Report:
    """Everything that can be checked in this folder."""
    report, saved, boards = Report(), list(saved), []
    report.tried("board.jsonl", lambda report: boards.append(Board(folder, report)))
    for board in boards:
        if not report.wrong:
            report.right.append(("chain", {"n": len(board.leaves)}))
            report.right.append(("batches", {"ballots": board.ballots[-1], "n": board.batches}))
        report.tried("checkpoints.json", published, folder, board)
        for path in saved:
            report.tried(path.name, own_marks, folder, board, path)
        if board.kinds["result"]:
            report.tried("slips", opened, folder, board)
            report.tried("roll.txt", same_roll, folder, board)
            for name in ("rules.json", "seed.txt", "books.json", "result.json"):
                report.tried(name, named, folder, board, name)
        report.open.append(("recount" if board.kinds["result"] else "not_counted", {}))
        if tracker:
            report.tried("--tracker", own_tracker, board, tracker)
        if receipt:
            report.tried(receipt.name, own_receipt, board, receipt)
    report.open += [("limits", {})] if saved else [("no_saved", {}), ("limits", {})]
    return report


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--checkpoint", type=Path, action="append", default=[])
    asked.add_argument("--receipt", type=Path)
    asked.add_argument("--tracker", default="")
    asked.add_argument("--language", choices=["en", "nl"], default="en")
    given = asked.parse_args()
    report = check(given.folder, given.checkpoint, given.receipt, given.tracker)
    print(report.text(given.language))
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
