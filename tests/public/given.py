"""Give proofs the way the pages do, for tests that start afterwards."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from skillmark.rooms.credentials import operations


def give(*, firm: Any, key: str = "forklift", note: str = "") -> Any:
    """A signed proof for the firm's Rosa, of a ready-made kind."""
    now = timezone.now() - timedelta(minutes=1)
    template = operations.add_ready_template(actor=firm.owner, key=key, now=now)
    return operations.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, note=note, request_key=str(uuid.uuid4()), now=now
    )
