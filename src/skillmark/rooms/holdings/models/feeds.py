"""A calendar that other programs read: secret addresses, of which only the digest is kept."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from skillmark.rooms.holdings.rules import FeedOf


class CalendarFeed(models.Model):
    """Expiries of the firm, a site or a person. It shows what its maker may see, and ends when the maker leaves."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    of = models.CharField(max_length=6, choices=[(one, one) for one in FeedOf])
    site = models.ForeignKey("people.Site", on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=5)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    renewed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return f"calendar of {self.site or self.person or self.of}"
