"""A poster by the time clock: anyone who stands before it hands in a photo with a typed name; a person matches it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models


class Poster(models.Model):
    """One printed code, of the firm or of a site. Several may hang at once; each can be closed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.CASCADE, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return f"poster of {self.site or 'the firm'}"


class PosterPhoto(models.Model):
    """What somebody handed in, as they typed it. Whether such a person exists is told to nobody before the poster."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    poster = models.ForeignKey(Poster, on_delete=models.CASCADE, related_name="photos")
    typed_name = models.CharField(max_length=120)
    typed_item = models.CharField(max_length=120)
    file = models.ForeignKey("holdings.StoredFile", on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey("holdings.Photo", on_delete=models.SET_NULL, null=True, related_name="+")  # null: put aside

    class Meta:
        ordering = ("handed_in_at",)
        indexes: ClassVar = [models.Index(fields=["org", "settled_at"], name="poster_photos_waiting")]

    def __str__(self) -> str:
        return f"photo at a poster {self.handed_in_at:%Y-%m-%d}"
