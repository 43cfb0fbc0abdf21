"""What everybody can download of a draw: the very bytes, one by one or all together."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from samenraad.instruments.lot.models import Draw
from samenraad.methods.sortition.draw import verify_draw
from samenraad.methods.sortition.draw.folder import SEALED

#: the date in the zip: the same files, the same bytes
NO_DATE = (1980, 1, 1, 0, 0, 0)
#: what can be downloaded, in the order in which it is made
FILES = ("lottery.csv", "rules.json", "seal.txt", "chances.csv", "report.txt", "report.json", "verify_draw.py")
TRANSCRIPT = "transcript.json"


def file(draw: Draw, name: str) -> bytes:
    """The very bytes of one public file."""
    return _texts(draw)[name].encode()


def files(draw: Draw) -> tuple[str, ...]:
    return (*FILES, TRANSCRIPT) if draw.drawn_at else FILES


def _texts(draw: Draw) -> dict[str, str]:
    return {
        "lottery.csv": draw.lottery,
        "rules.json": draw.rules,
        "seal.txt": draw.seal + SEALED,
        "chances.csv": draw.chances,
        "report.txt": draw.report["text"],
        "report.json": draw.report["json"],
        "verify_draw.py": Path(verify_draw.__file__).read_text(encoding="utf-8"),
        **({TRANSCRIPT: draw.transcript} if draw.drawn_at else {}),
    }


def archive(draw: Draw) -> bytes:
    """All of it in one zip: the same files, the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        for name, text in sorted(_texts(draw).items()):
            entry = zipfile.ZipInfo(name, NO_DATE)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            pack.writestr(entry, text.encode())
    return written.getvalue()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
