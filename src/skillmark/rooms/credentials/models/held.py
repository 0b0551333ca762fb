"""What a person keeps in their own space. No firm reads this table."""

from __future__ import annotations

import uuid

from django.db import models


class Held(models.Model):
    """A signed document, byte for byte, in the space (an organisation of one) of the person who keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    document = models.BinaryField()
    credential_id = models.CharField(max_length=400)
    title = models.CharField(max_length=200)
    giver = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    issued = models.ForeignKey("credentials.Issued", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-received_at", "id"]
        constraints = [models.UniqueConstraint(fields=["org", "credential_id"], name="kept_once")]

    def __str__(self) -> str:
        return f"held {self.id}"
