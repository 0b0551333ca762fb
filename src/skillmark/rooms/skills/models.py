"""Items (licences, cards, trainings, checks, skills), their rules by version, links, documents and revisions.

Every rule, link and revision has two clocks: when it is in force, and when the firm wrote it down. Nothing is changed in
place: a new version closes the old one (`superseded_at`), so that any past day can be asked again.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from skillmark.rooms.skills.rules import Kind, LinkKind, Severity, Trust


class Item(models.Model):
    """Something a person can hold. Texts are `{"en": …, "es": …}`; a firm may have typed only one of the two.

    `explained` holds the five lines that explain it: giver, tested, hours, renewal, required_by; a line that is absent is
    "not stated". `sources` are `{url, title, read_on, jurisdiction}`. `origin` is `trade/slug` of a starter pack, else empty.

    How the firm signs it off itself: `method` (observed, test, hours; empty: it does not), `how` in words, `checklist` step by
    step, `times_seen` on that many days, `co_sign` by a second person, `behaviour` (what somebody does, never what they are
    like). `codes` are `{framework, code, url, name}`: the same skill in O*NET, ESCO and others.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in Kind])
    names = models.JSONField()
    shows = models.JSONField(default=dict)
    explained = models.JSONField(default=dict)
    look_up = models.CharField(max_length=500, blank=True)
    sources = models.JSONField(default=list)
    note = models.JSONField(default=dict)
    checklist = models.JSONField(default=list)
    leveled = models.BooleanField(default=False)
    method = models.CharField(max_length=8, blank=True)
    how = models.JSONField(default=dict)
    times_seen = models.PositiveSmallIntegerField(default=1)
    co_sign = models.BooleanField(default=False)
    behaviour = models.BooleanField(default=False)
    codes = models.JSONField(default=list)
    origin = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)  # where it stands among the columns
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "created_at")
        indexes: ClassVar = [models.Index(fields=["org", "position"], name="items_of_firm")]

    def __str__(self) -> str:
        return str(next(iter(self.names.values()), self.id))


class Document(models.Model):
    """A work instruction or procedure that sign-offs follow."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "code"], name="one_document_a_code")]

    def __str__(self) -> str:
        return self.code


class Revision(models.Model):
    """One revision of a document, in force from a day on."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="revisions")
    code = models.CharField(max_length=20)
    effective_from = models.DateField()
    grace_days = models.PositiveIntegerField(default=0)
    severity = models.CharField(max_length=6, choices=[(one, one) for one in Severity], default=Severity.SIGN)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("effective_from", "recorded_at")

    def __str__(self) -> str:
        return f"{self.document} {self.code}"


class Rule(models.Model):
    """What an item must be like to count: one version of it. `validity` is described in `skills.rules.validity`.

    `trust` is the least level that counts; `givers` are the names whose cards count (empty: any); `own_counts` tells
    whether a sign-off of this firm itself counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="rules")
    validity = models.JSONField(default=dict)
    trust = models.CharField(max_length=7, choices=[(one.name.lower(), one.name.lower()) for one in Trust], default="source")
    givers = models.JSONField(default=list)
    own_counts = models.BooleanField(default=False)
    due_days = models.IntegerField(null=True)
    max_age_days = models.PositiveIntegerField(null=True)
    stale_days = models.PositiveIntegerField(null=True)
    lead_days = models.PositiveIntegerField(default=30)
    grace_days = models.PositiveIntegerField(default=0)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    starts = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts", "recorded_at")

    def __str__(self) -> str:
        return f"rule of {self.item} from {self.starts}"


class Link(models.Model):
    """One item after another: `needs_first` (the first must be held, too) or `satisfies` (the first counts as the second).

    `satisfies` may be limited to a level (`level_cap`) and to one position ("accept for this position").
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=11, choices=[(one, one) for one in LinkKind])
    first = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="leads_to")
    second = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="led_by")
    level_cap = models.PositiveSmallIntegerField(null=True)
    for_position = models.ForeignKey("people.Position", on_delete=models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.first} {self.kind} {self.second}"


class Alias(models.Model):
    """Another word for an item, as people write it in their sheets; `text` is as `skills.rules.plain` leaves it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=200)
    origin = models.CharField(max_length=10)  # shipped, import or person
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "item", "text"], name="one_alias_a_text")]

    def __str__(self) -> str:
        return self.text
