"""Write a record: the signed credentials go in as they are, and whoever packs them signs the whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from credcore.codec import jose, rdf
from credcore.errors import CredcoreError
from credcore.formats import openbadges3, vc_jwt, vcdm
from credcore.formats.embedded import as_member
from credcore.formats.vcdm import Json, iso
from credcore.model import Party

CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"


def build(
    *,
    id: str,
    issuer: Party,
    subject_id: str,
    subject_name: str,
    name: str,
    credentials: Sequence[bytes],
    valid_from: datetime,
    partial: bool = False,
) -> Json:
    """An unsigned record of `credentials` (JSON or tokens, at least one), each as its giver signed it.

    `partial`: there is more that is not in it. Raises ValueError without credentials, MalformedError for one that is no JSON.
    """
    if not credentials:
        raise ValueError("a record holds one credential at least")
    return {
        "@context": [vcdm.V2, CONTEXT, openbadges3.CONTEXT],
        "id": id,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": name,
        "partial": partial,
        "issuer": {"id": issuer.id, "type": ["Profile"], "name": issuer.name},
        "validFrom": iso(valid_from),
        "credentialSubject": {
            "id": subject_id,
            "type": ["ClrSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": subject_name, "identityType": "name"},
            ],
            "verifiableCredential": [as_member(one) for one in credentials],
        },
    }


def fits(credential: bytes) -> bool:
    """Whether this one can stand in a record that is signed as a whole: all its words must go together with the record's.

    A W3C credential of the data model 2.0 does, and so does a token of one. Those of the older model use other words for the
    same things, and an SD-JWT VC is no W3C credential.
    """
    try:
        member = as_member(credential)
        if vcdm.version(member if credential.startswith(b"{") else _in_token(credential)) != "2.0":
            return False
        rdf.canonicalize(
            {"@context": [vcdm.V2, CONTEXT, openbadges3.CONTEXT], "type": ["ClrSubject"], "verifiableCredential": [member]}
        )
    except CredcoreError:
        return False
    return True


def _in_token(token: bytes) -> Json:
    read = jose.parse(token)
    return vc_jwt.credential_of(header=read.header, claims=jose.claims(read))
