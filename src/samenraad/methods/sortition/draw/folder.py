"""The folder of a draw on disk: what is written before it, what is read at it, what is added by it.

    <folder>/publish/   lottery.csv, rules.json, seal.txt, chances.csv, report.txt and .json, verify_draw.py;
                        after the draw transcript.json
    <folder>/private/   for the organiser only: key.csv; lines.csv, which line of the respondents' file is whose; who
                        can never be drawn, if anybody; after the draw panel.csv

Nothing that was published is ever overwritten. Files are written beside their place and then moved there, so that a
full disk or a lost connection leaves the old state, never half of the new one.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from samenraad.methods.sortition.draw.checking import check_chances, check_lottery, check_seal
from samenraad.methods.sortition.draw.publication import Facts, Key, Publication, canonical, digest, is_key_of
from samenraad.methods.sortition.draw.transcript import RULES_SHAPE, read
from samenraad.refusals import Refusal

PUBLISH, PRIVATE = "publish", "private"
TRANSCRIPT = "transcript.json"
KEY, LINES, PANEL, NEVER = "key.csv", "lines.csv", "panel.csv", "never_drawn.txt"
KEY_COLUMNS = ["id", "code", "secret", "row"]
#: what follows the seal in seal.txt, so that `sha256sum -c seal.txt` can read it
SEALED = "  rules.json\n"
OWNER_ONLY, OWNER_ONLY_FOLDER, OPEN_FOLDER = 0o600, 0o700, 0o755


@dataclass(frozen=True)
class Published:
    """What stands in the folder to draw from: checked, so that a draw can rely on it."""

    root: Path
    rules: Facts
    lottery: str

    @property
    def seal(self) -> str:
        return digest(canonical(self.rules))


def must_be_free(root: Path) -> None:
    """Refuses (`sortition.folder_taken`) a folder with something in it, before anybody waits for a lottery."""
    with _disk(root):
        taken = root.exists() and (not root.is_dir() or any(root.iterdir()))
    if taken:
        raise Refusal("sortition.folder_taken", path=root)


def write_publication(
    root: Path, publication: Publication, reports: Mapping[str, str], private: Mapping[str, str]
) -> None:
    """Makes the whole folder at once. Refuses `sortition.folder_taken` and `sortition.disk`."""
    must_be_free(root)
    public = {
        "lottery.csv": publication.lottery.text,
        "rules.json": publication.rules_json,
        "seal.txt": publication.seal + SEALED,
        "chances.csv": publication.chances_csv,
        "verify_draw.py": (Path(__file__).parent / "verify_draw.py").read_text(encoding="utf-8"),
        **reports,
    }
    with _disk(root):
        root.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draw-", dir=root.parent))
        try:
            _fill(draft / PUBLISH, public, None)
            _fill(draft / PRIVATE, {KEY: key_csv(publication.keys), **private}, OWNER_ONLY)
            draft.chmod(OPEN_FOLDER)
            draft.replace(root)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def open_publication(root: Path, seal: str | None = None) -> Published:
    """Reads what was published and checks it: the seal, the lottery's digest and shape, chances.csv.

    Refuses `sortition.folder_incomplete` and `sortition.publication_changed`, which says where.
    """
    folder = root / PUBLISH
    content = {name: _read(folder / name) for name in ("rules.json", "seal.txt", "lottery.csv", "chances.csv")}
    rules, found = read(content["rules.json"], RULES_SHAPE, "rules.json")
    if not found:
        noted = content["seal.txt"].decode("ascii", "replace")
        found = check_seal(rules, noted.removesuffix(SEALED)) + (check_seal(rules, seal) if seal else [])
    if not found:
        found = check_lottery(rules, content["lottery.csv"])
        found += check_chances(rules, content["lottery.csv"], content["chances.csv"])
    if found:
        raise Refusal("sortition.publication_changed", path=folder, findings=found)
    return Published(root, rules, content["lottery.csv"].decode("ascii"))


def write_draw(root: Path, facts: Facts, keys: tuple[Key, ...] | None) -> None:
    """Adds the transcript and, for who holds the key, the panel with ids.

    Refuses `sortition.drawn_already` where another transcript stands, `sortition.key_incomplete`,
    `sortition.key_changed` and `sortition.disk`.
    """
    transcript, text = root / PUBLISH / TRANSCRIPT, canonical(facts)
    _never_twice(transcript, text)
    panel = panel_csv(facts["panel"], keys) if keys is not None else None
    if keys is not None and not is_key_of(facts["rules"], keys):
        raise Refusal("sortition.key_changed", path=root / PRIVATE / KEY)
    with _disk(root):
        _replace(transcript, text, None)
        if panel is not None:
            _replace(root / PRIVATE / PANEL, panel, OWNER_ONLY)


def read_key(path: Path) -> tuple[Key, ...]:
    """The lines of key.csv. Refuses `sortition.folder_incomplete` and `sortition.key_file`."""
    rows = list(csv.reader(io.StringIO(_read(path).decode("utf-8", "replace"))))
    for line, row in enumerate(rows, start=1):
        if len(row) != 4 or (line == 1 and row != KEY_COLUMNS):
            raise Refusal("sortition.key_file", path=path, line=line)
    if not rows:
        raise Refusal("sortition.key_file", path=path, line=1)
    return tuple(Key(*row) for row in rows[1:])


def key_csv(keys: tuple[Key, ...]) -> str:
    return _csv([KEY_COLUMNS, *([key.id, key.code, key.secret, key.row] for key in keys)])


def lines_csv(lines: Mapping[str, int]) -> str:
    """By which somebody without a number of their own is found again."""
    return _csv([["id", "line"], *([one, str(line)] for one, line in sorted(lines.items()))])


def panel_csv(panel: list[str], keys: tuple[Key, ...]) -> str:
    """Who was drawn, by id. Refuses `sortition.key_incomplete`."""
    ids = {key.code: key.id for key in keys}
    unknown = [code for code in panel if code not in ids]
    if unknown:
        raise Refusal("sortition.key_incomplete", codes=unknown)
    return _csv([["id", "code"], *sorted([ids[code], code] for code in panel)])


def _never_twice(transcript: Path, text: str) -> None:
    if transcript.exists() and _read(transcript) != text.encode():
        try:
            number = json.loads(_read(transcript))["number"]
        except (ValueError, KeyError, TypeError):
            number = "?"
        raise Refusal("sortition.drawn_already", number=number)


def _fill(folder: Path, files: Mapping[str, str], mode: int | None) -> None:
    folder.mkdir()
    folder.chmod(OWNER_ONLY_FOLDER if mode == OWNER_ONLY else OPEN_FOLDER)
    for name, text in files.items():
        _replace(folder / name, text, mode)


def _replace(path: Path, text: str, mode: int | None) -> None:
    """Written beside its place, safe on the disk, then moved there."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode or 0o644), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _csv(rows: list[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal("sortition.folder_incomplete", path=path, why=error.strerror) from error


@contextmanager
def _disk(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refusal("sortition.disk", path=root, why=error.strerror) from error
