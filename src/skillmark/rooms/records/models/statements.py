"""What a person says about themselves. Nobody checked it, and it always reads so."""

from __future__ import annotations

import uuid

from django.db import models

from skillmark.rooms.records.rules.statements import Words


class Statement(models.Model):
    """A job, a skill, training or something else, in the person's own words; `sealed` holds them (JSON), `photo` a picture."""

    words: Words  # filled in by the queries of this room

    class Kind(models.TextChoices):
        JOB = "job"
        SKILL = "skill"
        TRAINING = "training"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    sealed = models.BinaryField()
    photo = models.BinaryField(default=bytes)  # sealed
    photo_type = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        return f"statement {self.id}"

    @property
    def has_photo(self) -> bool:
        return bool(self.photo_type)
