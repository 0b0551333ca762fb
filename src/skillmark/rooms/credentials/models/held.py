"""What a person keeps in their own space. No firm reads this table."""

from __future__ import annotations

import uuid

from django.db import models


class Held(models.Model):
    """A document, byte for byte, in the space (an organisation of one) of the person who keeps it.

    `sealed` is the document, closed under the key of the space; queries open it as `document`. `form` is `json`, `jwt` or
    `sd-jwt`; `source` how it came: given here, a file, a picture, a link, pasted text, an offer of another giver, or a move
    from another server. `verdict` and `code` are what the last check said, at `checked_at`. `tried_at` is the last
    try, also where nobody answered. `names_other`: the name on it is
    not the one of this page. `comment` is what the person says about it, sealed, too.
    """

    document: bytes  # filled in by the queries of this room
    remark: str  # the comment, opened; filled in with the document
    is_new = False  # true on what was put there this moment

    class Source(models.TextChoices):
        GIVEN = "given"
        FILE = "file"
        PICTURE = "picture"
        LINK = "link"
        TEXT = "text"
        OFFER = "offer"
        MOVED = "moved"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    form = models.CharField(max_length=8, default="json")
    source = models.CharField(max_length=8, choices=Source, default=Source.GIVEN)
    credential_id = models.CharField(max_length=400)
    title = models.CharField(max_length=200)
    giver = models.CharField(max_length=200)
    verdict = models.CharField(max_length=8, default="good")
    code = models.CharField(max_length=60, default="good")
    checked_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    names_other = models.BooleanField(default=False)
    comment = models.BinaryField(default=bytes)
    received_at = models.DateTimeField()
    issued = models.ForeignKey("credentials.Issued", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-received_at", "id"]
        constraints = [models.UniqueConstraint(fields=["org", "credential_id"], name="kept_once")]

    def __str__(self) -> str:
        return f"held {self.id}"
