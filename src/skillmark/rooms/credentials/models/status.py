"""What was cancelled: rows, from which the public lists are made again each time. No bit is ever changed in place."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.db import models


class StatusList(models.Model):
    """One public list. `url` and `issuer` never change: signed proofs name the url, and checkers compare the issuer.

    `document` is the list as last signed; `published_version` counts signings and guards the swap; `published_count` is how
    many status changes that document holds.

    `sibling` of a list for `suspension` is the list for `revocation` with the same places: a proof has one place in both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16, default="revocation")
    issuer = models.CharField(max_length=300)
    url = models.CharField(max_length=300, unique=True)
    length = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    document = models.BinaryField(default=bytes)
    published_version = models.PositiveIntegerField(default=0)
    published_count = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    sibling = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="paused")

    class Meta:
        indexes = [models.Index(fields=["org", "issuer"], name="lists_of_issuer")]

    def __str__(self) -> str:
        return f"status list {self.id}"


class TokenList(models.Model):
    """The same list as a token (Token Status List), with cancelled and paused places in one. There is none before the first
    proof names it.

    `list` is the one for `revocation`. `document` is the token as last signed; `version` counts signings and guards the
    swap; `count` is how many status changes that document holds.
    """

    list = models.OneToOneField(StatusList, on_delete=models.PROTECT, related_name="token_list")
    document = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    count = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"status list {self.list_id} as a token"


class StatusEntry(models.Model):
    """A proof's place in a list. Drawn at random, never used again, not even when the giving was abandoned.

    It has no proof any more when the person was deleted: the proof that they keep still names the place.
    """

    list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveIntegerField()
    issued = models.OneToOneField("credentials.Issued", on_delete=models.SET_NULL, null=True, related_name="entry")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "index"], name="one_place_a_proof")]

    def __str__(self) -> str:
        return f"place {self.index} in {self.list_id}"


class StatusChange(models.Model):
    """A proof was cancelled. The row is the fact; it is neither changed nor deleted.

    `is_public`: the reason is shown on the proof's page; else it stays with the firm.
    """

    list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="changes")
    index = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "index"], name="cancelled_once")]

    def __str__(self) -> str:
        return f"change at {self.index} in {self.list_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a cancelled proof stays cancelled: give a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a cancelled proof stays cancelled: give a new one")


class Pause(models.Model):
    """A proof does not count for a while, from `paused_at` until `resumed_at`. `list` is the one for `revocation`."""

    list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="pauses")
    index = models.PositiveIntegerField()
    paused_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["paused_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "index"], condition=models.Q(resumed_at__isnull=True), name="paused_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"pause at {self.index} in {self.list_id}"
