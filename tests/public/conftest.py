"""A proof that was just given, and the code that was handed over for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone


@pytest.fixture
def proof(firm: Any) -> Any:
    """A forklift proof for Rosa, who reads Spanish."""
    from tests.public.given import give

    return give(firm=firm)


@pytest.fixture
def slip(firm: Any, proof: Any) -> tuple[str, str]:
    """Code and PIN of a printed slip for that proof."""
    from skillmark.rooms.credentials import operations

    _, code, pin = operations.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    return code, pin
