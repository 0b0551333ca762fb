"""Kinds of proof. A version never changes: a proof given years ago still points at the words it was given under."""

from __future__ import annotations

import uuid

from django.db import models


class Template(models.Model):
    """A kind of proof that a firm gives. Its words are in `current`, the newest of its versions.

    One with an `item` follows that item: when the item's words or steps change, it gets a new version.
    """

    class State(models.TextChoices):
        LIVE = "live"
        ARCHIVED = "archived"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.LIVE)
    ready_key = models.CharField(max_length=40, blank=True, help_text="The ready-made kind that it came from, if any.")
    item = models.ForeignKey("skills.Item", on_delete=models.SET_NULL, null=True, related_name="+")
    current = models.ForeignKey("TemplateVersion", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["org", "ready_key"],
                condition=models.Q(state="live") & ~models.Q(ready_key=""),
                name="one_live_template_a_ready_key",
            ),
            models.UniqueConstraint(
                fields=["org", "item"],
                condition=models.Q(state="live", item__isnull=False),
                name="one_live_template_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"template {self.id}"


class TemplateVersion(models.Model):
    """The words of a kind of proof at one time. `name`, `did` and `how` are {language: text}; at least one language each.

    `steps` are {language: text} too, one a step of the check list. `codes` are `{framework, code, url, name}` of the same
    skill elsewhere. `shape`, `colour`, `icon` and `picture_words` ({language: text}, empty: the name) draw its picture.
    `times_seen` and `co_sign` tell what must come together before it is signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.JSONField()
    did = models.JSONField()
    how = models.JSONField()
    method = models.CharField(max_length=8)
    level_asked = models.BooleanField(default=False)
    months = models.PositiveSmallIntegerField(null=True, help_text="How long it counts; empty: it does not expire.")
    colour = models.CharField(max_length=12)
    shape = models.CharField(max_length=12, default="cut")
    icon = models.CharField(max_length=20, blank=True)
    picture_words = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    codes = models.JSONField(default=list)
    times_seen = models.PositiveSmallIntegerField(default=1)
    co_sign = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="one_number_a_template")]

    def __str__(self) -> str:
        return f"version {self.number} of template {self.template_id}"
