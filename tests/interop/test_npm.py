"""@digitalbazaar/vc and its suites: their proofs are good here, ours are good there, altered copies are refused on both sides.

The libraries run in Node (`node_side.py`). What they refuse is asserted with their reason, so that a request which they
did not even understand cannot pass for a refusal.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from credcore.proofs import ecdsa_rdfc_2019, ecdsa_sd_2023, eddsa_rdfc_2022
from credcore.status import bitstring
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verdict
from credcore.verify.policy import Asked
from tests.core.proofs import COLLEGE, LIST_URL, NOW, STRANGER, Json, as_bytes, credential, signed, status_list, verifier

from .node_side import FOLDER, Giver, OtherSide, Refused, ecdsa_giver, ed25519_giver

ED25519 = ed25519_giver(COLLEGE.seed)
P256 = ecdsa_giver("P-256", 0x5EED256)
P384 = ecdsa_giver("P-384", 0x5EED384)
TRUSTED = TrustList("Our list", tuple(TrustEntry(giver.did, "Prairie Valley College") for giver in (ED25519, P256, P384)))

AT = NOW.isoformat()
ENTRY = bitstring.entry(list_url=LIST_URL, index=42)
MANDATORY = ["/issuer", "/validFrom", "/validUntil"]
# What an Open Badge must have, whatever its holder leaves out; here that is the receiver's name, the level and the rest.
SHOWN = ["/id", "/name", "/credentialSubject/type", "/credentialSubject/achievement"]
PLAIN: Json = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": COLLEGE.did,
    "credentialSubject": {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-222222222222"},
}

SUITES = [
    pytest.param("eddsa-rdfc-2022", ED25519, id="eddsa-rdfc-2022"),
    pytest.param("Ed25519Signature2020", ED25519, id="Ed25519Signature2020"),
    pytest.param("ecdsa-rdfc-2019", P256, id="ecdsa-rdfc-2019-P-256"),
    pytest.param("ecdsa-rdfc-2019", P384, id="ecdsa-rdfc-2019-P-384"),
    pytest.param("ecdsa-sd-2023", P256, id="ecdsa-sd-2023"),
]


def made_there(other: OtherSide, suite: str, giver: Giver, document: Json | None = None) -> Json:
    """A credential as its receiver shows it: of a selective proof not everything."""
    document = credential(giver.signer) if document is None else document
    made = other.ask("issue", suite=suite, key=giver.key, created=AT, mandatory=MANDATORY, credential=document)
    return other.ask("derive", credential=made, pointers=SHOWN) if suite == "ecdsa-sd-2023" else made


def made_here(suite: str, giver: Giver) -> Json:
    """The same, by us."""
    if suite == "eddsa-rdfc-2022":
        return signed(giver.signer)
    document = credential(giver.signer)
    if suite == "ecdsa-rdfc-2019":
        return {
            **document,
            "proof": ecdsa_rdfc_2019.sign(document=document, signer=giver.signer, created="2026-05-04T12:00:00Z"),
        }
    proof = ecdsa_sd_2023.sign(document=document, signer=giver.signer, created="2026-05-04T12:00:00Z")
    return ecdsa_sd_2023.derive(document={**document, "proof": proof}, selective_pointers=SHOWN)


def _set(path: str, value: Any) -> Callable[[Json], None]:
    *way, last = path.split(".")

    def change(document: Json) -> None:
        for name in way:
            document = document[name]
        document[last] = value

    return change


def _spoil_signature(document: Json) -> None:
    text = document["proof"]["proofValue"]
    document["proof"]["proofValue"] = text[:20] + ("A" if text[20] != "A" else "B") + text[21:]


ALTERATIONS: dict[str, Callable[[Json], Any]] = {
    "another title": _set("credentialSubject.achievement.name", "Crane operator"),
    "another receiver": _set("credentialSubject.id", "urn:uuid:6c54b12a-9b0f-4f1c-9a53-999999999999"),
    "one more statement": _set("credentialSubject.achievement.tag", ["crane"]),
    "a word that no context defines": _set("credentialSubject.achievement.approvedForCranes", "yes"),
    "a later end": _set("validUntil", "2036-05-04T12:00:00Z"),
    "no end": lambda document: document.pop("validUntil"),
    "another day of signing": _set("proof.created", "2026-05-03T12:00:00Z"),
    "another signature": _spoil_signature,
}


def altered(document: Json, how: str) -> Json:
    changed = copy.deepcopy(document)
    ALTERATIONS[how](changed)
    assert changed != document
    return changed


def respelled(value: Any) -> Any:
    """The same JSON with every object's members the other way round."""
    if isinstance(value, dict):
        return {name: respelled(value[name]) for name in reversed(value)}
    return [respelled(one) for one in value] if isinstance(value, list) else value


