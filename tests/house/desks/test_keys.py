"""Before it starts, the server asks whether its outer key opens the signing keys; who has no key yet has nothing to open."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.desks.backups import keys
from skillmark.rooms.signing.models import IssuerKey
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db


def test_a_firm_that_has_given_nothing_yet_may_start_again(firm: Firm) -> None:
    IssuerKey.objects.all().delete()
    assert keys.wrong_for(now=NOW) == []


def test_another_outer_key_is_noticed(firm: Firm, settings: Any) -> None:
    assert keys.wrong_for(now=NOW) == []
    settings.OUTER_KEY = b"\x01" * 32
    assert keys.wrong_for(now=NOW) == [firm.org.name]
