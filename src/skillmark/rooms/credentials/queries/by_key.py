"""Which proofs a key has signed: what has to be given anew when somebody else may know the key."""

from __future__ import annotations

from uuid import UUID

from credcore.codec import jose, strict_json
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, IssuedForm, StatusList
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.credentials.rules import apps
from skillmark.rooms.people.rules import Actor

ANEW = "anew:"
"""How the request keys of proofs begin that were given anew."""


def proofs_signed_by(*, actor: Actor, key_multibase: str) -> list[Issued]:
    """The firm's proofs that carry a signature of this key (Multikey) in any form and were not cancelled, oldest first,
    without their documents.

    The signed files themselves are asked, since they alone say it for certain.
    """
    mine = signed().filter(org_id=actor.org_id)
    mark = f"#{key_multibase}".encode()
    documents = mine.values_list("id", "document").iterator(chunk_size=500)
    found: list[UUID] = [id_ for id_, document in documents if _signed_by(bytes(document), mark)]
    forms = IssuedForm.objects.filter(issued__org_id=actor.org_id, form__in=(rules.JWT, rules.SD_JWT))
    tokens = forms.values_list("issued_id", "body").iterator(chunk_size=500)
    found += {id_ for id_, token in tokens if _token_signed_by(bytes(token), mark)}.difference(found)
    copies = IssuedForm.objects.filter(issued__org_id=actor.org_id, form=apps.LDP).values_list("issued_id", "body")
    found += {id_ for id_, document in copies.iterator(chunk_size=500) if _signed_by(bytes(document), mark)}.difference(found)
    every: list[Issued] = []
    for at in range(0, len(found), 500):
        every += mine.filter(id__in=found[at : at + 500]).defer("document", "payload").select_related("person")
    # Of two that were given in the same second, the one that takes the other's place comes after it.
    ordered = sorted(every, key=lambda one: (one.given_at, one.replaces_id is not None, one.id))
    return [one for one in ordered if one.cancelled_at is None]


def given_anew(*, actor: Actor, key_multibase: str) -> int:
    """How many proofs that this key had signed were cancelled because another key signed them anew."""
    anew = Issued.objects.filter(
        org_id=actor.org_id, state=Issued.State.SIGNED, request_key__startswith=ANEW, replaces__isnull=False
    )
    mark = f"#{key_multibase}".encode()
    documents = anew.values_list("replaces__document", flat=True).iterator(chunk_size=500)
    return sum(1 for document in documents if _signed_by(bytes(document), mark))


def lists_of(*, actor: Actor) -> list[UUID]:
    """The firm's lists of what was cancelled or paused that are public, by id."""
    return list(StatusList.objects.filter(org_id=actor.org_id, published_version__gt=0).values_list("id", flat=True))


def _signed_by(document: bytes, mark: bytes) -> bool:
    if mark not in document:  # nearly all of another key
        return False
    said = strict_json.loads(document).get("proof", {})
    proofs = said if isinstance(said, list) else [said]
    return any(str(one.get("verificationMethod", "")).encode().endswith(mark) for one in proofs)


def _token_signed_by(token: bytes, mark: bytes) -> bool:
    kid = jose.parse(token.partition(b"~")[0]).header.get("kid", "")
    return str(kid).encode().endswith(mark)
