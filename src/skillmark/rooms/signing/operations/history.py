"""The signed list of a firm's keys, as anyone may read it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from credcore.codec import strict_json
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import queries
from skillmark.rooms.signing.operations.life import said
from skillmark.rooms.signing.rules import did_web, statements
from skillmark.rooms.signing.rules.statements import KeyPeriod


def signed_history(*, org_id: UUID) -> bytes:
    """`{"keys": …, "handOvers": […]}`: every key with its days, signed by the one in use (did:key), and who followed whom.

    The list is signed as of the last change of a key, so that everybody who asks gets the same. Stores nothing.
    Raises NotFound for a firm without keys, CannotSign.
    """
    org = people.organisation_public(org_id=org_id)
    periods = tuple(queries.key_history(org_id=org_id))
    controller = did_web(base_url=org.base_url, org_id=org_id) if org.base_url else ""
    queries.active(org_id=org_id, purpose="credential")
    listed = _signed(org_id, org.name, controller, periods, _last_change(periods))
    return strict_json.dumps(
        {"keys": strict_json.loads(listed), "handOvers": [strict_json.loads(one) for one in queries.hand_overs(org_id=org_id)]}
    )


def _last_change(periods: tuple[KeyPeriod, ...]) -> datetime:
    moments = [(one.made_at, one.active_from, one.retired_at, one.since) for one in periods]
    return max(moment for one in moments for moment in one if moment is not None)


# Strangers ask, so the key is not opened for each of them. Keys, days and names are all that the answer depends on.
@lru_cache(maxsize=64)
def _signed(org_id: UUID, firm: str, controller: str, periods: tuple[KeyPeriod, ...], now: datetime) -> bytes:
    key = queries.active(org_id=org_id, purpose="credential")
    did = f"did:key:{key.public_multibase}"
    unsigned = statements.history(signer=did, firm=firm, controller=controller, org_id=org_id, periods=periods, now=now)
    return said(unsigned, key=key, did=did, now=now)
