"""Reminders that go out by themselves: the firm's wish for them, what went out already, and who said no to e-mail."""

from __future__ import annotations

from datetime import time
from typing import ClassVar
from uuid import uuid4

from django.db import models

from skillmark.rooms.holdings.rules import Told


class ReminderPlan(models.Model):
    """One a firm. Off until the owner switches it on; `on_since` tells from when, and items that ended before are left out.

    `steps` are days before the end. Nothing is sent from `quiet_from` to `quiet_until`, by the clock of the person's site.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.OneToOneField("people.Organisation", on_delete=models.CASCADE, related_name="+")
    on_since = models.DateTimeField(null=True)
    on_by = models.CharField(max_length=200, blank=True)
    steps = models.JSONField(default=list)
    quiet_from = models.TimeField(default=time(19))
    quiet_until = models.TimeField(default=time(8))
    tells_supervisors = models.BooleanField(default=True)
    weekly = models.BooleanField(default=True)
    summary_on = models.DateField(null=True)  # the Monday of the last weekly summary

    def __str__(self) -> str:
        return f"reminders, {'on' if self.on_since else 'off'}"


class Reminded(models.Model):
    """Somebody was told once that one item of one person ends on a day. The constraint makes twice the same as once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, related_name="+")
    ends = models.DateField()
    whom = models.CharField(max_length=10, choices=[(one, one) for one in Told])
    step = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    ask = models.ForeignKey("holdings.Ask", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "item", "ends", "whom", "step"], name="told_once_a_step")
        ]
        indexes: ClassVar = [models.Index(fields=["org", "ends"], name="reminded_of_firm")]

    def __str__(self) -> str:
        return f"{self.whom} told, {self.step} days before {self.ends}"


class MailStop(models.Model):
    """A person wants no reminders by e-mail. Slips, codes and texts from somebody's own phone are not concerned."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"no e-mail since {self.at:%Y-%m-%d}"
