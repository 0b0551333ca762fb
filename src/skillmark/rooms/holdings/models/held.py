"""What a person holds. A row is never changed but to be closed: a correction is a new row that supersedes it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from skillmark.rooms.holdings.rules import EndState


class Holding(models.Model):
    """One card, licence, training, check or sign-off of one person.

    `obtained` is the day it was got, `starts` the first day it counts (usually the same), `ends` the last good day.
    `level` 1 to 4 where the item has levels. `revision` is the document's revision that was followed. `hours` count for
    items that ask for hours. `trained_on`, `evaluated_on`, `evaluator` are what a forklift record must name.
    `superseded_at` with `closed_because` and no successor means: withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="holdings")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, related_name="holdings")
    obtained = models.DateField(null=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    end_state = models.CharField(max_length=9, choices=[(one, one) for one in EndState], default=EndState.NOT_KNOWN)
    level = models.PositiveSmallIntegerField(null=True)
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    giver = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80, blank=True)
    method = models.CharField(max_length=20, blank=True)
    revision = models.CharField(max_length=20, blank=True)
    trained_on = models.DateField(null=True)
    evaluated_on = models.DateField(null=True)
    evaluator = models.CharField(max_length=200, blank=True)
    language_taught = models.CharField(max_length=5, blank=True)
    understanding = models.CharField(max_length=300, blank=True)  # how it was checked that the person understood
    note = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=12, default="typed")  # typed, import, photo, sign_off, file
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    supersedes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)
    disputed_at = models.DateTimeField(null=True)
    dispute_ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-recorded_at",)
        indexes: ClassVar = [
            models.Index(fields=["org", "recorded_at"], name="holdings_of_firm"),
            models.Index(fields=["person", "item"], name="holdings_of_person"),
        ]

    def __str__(self) -> str:
        return f"holding {self.id}"


class Photo(models.Model):
    """A picture or scan that shows a holding. It waits until a person of the firm approves or refuses it.

    `original` is kept beside the picture where that would lose something: a PDF, or a file with a digital proof in it.
    `digital`: `proof` where there is one, `code` where a code on the card leads to a page. `doubt`: `dark` or `blurry`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holding = models.ForeignKey(Holding, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey("holdings.StoredFile", on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey("holdings.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    digital = models.CharField(max_length=5, blank=True)
    doubt = models.CharField(max_length=6, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=200, blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_because = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at",)

    def __str__(self) -> str:
        return f"photo {self.id}"
