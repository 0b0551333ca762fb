"""What a person shows to others: which things, to whom, for how long, who looked, and what they agreed to."""

from __future__ import annotations

import uuid

from django.db import models


class Share(models.Model):
    """A link that shows the picked things and nothing else, until it ends. The token is stored as a hash only.

    `sealed` holds to whom and why, in the person's words. `firm_id` and `person_id`: a firm on this server sees it on its
    own page of that person, too, for as long as the person works there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    language = models.CharField(max_length=8)
    pin_hash = models.CharField(max_length=256, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    ask_first = models.BooleanField(default=False)
    firm_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")
        indexes = (models.Index(fields=["firm_id", "person_id"], name="shares_with_firm"),)

    def __str__(self) -> str:
        return f"share {self.id}"


class SharedItem(models.Model):
    """One thing of a share. `sealed` is exactly what the reader gets: all of it, or the part with the chosen `facts`."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    held_id = models.UUIDField(null=True)
    statement_id = models.UUIDField(null=True)
    facts = models.JSONField(default=list)
    sealed = models.BinaryField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"item {self.number} of {self.share_id}"


class ShareView(models.Model):
    """Somebody opened a share; with a name only where the reader gave one. With "ask me first" it waits for an answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="views")
    at = models.DateTimeField()
    name = models.CharField(max_length=100, blank=True)
    by_firm = models.BooleanField(default=False)
    allowed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "id")

    def __str__(self) -> str:
        return f"view of {self.share_id}"


class Consent(models.Model):
    """What a person agreed to when they pressed the button, signed with their own key. `sealed` is the receipt (a JWS)."""

    class Kind(models.TextChoices):
        SHARE = "share"  # a link
        FIRM = "firm"  # a firm on this server
        ANSWER = "answer"  # another program asked
        APP = "app"  # put into another app
        MOVE = "move"  # another server

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    share = models.ForeignKey(Share, on_delete=models.SET_NULL, null=True, related_name="consents")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        return f"consent {self.id}"
