"""What people keep lies here closed, under a key of their own space. Destroying that key makes every copy of it unreadable."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from skillmark.rooms.signing.models import DataKey, IssuerKey, PartyKey
from skillmark.rooms.signing.operations import custody
from skillmark.rooms.signing.operations.custody import CannotSign
from skillmark.rooms.signing.rules import WrongOuterKey, unwrap, wrap


@dataclass(frozen=True, slots=True)
class Sealer:
    """Closes and opens what belongs to one space. Keep it no longer than the work lasts."""

    org_id: UUID
    key: bytes = field(repr=False)

    def seal(self, body: bytes) -> bytes:
        """The body, readable only with the key of this space."""
        return wrap(key=self.key, secret=body, bound_to=self._bound)

    def unseal(self, sealed: bytes | memoryview) -> bytes:
        """The body again. Raises CannotSign `sign.outer_key` when it was closed under another key."""
        try:
            return unwrap(key=self.key, wrapped=bytes(sealed), bound_to=self._bound)
        except WrongOuterKey as error:
            raise CannotSign("sign.outer_key") from error

    @property
    def _bound(self) -> str:
        return f"{self.org_id}|sealed"


def sealer(*, org_id: UUID) -> Sealer:
    """What closes and opens the things of a space; its key is made on first use. Raises CannotSign `sign.outer_key`."""
    return Sealer(org_id, custody.data_key(org_id))


def shred(*, org_id: UUID) -> None:
    """Destroy every key of a space: what was closed under them stays closed for good. Nothing brings it back."""
    PartyKey.objects.filter(org_id=org_id).delete()
    IssuerKey.objects.filter(org_id=org_id).delete()
    DataKey.objects.filter(org_id=org_id).delete()
