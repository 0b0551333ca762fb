"""What a worker says is wrong on a proof, and what the firm answered."""

from __future__ import annotations

import uuid

from django.db import models


class Dispute(models.Model):
    """ "This is wrong": under review until the firm answers. `about` is name, date, level or other.

    `answer_by` is the last day on which the firm should answer. `outcome`: `corrected` (a new proof replaces it), `kept`
    (it stays as it is, with the firm's answer) or empty while it is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    issued = models.ForeignKey("credentials.Issued", on_delete=models.CASCADE, related_name="disputes")
    about = models.CharField(max_length=8)
    words = models.TextField()
    made_at = models.DateTimeField()
    answer_by = models.DateField()
    outcome = models.CharField(max_length=9, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["issued"], condition=models.Q(answered_at__isnull=True), name="one_open_dispute")
        ]

    def __str__(self) -> str:
        return f"dispute {self.id}"
