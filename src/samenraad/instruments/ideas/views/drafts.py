"""An idea that is not sent yet: kept in the session, so that nothing typed is ever lost."""

from __future__ import annotations

import uuid
from typing import Any

from samenraad.instruments.ideas.actions import Text, photos, point_of
from samenraad.people.middleware import Request
from samenraad.people.models import Place
from samenraad.processes.models import Step

WORDS = ("title", "text", "theme", "place", "photo_alt", "latitude", "longitude")


class Draft:
    """What this browser has written so far for this step."""

    def __init__(self, request: Request, step: Step) -> None:
        self.session, self.step = request.session, step
        kept = request.session.get(self.key)
        self.values: dict[str, Any] = kept if isinstance(kept, dict) else {}

    @property
    def key(self) -> str:
        return f"idea:{self.step.pk}"

    @property
    def once(self) -> uuid.UUID:
        return uuid.UUID(self.values["once"])

    @property
    def photo(self) -> str:
        return str(self.values.get("photo", ""))

    @property
    def who(self) -> dict[str, Any] | None:
        return self.values.get("who")

    @property
    def is_written(self) -> bool:
        return bool(self.values.get("title"))

    def write(self, cleaned: dict[str, Any], *, drop_photo: bool = False) -> None:
        """Keep what is right so far, also when something else in the form is not."""
        self.values.setdefault("once", str(uuid.uuid4()))
        for word in WORDS:
            if word in cleaned:
                value = cleaned[word]
                self.values[word] = value.pk if isinstance(value, Place) else value
        if (drop_photo or cleaned.get("photo")) and self.photo:
            photos.drop_draft(self.photo)
            self.values["photo"] = ""
        if cleaned.get("photo"):
            self.values["photo"] = photos.store_draft(cleaned["photo"])
        self._keep()

    def say_who(self, who: dict[str, Any]) -> None:
        self.values["who"] = who
        self._keep()

    def _keep(self) -> None:
        self.session[self.key] = self.values

    def drop(self) -> None:
        if self.photo:
            photos.drop_draft(self.photo)
        self.session.pop(self.key, None)

    def idea(self, language: str) -> Text:
        """The draft as it will be given."""
        values = self.values
        photo = photos.draft_bytes(self.photo) if self.photo else None
        return Text(
            title=values.get("title", ""), text=values.get("text", ""), theme=values.get("theme", ""),
            place=self.place, photo=photo or b"", photo_alt=values.get("photo_alt", "") if photo else "",
            point=point_of(values), language=language,
        )  # fmt: skip

    @property
    def place(self) -> Place | None:
        pk = self.values.get("place")
        return Place.objects.filter(pk=pk).first() if pk else None
