"""From a file of the population register to a register for this lot alone, that is destroyed on its day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samenraad.instruments.lot.actions import register as actions
from samenraad.instruments.lot.actions.extract import read_in
from samenraad.instruments.lot.jobs import Kind
from samenraad.instruments.lot.models import ColumnProfile, Dimension, Extract, Lot, Value
from samenraad.instruments.lot.queries import register as queries
from samenraad.instruments.lot.queries.extract import by_column, how, of_the_register, on_disk, opened
from samenraad.instruments.lot.rules.columns import guess, guess_marks
from samenraad.ledger.models import Entry
from samenraad.people.actions import tidy_up
from samenraad.people.models import Register, RegisterEntry
from samenraad.processes.actions.work import do
from samenraad.processes.models import Work
from samenraad.refusals import Refusal

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "registers"


@pytest.fixture
def lot(lot: Lot) -> Lot:
    """Age, district and gender are known from the register; ages count on New Year's Day 2027."""
    lot.dimensions.filter(key="education").delete()
    gender = Dimension.objects.create(lot=lot, key="gender", label={"nl": "geslacht", "en": "gender"}, position=5)
    for key, label in (("woman", "vrouw"), ("man", "man")):
        Value.objects.create(dimension=gender, key=key, label={"nl": label}, people=5000, least=5, most=7)
    Value.objects.filter(key="north").update(label={"nl": "Noord", "en": "North"})
    Value.objects.filter(key="south").update(label={"nl": "Zuid", "en": "South"})
    lot.age_on, lot.keep_until = date(2027, 1, 1), timezone.localdate() + timedelta(days=90)
    lot.frozen_at, lot.digest = timezone.now(), "0" * 64
    lot.save()
    return lot


@pytest.fixture
def upload(lot: Lot, bram: Any) -> Callable[..., Extract]:
    def make(name: str, content: bytes | None = None) -> Extract:
        content = (FILES / name).read_bytes() if content is None else content
        return actions.keep_upload(lot=lot, name=name, chunks=[content], by=bram)

    return make


def checked(extract: Extract) -> Extract:
    work = actions.map_columns(extract=extract, columns=extract.columns, leave_out=extract.leave_out, by=extract.by)
    ended = do(work)
    assert ended is not None
    assert ended.state == Work.State.DONE, (ended.code, ended.facts)
    return queries.extracts(extract.lot).get(pk=extract.pk)


def read(extract: Extract) -> Register:
    ended = do(actions.start_reading(extract=checked(extract), without_bad_lines=True, by=extract.by))
    assert ended is not None
    assert ended.state == Work.State.DONE, (ended.code, ended.facts)
    extract.refresh_from_db()
    assert extract.register is not None
    return extract.register


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("brp.csv", {"number", "first_name", "prefix", "last_name", "house", "letter", "addition", "town"}),
        ("rijksregister.csv", {"number", "first_name", "last_name", "house", "addition", "town", "language"}),
        ("english.csv", {"number", "name", "house", "town"}),
    ],
)
def test_the_columns_of_usual_extracts_are_recognised(lot, upload, name, needed):
    found = upload(name).columns
    assert needed | {"street", "postcode", "born", "dimension:district", "dimension:gender"} <= set(found)


def test_marks_by_which_people_are_left_out_are_recognised():
    header = (FILES / "brp.csv").read_text().splitlines()[0].split(";")
    assert guess_marks(header) == [["Functie adres", "B"], ["Indicatie geheim", "*"], ["Reden opschorting", "*"]]
    assert guess(["Referentieadres"], {}) == {}


def test_the_check_counts_who_can_be_invited_and_says_why_others_cannot(upload):
    counted = checked(upload("brp.csv")).counted
    assert (counted["rows"], counted["people"], counted["addresses"]) == (13, 4, 3)
    assert counted["left_out"] == {
        "bad line": 5, "age": 1, "Indicatie geheim=*": 1, "Functie adres=B": 1, "Reden opschorting=*": 1
    }  # fmt: skip


