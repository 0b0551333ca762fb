"""What a firm hands to somebody who leaves, or changes places: all their proofs under one code."""

from __future__ import annotations

import uuid

from django.db import models


class LeaverPack(models.Model):
    """One code for everything that goes along. Code and PIN are stored as hashes only.

    `issued` are the numbers of the proofs, the work history among them (`history`). `opened_at`: from then on nothing is
    undone, only put right.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    issued = models.JSONField(default=list)
    history_id = models.UUIDField(null=True)
    last_day = models.DateField()
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=256)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        return f"leaver pack {self.id}"
