"""The translations of every room: `python tools/messages.py extract|check|compile [room ...]`.

Each room keeps its own catalogue, `src/samenraad/<room>/locale/<language>/LC_MESSAGES/django.po`; the modules
that stand beside the rooms belong to `site`. No gettext tools are needed.

extract   brings the catalogues up to date: new sentences are added, translations kept, what the source no
          longer says is kept as obsolete. No line numbers and no dates, so that merging stays calm.
          A sentence that another room has in Dutch already is taken over.
          `--prepare` also makes the French and German catalogues.
check     fails on a Dutch sentence that is missing, empty or uncertain, or whose {placeholders} differ.
compile   writes the .mo files, only where they are stale. Needs polib, not Babel.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "src" / "samenraad"
COMPLETE = "nl"  # the language in which nothing may be missing
PREPARED = ("fr", "de")  # made on request, translated later
PLURALS = {
    "nl": "nplurals=2; plural=(n != 1);",
    "nl_BE": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".xml", ".svg"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w*[^{}\s]*\}(?!\})")

Key = tuple[str, str]  # context and English sentence


@dataclass
class Sentence:
    """One source sentence of a room: its plural if it has one, and the files that say it."""

    plural: str = ""
    files: set[str] = field(default_factory=set)


def rooms() -> dict[str, Path]:
    """Every room by its own name; all methods together are one."""
    folders = [*SOURCE.iterdir(), *(SOURCE / "instruments").iterdir()]
    skip = {"instruments"}
    return {f.name: f for f in sorted(folders) if (f / "__init__.py").exists() and f.name not in skip}


def sentences_of(room: str, folder: Path) -> dict[Key, Sentence]:
    """What the source of a room says, by context and English sentence."""
    found: dict[Key, Sentence] = {}
    for file in _files_of(room, folder):
        for context, singular, plural in _sentences_in(file):
            sentence = found.setdefault((context, singular), Sentence())
            sentence.plural = sentence.plural or plural
            sentence.files.add(file.relative_to(SOURCE).as_posix())
    return found


def _files_of(room: str, folder: Path) -> Iterator[Path]:
    if room == "site":
        yield from sorted(SOURCE.glob("*.py"))
    for file in sorted(folder.rglob("*")):
        inside = set(file.relative_to(folder).parts)
        if inside & {"migrations", "tests", "locale", "static", "__pycache__"}:
            continue
        if file.suffix == ".py" or (file.suffix in TEMPLATES and "templates" in inside):
            yield file


def _sentences_in(file: Path) -> Iterator[tuple[str, str, str]]:
    """Context (or nothing), singular and plural (or nothing) of each marked string in a file."""
    from io import BytesIO

    from babel.messages.extract import extract

    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        from django.utils.translation.template import templatize

        # the result is a list of calls between blanks; without indentation Python can read it
        text = "\n".join(line.strip() for line in templatize(text, origin=str(file)).split("\n"))
    for _line, messages, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        singular, plural = messages if isinstance(messages, tuple) else (messages, "")
        if singular:
            yield context or "", singular, plural or ""


def catalogue_path(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> polib.POFile:
    catalogue = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
    catalogue.header = ""
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(language, PLURALS["nl"]),
    }
    catalogue.metadata_is_fuzzy = None
    return catalogue


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def bring_up_to_date(catalogue: polib.POFile, sentences: dict[Key, Sentence], *, add: bool) -> None:
    """New sentences in (when `add`), gone ones marked obsolete, translations untouched."""
    known = {key_of(entry): entry for entry in sorted(catalogue, key=lambda entry: not entry.obsolete)}
    for key, sentence in sentences.items():
        entry = known.get(key)
        if entry is None:
            if not add:
                continue
            entry = polib.POEntry(msgctxt=key[0] or None, msgid=key[1])
            known[key] = entry
        entry.obsolete = False
        entry.occurrences = [(file, "") for file in sorted(sentence.files)]
        entry.previous_msgid = None
        if sentence.plural:
            entry.msgid_plural = sentence.plural
            entry.msgstr_plural = {number: entry.msgstr_plural.get(number, entry.msgstr) for number in (0, 1)}
            entry.msgstr = ""
        elif entry.msgid_plural:
            entry.msgstr = entry.msgstr_plural.get(0, "")
            entry.msgid_plural, entry.msgstr_plural = "", {}
    for key, entry in known.items():
        if key not in sentences:
            entry.obsolete, entry.occurrences = True, []
    catalogue[:] = sorted(known.values(), key=_place)


def _place(entry: polib.POEntry) -> tuple[bool, str, str, str]:
    return entry.obsolete, entry.msgid.lower(), *key_of(entry)


def borrow(catalogue: polib.POFile, others: dict[Key, polib.POEntry]) -> None:
    """At run time all rooms share one catalogue, so what one room says in Dutch the others say too."""
    for entry in catalogue:
        other = others.get(key_of(entry))
        if other and not entry.obsolete and not entry.translated() and other.msgid_plural == entry.msgid_plural:
            entry.msgstr, entry.msgstr_plural = other.msgstr, dict(other.msgstr_plural)


def extract(names: list[str], *, prepare: bool = False) -> int:
    """Update the catalogues of the named rooms; says which Dutch sentences still wait."""
    waiting = 0
    for room, folder in _chosen(names).items():
        sentences = sentences_of(room, folder)
        for language in PLURALS:
            path = catalogue_path(folder, language)
            wanted = language == COMPLETE or (prepare and language in PREPARED)
            if not path.exists() and not (wanted and sentences):
                continue
            catalogue = read(path, language)
            bring_up_to_date(catalogue, sentences, add=language == COMPLETE or language in PREPARED)
            if language == COMPLETE:
                borrow(catalogue, _translated_elsewhere(room))
            _write_if_changed(path, str(catalogue).rstrip("\n") + "\n")
            if language == COMPLETE:
                empty = [entry for entry in catalogue if not entry.obsolete and not entry.translated()]
                waiting += len(empty)
                for entry in empty:
                    print(f"{room}: {entry.msgid!r} waits for Dutch ({entry.occurrences[0][0]})")
    print(f"{waiting} sentences wait for Dutch")
    return 0


def _translated_elsewhere(room: str) -> dict[Key, polib.POEntry]:
    return {
        key_of(entry): entry
        for other, folder in rooms().items()
        if other != room
        for entry in read(catalogue_path(folder, COMPLETE), COMPLETE)
        if entry.translated() and not entry.obsolete
    }


def troubles(names: list[str] | None = None) -> list[str]:
    """All that is wrong with the catalogues, one sentence each."""
    found: list[str] = []
    dutch: dict[Key, tuple[str, object]] = {}
    for room, folder in _chosen(names or []).items():
        sentences = sentences_of(room, folder)
        for language in PLURALS:
            path = catalogue_path(folder, language)
            if not path.exists():
                if language == COMPLETE and sentences:
                    found.append(f"{room}: no {language} catalogue; run extract")
                continue
            entries = {key_of(entry): entry for entry in read(path, language) if not entry.obsolete}
            for entry in entries.values():
                found += [f"{room}/{language}: {trouble}" for trouble in trouble_in(entry)]
            if language != COMPLETE:
                continue
            found += _missing(room, sentences, entries)
            for key, entry in entries.items():
                said = (entry.msgstr, tuple(entry.msgstr_plural.items()))
                other, before = dutch.setdefault(key, (room, said))
                if before != said and key in sentences:
                    found.append(f"{room}: {key[1]!r} reads otherwise in {other}; give one of them a context")
    return found


def _missing(room: str, sentences: dict[Key, Sentence], entries: dict[Key, polib.POEntry]) -> Iterator[str]:
    for key, sentence in sentences.items():
        entry = entries.get(key)
        if entry is None:
            yield f"{room}: {key[1]!r} is not in the Dutch catalogue; run extract"
        elif entry.fuzzy:
            yield f"{room}: {key[1]!r} is marked uncertain (fuzzy)"
        elif not entry.translated():
            yield f"{room}: {key[1]!r} has no Dutch"
        elif bool(sentence.plural) != bool(entry.msgid_plural):
            yield f"{room}: {key[1]!r} has gained or lost its plural; run extract"


def trouble_in(entry: polib.POEntry) -> Iterator[str]:
    """Placeholders must be the same set; only a singular may leave out the number."""
    pairs = [(entry.msgid, entry.msgstr, False)]
    if entry.msgid_plural:
        pairs = [(entry.msgid_plural, text, number == 0) for number, text in entry.msgstr_plural.items()]
    for source, text, may_omit in pairs:
        if not text:
            continue
        asked, given = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
        if given - asked or (asked - given and not may_omit):
            yield f"{entry.msgid!r}: placeholders differ: {sorted(asked ^ given)}"


def check(names: list[str]) -> int:
    found = troubles(names)
    print("\n".join(found) if found else "every sentence has its Dutch")
    return 1 if found else 0


def compile_stale(names: list[str] | None = None) -> int:
    """Write each .mo that is missing or older than its .po; tells how many."""
    written = 0
    for folder in _chosen(names or []).values():
        for source in sorted(folder.glob("locale/*/LC_MESSAGES/django.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                continue
            fresh = target.with_suffix(f".{os.getpid()}.tmp")
            fresh.write_bytes(polib.pofile(str(source)).to_binary())
            fresh.replace(target)
            written += 1
    return written


def _chosen(names: list[str]) -> dict[str, Path]:
    every = rooms()
    unknown = set(names) - set(every)
    if unknown:
        raise SystemExit(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    return {room: folder for room, folder in every.items() if not names or room in names}


def _write_if_changed(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("do", choices=["extract", "check", "compile"])
    parser.add_argument("room", nargs="*", help="only these rooms")
    parser.add_argument("--prepare", action="store_true", help="also make the French and German catalogues")
    chosen = parser.parse_args(arguments)
    if chosen.do == "extract":
        return extract(chosen.room, prepare=chosen.prepare)
    if chosen.do == "check":
        return check(chosen.room)
    print(f"{compile_stale(chosen.room)} catalogues compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
