"""Every sentence has its Dutch, and the tool that guards it can tell when one has not."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import polib
import pytest
from django.utils import translation

from tools import messages


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with two small rooms."""
    for room, source in {
        "garden": 'from x import _, ngettext\n_("A tree")\nngettext("{n} tree", "{n} trees", 2)\n',
        "instruments/swing": '_("Push")\npgettext("tree", "Swing")\n',
    }.items():
        (tmp_path / room).mkdir(parents=True)
        (tmp_path / room / "__init__.py").write_text("")
        (tmp_path / room / "rules.py").write_text(source)
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    return tmp_path


def catalogue(house: Path, room: str = "garden", language: str = "nl") -> Path:
    return house / room / "locale" / language / "LC_MESSAGES" / "django.po"


def translate(path: Path, **dutch: str) -> None:
    entries = polib.pofile(str(path))
    for entry in entries:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: dutch.get("one", "{n} boom"), 1: dutch.get("many", "{n} bomen")}
        else:
            entry.msgstr = dutch.get("text", f"NL {entry.msgid}")
    entries.save()


def test_every_sentence_of_the_house_has_its_dutch():
    assert messages.troubles() == []


def test_extract_finds_python_and_templates(house):
    template = house / "garden" / "templates" / "garden" / "show.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        "<p>{% translate 'Leaves' %} it's</p>\n"
        "    {% blocktranslate count n=n trimmed %}\n one bird\n {% plural %}\n {{ n }} birds\n {% endblocktranslate %}"
        '{% translate "May" context "month" %}{{ x|default:_("nothing") }}'
    )
    found = messages.sentences_of("garden", house / "garden")
    assert {("", "A tree"), ("", "Leaves"), ("month", "May"), ("", "nothing")} < set(found)
    assert found["", "one bird"].plural == "%(n)s birds"


def test_extract_keeps_what_was_translated_and_drops_nothing(house):
    messages.extract([])
    translate(catalogue(house))
    (house / "garden" / "rules.py").write_text('_("A flower")\n')
    messages.extract(["garden"])
    entries = {entry.msgid: entry for entry in polib.pofile(str(catalogue(house)))}
    assert entries["A tree"].obsolete
    assert entries["A tree"].msgstr == "NL A tree"
    assert not entries["A flower"].obsolete
    (house / "garden" / "rules.py").write_text('_("A tree")\n')
    messages.extract(["garden"])
    assert polib.pofile(str(catalogue(house))).find("A tree").msgstr == "NL A tree"


def test_extracting_twice_changes_nothing_and_names_nobody(house):
    messages.extract([])
    before = catalogue(house).read_text()
    messages.extract([])
    assert catalogue(house).read_text() == before
    assert "Date" not in before
    assert "Translator" not in before
    assert "rules.py:" not in before


def test_a_sentence_another_room_has_in_dutch_is_taken_over(house):
    messages.extract([])
    translate(catalogue(house))
    (house / "instruments" / "swing" / "rules.py").write_text('_("A tree")\n')
    messages.extract(["swing"])
    assert polib.pofile(str(catalogue(house, "instruments/swing"))).find("A tree").msgstr == "NL A tree"


def test_check_is_content_when_all_is_there(house):
    messages.extract([])
    translate(catalogue(house))
    translate(catalogue(house, "instruments/swing"))
    assert messages.troubles() == []


def test_check_tells_what_is_missing(house):
    assert len(messages.troubles()) == 2, "no catalogue in either room"
    messages.extract([])
    assert "garden: 'A tree' has no Dutch" in messages.troubles()
    translate(catalogue(house))
    (house / "garden" / "rules.py").write_text('_("A flower")\n')
    assert any("'A flower' is not in the Dutch catalogue" in trouble for trouble in messages.troubles(["garden"]))


def test_check_refuses_an_uncertain_translation(house):
    messages.extract([])
    translate(catalogue(house))
    text = catalogue(house).read_text().replace('msgid "A tree"', '#, fuzzy\nmsgid "A tree"')
    catalogue(house).write_text(text)
    assert any("uncertain" in trouble for trouble in messages.troubles(["garden"]))


@pytest.mark.parametrize(
    ("many", "differs"),
    [("{n} bomen", False), ("bomen", True), ("{aantal} bomen", True), ("%(n)s bomen", True), ("{n} en {n}", False)],
)
def test_placeholders_must_be_the_same(house, many, differs):
    messages.extract([])
    translate(catalogue(house), many=many)
    found = [trouble for trouble in messages.troubles(["garden"]) if "placeholders differ" in trouble]
    assert bool(found) is differs


def test_only_a_singular_may_leave_the_number_out(house):
    messages.extract([])
    translate(catalogue(house), one="een boom")
    assert messages.troubles(["garden"]) == []


def test_two_rooms_may_not_say_the_same_thing_differently(house):
    (house / "instruments" / "swing" / "rules.py").write_text('_("A tree")\n')
    messages.extract([])
    translate(catalogue(house))
    translate(catalogue(house, "instruments/swing"), text="Een boom")
    assert any("give one of them a context" in trouble for trouble in messages.troubles())


def test_compiled_catalogues_are_read_by_gettext(house):
    messages.extract([])
    translate(catalogue(house))
    assert messages.compile_stale() == 2
    with catalogue(house).with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("A tree") == "NL A tree"
    assert spoken.ngettext("{n} tree", "{n} trees", 1) == "{n} boom"
    assert spoken.ngettext("{n} tree", "{n} trees", 3) == "{n} bomen"


def test_compile_writes_only_what_is_stale(house):
    messages.extract([])
    messages.compile_stale()
    assert messages.compile_stale() == 0
    newer = catalogue(house).stat().st_mtime + 10
    os.utime(catalogue(house), (newer, newer))
    assert messages.compile_stale() == 1


def test_prepared_languages_come_on_request(house):
    messages.extract([])
    assert not catalogue(house, language="fr").exists()
    messages.extract([], prepare=True)
    assert polib.pofile(str(catalogue(house, language="fr"))).metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_an_unknown_room_is_named(house):
    with pytest.raises(SystemExit, match="no such room: cellar"):
        messages.extract(["cellar"])


@pytest.mark.parametrize("own", ["nl", "nl-be"])
def test_flemish_falls_back_on_dutch(tmp_path, settings, own):
    """nl_BE holds only the words that differ, also in a town whose own language it is."""
    for language, words in {"nl": {"alderman": "wethouder", "tree": "boom"}, "nl_BE": {"alderman": "schepen"}}.items():
        path = tmp_path / language / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True)
        entries = messages.read(path.with_suffix(".po"), language)
        entries.extend(polib.POEntry(msgid=english, msgstr=dutch) for english, dutch in words.items())
        entries.save_as_mofile(str(path))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGE_CODE = own
    with translation.override("nl-be"):
        assert translation.gettext("alderman") == "schepen"
        assert translation.gettext("tree") == "boom"
    with translation.override("nl"):
        assert translation.gettext("alderman") == "wethouder"
