"""What happened, in order, for good."""

from django.db import models


class Entry(models.Model):
    """One act. Its digest covers its own content and the digest of the entry before it."""

    seq = models.BigIntegerField(unique=True)
    moment = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True, help_text="keyed pseudonym; empty: the house itself")
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    thread = models.CharField(max_length=80, blank=True, help_text="the process to whose story this belongs")
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["thread", "seq"], name="ledger_thread"),
            models.Index(fields=["subject", "seq"], name="ledger_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class Head(models.Model):
    """The end of the chain. Whoever writes holds this row, so that two writers never fork it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="the_chain_has_one_head")]

    def __str__(self) -> str:
        return f"head at {self.seq}"
