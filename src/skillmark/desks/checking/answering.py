"""Check whatever is handed over, for a firm or for a stranger. Keeps nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from credcore.verify import Report, Verifier, check_item
from credcore.verify import check_link as check_link_with
from skillmark.desks.checking import fetching, trusted
from skillmark.desks.checking.ours import with_what_we_know


def check_bytes(*, data: bytes, name: str, now: datetime, org_id: UUID | None, remember: bool = False) -> list[Report]:
    """A report for each proof in the file; at least one. `org_id` is the firm of whoever is signed in, if anyone.

    `remember`: what strangers answer is stored for the day on which they are silent, also where no firm asks.
    """
    asking = verifier(org_id=org_id, now=now, remember=remember)
    return with_what_we_know(check_item(data, verifier=asking, now=now, name=name))


def check_each(*, items: Sequence[bytes], now: datetime, org_id: UUID | None) -> list[list[Report]]:
    """The reports of several files that are shown together, in their order. Each may ask others as if it were alone; whom
    we trust, and what we know of our own, is read once for all of them."""
    known = trusted.by(org_id=org_id, now=now)
    own, found = fetching.own_documents(now=now), []
    for data in items:
        fetch = fetching.for_check(now=now, remember=org_id is not None, own=own)
        asking = Verifier(fetch=fetch, trust=known.lists, compromised=known.compromised)
        found.append(check_item(data, verifier=asking, now=now, name=""))
    every = iter(with_what_we_know([report for reports in found for report in reports]))
    return [[next(every) for _ in reports] for reports in found]


def check_link(*, url: str, now: datetime, org_id: UUID | None, remember: bool = False) -> list[Report]:
    """A report for each proof behind the link; at least one."""
    asking = verifier(org_id=org_id, now=now, remember=remember)
    return with_what_we_know(check_link_with(url, verifier=asking, now=now))


def check_text(*, text: str, now: datetime, org_id: UUID | None) -> list[Report]:
    """A report for each proof in pasted text; at least one."""
    return check_bytes(data=text.encode(), name="", now=now, org_id=org_id)


def check_kind(*, kind: str, name: str, body: bytes, now: datetime, org_id: UUID) -> list[Report]:
    """The same for what is kept: `kind` is `file`, `text` or `link` (then `body` is the address)."""
    if kind == "link":
        return check_link(url=body.decode("utf-8", "replace"), now=now, org_id=org_id)
    return check_bytes(data=body, name=name if kind == "file" else "", now=now, org_id=org_id)


def verifier(*, org_id: UUID | None, now: datetime, remember: bool = False) -> Verifier:
    """Knows every firm on this server and whom the firm trusts. The firm's own lists come first, so that they are named."""
    known = trusted.by(org_id=org_id, now=now)
    fetch = fetching.for_check(now=now, remember=remember or org_id is not None)
    return Verifier(fetch=fetch, trust=known.lists, compromised=known.compromised)
