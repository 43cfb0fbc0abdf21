"""What everything on paper is made with: the typesetter, its fonts, the loop, QR codes, and only printable text.

Whatever is printed travels as data, so that nothing somebody wrote can be taken for an instruction.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string


def typeset(template: Path, name: str, data: Any, made_at: datetime, *, apart: bool = False) -> bytes:
    """A PDF for everybody (PDF/UA-1). The template finds the data in `sys.inputs` under this name, as JSON.

    `apart`, for hundreds of pages, does it in a process of its own: the typesetter remembers what it has set, and
    gives that memory back only when its process ends.
    """
    text = json.dumps(printable(data), ensure_ascii=False)
    if not apart:
        return _compiled(str(template), name, text, int(made_at.timestamp()))
    command = [sys.executable, "-m", __name__, str(template), name, str(int(made_at.timestamp()))]
    done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True)  # noqa: S603  our own words
    return done.stdout


def _compiled(template: str, name: str, text: str, moment: int) -> bytes:
    import typst

    document: bytes = typst.compile(
        template, sys_inputs={name: text}, font_paths=fonts(), pdf_standards=["ua-1"], timestamp=moment
    )
    return document


@lru_cache(maxsize=4096)
def qr(link: str, *, quick: bool = False) -> str:
    """As SVG. Of the eight patterns that may lie over a code the best is chosen; that costs most of the time, and
    `quick` takes a fixed one."""
    out = BytesIO()
    segno.make(link, error="m", micro=False, mask=3 if quick else None).save(
        out, kind="svg", border=2, xmldecl=False, light="#fff"
    )
    return out.getvalue().decode()


@cache
def loop() -> str:
    """The same line as on every page, in the town's teal."""
    drawn = render_to_string("ui/logo.svg")
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        "<path ", '<path fill="none" stroke="#0a5c60" stroke-width="3" ', 1
    )


@cache
def fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False)


_EVERYDAY = re.compile(r"[ -~\u00a0-\u024f\u2010-\u2027\u20ac]*")


def printable(value: Any) -> Any:
    """The same data, in which every character can be printed. One that no font has becomes an empty box: better
    than five hundred letters that cannot be printed because of one."""
    if isinstance(value, str):
        return value if _EVERYDAY.fullmatch(value) else _shown(value)
    if isinstance(value, dict):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [printable(part) for part in value]
    return value


def _shown(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return "".join(letter if _has_a_glyph(letter) else _stand_in(letter) for letter in text)


def _stand_in(letter: str) -> str:
    """Nothing for what is invisible anyway, a box for what is missing."""
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Mn") else "□"


@lru_cache(maxsize=8192)
def _has_a_glyph(letter: str) -> bool:
    """Asked of the typesetter itself, once per character."""
    import typst

    if _EVERYDAY.fullmatch(letter):
        return True
    page = b'#set document(title: "-")\n#set text(font: "Libertinus Serif")\n#sys.inputs.letter'
    try:
        typst.compile(page, sys_inputs={"letter": letter}, font_paths=fonts(), pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError:
        return False
    return True


if __name__ == "__main__":
    template, name, moment = sys.argv[1:]
    sys.stdout.buffer.write(_compiled(template, name, sys.stdin.buffer.read().decode(), int(moment)))
