"""Issuer keys. A private key is only ever here wrapped; the key that unwraps it is not in the database."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class DataKey(models.Model):
    """One a firm: wraps the firm's signing keys, and is itself wrapped by the outer key."""

    org_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"data key of {self.org_id}"


class IssuerKey(models.Model):
    class State(models.TextChoices):
        ACTIVE = "active"
        RETIRED = "retired"
        COMPROMISED = "compromised"

    class Purpose(models.TextChoices):
        CREDENTIAL = "credential"
        STATUS = "status"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    public_multibase = models.CharField(max_length=100, unique=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["org_id", "purpose"], condition=models.Q(state="active"), name="one_active_key_a_purpose"
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_multibase} ({self.purpose}, {self.state})"
