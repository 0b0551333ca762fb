"""Hand-overs with other programs: proofs offered to a person's own app, and proofs asked of it. (OpenID4VCI, OpenID4VP)"""

from __future__ import annotations

import uuid

from django.db import models


class AppOffer(models.Model):
    """A proof offered to another app, once. The codes are stored as hashes only.

    `code_hash` is the pre-authorised code, `pin_hash` the short code that is told in another way (`tx_code`; empty: none).
    The code gives a token (`token_hash`), once; the token gives the proof to one key, the first that asks: `holder` is its
    thumbprint, and `done_at` when that was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    issued = models.ForeignKey("credentials.Issued", on_delete=models.CASCADE, related_name="app_offers")
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=256, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    token_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"offer to an app {self.id}"


class AppNonce(models.Model):
    """A number that an app has signed: good once. A row is made when it is used, and goes when it would be too old anyway."""

    value_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"nonce until {self.expires_at:%H:%M}"


class Asking(models.Model):
    """A firm asks a person's phone for proofs; answered once.

    `query` says what is asked for (DCQL), `purpose` why, in words that the person sees. `key` is what only this request
    knows, sealed (`rules.asking.Secrets`): the private key for an encrypted answer, the state, who asked, and, for a
    stranger for whom nothing is kept, the answer until it ends. `session_hash` ties the answer to the browser that asked;
    `response_code_hash` to the one that comes back. `made_by` is the key of who asked. `problem` is an error code; `items`
    the numbers of the kept checks (`Check`) of what arrived.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person_id = models.UUIDField(null=True)  # whom it is for, where the firm knows
    start_list_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200)
    query = models.JSONField()
    state_hash = models.CharField(max_length=64, unique=True)
    nonce = models.CharField(max_length=64)
    encrypted = models.BooleanField(default=False)
    key = models.BinaryField(default=bytes)
    session_hash = models.CharField(max_length=64)
    response_code_hash = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    items = models.JSONField(default=list)

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"asking {self.id}"
