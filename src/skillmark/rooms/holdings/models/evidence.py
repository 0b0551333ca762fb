"""What raises a holding's level: a look-up at the source, a signature that was checked; and the note on a late one."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from skillmark.rooms.holdings.models.held import Holding


class SourceCheck(models.Model):
    """Somebody looked it up at its source: where, when, and what they saw."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="source_checks")
    link = models.CharField(max_length=500)
    looked_on = models.DateField()
    looked_by = models.CharField(max_length=200)
    confirmed = models.BooleanField()  # False: the source does not know it, or says otherwise
    note = models.CharField(max_length=500, blank=True)
    screenshot = models.ForeignKey("holdings.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("looked_on", "recorded_at")

    def __str__(self) -> str:
        return f"look-up {self.looked_on}"


class Signature(models.Model):
    """What checking a digital file said, each time it was asked. The latest that was known on a day counts on that day.

    `verdict` is the checker's: good, careful, bad or unknown. `own` tells that this firm gave it. `listed` tells that the
    giver is on the firm's list. `position` counts the proofs in the checked item from 1.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="signatures")
    checked_item_id = models.UUIDField(null=True)  # credentials' checked item, with every answer about it
    position = models.PositiveIntegerField(default=1)
    issued_id = models.UUIDField(null=True)  # or the proof of ours
    giver = models.CharField(max_length=200)
    own = models.BooleanField(default=False)
    listed = models.BooleanField(default=False)
    verdict = models.CharField(max_length=8)
    code = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"signature of {self.giver}: {self.verdict}"


class LateNote(models.Model):
    """What was done about something obtained late. Late stays late; the note stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="late_notes")
    text = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"late note {self.recorded_at:%Y-%m-%d}"
