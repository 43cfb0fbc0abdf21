"""Letters on paper: whole, readable for everybody, and nothing a resident wrote is an instruction."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from samenraad.post.letters import link_of, pdf
from samenraad.post.models import Message

DAY = datetime(2027, 3, 8, 12, tzinfo=UTC)
CODE = "7KQM-3XWT-9RDP"


@pytest.fixture
def letter(emre, town, write):
    """`letter(...)`: a letter to Emre, with a code."""

    def letter(code=CODE, **more) -> Message:
        extra = {"where": "Groener centrum", "promise": "Antwoord binnen 10 weken", "code": code}
        return write(emre, extra=extra | more.pop("extra", {}), **more)

    return letter


def text_of(document: bytes, *options: str) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (poppler-utils) to read a PDF")
    read = subprocess.run(["pdftotext", *options, "-", "-"], input=document, capture_output=True, check=True)
    return re.sub(" +", " ", read.stdout.decode())


def pages(document: bytes) -> list[str]:
    return text_of(document, "-layout").split("\f")[:-1]


def test_a_letter_is_a_pdf_that_a_screen_reader_can_read(letter):
    document = pdf([letter()], DAY)
    assert document.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"<rdf:li>nl</rdf:li>" in document
    assert b"Er is antwoord op je idee" in document.split(b"<dc:title>")[1].split(b"</dc:title>")[0]
    assert b"/Alt" in document
    assert b"/StructTreeRoot" in document


def test_a_letter_carries_name_code_promise_and_phone_number(letter, emre, town):
    text = text_of(pdf([letter()], DAY))
    for part in (emre.name, emre.street, "1234 CD Lindenveld", CODE, town.phone, "Antwoord binnen 10 weken"):
        assert part in text
    for part in ("Groener centrum", "Er is antwoord op je idee", "De raad neemt je idee over.", "8 maart 2027"):
        assert part in text


def test_the_address_stands_in_the_window(letter, emre):
    """20 to 105 mm from the left, 45 to 77 mm from the top of A4, whatever the letter says."""
    for message in (letter(), letter(extra={"large": True}), letter(subject="Woord " * 40)):
        box = text_of(pdf([message], DAY), "-x", "57", "-y", "127", "-W", "241", "-H", "91", "-l", "1")
        assert emre.name in box
        assert "1234 CD Lindenveld" in box
        assert CODE not in box


MARKUP = [
    '#import "x": *',
    "#panic()",
    "$x$ *vet* _schuin_ @noot <label>",
    '\\#] ) } " // /* `raw`',
    "= Kop",
    "#sys.inputs",
]


@pytest.mark.parametrize("text", MARKUP)
def test_what_a_resident_wrote_is_printed_as_it_is(letter, text):
    message = letter(subject=text, body=text, extra={"where": text, "promise": text, "signed": text})
    plain = " ".join(text_of(pdf([message], DAY), "-raw").split())
    assert plain.count(" ".join(text.split())) == 5


def test_the_same_letters_are_the_same_bytes(letter):
    messages = [letter(), letter(code="AAAA-BBBB-CCCC")]
    assert pdf(messages, DAY) == pdf(messages, DAY)


def test_each_letter_begins_on_its_own_page(letter):
    found = pages(pdf([letter(code=f"{number:04}-BBBB-CCCC") for number in range(12)], DAY))
    assert len(found) == 12
    assert all(f"{number:04}-BBBB-CCCC" in page for number, page in enumerate(found))


def test_a_long_letter_goes_on_and_numbers_its_pages(letter):
    found = pages(pdf([letter(body="\n\n".join(["Een lange alinea. " * 30] * 12)), letter()], DAY))
    assert len(found) >= 3
    assert found[1].strip().endswith("2")
    assert not found[-1].strip().endswith("3")


def test_large_print_is_larger(letter):
    body = "\n\n".join(["Een alinea met woorden. " * 12] * 3)
    small, large = letter(body=body), letter(body=body, extra={"large": True})
    assert len(pages(pdf([large], DAY))) > len(pages(pdf([small], DAY)))


def test_a_character_that_no_font_has_does_not_stop_five_hundred_letters(letter):
    found = text_of(pdf([letter(body="Bravo 😀 王\x07 in Ελλάδα, Łódź en Česko")], DAY))
    assert "Bravo □ □ in Ελλάδα, Łódź en Česko" in found


def test_the_qr_leads_to_the_page_of_the_letter_or_by_the_code_to_ones_own(letter, settings):
    settings.PUBLIC_URL = "https://praatmee.lindenveld.example"
    assert link_of(letter()) == f"https://praatmee.lindenveld.example/c/{CODE}/"
    assert link_of(letter(code="", extra={"link": "/process/x/"})) == "https://praatmee.lindenveld.example/process/x/"
    assert link_of(letter(code="")) == ""


def test_without_code_and_link_a_letter_has_no_qr(letter):
    document = pdf([letter(code="")], DAY)
    assert b"QR" not in document
    assert "Scan" not in text_of(document)


def test_a_letter_speaks_the_persons_language(letter):
    assert "Je code" in text_of(pdf([letter()], DAY))
    assert "Your code" in text_of(pdf([letter(language="en")], DAY))
