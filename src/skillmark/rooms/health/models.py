"""The health store. What an item is called and asks, what a person has shown, notes and files lie sealed (`sealed`).

In the clear are only ids, who wrote a row and when, and whose it is: a copy of the database tells nobody's health. Rows are
added and closed, never changed, so that any past day can be answered.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models


class HealthKey(models.Model):
    """One a firm: seals the firm's rows of this room, and is itself wrapped by a key that is not in the database."""

    org = models.OneToOneField("people.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"health key of {self.org_id}"


class HealthItem(models.Model):
    """Something that is asked for; what exactly is in its terms."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return str(self.id)


class HealthTerms(models.Model):
    """An item as it is asked for from `starts` on; the newest that has begun is in force. Sealed: rules.Terms."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(HealthItem, on_delete=models.CASCADE, related_name="terms")
    starts = models.DateField()
    sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("starts", "recorded_at")

    def __str__(self) -> str:
        return f"terms from {self.starts}"


class HealthRecord(models.Model):
    """What a person has shown. Sealed: item, day obtained, last day, note, file. A correction closes it and adds another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("recorded_at",)
        indexes: ClassVar = [models.Index(fields=["org", "person"], name="health_of_person")]

    def __str__(self) -> str:
        return str(self.id)


class HealthFile(models.Model):
    """A scan or photo, sealed with its name and kind."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class HealthGrant(models.Model):
    """The owner lets a named member in. Ends when the owner says so; `change`: may write, not only read."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    change = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member"], condition=models.Q(ended_at=None), name="one_open_health_grant")
        ]

    def __str__(self) -> str:
        return f"grant of {self.given_at:%Y-%m-%d}"