def test_all_bad_lines_are_told_at_once_with_their_numbers(upload):
    extract = checked(upload("brp.csv"))
    assert sorted(extract.problems) == [
        [9, "lot.line_empty Postcode"],
        [10, "lot.line_no_age Geboortedatum"],
        [11, "lot.line_twice"],
        [12, "lot.line_value Wijknaam"],
        [13, "lot.line_width"],
    ]


def test_of_one_kind_twenty_lines_are_shown_and_the_rest_is_counted(upload):
    rows = [f"{number},Jo,Kerkpad,1,1234 AB,Lindenveld,1990-01-01,man,nowhere" for number in range(1300)]
    header = "id,name,street,house number,postcode,town,date of birth,gender,district"
    extract = checked(upload("x.csv", "\n".join([header, *rows]).encode()))
    (kind,) = queries.problems(extract)
    assert (kind.count, len(kind.lines), kind.more) == (1300, 20, 1280)
    assert len(extract.problems) == 1000


def test_a_register_keeps_who_can_be_invited_and_only_what_is_needed(upload):
    register = read(upload("brp.csv"))
    facts = dict(register.entries.values_list("key", "facts"))
    assert facts["1010101012"] == {
        "name": "Jan Pieter van der Berg", "street": "Dorpsstraat 1A-2", "postcode": "1234AB", "city": "Lindenveld",
        "groups": {"age": "65+", "district": "south", "gender": "man"},
    }  # fmt: skip
    assert facts["1010101013"]["groups"]["age"] == "65+"  # a month that nobody knows
    assert set(facts) == {"1010101011", "1010101012", "1010101013", "1010101022"}


def test_a_belgian_extract_has_boxes_days_first_and_reference_addresses(upload):
    register = read(upload("rijksregister.csv"))
    facts = dict(register.entries.values_list("key", "facts"))
    assert set(facts) == {"85073003328", "90020199704"}
    assert facts["85073003328"]["name"] == "Chantal Peeters"
    assert facts["85073003328"]["street"] == "Stationsstraat 12 bus 3"


def test_numbers_that_the_state_gave_are_recognised(upload):
    assert checked(upload("rijksregister.csv")).counted["numbers"] == "national"
    assert checked(upload("english.csv")).counted["numbers"] == ""


def test_reading_in_empties_the_file_and_tells_the_ledger_no_names(lot, upload):
    extract = upload("brp.csv")
    register = read(extract)
    extract.refresh_from_db()
    assert extract.content is None
    assert extract.problems == []
    assert register.destroy_on == lot.keep_until
    entry = Entry.objects.get(act="lot.register_read")
    assert entry.facts["people"] == 4
    assert entry.facts["left_out"] == 9
    assert entry.facts["destroyed_on"] == lot.keep_until.isoformat()
    assert "Berg" not in json.dumps(entry.facts)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"frozen_at": None}, "lot.not_frozen"),
        ({"keep_until": None}, "lot.no_keep_until"),
        ({"keep_until": date(2020, 1, 1)}, "lot.keep_until_past"),
    ],
)
def test_a_register_is_read_in_under_frozen_rules_and_with_a_day_of_destruction(lot, upload, fields, code):
    extract = checked(upload("english.csv"))
    Lot.objects.filter(pk=lot.pk).update(**fields)
    with pytest.raises(Refusal, match=code):
        actions.start_reading(extract=extract, without_bad_lines=True, by=None)
    assert not Register.objects.exists()


def test_lines_that_are_not_right_are_left_out_only_when_somebody_says_so(upload):
    extract = checked(upload("brp.csv"))
    with pytest.raises(Refusal, match=r"lot\.bad_lines"):
        actions.start_reading(extract=extract, without_bad_lines=False, by=None)


def test_a_file_that_was_not_checked_is_not_read_in(upload):
    with pytest.raises(Refusal, match=r"lot\.not_checked"):
        actions.start_reading(extract=upload("english.csv"), without_bad_lines=False, by=None)


