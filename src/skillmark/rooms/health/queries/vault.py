"""Opens what lies sealed. Nothing outside this room is ever given a key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from skillmark.errors import DomainError
from skillmark.rooms.health import rules
from skillmark.rooms.health.models import HealthFile, HealthKey, HealthRecord, HealthTerms
from skillmark.rooms.health.rules import Shown, Terms


class CannotOpen(DomainError):
    """The keys of this server do not open the health store."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a record holds."""

    shown: Shown
    note: str
    file_id: UUID | None


class Vault:
    """The firm's sealed rows, with its key. The key lives as long as this object."""

    def __init__(self, org_id: UUID, key: bytes) -> None:
        self.org_id, self._key = org_id, key

    def terms(self, row: HealthTerms) -> Terms:
        """An item as it is asked for."""
        told = self._open(row.sealed, f"{self.org_id}|terms|{row.item_id}|{row.id}")
        return Terms(
            item_id=row.item_id, names=told["names"], months=told["months"], everyone=told["everyone"],
            positions=frozenset(UUID(one) for one in told["positions"]), source=told["source"], note=told["note"],
            asked=told["asked"],
        )  # fmt: skip

    def seal_terms(self, row: HealthTerms, terms: Terms) -> None:
        """Put terms into their row."""
        told = {
            "names": dict(terms.names), "months": terms.months, "everyone": terms.everyone, "source": terms.source,
            "positions": sorted(str(one) for one in terms.positions), "note": terms.note, "asked": terms.asked,
        }  # fmt: skip
        row.sealed = self._seal(told, f"{self.org_id}|terms|{row.item_id}|{row.id}")

    def record(self, row: HealthRecord) -> Opened:
        """What a person has shown."""
        told = self._open(row.sealed, f"{self.org_id}|record|{row.person_id}|{row.id}")
        ends = date.fromisoformat(told["ends"]) if told["ends"] else None
        shown = Shown(UUID(told["item"]), date.fromisoformat(told["obtained"]), ends)
        return Opened(shown, told["note"], UUID(told["file"]) if told["file"] else None)

    def seal_record(self, row: HealthRecord, opened: Opened) -> None:
        """Put what was shown into its row."""
        shown = opened.shown
        told = {
            "item": str(shown.item_id), "obtained": shown.obtained.isoformat(), "note": opened.note,
            "ends": shown.ends.isoformat() if shown.ends else None, "file": str(opened.file_id) if opened.file_id else None,
        }  # fmt: skip
        row.sealed = self._seal(told, f"{self.org_id}|record|{row.person_id}|{row.id}")

    def file(self, row: HealthFile) -> tuple[str, str, bytes]:
        """(name, kind, bytes) of a file."""
        plain = self._unseal(row.sealed, f"{self.org_id}|file|{row.person_id}|{row.id}")
        head, _, body = plain.partition(b"\n")
        told = json.loads(head)
        return told["name"], told["kind"], body

    def seal_file(self, row: HealthFile, *, name: str, kind: str, body: bytes) -> None:
        """Put a file into its row."""
        plain = json.dumps({"name": name, "kind": kind}).encode() + b"\n" + body
        bound_to = f"{self.org_id}|file|{row.person_id}|{row.id}"
        row.sealed = rules.seal(key=self._key, plain=plain, bound_to=bound_to)

    def _seal(self, told: dict[str, Any], bound_to: str) -> bytes:
        return rules.seal(key=self._key, plain=json.dumps(told).encode(), bound_to=bound_to)

    def _open(self, sealed: bytes | memoryview, bound_to: str) -> Any:
        return json.loads(self._unseal(sealed, bound_to))

    def _unseal(self, sealed: bytes | memoryview, bound_to: str) -> bytes:
        try:
            return rules.unseal(key=self._key, sealed=bytes(sealed), bound_to=bound_to)
        except rules.CannotUnseal as error:
            raise CannotOpen("health.key") from error


def vault_of(*, org_id: UUID) -> Vault | None:
    """The firm's vault; None where nothing was ever put in. Raises CannotOpen `health.key`."""
    row = HealthKey.objects.filter(org_id=org_id).first()
    if row is None:
        return None
    wrapping = rules.wrapping_key(outer=settings.OUTER_KEY)
    try:
        return Vault(org_id, rules.unseal(key=wrapping, sealed=bytes(row.wrapped), bound_to=f"{org_id}|health"))
    except rules.CannotUnseal as error:
        raise CannotOpen("health.key") from error
