"""Proofs that a firm has given."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import models


class IssuedForm(models.Model):
    """The same proof in another form, made when somebody first asked for it: `jwt` (VC-JWT), `sd-jwt` (SD-JWT VC), `code`
    (small enough for a printed code), `ldp` (JSON, for another app).

    `holder` names the app's key (RFC 7638 thumbprint) to which this copy is tied; empty: to none.
    """

    issued = models.ForeignKey("credentials.Issued", on_delete=models.CASCADE, related_name="forms")
    form = models.CharField(max_length=8)
    holder = models.CharField(max_length=64, blank=True)
    body = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issued", "form", "holder"], name="one_body_a_form")]

    def __str__(self) -> str:
        return f"{self.form} of {self.issued_id}"


class Issued(models.Model):
    """One proof. `reserved`: written down, not signed, shown to nobody. `signed`: `document` is what the person gets.

    `id` is the proof's own identifier (`urn:uuid:…`). `payload` is exactly what is signed, so that an interrupted giving is
    finished with the same words. `time_zone` is where the giver's days begin. `own_org_id` is the space that keeps it.

    `evidence` is what was seen, one entry a day or test (as `rules.Seen.as_json` writes it). `history` is a work history (as
    `rules.History.as_json` writes it), of a proof that tells one. `replaces` is the proof that
    this one renews (`why` renewed) or puts right (corrected). `run` is the class or list that it was given with.
    """

    class State(models.TextChoices):
        RESERVED = "reserved"
        SIGNED = "signed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("credentials.TemplateVersion", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.RESERVED)
    level = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=200)
    person_name = models.CharField(max_length=200)
    giver = models.CharField(max_length=200, help_text="The firm's name on that day.")
    given_by = models.CharField(max_length=200, help_text="Who pressed Give it.")
    given_by_key = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    observed_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    history = models.JSONField(default=dict)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaced_by")
    why = models.CharField(max_length=9, blank=True)
    run = models.ForeignKey("credentials.Run", on_delete=models.PROTECT, null=True, related_name="+")
    request_key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    payload = models.JSONField()
    document = models.BinaryField(default=bytes)
    own_org_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["-given_at", "id"]
        constraints = [models.UniqueConstraint(fields=["org", "request_key"], name="one_proof_a_request")]
        indexes = [
            models.Index(fields=["org", "state", "-given_at"], name="issued_by_firm"),
            models.Index(fields=["org", "person"], name="issued_by_person"),
        ]

    def __str__(self) -> str:
        return f"proof {self.id}"

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was cancelled; None: never. Only on what `credentials.queries` returns, which looks at the status rows."""
        found: datetime | None = self.__dict__["status_changed_at"]
        return found

    @property
    def paused_at(self) -> datetime | None:
        """Since when it is paused; None: it is not. Only on what `credentials.queries` returns."""
        found: datetime | None = self.__dict__["paused_since"]
        return found

    @property
    def answer_by(self) -> date | None:
        """The last day to answer what the person says is wrong; None: nothing. Only on what `credentials.queries` returns."""
        found: date | None = self.__dict__["review_until"]
        return found
