"""Proofs that other firms gave, as somebody hands them over: real signatures of givers whom nobody here knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from credcore.formats import vcdm
from credcore.issue import issue
from credcore.keys.ed25519 import LocalSigner
from credcore.model import Party
from tests.core import proofs

Json = dict[str, Any]

SCHOOL = LocalSigner(b"\x09" * 32)
NAME = "Prairie Valley College"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def _dates() -> Json:
    now = timezone.now()
    return {"valid_from": now - timedelta(days=30), "valid_until": now + timedelta(days=300)}


def document(**more: Any) -> Json:
    """A forklift proof for Rosa, signed by the school a minute ago; `more` as `proofs.credential`."""
    values = {"issuer": Party(id=SCHOOL.did, name=NAME), **_dates(), **more}
    return proofs.signed(SCHOOL, now=timezone.now() - timedelta(minutes=1), **values)


def proof(**more: Any) -> bytes:
    """The same as a file."""
    return proofs.as_bytes(document(**more))


def altered() -> bytes:
    """The same with another name written into it afterwards."""
    return proof().replace(b"Rosa Delgado", b"Kyle Mercer")


def record(*inside: Json) -> bytes:
    """A record of the school with proofs in it."""
    subject = {
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-222222222222",
        "type": ["ClrSubject"],
        "verifiableCredential": [*inside],
    }
    return _signed("ClrCredential", [vcdm.V2, CLR, OB], "Record of Rosa Delgado", subject)


def supported() -> bytes:
    """A proof with a statement inside that somebody else signed in support."""
    subject = {
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111",
        "type": ["EndorsementSubject"],
        "endorsementComment": "We hire people with this.",
    }
    support = proofs.strict_json.loads(_signed("EndorsementCredential", [vcdm.V2, OB], "Word of the chamber", subject))
    return proof(change=lambda made: made.update(endorsement=[support]))


def _signed(kind: str, contexts: list[str], name: str, subject: Json) -> bytes:
    now = timezone.now() - timedelta(minutes=1)
    body = {
        "@context": contexts,
        "id": f"urn:uuid:6c54b12a-9b0f-4f1c-9a53-{len(name):012}",
        "type": ["VerifiableCredential", kind],
        "name": name,
        "issuer": {"id": SCHOOL.did, "type": ["Profile"], "name": NAME},
        "validFrom": vcdm.iso(now - timedelta(days=1)),
        "credentialSubject": subject,
    }
    return proofs.as_bytes(issue(body, signer=SCHOOL, now=now))
