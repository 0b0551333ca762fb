"""From an old key to the one in use: only what the older key has signed leads on, and never two ways at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from credcore.codec import strict_json
from credcore.errors import MalformedError, UnavailableError
from credcore.issue import Making, issue
from credcore.keys import ecdsa, ed25519
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verifier, followed

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
OLD, MIDDLE, NEW, THIEF = (ed25519.LocalSigner(bytes([number]) * 32) for number in range(1, 5))
P256 = ecdsa.LocalSigner("P-256", 7)
SUITES = {"Ed25519": "eddsa-rdfc-2022", "P-256": "ecdsa-rdfc-2019"}


def said(old: Any, new: Any, **changed: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/did/v1"],
        "id": "urn:uuid:8f3fe6f0-1111-4b5c-9df8-0a8c1c1c0001",
        "type": ["VerifiableCredential"],
        "issuer": {"id": old.did, "name": "Tallgrass Machine Works"},
        "validFrom": "2026-05-04T12:00:00Z",
        "credentialSubject": {"id": old.did, "alsoKnownAs": [new.did]},
    } | changed


def hand_over(old: Any, new: Any, *, by: Any = None, **changed: Any) -> bytes:
    signer = by or old
    making = Making(suite=SUITES[signer.algorithm])
    return strict_json.dumps(issue(said(old, new, **changed), signer=signer, now=NOW, making=making))


def follow(*statements: bytes, trusted: Any = OLD) -> list[str]:
    return list(followed.successors(statements, trusted=trusted.did, now=NOW))


def test_a_chain_is_followed_in_whatever_order_it_comes() -> None:
    chain = [hand_over(OLD, MIDDLE), hand_over(MIDDLE, P256), hand_over(P256, NEW)]
    every = [MIDDLE.did, P256.did, NEW.did]
    assert follow(*chain) == follow(*chain[::-1]) == follow(*chain, *chain) == every
    assert follow(*chain, trusted=MIDDLE) == every[1:]
    assert follow(*chain, trusted=NEW) == follow(*chain, trusted=THIEF) == follow() == []
    assert follow(chain[0], chain[2]) == every[:1]


def test_somebody_else_cannot_name_the_next_key() -> None:
    good = hand_over(OLD, NEW)
    forged = json.loads(hand_over(THIEF, NEW))
    forged["issuer"]["id"] = forged["credentialSubject"]["id"] = OLD.did
    altered = json.loads(good)
    altered["credentialSubject"]["alsoKnownAs"] = [THIEF.did]
    for wrong in (json.dumps(forged).encode(), json.dumps(altered).encode()):
        assert follow(wrong) == []
        assert follow(wrong, good) == [NEW.did]  # and does not stand in the way of the real one


def test_a_key_that_names_two_is_followed_to_neither() -> None:
    assert follow(hand_over(OLD, NEW), hand_over(OLD, THIEF)) == []


def test_a_circle_ends() -> None:
    assert follow(hand_over(OLD, NEW), hand_over(NEW, OLD)) == [NEW.did]


@pytest.mark.parametrize(
    "changed",
    [
        {"credentialSubject": {"id": OLD.did, "alsoKnownAs": [NEW.did, THIEF.did]}},
        {"credentialSubject": {"id": OLD.did, "alsoKnownAs": NEW.did}},
        {"credentialSubject": {"id": NEW.did, "alsoKnownAs": [OLD.did]}},
        {"credentialSubject": {"id": OLD.did, "alsoKnownAs": ["did:web:thief.example"]}},
        {"credentialSubject": {"id": OLD.did, "alsoKnownAs": [NEW.did], "controller": NEW.did}},
        {"credentialSubject": {"id": OLD.did}},
        {"credentialSubject": {"id": OLD.did, "alsoKnownAs": [OLD.did]}},
        {"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]},
        {"validFrom": "2026-05-06T12:00:00Z"},
        {"validUntil": "2026-05-04T12:00:01Z"},
    ],
    ids=str,
)  # fmt: skip
def test_only_the_documented_shape_counts(changed: dict[str, Any]) -> None:
    statement = hand_over(OLD, NEW, **changed)
    later = NOW.replace(hour=14)
    assert followed.successors([statement], trusted=OLD.did, now=later) == ()


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"nonsense", b'{"issuer": 5}', b"\xff\xfe", b"[" * 500])
def test_junk_is_passed_over(junk: bytes) -> None:
    assert follow(junk, hand_over(OLD, NEW)) == [NEW.did]


def test_too_many_are_refused_before_any_is_looked_at() -> None:
    with pytest.raises(MalformedError):
        follow(*[b"{}"] * 1001)


def test_a_list_is_extended_by_who_follows_its_givers() -> None:
    listed = TrustList("Ours", (TrustEntry(OLD.did, "Tallgrass"), TrustEntry("did:web:a.example", "A")))
    longer = followed.extended(listed, statements=[hand_over(OLD, MIDDLE), hand_over(MIDDLE, NEW)], now=NOW)
    assert [(one.issuer, one.name) for one in longer.entries] == [
        (OLD.did, "Tallgrass"), ("did:web:a.example", "A"), (MIDDLE.did, "Tallgrass"), (NEW.did, "Tallgrass"),
    ]  # fmt: skip


def _nobody(url: str, *, kind: object) -> Any:
    raise UnavailableError("fetch.offline", url)


@pytest.mark.parametrize("listed", [False, True])
def test_a_key_that_was_given_up_condemns_what_it_signed_even_on_a_list(listed: bool) -> None:
    trust = (TrustList("Ours", (TrustEntry(OLD.did, "Tallgrass Machine Works"),)),) if listed else ()
    document = hand_over(OLD, NEW)
    before = Verifier(fetch=_nobody, trust=trust).check(document, now=NOW)
    assert before.code == ("good" if listed else "issuer.unknown")
    report = Verifier(fetch=_nobody, trust=trust, compromised=[OLD.multibase]).check(document, now=NOW)
    assert (report.code, report.verdict) == ("key.compromised", "bad")
    assert Verifier(fetch=_nobody, trust=trust, compromised=[NEW.multibase]).check(document, now=NOW).code == before.code


def test_an_altered_proof_of_a_given_up_key_is_called_altered() -> None:
    altered = hand_over(OLD, NEW).replace(b"Tallgrass", b"Tallglass")
    assert Verifier(fetch=_nobody, compromised=[OLD.multibase]).check(altered, now=NOW).code == "altered"


def test_a_token_of_a_given_up_key_is_condemned_too() -> None:
    from credcore.issue import issue_jwt

    token = issue_jwt(said(OLD, NEW), signer=OLD, now=NOW)
    assert Verifier(fetch=_nobody).check(token, now=NOW).code == "issuer.unknown"
    assert Verifier(fetch=_nobody, compromised=[OLD.multibase]).check(token, now=NOW).code == "key.compromised"
