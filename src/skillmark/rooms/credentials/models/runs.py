"""Proofs for many at once: a class, or a spreadsheet. Read and judged row by row before anything is signed."""

from __future__ import annotations

import uuid

from django.db import models


class Run(models.Model):
    """A list of people who get the same kind of proof. `planned` until somebody has looked at the rows and pressed Give.

    `request_key` tells the same list sent twice. `observed_on` and `note` stand on every proof of it; a row may have its own
    day. `problem` says why it stopped by itself. `renews` is the run whose proofs it gives anew.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        RUNNING = "running"
        STOPPED = "stopped"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("credentials.TemplateVersion", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    made_by = models.CharField(max_length=320)
    made_by_key = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    observed_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    total = models.PositiveIntegerField(default=0)
    request_key = models.CharField(max_length=80)
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    renews = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["org", "request_key"], name="one_run_a_request")]

    def __str__(self) -> str:
        return f"run {self.id}"

    # How many rows are where. Only on what `credentials.queries` returns, which counts them. `left` can be given now,
    # `problems` need a look first.

    @property
    def done(self) -> int:
        return self._counted("done")

    @property
    def failed(self) -> int:
        return self._counted("failed")

    @property
    def left_out(self) -> int:
        return self._counted("left_out")

    @property
    def left(self) -> int:
        return self._counted("left")

    @property
    def problems(self) -> int:
        return self._counted("problem")

    def _counted(self, which: str) -> int:
        found: int = self.__dict__[f"rows_{which}"]
        return found


class RunRow(models.Model):
    """One person of a list. `problem` is a code: such a row is never given, unless it is mended.

    `person_id` is empty for somebody new until their turn comes. `chosen`: a person was asked who is meant, and chose
    somebody who is here already, or somebody new. `said` holds what a cell says that could not be read.
    `issued_id` is there from the moment at which the proof is written down; a row that a worker has taken carries
    `claimed_at`. `renews` is the proof that this one takes the place of.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"
        LEFT_OUT = "left_out"

    class Chosen(models.TextChoices):
        PERSON = "person"
        NEW = "new"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    staff_number = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, default="en")
    level = models.PositiveSmallIntegerField(null=True)
    observed_on = models.DateField(null=True)
    said = models.JSONField(default=dict)
    person = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    chosen = models.CharField(max_length=6, choices=Chosen, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    problem = models.CharField(max_length=60, blank=True)
    claimed_at = models.DateTimeField(null=True)
    issued = models.OneToOneField("credentials.Issued", on_delete=models.SET_NULL, null=True, related_name="run_row")
    renews = models.ForeignKey("credentials.Issued", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_row_a_number_of_a_run")]
        indexes = [models.Index(fields=["run", "state", "number"], name="run_rows_by_state")]

    def __str__(self) -> str:
        return f"row {self.number} of run {self.run_id}"