def test_lock_pins_every_library_by_version_and_hash_and_names_no_host() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text())
    packages = [package for path, package in lock["packages"].items() if path]
    assert len(packages) > 20
    assert all(package["version"] and package["integrity"].startswith("sha512-") for package in packages)
    assert not any("resolved" in package for package in packages)


def test_what_was_not_handed_in_is_not_fetched(other: OtherSide) -> None:
    document = signed()
    document["@context"] = [*document["@context"], "https://elsewhere.example/context.json"]
    with pytest.raises(Refused, match=r"elsewhere\.example"):
        other.ask("verify", credential=document, now=AT)


@pytest.mark.parametrize(("suite", "giver"), [suite for suite in SUITES if "2020" not in str(suite.id)])
def test_ours_are_good_there_and_their_altered_copies_are_not(other: OtherSide, suite: str, giver: Giver) -> None:
    document = made_here(suite, giver)
    assert other.ask("verify", credential=document, now=AT) is True
    assert other.ask("verify", credential=respelled(document), now=AT) is True
    for how in ALTERATIONS:
        with pytest.raises(Refused, match=r"Invalid signature|Signature count|Safe mode validation error"):
            other.ask("verify", credential=altered(document, how), now=AT)


@pytest.mark.parametrize(("suite", "giver"), SUITES)
def test_theirs_are_good_here_and_their_altered_copies_are_not(other: OtherSide, suite: str, giver: Giver) -> None:
    document = made_there(other, suite, giver)
    report = verifier(trust=(TRUSTED,)).check(as_bytes(document), now=NOW)
    assert report.verdict is Verdict.GOOD, report.summary()
    assert report.proof == suite
    assert verifier(trust=(TRUSTED,)).check(as_bytes(respelled(document)), now=NOW).verdict is Verdict.GOOD
    assert verifier(trust=()).check(as_bytes(document), now=NOW).code == "issuer.unknown"
    for how in ALTERATIONS:
        report = verifier(trust=(TRUSTED,)).check(as_bytes(altered(document, how)), now=NOW)
        assert report.verdict is Verdict.BAD and report.code.startswith("altered"), (how, report.summary())


def test_a_proof_in_the_name_of_another_giver_is_refused_on_both_sides(other: OtherSide) -> None:
    borrowed = credential(change=_set("issuer.id", STRANGER.did))
    document = made_there(other, "eddsa-rdfc-2022", ED25519, borrowed)
    assert verifier(trust=(TRUSTED,)).check(as_bytes(document), now=NOW).code == "name.borrowed"
    with pytest.raises(Refused, match="issuer"):
        other.ask("verify", credential=document, now=AT)


