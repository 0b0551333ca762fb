"""Public documents of strangers, as last seen: so that a check without internet can say what was known, and since when."""

from __future__ import annotations

from django.db import models


class RememberedAnswer(models.Model):
    """What an address answered last. Belongs to no firm: key documents and lists of cancelled proofs are public.

    `kind` is why it was asked (`credcore.ports.FetchKind`): `did` or `status`.
    """

    url = models.CharField(max_length=2000)
    kind = models.CharField(max_length=8)
    body = models.BinaryField()
    media_type = models.CharField(max_length=200, blank=True)
    fetched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["url", "kind"], name="remembered_once")]

    def __str__(self) -> str:
        return f"remembered {self.kind} {self.url}"
