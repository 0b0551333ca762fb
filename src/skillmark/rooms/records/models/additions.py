"""What a person brings to their page, thing by thing, and what became of each."""

from __future__ import annotations

import uuid

from django.db import models


class Addition(models.Model):
    """Some things that were handed over together. They are looked at in the background, and each is answered by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        return f"addition {self.id}"

    @property
    def total(self) -> int:
        """How many things it has. Only on what the queries of this room return, which count them."""
        found: int = self.__dict__["counted"]
        return found

    @property
    def done(self) -> int:
        """How many of them were looked at. Only on what the queries of this room return."""
        waiting: int = self.__dict__["waiting"]
        return self.total - waiting

    @property
    def undecided(self) -> int:
        """How many of them wait for the person's decision. Only on what the queries of this room return."""
        asking: int = self.__dict__["asking"]
        return asking


class AddedItem(models.Model):
    """One thing. `sealed` is what was handed over, for as long as it is needed; `told` the answers (JSON), both sealed.

    One that a worker has taken carries `claimed_at`; when the worker dies, it is free again a while later.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        KEPT = "kept"
        THERE = "there"  # it was on the page already
        ASKS = "asks"  # another name stands on it: the person decides
        SAY = "say"  # nobody signed it: the person can say it themselves
        AGAIN = "again"  # somebody did not answer
        REFUSED = "refused"

    addition = models.ForeignKey(Addition, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8)  # file, link, text or problem
    sealed = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    told = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("addition", "number")
        constraints = (models.UniqueConstraint(fields=["addition", "number"], name="one_item_a_number"),)
        indexes = (models.Index(fields=["addition", "state", "number"], name="added_by_state"),)

    def __str__(self) -> str:
        return f"item {self.number} of addition {self.addition_id}"
