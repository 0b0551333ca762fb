"""An import, every change that it made, and what was decided about the columns of such a list."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from skillmark.rooms.imports.rules import Kind, State


class Import(models.Model):
    """A list of people. `sheets` holds its cells (compressed JSON) without columns that are never kept; it is emptied when
    the import can no longer be taken back. `done` is the last row that was saved, `total` the last row there is."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheets = models.BinaryField()
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=6, choices=[(one, one) for one in State], default=State.OPEN)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    left_alone = models.JSONField(default=list)  # what undo found changed since: plain labels

    class Meta:
        ordering = ("-started_at",)
        indexes: ClassVar = [models.Index(fields=["org", "-started_at"], name="imports_of_firm")]

    def __str__(self) -> str:
        return f"import {self.name}"


class ImportChange(models.Model):
    """One thing that an import wrote: what it was before and after, so that it can be taken back and nothing else."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(one, one) for one in Kind])
    subject_id = models.UUIDField()
    person_id = models.UUIDField(null=True)  # whom it is about
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [models.Index(fields=["run", "kind"], name="changes_of_import")]

    def __str__(self) -> str:
        return f"{self.kind} of row {self.row}"


class ColumnMemory(models.Model):
    """What was decided about columns with these headings: for the next list of the same kind."""

    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=64)  # a hash of the headings
    columns = models.JSONField()  # plain heading → what it means
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "kind"], name="one_memory_a_kind_of_list")]

    def __str__(self) -> str:
        return f"columns of {self.kind[:12]}"
