"""An e-mail as it leaves: plain text and, beside it, the same in simple HTML. Nothing in it is fetched from afar."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from samenraad.people.models import Town
from samenraad.post.models import Message

#: mail programs read no style sheets: the looks stand in each element. Colours as in the tokens, in light.
_SANS = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_LOOKS = {
    "page": f"margin:0;padding:24px 16px;background:#ffffff;color:#191d1c;font-size:18px;line-height:1.5;{_SANS}",
    "sheet": "max-width:600px;margin:0 auto",
    "head": "border-bottom:3px solid #0a5c60;padding:0 0 8px;margin:0 0 24px;font-size:20px;font-weight:bold",
    "where": "margin:0;color:#474f4c;font-size:16px",
    "h1": "margin:0 0 20px;font-size:26px;line-height:1.25",
    "h2": "margin:0 0 4px;font-size:18px",
    "p": "margin:0 0 16px",
    "promise": "margin:0 0 16px;padding:0 0 0 14px;border-left:4px solid #0a5c60",
    "link": "color:#0a5c60;font-weight:bold",
    "button": "display:inline-block;padding:12px 20px;background:#0a5c60;color:#ffffff;font-weight:bold;"
    "text-decoration:none;border-radius:4px",
    "foot": "margin:32px 0 0;padding:12px 0 0;border-top:1px solid #767d79;color:#474f4c;font-size:16px",
}
LOOK = {name: mark_safe(f'style="{style}"') for name, style in _LOOKS.items()}  # noqa: S308  our own constants


def compose(message: Message) -> EmailMultiAlternatives:
    """The whole e-mail, checked: a ValueError or ValidationError here means that it can never be sent."""
    recipient = str(message.address.get("email", ""))
    validate_email(recipient)
    town = Town.objects.select_related("place").first() or Town()
    with translation.override(message.language):
        context = _context(message, town)
        text = render_to_string("post/mail.txt", context)
        page = render_to_string("post/mail.html", context)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        reply_to=[town.email] if town.email else None,
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    mail.attach_alternative(page, "text/html")
    mail.message()  # what is wrong with a header is found before anything is on its way
    return mail


def _context(message: Message, town: Town) -> dict[str, Any]:
    return {
        "look": LOOK,
        "message": message,
        "extra": message.extra,
        "paragraphs": paragraphs(message.body),
        "columns": message.extra.get("columns", []),
        "link": absolute(message.extra.get("link", "")),
        "town": town,
        "town_name": town.place.name if town.pk else "samenraad",
        "home": settings.PUBLIC_URL,
        "phone": message.extra.get("phone") or town.phone,
    }


def paragraphs(text: str) -> list[str]:
    """What stands between empty lines."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return [block.strip() for block in blocks if block.strip()]


def absolute(link: str) -> str:
    """An address that works from outside: `/my/` gets the town's address before it."""
    return f"{settings.PUBLIC_URL}{link}" if link.startswith("/") else link
