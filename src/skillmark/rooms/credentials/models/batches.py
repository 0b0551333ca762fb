"""Many things checked at once, row by row, in the background."""

from __future__ import annotations

import uuid

from django.db import models


class Batch(models.Model):
    """A list of things to check. `made_by_key` is the actor's key for the journal."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    made_by = models.CharField(max_length=320)
    made_by_key = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["org", "-created_at"], name="batches_of_firm")]

    def __str__(self) -> str:
        return f"batch {self.id}"

    # How many rows are done, failed and left. Only on what `credentials.queries` returns, which counts them.

    @property
    def done(self) -> int:
        return self._counted("done")

    @property
    def failed(self) -> int:
        return self._counted("failed")

    @property
    def left(self) -> int:
        return self._counted("waiting")

    def _counted(self, state: str) -> int:
        found: int = self.__dict__[f"rows_{state}"]
        return found


class BatchRow(models.Model):
    """One thing in the list. `body` is emptied when the row is done: the checked item holds it from then on.

    A row that a worker has taken carries `claimed_at`; when the worker dies, it is free again a while later. `tries` counts
    how often it was taken; `verdict` is the worst answer in it, `item` what was checked. A row of kind `problem` could not be
    read in the first place.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8)
    body = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=8, blank=True)
    item = models.ForeignKey("credentials.CheckedItem", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_row_a_number")]
        indexes = [models.Index(fields=["batch", "state", "number"], name="rows_by_state")]

    def __str__(self) -> str:
        return f"row {self.number} of batch {self.batch_id}"
