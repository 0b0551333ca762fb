"""Requirements, head-counts and exemptions, each with two clocks: in force from/until, and written down when."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from skillmark.rooms.talent.rules import Target, Way


class Requirement(models.Model):
    """Who needs an item: everyone, a position, a site, or all who work under a contract. `why` names the task or rule.

    `trust` overrides the item's rule when it is filled in; `level` is the least one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, related_name="requirements")
    target = models.CharField(max_length=8, choices=[(one, one) for one in Target])
    position = models.ForeignKey("people.Position", on_delete=models.CASCADE, null=True, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.CASCADE, null=True, related_name="+")
    contract = models.CharField(max_length=100, blank=True)
    must = models.BooleanField(default=True)
    level = models.PositiveSmallIntegerField(null=True)
    trust = models.CharField(max_length=7, blank=True)
    why = models.JSONField(default=dict)
    starts = models.DateField()
    ends = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("recorded_at",)
        indexes: ClassVar = [models.Index(fields=["org", "recorded_at"], name="requirements_of_firm")]

    def __str__(self) -> str:
        return f"{self.item} for {self.target}"


class HeadCount(models.Model):
    """At least `n` people on each shift who hold all of `items` themselves ("two per shift")."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    items = models.JSONField()  # ids of items, as text: one bundle that one person must meet
    n = models.PositiveSmallIntegerField()
    site = models.ForeignKey("people.Site", on_delete=models.CASCADE, null=True, related_name="+")
    shift = models.ForeignKey("people.Shift", on_delete=models.CASCADE, null=True, related_name="+")
    why = models.JSONField(default=dict)
    starts = models.DateField()
    ends = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.n} people"


class Exemption(models.Model):
    """One person need not have one item for a while, and why. Never counts towards a head-count."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="exemptions")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    granted_by = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("recorded_at",)

    def __str__(self) -> str:
        return f"exemption until {self.ends}"


class ScanCode(models.Model):
    """A code to scan: on a machine (an item at a site, "Cell 3"), or on a hard hat (a person). Kept as a hash.

    `counts` lets a stranger see how many can do it here today, never who. Of a person a stranger sees what a `Showing` allows.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100, blank=True)
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, null=True, related_name="+")
    site = models.ForeignKey("people.Site", on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="scan_codes")
    counts = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(item__isnull=True, person__isnull=False)
                | models.Q(item__isnull=False, person__isnull=True),
                name="code_leads_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(closed_at__isnull=True), name="one_open_code_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.id}"


class Showing(models.Model):
    """What a stranger who scans a person's code may see: the name and `items` (ids as text), nothing else.

    The firm proposes, the person agrees; it counts while both stand. `agreed_how` is `own_page` (the person's slip and PIN)
    or `beside` (on the device of whoever stood beside them, `agreed_beside`). Any of the two sides ends it at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="showings")
    items = models.JSONField()
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=200)
    agreed_at = models.DateTimeField(null=True)
    agreed_how = models.CharField(max_length=8, blank=True)
    agreed_beside = models.CharField(max_length=200, blank=True)
    agreed_words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-proposed_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="one_open_showing_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"showing {self.id}"


class StartList(models.Model):
    """What somebody is asked for before their first day. The person opens it with a link; its token is stored as a hash only.

    `items` are those (ids as text) that were missing when it was made. The times between the moments are what starting
    takes: `answered_at` when the first thing came, `complete_at` when nothing was left for the person to bring.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    items = models.JSONField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    complete_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        return f"start list {self.id}"


class Brought(models.Model):
    """One thing that came by a start list, for one of its items; without an item: a work history, to be read.

    `digest` tells the same thing sent twice. It became a holding, with a kept check where it was signed. `doubt`: the name
    on it (`person`) or what it is for (`item`) is not plainly what was asked for, so that somebody of the firm settles it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    start_list = models.ForeignKey(StartList, on_delete=models.CASCADE, related_name="brought")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, null=True, related_name="+")
    way = models.CharField(max_length=5, choices=[(one, one) for one in Way])
    digest = models.CharField(max_length=64)
    holding_id = models.UUIDField(null=True)
    check_id = models.UUIDField(null=True)
    doubt = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    fits = models.BooleanField(null=True)

    class Meta:
        ordering = ("at", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["start_list", "digest"], name="brought_once")]

    def __str__(self) -> str:
        return f"brought by {self.start_list_id}"
