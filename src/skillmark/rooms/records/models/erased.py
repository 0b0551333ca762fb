"""Which spaces their people have erased, told so that nobody learns whose they were."""

from __future__ import annotations

from django.db import models


class Erased(models.Model):
    """A space that is gone. `digest` is a hash of its id: enough to find it again in an older backup, and for nothing else."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"erased {self.digest[:8]}"
