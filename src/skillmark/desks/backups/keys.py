"""Does the outer key open the signing keys? Asked without signing anything."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as identities


def wrong_for(*, now: datetime) -> list[str]:
    """The names of the firms whose keys do not open. A firm that has given nothing yet has no key, and nothing to open."""
    return [firm.name for firm in people.firms() if not _opens(firm.id, now)]


def _opens(org_id: UUID, now: datetime) -> bool:
    """The strongroom opens the key first and looks at the list second: an empty one is refused by then, unsigned.

    A list and no proof, since proofs may be stopped. A device that is not plugged in has nothing to do with the outer key.
    """
    try:
        did = identities.issuer(org_id=org_id).did
        signing.sign(org_id=org_id, purpose="status", unsigned={"issuer": did}, now=now)
    except NotFound:
        return True
    except signing.CannotSign as error:
        return error.code != "sign.outer_key"
    return True
