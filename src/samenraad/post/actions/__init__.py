"""What can happen to messages: one module per subject, one place to call them from."""

from samenraad.post.actions.outbox import address_of, queue, wake, wake_after_commit

__all__ = ["address_of", "queue", "wake", "wake_after_commit"]
