"""Photos of residents: read, made upright and smaller, and written anew, so that nothing hidden comes along."""

from __future__ import annotations

import io
import warnings
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from samenraad.refusals import Refusal

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000
LONGEST_SIDE = 1600
FOLDER = "ideas/drafts"


def cleaned(content: bytes) -> bytes:
    """A JPEG with the same picture and nothing else: no place, no camera, no thumbnail, no program inside."""
    from PIL import Image, ImageOps

    if len(content) > MAX_BYTES:
        raise Refusal("ideas.photo_too_big", megabytes=MAX_BYTES // 1024 // 1024)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
                wide, high = picture.size
                if wide * high > MAX_PIXELS:
                    raise Refusal("ideas.photo_too_many_points", megapixels=MAX_PIXELS // 1_000_000)
                picture.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
                return _written(ImageOps.exif_transpose(picture))
    except Refusal:
        raise
    except Exception as error:  # what a broken picture can raise has no end
        raise Refusal("ideas.photo_unreadable") from error


def _written(picture: Any) -> bytes:
    from PIL import Image

    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ground = Image.new("RGB", picture.size, "white")
    layer = picture.convert("RGBA")
    ground.paste(layer, mask=layer.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def store_draft(content: bytes) -> str:
    """Keep a photo (as `cleaned` gave it) of an idea that is not sent yet. Its name cannot be guessed."""
    return default_storage.save(f"{FOLDER}/{uuid4().hex}.jpg", ContentFile(content))


def draft_bytes(name: str) -> bytes | None:
    """The photo of a draft; nothing when it is gone. Only names that we gave out ourselves."""
    if not name.startswith(f"{FOLDER}/") or ".." in name or not default_storage.exists(name):
        return None
    with default_storage.open(name) as kept:
        content: bytes = kept.read()
    return content


def drop_draft(name: str) -> None:
    if name.startswith(f"{FOLDER}/") and ".." not in name:
        default_storage.delete(name)
