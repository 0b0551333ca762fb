"""Whom a firm trusts: givers that it names itself, and lists of others that it follows."""

from __future__ import annotations

import uuid

from django.db import models

_LIVE = models.Q(ended_at__isnull=True)


class TrustedGiver(models.Model):
    """A giver on the firm's own list, with the reason, the day and who put it there. Ended, never deleted.

    `told`: the firm lets this giver know, and show, that it accepts their proofs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=2000)
    name = models.CharField(max_length=200)
    reason = models.TextField()
    told = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=320)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=320, blank=True)

    class Meta:
        ordering = ["name", "added_at"]
        constraints = [models.UniqueConstraint(fields=["org", "issuer"], condition=_LIVE, name="one_live_giver_an_issuer")]

    def __str__(self) -> str:
        return f"trusted giver {self.id}"


class FollowedList(models.Model):
    """A list that somebody else keeps. `body` is what was read last and could be verified; a failed reading leaves it.

    `body` is in our own JSON form, whatever it came as (`credcore.trust.files`). `keeper` is the DID that must have signed it
    (kind `signed`), else who keeps it, in words. `thumbprints` are the keys that a federation had when it was first followed.
    `problem` is the code of the last failed reading, empty after a good one.
    """

    class Kind(models.TextChoices):
        SIGNED = "signed"
        REGISTRY = "registry"
        FEDERATION = "federation"
        FILE = "file"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    url = models.CharField(max_length=2000, blank=True)
    name = models.CharField(max_length=200)
    keeper = models.CharField(max_length=2000, blank=True)
    thumbprints = models.JSONField(default=list)
    reason = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=320)
    body = models.BinaryField(default=bytes)
    entries = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0, help_text="Givers on it that could not be read.")
    valid_until = models.DateTimeField(null=True, help_text="When its keeper says that it ends.")
    fetched_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=320, blank=True)

    class Meta:
        ordering = ["name", "added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "url"], condition=_LIVE & ~models.Q(url=""), name="one_live_list_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"followed list {self.id}"
