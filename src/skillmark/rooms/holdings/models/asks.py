"""A request to one person for one item: the link in it lets them hand in a photo, and nothing else."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models


class Ask(models.Model):
    """`step` is how many days before the end it was made for (90, 60, 30, 7), empty for one made by hand. `ends` is the last
    good day of what the person holds, where that is known.

    Nothing leaves before somebody presses send: `sent_at` and `channel` tell when and how it did.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="asks")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=8, blank=True)  # email, text, print, qr
    step = models.PositiveIntegerField(null=True)
    ends = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    photo = models.ForeignKey("holdings.Photo", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        indexes: ClassVar = [models.Index(fields=["org", "made_at"], name="asks_of_firm")]

    def __str__(self) -> str:
        return f"ask {self.id}"
