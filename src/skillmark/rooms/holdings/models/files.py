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
