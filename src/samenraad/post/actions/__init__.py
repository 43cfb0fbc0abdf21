"""What can happen to messages: one module per subject, one place to call them from."""

from samenraad.post.actions.calls import not_reached, told, wrong_number
from samenraad.post.actions.delivery import Report, claim, confirm, deliver, settle_unsure
from samenraad.post.actions.outbox import Draft, Queued, queue, queue_letters, wake, wake_after_commit, withdraw
from samenraad.post.actions.paper import posted, put_together, take_apart
from samenraad.post.actions.settle import empty_letters, forget, it_arrived, print_again, send_again

__all__ = [
    "Draft",
    "Queued",
    "Report",
    "claim",
    "confirm",
    "deliver",
    "empty_letters",
    "forget",
    "it_arrived",
    "not_reached",
    "posted",
    "print_again",
    "put_together",
    "queue",
    "queue_letters",
    "send_again",
    "settle_unsure",
    "take_apart",
    "told",
    "wake",
    "wake_after_commit",
    "withdraw",
    "wrong_number",
]
