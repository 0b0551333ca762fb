"""Entries hold plain ids and labels, no foreign keys: the journal survives the deletion of what it speaks of.

Nothing in it is changed or deleted, with one exception: `operations.pseudonymise` and
`operations.keep_ids_only`, when a person is deleted or erases their own page.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change the past: a bug."""


class Entry(models.Model):
    """One thing that happened: `event` is `room.noun.past_tense`."""

    at = models.DateTimeField()
    org_id = models.UUIDField(null=True, db_index=True)
    actor = models.CharField(max_length=200)
    actor_id = models.CharField(max_length=80)
    event = models.CharField(max_length=80, db_index=True)
    subject_id = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["org_id", "subject_id"], name="journal_of_subject"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("journal entries are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("journal entries are never deleted")


class Bookmark(models.Model):
    """How far a reader (a job) has read."""

    reader = models.CharField(max_length=80, primary_key=True)
    entry_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader}: {self.entry_id}"
