"""What a lot is made of: the plan, the register that came in, the letters, who answered, the draw, who sits."""

from samenraad.instruments.lot.models.draw import Draw, Rehearsal
from samenraad.instruments.lot.models.intake import ColumnProfile, Extract
from samenraad.instruments.lot.models.invitations import Answered, Card, Invitation, Outreach, Refusing, Wave
from samenraad.instruments.lot.models.plan import Dimension, Lot, Value
from samenraad.instruments.lot.models.seats import Call, Departure, Reserve

__all__ = [
    "Answered",
    "Call",
    "Card",
    "ColumnProfile",
    "Departure",
    "Dimension",
    "Draw",
    "Extract",
    "Invitation",
    "Lot",
    "Outreach",
    "Refusing",
    "Rehearsal",
    "Reserve",
    "Value",
    "Wave",
]
