"""What can happen to messages: one module per subject, one place to call them from."""

from samenraad.post.actions.delivery import Report, claim, confirm, deliver, settle_unsure
from samenraad.post.actions.outbox import address_of, queue, wake, wake_after_commit

__all__ = [
    "Report",
    "address_of",
    "claim",
    "confirm",
    "deliver",
    "queue",
    "settle_unsure",
    "wake",
    "wake_after_commit",
]
