"""Hand-overs: a code with which a person can keep a proof."""

from __future__ import annotations

import uuid

from django.db import models


class Offer(models.Model):
    """A code on a screen, on paper, in a text message or in an e-mail. Code and PIN are stored as hashes only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issued = models.ForeignKey("credentials.Issued", on_delete=models.PROTECT, related_name="offers")
    way = models.CharField(max_length=8)
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=256, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issued"],
                condition=models.Q(used_at__isnull=True, closed_at__isnull=True),
                name="one_open_offer_a_proof",
            )
        ]

    def __str__(self) -> str:
        return f"offer {self.id}"
