"""What a firm has checked, and every answer it got: evidence, seen by that firm alone."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class CheckedItem(models.Model):
    """Something that was handed over, byte for byte; the same bytes are one item, however often they are checked.

    `body` is the file, the pasted text, or the address of a link. `rounds` counts how often it was checked. A `watched` item
    is checked again by itself at `next_at`.
    """

    class Kind(models.TextChoices):
        FILE = "file"
        LINK = "link"
        TEXT = "text"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    rounds = models.PositiveIntegerField(default=0)
    watched = models.BooleanField(default=False)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "kind", "sha256"], name="one_item_a_content")]
        indexes = [models.Index(fields=["next_at"], condition=models.Q(watched=True), name="items_due")]

    def __str__(self) -> str:
        return f"checked item {self.id}"


class Check(models.Model):
    """One answer about one proof in an item; never changed. Checking again adds rows of the next `round`.

    `position` counts the proofs in the item from 1. `code` is the state that headed the report, `report` all of it
    (`credcore.verify.record`). `changed`: the last answer for this position was another one, not counting days on which
    nobody could be asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(CheckedItem, on_delete=models.PROTECT, related_name="checks")
    batch = models.ForeignKey("credentials.Batch", on_delete=models.PROTECT, null=True, related_name="checks")
    round = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=320)
    made_by_key = models.CharField(max_length=80, blank=True)  # the actor's key for the journal; empty for older ones
    verdict = models.CharField(max_length=8)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    giver = models.CharField(max_length=300, blank=True)
    giver_id = models.CharField(max_length=2000, blank=True)
    person = models.CharField(max_length=300, blank=True)
    ends_at = models.DateTimeField(null=True)
    report = models.JSONField()
    changed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["item", "round", "position"], name="one_check_a_round")]
        indexes = [
            models.Index(fields=["org", "-made_at", "-id"], name="checks_of_firm"),
            models.Index(fields=["org", "verdict", "-made_at"], name="checks_by_verdict"),
        ]

    def __str__(self) -> str:
        return f"check {self.id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a check is evidence: check again instead")
        super().save(*args, **kwargs)