def test_a_base_proof_is_not_meant_to_be_shown(other: OtherSide) -> None:
    base = other.ask(
        "issue", suite="ecdsa-sd-2023", key=P256.key, created=AT, mandatory=MANDATORY, credential=credential(P256.signer)
    )
    assert verifier(trust=(TRUSTED,)).check(as_bytes(base), now=NOW).verdict is Verdict.UNKNOWN
    ours = ecdsa_sd_2023.derive(document=base, selective_pointers=SHOWN)
    assert verifier(trust=(TRUSTED,)).check(as_bytes(ours), now=NOW).verdict is Verdict.GOOD
    assert other.ask("verify", credential=ours, now=AT) is True


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_set("credentialSubject.achievement.creditsAvailable", number), id=f"number {number}")
        for number in (4.5, 3.0, 0.1, 1e21, 1.5e-7, 123456789.125, -0.0)
    ]
    + [
        pytest.param(_set("name", 'Prüfung "Stapler" \\ 😀\t\x07\ńé'), id="odd letters"),
        pytest.param(_set("evidence", [{"type": ["Evidence"], "name": "Photo"}] * 4), id="four alike without a name"),
        pytest.param(
            _set("credentialSubject.result", [{"type": ["Result"], "value": "A"}, {"type": ["Result"]}]), id="results"
        ),
        pytest.param(_set("issuer", COLLEGE.did), id="giver by identifier only"),
    ],
)
def test_both_sides_spell_odd_content_the_same_way(other: OtherSide, change: Callable[[Json], Any]) -> None:
    both_sides_read(other, credential(change=change))


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"name": {"@value": "Carretillero", "@language": "es"}},
        {"name": [{"@value": "Forklift", "@language": "en"}, {"@value": "Carretillero", "@language": "es"}]},
        {"credentialSubject": [{"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-1"}, {"description": "x"}, {"description": "x"}]},
        {
            "relatedResource": [{"id": "https://college.example/a", "digestMultibase": "uEiAB" + "A" * 42}],
            "validFrom": "2026-01-01T00:00:00+01:00",
        },
    ],
)
def test_both_sides_spell_odd_credentials_the_same_way(other: OtherSide, more: Json) -> None:
    both_sides_read(other, PLAIN | more)


def both_sides_read(other: OtherSide, document: Json) -> None:
    there = made_there(other, "eddsa-rdfc-2022", ED25519, document)
    report = verifier(trust=()).check(as_bytes(there), now=NOW)
    assert report.code == "issuer.unknown", report.summary()
    ours = {**document, "proof": eddsa_rdfc_2022.sign(document=document, signer=COLLEGE, created="2026-05-04T12:00:00Z")}
    assert other.ask("verify", credential=ours, now=AT) is True
    # Ed25519 signatures are deterministic: the same statements have the same signature.
    assert ours["proof"]["proofValue"] == there["proof"]["proofValue"]


def test_version_1_1_and_two_proofs_on_one(other: OtherSide) -> None:
    old: Json = {
        **PLAIN,
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/data-integrity/v2"],
        "issuanceDate": "2026-04-01T00:00:00Z",
    }
    once = made_there(other, "eddsa-rdfc-2022", ED25519, old)
    twice = made_there(other, "Ed25519Signature2020", ED25519, made_there(other, "eddsa-rdfc-2022", ED25519, credential()))
    assert len(twice["proof"]) == 2
    for document in (once, twice):
        report = verifier(trust=(TRUSTED,)).check(as_bytes(document), now=NOW)
        assert report.verdict is Verdict.GOOD, report.summary()


@pytest.mark.parametrize(
    ("cancelled", "signer", "reason"),
    [([], COLLEGE, ""), ([7], COLLEGE, ""), ([42], COLLEGE, "cancelled"), ([], STRANGER, "Issuers .* do not match")],
)
def test_our_status_list_is_read_there(other: OtherSide, cancelled: list[int], signer: Any, reason: str) -> None:
    # For lists their clock is the real one: the list must be fresh today.
    page = status_list(cancelled, signer=signer, now=datetime.now(UTC) - timedelta(minutes=1))
    other.ask("learn", documents={LIST_URL: json.loads(page)})
    if not reason:
        assert other.ask("verify", credential=signed(status=ENTRY), now=AT) is True
        return
    with pytest.raises(Refused, match=reason):
        other.ask("verify", credential=signed(status=ENTRY), now=AT)


@pytest.mark.parametrize(("cancelled", "paused"), [([], []), ([7], [41, 43]), ([42], []), ([], [42])])
def test_our_proof_with_two_lists_is_read_there(other: OtherSide, cancelled: list[int], paused: list[int]) -> None:
    pause_url, now = "https://college.example/status/2", datetime.now(UTC) - timedelta(minutes=1)
    pages = {
        LIST_URL: json.loads(status_list(cancelled, now=now)),
        pause_url: json.loads(status_list(paused, url=pause_url, purpose="suspension", now=now)),
    }
    other.ask("learn", documents=pages)
    document = signed(status=[ENTRY, bitstring.entry(list_url=pause_url, index=42, purpose="suspension")])
    if 42 not in (*cancelled, *paused):
        assert other.ask("verify", credential=document, now=AT) is True
        return
    with pytest.raises(Refused, match="cancelled"):  # what the script on that side says of any list that says yes
        other.ask("verify", credential=document, now=AT)


