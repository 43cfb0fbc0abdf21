"""What the lot says when something may not be done, and what can be done instead: one module per subject."""

from samenraad.instruments.lot.refusals import draw, figures, letters, plan, register, replies, seats

SENTENCES = {
    **plan.SENTENCES,
    **register.SENTENCES,
    **letters.SENTENCES,
    **replies.SENTENCES,
    **draw.SENTENCES,
    **seats.SENTENCES,
    **figures.SENTENCES,
}
