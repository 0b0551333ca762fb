"""The same statements elsewhere in the document: the signature would hold, but a reader would not see what ends or cancels."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest

from credcore.errors import UnsafeError
from credcore.keys import ecdsa
from credcore.keys.public import P256
from credcore.proofs import ecdsa_rdfc_2019, ecdsa_sd_2023, eddsa_rdfc_2022
from credcore.proofs.data_integrity import unsecured
from credcore.status import bitstring
from credcore.verify import Verifier
from tests.core.proofs import COLLEGE, LIST_URL, NOW, OUR_LIST, Answers, as_bytes, credential, status_list

Json = dict[str, Any]
ID = "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111"
CREATED = "2026-05-04T12:00:00Z"
PLACES = {
    "achievement": ({"achievement_id": ID}, ("credentialSubject", "achievement")),
    "subject": ({"subject_id": ID}, ("credentialSubject",)),
    "evidence": ({"change": lambda made: made["evidence"][0].update(id=ID)}, ("evidence", 0)),
}


def document(place: str) -> Json:
    """Ended and cancelled; one of its parts has its own identifier, as careless givers write."""
    status = bitstring.entry(list_url=LIST_URL, index=42)
    return credential(valid_until=NOW - timedelta(days=1), status=status, **PLACES[place][0])


def moved(made: Json, place: str, *names: str) -> Json:
    """With these members at the part instead of the top."""
    made = copy.deepcopy(made)
    part: Any = made
    for step in PLACES[place][1]:
        part = part[step]
    part |= {name: made.pop(name) for name in names}
    part["type"] = [*part["type"], "VerifiableCredential"]
    return made


@pytest.mark.parametrize("place", PLACES)
def test_an_end_or_a_cancellation_cannot_be_moved_out_of_sight(place: str) -> None:
    made = document(place)
    made["proof"] = eddsa_rdfc_2022.sign(document=made, signer=COLLEGE, created=CREATED)
    verifier = Verifier(fetch=Answers({LIST_URL: status_list([42])}), trust=(OUR_LIST,))
    assert verifier.check(as_bytes(made), now=NOW).code == "status.cancelled"
    for names in (("validUntil",), ("credentialStatus",), ("validUntil", "credentialStatus"), ()):
        report = verifier.check(as_bytes(moved(made, place, *names)), now=NOW)
        assert report.code == "altered.uncovered", report.summary()
        assert "proof.moved" in [finding.code for finding in report.findings]


def test_every_suite_refuses_it_and_none_signs_it() -> None:
    signer = ecdsa.LocalSigner(P256, 7)
    bad = moved(document("subject"), "subject", "validUntil")
    for suite in (ecdsa_rdfc_2019, ecdsa_sd_2023):
        with pytest.raises(UnsafeError, match=r"proof\.moved"):
            suite.sign(document=bad, signer=signer, created=CREATED)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("part", "refused"),
    [
        ({"id": ID}, False),
        ({"id": ID, "type": ["EndorsementSubject"], "endorsementComment": "Well done."}, False),
        ({"id": "urn:x:2", "type": "VerifiableCredential", "validUntil": CREATED}, False),
        ({"id": ID, "type": "ClrCredential"}, True),
        ({"@id": ID, "@type": ["VerifiablePresentation"]}, True),
        ({"@id": ID, "validFrom": CREATED}, True),
        ([[{"deep": {"id": ID, "issuer": "did:example:1"}}]], True),
    ],
)
def test_a_part_may_name_the_whole_but_not_speak_for_it(part: Any, refused: bool) -> None:
    made = {"id": ID, "type": ["VerifiableCredential"], "about": part}
    if refused:
        with pytest.raises(UnsafeError, match=r"proof\.moved"):
            unsecured(document=made, proof={})
    else:
        assert unsecured(document=made, proof={}) == made
    assert unsecured(document={**made, "id": "urn:x:3"}, proof={})["about"] == part


def test_a_type_cannot_be_hidden_beside_the_others() -> None:
    """Else a record would be read as any credential, and nobody would look at the proofs in it."""
    made = credential()
    made["proof"] = eddsa_rdfc_2022.sign(document=made, signer=COLLEGE, created=CREATED)
    verifier = Verifier(fetch=Answers(), trust=(OUR_LIST,))
    assert verifier.check(as_bytes(made), now=NOW).code == "good"
    for part in (made, made["issuer"], made["credentialSubject"]["achievement"]):
        kinds = part["type"]
        part["type"], part["@type"] = kinds[:1], kinds[1:] or kinds
        report = verifier.check(as_bytes(made), now=NOW)
        assert (report.code, "rdf.keyword" in report.summary()) == ("altered.uncovered", True)
        part["type"] = kinds
        del part["@type"]
