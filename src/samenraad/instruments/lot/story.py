"""What the lot adds to the public story: act in the ledger -> sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STORY: dict[str, Any] = {
    "lot.frozen": _("The rules of the lot were frozen and published"),
    "lot.register_read": _("The register was read in: {people} people can be invited"),
    "lot.silent_forgotten": _("{people} people who never answered were forgotten"),
    "lot.wave_drawn": _("{letters} people were drawn who get a letter\nThe words that decided: {seed}"),
    "lot.letters_made": _("{count} letters were made\nThe promise stands in them, with its fingerprint {promise}"),
    "lot.reminded": _("{count} people who did not answer get a reminder"),
    "lot.pool_frozen": _("The list of who can be drawn is closed: {people} people\n{reason}"),
    "lot.pool_unfrozen": _("The list of who can be drawn is open again\n{reason}"),
    "lot.lottery_published": _("The panels of which one is drawn are public\nSeal: {seal}"),
    "lot.thrown_too_high": _("The dice said {number}: too high, so they are thrown again"),
    "lot.drawn": _("Panel {number} was drawn: {seats} people"),
    "lot.draw_witnessed": _("Witnesses signed that they saw the draw"),
    "lot.substitutes_chosen": _("The substitutes were chosen: {count}"),
    "lot.seat_left": _("Somebody left their seat"),
    "lot.seat_kept": _("Somebody who had left kept their seat after all"),
    "lot.seat_filled": _("A seat that became free was filled by the same rules"),
}