@pytest.mark.parametrize(("cancelled", "code"), [([], "good"), ([7, 41, 43], "good"), ([42], "status.cancelled")])
def test_their_status_list_is_read_here(other: OtherSide, cancelled: list[int], code: str) -> None:
    bare = other.ask("status-list", id=LIST_URL, purpose="revocation", length=bitstring.LENGTH, cancelled=cancelled)
    page = made_there(other, "eddsa-rdfc-2022", ED25519, {**bare, "issuer": ED25519.did})
    document = made_there(other, "eddsa-rdfc-2022", ED25519, credential(status=ENTRY))
    report = verifier({LIST_URL: as_bytes(page)}, trust=(TRUSTED,)).check(as_bytes(document), now=NOW)
    assert report.code == code, report.summary()
    spoiled = {LIST_URL: as_bytes(page | {"validFrom": "2026-01-01T00:00:00Z"})}
    assert verifier(spoiled, trust=(TRUSTED,)).check(as_bytes(document), now=NOW).code == "status.unknown"


HOLDER = ecdsa_giver("P-256", 0x401DE5)
ASKED = Asked("nonce-1", "https://check.example")


def presented(other: OtherSide, document: Json, *, challenge: str = ASKED.nonce, domain: str = ASKED.audience) -> Json:
    return other.ask(
        "present",
        credentials=[document],
        suite="ecdsa-rdfc-2019",
        key=HOLDER.key,
        created=AT,
        challenge=challenge,
        domain=domain,
    )


def test_their_presentations_answer_what_we_asked(other: OtherSide) -> None:
    shown = presented(other, signed())
    for asked in (ASKED, None):
        report = verifier(trust=(TRUSTED,)).check(as_bytes(shown), now=NOW, asked=asked)
        assert report.verdict is Verdict.GOOD, report.summary()
        assert [part.verdict for part in report.parts] == [Verdict.GOOD]


@pytest.mark.parametrize("wrong", [{"challenge": "nonce-2"}, {"domain": "https://another.example"}])
def test_a_presentation_for_another_question_is_refused(other: OtherSide, wrong: Json) -> None:
    shown = presented(other, signed(), **wrong)
    report = verifier(trust=(TRUSTED,)).check(as_bytes(shown), now=NOW, asked=ASKED)
    assert report.code == "holder.other", report.summary()
    assert verifier(trust=(TRUSTED,)).check(as_bytes(shown), now=NOW).verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("answered", "change", "code"),
    [
        ("nonce-1", _set("id", "urn:uuid:6c54b12a-9b0f-4f1c-9a53-444444444444"), "proof.mismatch"),
        ("nonce-1", _set("proof.created", "2026-05-04T11:59:00Z"), "proof.mismatch"),
        ("nonce-2", _set("proof.challenge", ASKED.nonce), "proof.mismatch"),
        ("nonce-1", _spoil_signature, "proof.mismatch"),
        ("nonce-1", _set("holder", STRANGER.did), "issuer.other_key"),
    ],
)
def test_an_altered_presentation_is_refused(other: OtherSide, answered: str, change: Callable[[Json], Any], code: str) -> None:
    shown = presented(other, signed(), challenge=answered)
    change(shown)
    report = verifier(trust=(TRUSTED,)).check(as_bytes(shown), now=NOW, asked=ASKED)
    assert report.code == "holder.other", report.summary()
    assert [finding.code for finding in report.findings if finding.check == "holder"] == [code]


def test_an_altered_credential_is_found_in_a_good_presentation(other: OtherSide) -> None:
    shown = presented(other, altered(signed(), "another title"))
    report = verifier(trust=(TRUSTED,)).check(as_bytes(shown), now=NOW, asked=ASKED)
    assert [part.code for part in report.parts] == ["altered"]
    assert report.verdict is not Verdict.GOOD
