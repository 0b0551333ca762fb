"""Sign-offs: what a supervisor saw somebody do. Some together become a proof."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from skillmark.rooms.holdings.rules import SignOffState


class SignOff(models.Model):
    """One observation, test or count of hours. Never changed but to be undone, co-signed, commented on and used.

    `id` is made on the phone, so that what is sent twice is kept once. `version_id` is the version of the words and steps
    (credentials' template version) that the observer had before them, `revision` that of the work instruction. `steps` are the
    numbers of those seen, from 0. `observed_at` is when it was seen, `day` that day at the site; `recorded_at` when it
    arrived. `entered`: `live`, `offline` (kept on a phone first) or `paper` (typed in later by `entered_by`). It may be undone
    until `sign_at`. `token_hash` opens the page on which the worker sees it and may comment.

    `look_at` is when the settling looks at it next (None: nothing to do until something happens). Those that make one proof
    together share a `bundle`, chosen before the proof is signed; `told` is what then stands on the proof of this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="sign_offs")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, related_name="sign_offs")
    level = models.PositiveSmallIntegerField(null=True)
    version_id = models.UUIDField()
    document = models.CharField(max_length=60, blank=True)
    revision = models.CharField(max_length=20, blank=True)
    method = models.CharField(max_length=8)
    steps = models.JSONField(default=list)
    seen = models.CharField(max_length=600, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    site = models.ForeignKey("people.Site", on_delete=models.SET_NULL, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    language_used = models.CharField(max_length=5, blank=True)
    observer = models.CharField(max_length=200)
    observer_key = models.CharField(max_length=80)
    observed_at = models.DateTimeField()
    day = models.DateField()
    photo = models.ForeignKey("holdings.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    entered = models.CharField(max_length=7, default="live")
    entered_by = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    sign_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)
    co_signed_at = models.DateTimeField(null=True)
    co_signed_by = models.CharField(max_length=200, blank=True)
    co_signed_key = models.CharField(max_length=80, blank=True)
    comment = models.CharField(max_length=600, blank=True)
    comment_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=7, choices=[(one, one) for one in SignOffState], default=SignOffState.WAITING)
    problem = models.CharField(max_length=60, blank=True)
    bundle = models.UUIDField(null=True)
    told = models.JSONField(default=dict)
    holding = models.ForeignKey("holdings.Holding", on_delete=models.SET_NULL, null=True, related_name="sign_offs")
    issued_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("observed_at", "recorded_at")
        indexes: ClassVar = [
            models.Index(fields=["look_at"], condition=models.Q(look_at__isnull=False), name="sign_offs_due"),
            models.Index(fields=["person", "item"], name="sign_offs_of_person"),
        ]

    def __str__(self) -> str:
        return f"sign-off {self.id}"


class MaySign(models.Model):
    """Who may sign an item off. An item without any: every owner and supervisor."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey("skills.Item", on_delete=models.CASCADE, related_name="signers")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "user"], name="one_signer_an_item")]

    def __str__(self) -> str:
        return f"{self.user} may sign {self.item}"
