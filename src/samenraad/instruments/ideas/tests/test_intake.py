"""A table collected elsewhere: every bad line named, and all of it or nothing."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenraad.instruments.ideas import actions
from samenraad.instruments.ideas.models import Idea, Keyword, Upload
from samenraad.instruments.ideas.queries.intake import plan
from samenraad.instruments.ideas.rules.columns import NAMES, guess
from samenraad.ledger.models import Entry
from samenraad.people.models import Person
from samenraad.people.sheets import read_sheet
from samenraad.processes.models import Contribution, Proposal, Source
from samenraad.refusals import Refusal
from samenraad.texts import explain

GOOD = """nr;titel;omschrijving;buurt;kanaal;naam;e-mail
1;Bomen op het plein;Voor de schaduw;Oud-Linden;papier;Fatma;fatma@example.org
2;Bankje;;de kamp;telefoon;;
3;Fontein;Water voor kinderen;;;Fatma;fatma@example.org
"""


@pytest.fixture(autouse=True)
def _places(neighbourhoods):
    return neighbourhoods


def kept(step, content, by=None, **columns):
    content = content.encode() if isinstance(content, str) else content
    upload = actions.keep_upload(step=step, name="lijst.csv", content=content, by=by)
    upload.columns.update(columns)
    upload.save()
    return upload


def codes(upload):
    return [(problem.row, problem.refusal.code) for problem in plan(upload).problems]


def nothing_written():
    return not any(model.objects.exists() for model in (Proposal, Idea, Source, Contribution, Keyword))


def test_a_good_table_becomes_ideas_with_their_people(step, bram, neighbourhoods):
    read = actions.read_in(upload=kept(step, GOOD, bram), by=bram)
    assert (read.first_number, read.count, bytes(read.content)) == (1, 3, b"")
    trees, bench, water = Proposal.objects.order_by("number")
    assert (trees.title, trees.place, trees.idea.reference) == ("Bomen op het plein", neighbourhoods[0], "1")
    authors = {source.proposal_id: source.contribution for source in Source.objects.all()}
    assert authors[trees.pk].person.email == "fatma@example.org"
    assert authors[bench.pk].person is None
    assert [authors[one.pk].channel for one in (trees, bench, water)] == ["paper", "phone", "paper"]
    assert authors[trees.pk] == authors[water.pk]
    assert Keyword.objects.filter(idea=trees.pk, word="bom").exists()
    assert Person.objects.filter(email="fatma@example.org").count() == 1


def test_one_entry_in_the_ledger_says_how_many_and_of_which_file(step, bram):
    upload = kept(step, GOOD, bram)
    actions.read_in(upload=upload, by=bram)
    entry = Entry.objects.get(act="ideas.imported")
    assert (entry.facts["count"], entry.facts["first"], entry.facts["last"]) == (3, 1, 3)
    assert entry.facts["file"] == upload.sha256
    assert "Fatma" not in str(entry.facts)


def test_twice_is_once_and_the_same_file_is_not_read_in_again(step, bram):
    upload = kept(step, GOOD, bram)
    actions.read_in(upload=upload, by=bram)
    assert actions.read_in(upload=upload, by=bram).count == 3
    assert Proposal.objects.count() == 3
    with pytest.raises(Refusal, match="already_read"):
        kept(step, GOOD, bram)


def test_somebody_we_know_gets_the_idea_and_keeps_the_address(step, bram, aisha, emre):
    table = (
        "titel;naam;email;straat;postcode;woonplaats\n"
        "Een;Aisha el Amrani;AISHA@example.org;Ergens 1;9999 ZZ;Elders\n"
        "Twee;Emre Yıldız;;touwbaan 12;1234CD;Lindenveld\n"
        "Drie;Iemand anders;aisha@example.org;;;\n"
    )
    actions.read_in(upload=kept(step, table), by=bram)
    people = [source.contribution.person for source in Source.objects.order_by("proposal__number")]
    assert people[:2] == [aisha, emre]
    assert people[2] not in (aisha, emre)
    aisha.refresh_from_db()
    assert aisha.street == ""


BAD = [
    ("titel;tekst\n;\n", []),
    ("titel;nr\n;7\n", [(2, "ideas.line_empty")]),
    (f"titel\n{'a' * 161}\n", [(2, "ideas.line_title_long")]),
    (f"titel;tekst\nx;{'a' * 8001}\n", [(2, "ideas.line_text_long")]),
    ("titel;buurt\nx;Atlantis\n", [(2, "ideas.line_place")]),
    ("titel;dag\nx;31-2-2026\n", [(2, "ideas.line_day")]),
    ("titel;dag\nx;1-1-2099\n", [(2, "ideas.line_day_future")]),
    ("titel;dag\nx;1-1-2001\n", [(2, "ideas.line_day_before")]),
    ("titel;kanaal\nx;postduif\n", [(2, "ideas.line_channel")]),
    ("titel;email\nx;fatma at example\n", [(2, "ideas.line_email")]),
    ("titel;lat;lon\nx;52,1;\n", [(2, "ideas.line_point")]),
    ("titel;lat;lon\nx;95;5\n", [(2, "ideas.line_point")]),
    ("titel;nr\nx;7\ny;7\n", [(3, "ideas.line_reference")]),
    ("titel;thema\nx;" + "t" * 81 + "\n", [(2, "ideas.line_too_long")]),
    ("titel;tekst\nx;y;z\n", [(2, "ideas.line_extra")]),
    ("titel;buurt;email\ngoed;;\nx;Atlantis;fout\n", [(3, "ideas.line_place"), (3, "ideas.line_email")]),
]


@pytest.mark.parametrize(("table", "expected"), BAD)
def test_every_bad_line_is_named_with_a_sentence_and_nothing_is_written(step, bram, table, expected):
    upload = kept(step, table)
    assert codes(upload) == expected
    for problem in plan(upload).problems:
        assert "{" not in explain(problem.refusal)
    with pytest.raises(Refusal):
        actions.read_in(upload=upload, by=bram)
    assert nothing_written()


def test_a_day_after_the_closing_is_a_bad_line(step):
    step.closes = timezone.now() - timedelta(days=1)
    step.save()
    assert codes(kept(step, "titel\nx\n")) == [(2, "ideas.line_day_after")]


def test_a_number_that_is_known_already_is_a_bad_line(step, bram):
    actions.read_in(upload=kept(step, "titel;nr\nEen;A1\n"), by=bram)
    assert codes(kept(step, "titel;nr\nTwee;A1\n")) == [(2, "ideas.line_known")]


def test_without_a_title_the_first_words_of_the_text_are_it(step, bram):
    actions.read_in(upload=kept(step, f"tekst\nEen bankje bij de halte\n{'lang woord ' * 40}\n"), by=bram)
    first, second = Proposal.objects.order_by("number")
    assert first.title == "Een bankje bij de halte"
    assert second.title.endswith("…")
    assert len(second.title) <= 100


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + "titel;tekst\nCaf\u00e9;\u00e9\u00e9n\n".encode(),
        "titel;tekst\nCaf\u00e9;\u00e9\u00e9n\n".encode("windows-1252"),
        "titel\ttekst\nCaf\u00e9\t\u00e9\u00e9n\n".encode("utf-16"),
        "sep=;\r\ntitel;tekst\r\nCaf\u00e9;\u00e9\u00e9n\r\n".encode(),
        "titel,tekst\nCaf\u00e9,\u00e9\u00e9n\n".encode(),
    ],
)
def test_what_offices_save_is_read(step, bram, content):
    actions.read_in(upload=kept(step, content), by=bram)
    assert Proposal.objects.get().title == "Café"


def test_our_own_export_can_be_read_in_elsewhere(step, bram, process, client, aisha):
    actions.read_in(upload=kept(step, GOOD), by=bram)
    text = b"".join(client.get(f"/ideas/{step.pk}/ideas.csv?sort=support").streaming_content)
    from samenraad.processes import actions as processes

    now = timezone.now()
    other = processes.add_step(
        process=process, kind="ideas", title="Elders", by=bram,
        opens=now - timedelta(days=2), closes=now + timedelta(days=2),
    )  # fmt: skip
    read = actions.read_in(upload=kept(other, text), by=bram)
    assert read.count == 3
    assert set(Proposal.objects.filter(step=other).values_list("title", flat=True)) == {
        "Bomen op het plein", "Bankje", "Fontein",
    }  # fmt: skip


def test_columns_are_guessed_and_each_is_used_once():
    assert guess(["Titel", "Omschrijving", "E-mail", "Postcode", "Iets"]) == {
        "title": "Titel", "text": "Omschrijving", "email": "E-mail", "postcode": "Postcode",
    }  # fmt: skip
    assert guess(["idee"]) == {"title": "idee"}


def test_a_closed_process_takes_no_table(step, process, bram):
    upload = kept(step, GOOD)
    step.concluded_at = timezone.now()
    step.save()
    with pytest.raises(Refusal, match="closed"):
        actions.read_in(upload=upload, by=bram)
    assert nothing_written()


# the pages


@pytest.fixture
def desk(as_, bram, step):
    client = as_(bram)
    base = f"/ideas/{step.pk}/import/"

    def ask(address="", data=None, **more):
        return client.get(base + address, **more) if data is None else client.post(base + address, data, **more)

    return ask


def sent(content, name="lijst.csv"):
    content = content.encode() if isinstance(content, str) else content
    return {"file": SimpleUploadedFile(name, content)}


def mapping(today=None, **columns):
    day = (today or timezone.localdate()).isoformat()
    return {"channel": "paper", "day": day, **{f"column_{word}": name for word, name in columns.items()}}


def test_a_file_is_mapped_rehearsed_and_read_in(desk, step):
    page = desk(data=sent(GOOD))
    upload = Upload.objects.get()
    assert page["Location"].endswith(f"/import/{upload.pk}/")
    page = desk(f"{upload.pk}/")
    assert page.context["form"]["column_title"].value() == "titel"
    page = desk(f"{upload.pk}/", mapping(title="titel", text="omschrijving", place="buurt"))
    assert page["Location"].endswith("/check/")
    page = desk(f"{upload.pk}/check/")
    assert len(page.context["plan"].lines) == 3
    assert nothing_written()
    assert desk(f"{upload.pk}/check/", {}).status_code == 302
    assert desk(f"{upload.pk}/check/", {}).status_code == 302  # the second click
    assert Proposal.objects.count() == 3
    assert desk(f"{upload.pk}/check/").status_code == 200
    assert desk(f"{upload.pk}/")["Location"].endswith("/check/")


def test_the_rehearsal_lists_every_bad_line(desk, step):
    rows = "".join(f"Idee {number};Atlantis\n" for number in range(250))
    desk(data=sent("titel;buurt\n" + rows))
    upload = Upload.objects.get()
    page = desk(f"{upload.pk}/check/")
    assert page.status_code == 200
    assert len(page.context["problems"]) == 250
    assert desk(f"{upload.pk}/check/", {}).status_code == 409
    assert nothing_written()
    text = desk(f"{upload.pk}/lines.csv").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text), delimiter=";"))) == 251


def test_what_was_mapped_is_kept(desk, step):
    desk(data=sent(GOOD))
    upload = Upload.objects.get()
    desk(f"{upload.pk}/", mapping(title="omschrijving"))
    assert desk(f"{upload.pk}/").context["form"]["column_title"].value() == "omschrijving"
    assert desk().context["uploads"]


@pytest.mark.parametrize(
    "content",
    [b" ", b"\x00\x01\x02", b"\xd0\xcf\x11\xe0" + b"x" * 99, b"PK\x03\x04 not a zip", b'titel\n"open', b"\xff\xfe\x00"],
)
def test_what_is_no_table_is_refused_in_words(desk, step, content):
    page = desk(data=sent(content))
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not Upload.objects.exists()


def test_ten_megabytes_and_more_is_refused_in_words(desk, step):
    page = desk(data=sent(b"titel\n" + b"x" * (10 * 1024 * 1024 + 1)))
    assert page.context["form"].errors["file"]


def test_a_forged_mapping_is_refused(desk, step):
    desk(data=sent(GOOD))
    upload = Upload.objects.get()
    assert desk(f"{upload.pk}/", mapping(title="bestaat niet")).context["form"].errors["column_title"]
    assert desk(f"{upload.pk}/", mapping(place="buurt")).context["form"].errors["column_title"]
    assert desk(f"{upload.pk}/", {}).status_code == 200
    Upload.objects.update(columns={"title": "weg"})
    assert desk(f"{upload.pk}/check/").status_code == 200
    assert desk(f"{upload.pk}/check/", {}).status_code == 409


def test_an_upload_of_another_step_is_not_found(desk, step, process, bram):
    from samenraad.processes import actions as processes

    other = processes.add_step(process=process, kind="ideas", title="Elders", by=bram)
    upload = actions.keep_upload(step=other, name="x.csv", content=GOOD.encode(), by=bram)
    for address in ("", "check/", "lines.csv"):
        assert desk(f"{upload.pk}/{address}").status_code == 404
    assert desk(f"{upload.pk}/drop/", {}).status_code == 404


def test_a_file_is_thrown_away_and_what_was_read_in_stays(desk, step, bram):
    done = actions.read_in(upload=kept(step, GOOD), by=bram)
    waiting = kept(step, GOOD + "4;Nog een;;;;;\n")
    for upload in (done, waiting):
        assert desk(f"{upload.pk}/drop/", {}).status_code == 302
    assert list(Upload.objects.all()) == [done]


# whatever the bytes are

cells = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
tables = st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=6)
headers = st.lists(st.sampled_from([*NAMES, "titel", "iets"]), min_size=1, max_size=8)
unhurried = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def try_it(step, content, bram):
    """Never anything but a refusal; and after one, nothing is written."""
    Upload.objects.all().delete()
    for model in (Keyword, Idea, Source, Proposal, Contribution):
        model.objects.all().delete()
    refused = None
    try:
        upload = actions.keep_upload(step=step, name="x", content=content, by=bram)
        expected, problems = len(plan(upload).lines), plan(upload).problems
        assert all(explain(problem.refusal) for problem in problems)
        actions.read_in(upload=upload, by=bram)
    except Refusal as refusal:
        refused = refusal
    if refused:
        assert explain(refused) != str(refused)
        assert nothing_written()
    else:
        assert not problems
        assert Proposal.objects.count() == expected == Idea.objects.count() == Source.objects.count()


@unhurried
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(step, bram, content):
    try_it(step, content, bram)


@unhurried
@given(header=headers, rows=tables, separator=st.sampled_from(";,\t"), encoding=st.sampled_from(["utf-8", "utf-16"]))
def test_any_table_is_read_whole_or_not_at_all(step, bram, header, rows, separator, encoding):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(header)
    writer.writerows(rows)
    try_it(step, out.getvalue().encode(encoding, "replace"), bram)


@unhurried
@given(mapped=st.dictionaries(st.sampled_from(list(NAMES)), st.text(max_size=8), max_size=5), day=st.text(max_size=12))
def test_any_mapping_is_a_page(desk, step, mapped, day):
    Upload.objects.all().delete()
    desk(data=sent("titel;buurt\nEen;\n"))
    upload = Upload.objects.get()
    data = {"day": day, "channel": "paper", **{f"column_{word}": name for word, name in mapped.items()}}
    assert desk(f"{upload.pk}/", data).status_code in (200, 302)
    assert desk(f"{upload.pk}/check/").status_code == 200


# the command line


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ideas.csv"
    path.write_text(GOOD)
    return path


def command(*arguments):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("load_ideas", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return str(error), out.getvalue(), err.getvalue()
    return "", out.getvalue(), err.getvalue()


def test_the_command_reads_in_a_table(step, file):
    error, out, _ = command(file, "--step", step.pk, "--channel", "street")
    assert not error
    assert "1 to 3" in out
    assert Contribution.objects.filter(channel="street").count() == 1


def test_the_command_can_rehearse(step, file):
    assert "Nothing was written" in command(file, "--step", step.pk, "--dry-run")[1]
    assert nothing_written()
    assert not Upload.objects.exists()
    assert not command(file, "--step", step.pk)[0]


def test_the_command_names_bad_lines_and_writes_nothing(step, file):
    file.write_text(GOOD + "4;Nog een;;Atlantis;;;\n")
    error, _, err = command(file, "--step", step.pk)
    assert "1 lines" in error
    assert err.startswith("5: ")
    assert nothing_written()
    assert not Upload.objects.exists()


def test_the_command_takes_a_mapping(step, file):
    file.write_text("kop;verhaal\nBomen;Schaduw\n")
    assert command(file, "--step", step.pk, "--map", "kop=title")[0].startswith("Not known")
    assert not command(file, "--step", step.pk, "--map", "title=kop", "text=verhaal")[0]
    assert Proposal.objects.get().text == "Schaduw"


def test_the_command_says_what_it_cannot_find(step, file, tmp_path):
    assert "no step 99" in command(file, "--step", 99)[0]
    assert command(tmp_path / "weg.csv", "--step", step.pk)[0]


@pytest.mark.slow
def test_twenty_thousand_rows_are_read_in(step, bram):
    rows = "".join(
        f"{n};Idee {n} over straat {n % 97};Meer groen bij huis {n};Bewoner {n};b{n}@example.org\n"
        for n in range(20_000)
    )
    content = ("nr;titel;tekst;naam;email\n" + rows).encode()
    assert len(read_sheet(content).rows) == 20_000
    assert actions.read_in(upload=kept(step, content), by=bram).count == 20_000
    assert Person.objects.filter(email__startswith="b").count() >= 20_000
