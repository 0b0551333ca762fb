"""Files of evidence, kept by their content: the same picture twice is one row, and a backup holds it with all else."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models


class StoredFile(models.Model):
    """A photo, scan or screenshot as it is kept: turned upright, shrunk, without what the camera wrote beside it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    body = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "sha256"], name="one_file_a_content")]

    def __str__(self) -> str:
        return f"file {self.sha256[:12]}"


class LoosePhoto(models.Model):
    """One photo of a pile that was brought in at once, until somebody says whose card it is. It speaks for nothing yet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    digital = models.CharField(max_length=5, blank=True)
    doubt = models.CharField(max_length=6, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    added_key = models.CharField(max_length=80)  # whoever sees some sites only sees the photos that they brought in

    class Meta:
        ordering = ("name", "added_at")
        indexes: ClassVar = [models.Index(fields=["org", "name"], name="loose_photos_of_firm")]

    def __str__(self) -> str:
        return self.name
