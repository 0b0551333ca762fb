"""In whose days a date is told: those of the firm that gave the proof, since its last good day ends where it works."""

from __future__ import annotations

import uuid
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

from credcore.verify.report import Report
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials


def of(*, report: Report) -> tzinfo:
    """The giver's zone for a proof of this server, else the zone of the page."""
    name = report.credential.id if report.credential is not None else ""
    try:
        return ZoneInfo(credentials.public_proof(issued_id=uuid.UUID(name.removeprefix("urn:uuid:"))).time_zone)
    except (ValueError, NotFound):
        return timezone.get_current_timezone()
