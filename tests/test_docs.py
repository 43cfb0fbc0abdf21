"""What the docs say is there, is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from samenraad.processes.shelf import instrument_folders

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
#: places on the machine of whoever wrote it, and package indexes of their own
FORBIDDEN = re.compile(r"(?<![\w.])/(?:work|root|home)/|https?://[^\s)]*/simple/|(?<!\w)/tmp/\w", re.IGNORECASE)
TEXT = {".md", ".py", ".html", ".css", ".js", ".yml", ".toml", ".txt", ".po", ".lock", ".cfg", ""}


def documents(root: Path) -> list[Path]:
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md"))]


def kept(root: Path) -> list[Path]:
    """Every text file that the repository holds."""
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.fail("not a clone: git ls-files does not answer")
    paths = [root / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def make_commands(text: str) -> set[str]:
    return set(re.findall(r"(?:`|^\s*)make ([a-z]+)", text, re.MULTILINE))


def test_every_make_command_in_the_docs_exists(root):
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "test", "check", "bench"} <= targets
    for document in documents(root):
        assert make_commands(document.read_text()) <= targets, document


def test_the_readme_names_the_two_commands(root):
    readme = (root / "README.md").read_text()
    assert "make demo" in readme
    assert "make test" in readme


def test_links_lead_somewhere(root):
    for document in documents(root):
        for target in LINK.findall(document.read_text()):
            if not re.match(r"https?:|mailto:|#", target):
                path = document.parent / target.split("#")[0]
                assert path.exists(), f"{document.relative_to(root)} points to {target}"


def test_each_instrument_has_its_page(root):
    for folder in instrument_folders():
        assert (root / "docs" / "instruments" / f"{folder}.md").exists(), folder


def test_a_decision_fits_on_a_card(root):
    decisions = sorted((root / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in decisions]
    assert len(numbers) == len(set(numbers)), "two decisions with one number"
    for path in decisions:
        lines = path.read_text().splitlines()
        assert len(lines) <= 30, f"{path.name} has {len(lines)} lines"
        assert lines[0].startswith(f"# {path.name[:4]} "), path.name
        assert "What would change our mind." in path.read_text(), path.name


def test_every_setting_is_explained(root):
    settings = (root / "src" / "samenraad" / "site" / "settings.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    assert len(names) > 10
    explained = (root / "docs" / "run" / "settings.md").read_text()
    missing = sorted(name for name in names if f"`{name}`" not in explained)
    assert not missing


def test_every_command_in_the_docs_exists(root):
    from django.core.management import get_commands

    from samenraad.cli import METHODS

    known = {*get_commands(), *METHODS}
    for document in documents(root):
        for command in re.findall(r"(?:`|bin/|^ {4})samenraad ([a-z][a-z_-]+)", document.read_text(), re.MULTILINE):
            assert {command, command.replace("-", "_")} & known, f"{document.name}: samenraad {command}"


def test_nothing_speaks_of_the_machine_it_was_made_on(root):
    mine = Path(__file__).resolve()
    for path in kept(root):
        if path != mine:
            found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(root)}: {found and found.group()}"


def test_the_lock_says_what_and_not_from_where(root):
    for lock in sorted((root / "requirements").glob("*.lock")):
        text = lock.read_text()
        assert "://" not in text, lock.name
        packages = re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)
        assert packages, lock.name
        assert text.count("--hash=sha256:") >= len(packages), lock.name


def test_publiccode_is_complete(root):
    """The keys that version 0.4 of the standard asks for, with descriptions of the right length."""
    text = (root / "publiccode.yml").read_text()
    top = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    assert top >= {
        *("publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "developmentStatus"),
        *("softwareType", "description", "legal", "maintenance", "localisation"),
    }
    assert "license: EUPL-1.2" in text
    shorts = re.findall(r"shortDescription: (.+)", text)
    longs = re.findall(r"longDescription: >\n((?: {6}.+\n)+)", text)
    assert len(shorts) == len(longs) == 2
    assert all(len(short) <= 150 for short in shorts)
    assert all(150 <= len(long) <= 10_000 for long in longs)


def test_the_licence_is_whole(root):
    licence = (root / "LICENSE").read_text()
    assert licence.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [f"\n{number}. " in licence for number in range(1, 16)] == [True] * 15
    assert "\n                                    Appendix\n" in licence
