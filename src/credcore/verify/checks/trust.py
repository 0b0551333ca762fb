"""Who is the giver, and who says so? Three answers: on a list, unknown, or a name that does not match."""

from __future__ import annotations

from collections.abc import Sequence

from credcore.model import Credential
from credcore.trust import TrustList, find, plain_name, same_name
from credcore.verify.printed import printed
from credcore.verify.report import Finding, Outcome


def check(credential: Credential, *, lists: Sequence[TrustList]) -> list[Finding]:
    """One finding. Call it only when the signature is tied to the giver: before that, a name means nothing."""
    giver = credential.issuer
    listed = find(lists, issuer=giver.id)
    if listed is None:
        borrowed = same_name(lists, name=giver.name)
        if borrowed is not None:
            facts = {"giver": giver.name, "list": borrowed.on.name}
            return [Finding("trust", "trust.name_borrowed", Outcome.FAILED, state="name.borrowed", facts=facts)]
        return [Finding("trust", "trust.unknown", Outcome.UNKNOWN, state="issuer.unknown")]
    facts = {"list": listed.on.name, "name": listed.entry.name}
    if listed.entry.since is not None:
        facts["since"] = listed.entry.since.isoformat()
    is_same = giver.name == listed.entry.name or plain_name(giver.name) in listed.entry.names
    if not is_same and printed(giver.name):
        facts |= {"printed": giver.name}
        return [Finding("trust", "trust.name_differs", Outcome.UNKNOWN, state="name.differs", facts=facts)]
    return [Finding("trust", "trust.listed", Outcome.PASSED, facts=facts)]