def test_the_same_file_twice_is_said(upload, lot):
    first = upload("english.csv")
    assert upload("english.csv") == first
    read(first)
    with pytest.raises(Refusal, match=r"lot\.extract_known"):
        upload("english.csv")
    actions.destroy(lot=lot, by=None)
    assert upload("english.csv") != first


def test_an_import_that_was_killed_halfway_starts_again_cleanly(lot, upload, bram):
    extract = checked(upload("english.csv"))
    register = Register.objects.create(purpose="half", source="x", destroy_on=lot.keep_until)
    RegisterEntry.objects.create(register=register, key="1", facts={"half": True})
    Extract.objects.filter(pk=extract.pk).update(register=register)
    assert queries.current_register(lot) is None
    work = Work.objects.create(step=lot.step, kind=Kind.IMPORT, about=f"extract:{extract.pk}", by=bram)
    read_in(work, lambda stage, share: None)
    assert register.entries.count() == 3
    assert not register.entries.filter(facts__has_key="half").exists()
    assert Register.objects.count() == 1


def test_two_clicks_are_one_import(upload, bram):
    extract = checked(upload("english.csv"))
    first = actions.start_reading(extract=extract, without_bad_lines=False, by=bram)
    assert actions.start_reading(extract=extract, without_bad_lines=False, by=bram) == first


def test_a_newer_register_takes_the_place_of_the_older_one(lot, upload):
    first = read(upload("english.csv"))
    second = read(upload("brp.csv"))
    first.refresh_from_db()
    assert first.destroyed_at
    assert queries.current_register(lot).register == second


def test_on_its_day_the_register_is_destroyed_and_the_ledger_says_so(lot, upload):
    register = read(upload("english.csv"))
    assert tidy_up(lot.keep_until - timedelta(days=1)) == []
    tidy_up(lot.keep_until)
    register.refresh_from_db()
    assert register.destroyed_at
    assert not RegisterEntry.objects.exists()
    assert Entry.objects.get(act="register.destroyed").facts == {"entries": 3}
    assert queries.current_register(lot) is None


def test_destroying_a_register_now_empties_the_numbers_of_invitations(lot, upload, invited, bram):
    (one,) = invited(1)
    read(upload("english.csv"))
    assert actions.destroy(lot=lot, by=bram) == 1
    one.refresh_from_db()
    assert one.key == ""
    assert actions.destroy(lot=lot, by=bram) == 0
    assert Entry.objects.filter(act="register.destroyed").count() == 1


def test_a_file_can_be_thrown_away_and_leaves_nothing(lot, upload):
    extract = upload("english.csv")
    actions.drop(extract=extract)
    actions.drop(extract=extract)
    assert not Extract.objects.exists()


def test_words_of_the_register_can_be_told_apart(lot, upload, bram):
    extract = checked(upload("brp.csv"))
    assert extract.counted["unknown"] == {"district": {"Buitengebied": 1}}
    ended = do(actions.map_values(extract=extract, values={"district": {"Buitengebied": "north"}}, by=bram))
    assert ended.state == Work.State.DONE
    extract = queries.extracts(lot).get()
    assert extract.counted["people"] == 5
    do(actions.map_values(extract=extract, values={"district": {"Buitengebied": "-"}}, by=bram))
    assert queries.extracts(lot).get().counted["left_out"]["Wijknaam=Buitengebied"] == 1


def test_columns_that_were_kept_are_used_for_the_next_file_with_the_same_columns(lot, upload):
    extract = upload("english.csv")
    extract.columns["house"] = "street"
    extract.leave_out = [["district", "South"]]
    actions.keep_profile(extract=extract, name="Gemeente")
    actions.drop(extract=extract)
    again = upload("english.csv")
    assert again.columns["house"] == "street"
    assert again.leave_out == [["district", "South"]]
    assert upload("brp.csv").columns["house"] == "Huisnummer"


