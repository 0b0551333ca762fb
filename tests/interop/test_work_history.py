"""A work history given here is good there: openvc-core and openbadgeslib read it, and refuse an altered day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError
from openvc.did.base import DidResolverRegistry
from openvc.did.did_key import DidKeyResolver
from openvc.errors import OpenvcError
from openvc.verify import VerificationPolicy, verify_credential

from credcore import contexts
from credcore.formats import openbadges3
from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.rules import Stint
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {openbadges3.CONTEXT: contexts.load(openbadges3.CONTEXT)}


@pytest.fixture
def history(firm: Firm) -> dict[str, Any]:
    stints = [
        Stint(title="Servicio", site="North", starts=date(2022, 1, 1), ends=date(2024, 3, 2)),
        Stint(title="Línea de cocina", site="Main Street", starts=date(2024, 3, 3), ends=date(2026, 5, 4)),
    ]
    issued = operations.give_history(
        actor=firm.owner, person_id=firm.person.id, stints=stints, request_key="one", now=NOW, duties="Parrilla", hours="1450"
    )
    found: dict[str, Any] = json.loads(bytes(issued.document))
    return found


def _altered(history: dict[str, Any]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(history))
    copy["credentialSubject"]["activityStartDate"] = "2014-03-03T18:00:00Z"
    return copy


def test_in_openvc(history: dict[str, Any]) -> None:
    resolver, policy = DidResolverRegistry([DidKeyResolver()]), VerificationPolicy(require_status=False)
    result = verify_credential(history, policy=policy, resolver=resolver, extra_contexts=WORDS)
    assert result.issuer == history["issuer"]["id"]
    with pytest.raises(OpenvcError):
        verify_credential(_altered(history), policy=policy, resolver=resolver, extra_contexts=WORDS)


def test_in_openbadgeslib(history: dict[str, Any]) -> None:
    reader = OB3LdpVerifier.for_issuer_did(history["issuer"]["id"])
    there = reader.verify(json.dumps(history).encode())
    assert there.id == history["id"]
    with pytest.raises(OB3VerificationError):
        reader.verify(json.dumps(_altered(history)).encode())
