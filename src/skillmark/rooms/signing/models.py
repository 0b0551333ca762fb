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
    """One signing key, from `staged` (published, signs nothing) over `active` to `retired` (published for good).

    `compromised`: somebody else may know it, since `compromised_at`. It is not published any more.

    `provider` says where the private part is: `local`, here in `wrapped`; `pkcs11`, in a device that never lets it out and
    knows it by the label `handle`.
    """

    class State(models.TextChoices):
        STAGED = "staged"
        ACTIVE = "active"
        RETIRED = "retired"
        COMPROMISED = "compromised"

    class Purpose(models.TextChoices):
        CREDENTIAL = "credential"
        STATUS = "status"

    class Provider(models.TextChoices):
        LOCAL = "local"
        PKCS11 = "pkcs11"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    algorithm = models.CharField(max_length=12, default="Ed25519")
    public_multibase = models.CharField(max_length=100, unique=True)
    provider = models.CharField(max_length=12, choices=Provider.choices, default=Provider.LOCAL)
    handle = models.CharField(max_length=80, blank=True)
    wrapped = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()
    active_from = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    compromised_at = models.DateTimeField(null=True)
    compromised_why = models.TextField(blank=True)

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["org_id", "purpose"], condition=models.Q(state="active"), name="one_active_key_a_purpose"
            ),
            models.UniqueConstraint(
                fields=["org_id", "purpose"], condition=models.Q(state="staged"), name="one_staged_key_a_purpose"
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_multibase} ({self.purpose}, {self.state})"


class PartyKey(models.Model):
    """The key (P-256) with which an organisation speaks for itself in a hand-over: a person who shows, a firm that asks.

    It gives no proofs. `wrapped` is the private part, as with issuer keys.
    """

    org_id = models.UUIDField(primary_key=True)
    public_multibase = models.CharField(max_length=100, unique=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"party key of {self.org_id}"


class HandOver(models.Model):
    """What an old key has signed about the one after it: `document` is that statement, byte for byte. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org_id = models.UUIDField(db_index=True)
    old = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="handed_over")
    new = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="taken_over")
    document = models.BinaryField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("signed_at", "id")
        constraints = (models.UniqueConstraint(fields=["old", "new"], name="one_hand_over_a_pair"),)

    def __str__(self) -> str:
        return f"hand-over {self.id}"


class Stop(models.Model):
    """Nothing new is signed from `made_at` until `ended_at`: of one kind, by one key, by one firm, or (no `org_id`) at all."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org_id = models.UUIDField(null=True)
    template_id = models.UUIDField(null=True)
    key_id = models.UUIDField(null=True)
    why = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("made_at", "id")
        indexes = (models.Index(fields=["org_id"], condition=models.Q(ended_at__isnull=True), name="stops_now"),)

    def __str__(self) -> str:
        return f"stop {self.id}"