def test_a_saved_way_of_reading_can_be_chosen(upload):
    profile = ColumnProfile.objects.create(name="x", columns={"street": "full name", "town": "nowhere"})
    found = actions.apply_profile(extract=upload("english.csv"), profile=profile)
    assert found.columns == {"street": "full name", "dimension:district": "district", "dimension:gender": "gender"}


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"just one line", b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04"])
def test_what_is_no_table_is_refused_in_words(as_, bram, lot, content):
    page = as_(bram).post(reverse("lot:register", args=[lot.pk]), {"file": SimpleUploadedFile("x.csv", content)})
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not Extract.objects.exists()


def test_a_workbook_is_read_too(upload):
    from openpyxl import Workbook

    book = Workbook()
    for line in (FILES / "english.csv").read_text().splitlines():
        book.active.append(line.split(","))
    stream = BytesIO()
    book.save(stream)
    assert checked(upload("x.xlsx", stream.getvalue())).counted["people"] == 3


def test_accents_of_windows_are_read(upload):
    content = (FILES / "english.csv").read_text().replace("Alice", "Zoë").encode("cp1252")
    names = {facts["name"] for facts in read(upload("x.csv", content)).entries.values_list("facts", flat=True)}
    assert "Zoë Brook" in names


def test_an_officer_walks_from_file_to_register(as_, bram, lot, django_capture_on_commit_callbacks):
    browser = as_(bram)
    upload = SimpleUploadedFile("english.csv", (FILES / "english.csv").read_bytes())
    page = browser.post(reverse("lot:register", args=[lot.pk]), {"file": upload}, follow=True)
    form = page.context["form"]
    assert "High Street" in page.content.decode()
    told = {field.html_name: field.value() or "" for field in form}
    page = browser.post(page.request["PATH_INFO"], told)
    work = Work.objects.get()
    assert page.url == reverse("processes:work", args=[lot.pk, work.pk])
    do(work)
    check = reverse("lot:extract", args=[lot.pk, Extract.objects.get().pk])
    assert "3" in browser.get(check).content.decode()
    page = browser.post(reverse("lot:extract_read", args=[lot.pk, Extract.objects.get().pk]))
    do(Work.objects.get(kind="lot.import"))
    page = browser.get(reverse("lot:register", args=[lot.pk]))
    assert page.context["current"].counted["people"] == 3
    assert browser.get(check).status_code == 409


def test_the_bad_lines_can_be_downloaded(as_, bram, lot, upload):
    extract = checked(upload("brp.csv"))
    lines = as_(bram).get(reverse("lot:extract_lines", args=[lot.pk, extract.pk])).content.decode().splitlines()
    assert len(lines) == 6
    assert as_(bram).get(reverse("lot:extract_values", args=[lot.pk, extract.pk])).status_code == 200
    assert as_(bram).get(reverse("lot:extract", args=[lot.pk, extract.pk])).status_code == 200


def test_a_mark_without_a_value_is_asked_after(as_, bram, lot, upload):
    extract = upload("english.csv")
    address = reverse("lot:extract_columns", args=[lot.pk, extract.pk])
    told = {field.html_name: field.value() or "" for field in as_(bram).get(address).context["form"]}
    page = as_(bram).post(address, told | {"mark_1": "gender", "means_1": ""})
    assert "means_1" in page.context["form"].errors


def test_nobody_else_sees_the_register(as_, aisha, dirk, lot, upload):
    extract = upload("english.csv")
    for name in ("extract", "extract_columns", "extract_values", "extract_lines"):
        address = reverse(f"lot:{name}", args=[lot.pk, extract.pk])
        assert as_(aisha).get(address).status_code == 404
    assert as_(dirk).get(reverse("lot:register", args=[lot.pk])).status_code == 404
    assert as_(dirk).post(reverse("lot:register_destroy", args=[lot.pk])).status_code == 404


def test_a_file_of_250_000_lines_needs_the_memory_of_a_row(lot, upload):
    """The residents come one by one; what stays is counts."""
    extract = upload("english.csv")
    with on_disk(extract) as path:
        reading, lines = opened(path, how(lot, extract))
        assert next(reading.residents()).number == "1"
        assert lines == 4
    assert [one.key for one in by_column(lot)] == ["district", "gender"]
    assert len(of_the_register(lot)) == 3
