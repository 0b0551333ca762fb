"""How a person opens their own space, where it stands open, and how they get back in without anybody's help."""

from __future__ import annotations

import uuid

from django.db import models


class Access(models.Model):
    """The slip and the PIN of one space. The slip's code is stored as a hash, the PIN as a slow hash."""

    org = models.OneToOneField("people.Organisation", on_delete=models.PROTECT, related_name="+")
    slip_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=256)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"access to {self.org_id}"


class RecoveryCode(models.Model):
    """One of the codes that a person printed and put away: opens the page once, to choose a new slip and PIN."""

    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery code of {self.org_id}"


class Passkey(models.Model):
    """Face or finger on one device. (Web Authentication Level 2) `data` is what the device said when it was set up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url
    data = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    device = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"passkey on {self.device}"


class Opening(models.Model):
    """The space stands open in one browser. Ended from the slip or from another device: it is closed there, too.

    `kept_at`: since when that device keeps a copy to read without a network; ended, the copy goes, too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=8)  # slip, passkey, recovery, claim
    device = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-seen_at", "id")

    def __str__(self) -> str:
        return f"{self.org_id} open on {self.device}"
