"""How a person opens their own space: a slip (something they have) and a PIN (something they chose)."""

from __future__ import annotations

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
