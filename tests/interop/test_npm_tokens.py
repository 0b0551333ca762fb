"""jose and @sd-jwt: tokens made there are good here, ours are good there, altered copies are refused on both sides."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import strict_json
from credcore.proofs import jose, sd_jwt, sd_jwt_making
from credcore.status import token_status_list
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Report, Verdict
from credcore.verify.policy import Asked
from tests.core.proofs import COLLEGE, NOW, Json, credential, signed, verifier

from .node_side import Giver, OtherSide, Refused, ecdsa_giver, ed25519_giver

GIVERS = [
    pytest.param(ed25519_giver(COLLEGE.seed), id="EdDSA"),
    pytest.param(ecdsa_giver("P-256", 0x5EED256), id="ES256"),
    pytest.param(ecdsa_giver("P-384", 0x5EED384), id="ES384"),
]
HOLDER = ecdsa_giver("P-256", 0x401DE5)
AT = NOW.isoformat()
SECONDS = int(NOW.timestamp())
ASKED = Asked("nonce-1", "https://check.example")
BINDING = {"iat": SECONDS - 5, "aud": ASKED.audience, "nonce": ASKED.nonce}
LIST_URL = "https://college.example/token-status/1"


def check(token: str, *dids: str, asked: Asked | None = None, pages: dict[str, bytes] | None = None) -> Report:
    """`dids` are those on the list of givers."""
    trusted = TrustList("Our list", tuple(TrustEntry(did, "Prairie Valley College") for did in dids))
    return verifier(pages, trust=(trusted,)).check(token.encode(), now=NOW, asked=asked)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def with_part(token: str, place: int, change: Callable[[Json], Any]) -> str:
    """A token whose header (0) or payload (1) is another, under the same signature."""
    parts = token.split(".")
    value = json.loads(_decoded(parts[place]))
    change(value)
    parts[place] = _encoded(json.dumps(value).encode())
    return ".".join(parts)


def with_other_signature(token: str) -> str:
    head, _, signature = token.rpartition(".")
    changed = bytearray(_decoded(signature))
    changed[10] ^= 1
    return f"{head}.{_encoded(bytes(changed))}"


ALTERATIONS: dict[str, Callable[[str], str]] = {
    "title": lambda token: with_part(token, 1, lambda value: value["credentialSubject"]["achievement"].update(name="Crane")),
    "end": lambda token: with_part(token, 1, lambda value: value.pop("validUntil")),
    "one more claim": lambda token: with_part(token, 1, lambda value: value.update(exp=SECONDS + 10**8)),
    "header": lambda token: with_part(token, 0, lambda value: value.update(cty="other")),
    "signature": with_other_signature,
}


@pytest.mark.parametrize("giver", GIVERS)
@pytest.mark.parametrize("method", ["did:key", "did:jwk"])
def test_tokens_of_jose_are_good_here_and_altered_ones_are_not(other: OtherSide, giver: Giver, method: str) -> None:
    did, kid = (giver.did, giver.key["id"]) if method == "did:key" else (giver.did_jwk, f"{giver.did_jwk}#0")
    document = credential(giver.signer, change=lambda made: made["issuer"].update(id=did))
    token = other.ask("jws-sign", payload=document, header={"typ": "vc+jwt", "kid": kid}, key=giver.key)
    report = check(token, did)
    assert report.verdict is Verdict.GOOD, report.summary()
    assert check(token).code == "issuer.unknown"
    for how, alter in ALTERATIONS.items():
        assert check(alter(token), did).code == "altered", how


@pytest.mark.parametrize("giver", GIVERS)
def test_the_older_form_of_jose_is_good_here(other: OtherSide, giver: Giver) -> None:
    """VC Data Model 1.1, section 6.3.1: the credential in a claim of its own, the rest in registered claims."""
    inner = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"name": "Rosa Delgado"},
    }
    claims = {
        "iss": giver.did,
        "sub": "urn:uuid:1",
        "jti": "urn:uuid:2",
        "nbf": SECONDS - 7_200,
        "exp": SECONDS + 100,
        "vc": inner,
    }
    token = other.ask("jws-sign", payload=claims, header={"typ": "JWT"}, key=giver.key)
    assert check(token, giver.did).verdict is Verdict.GOOD
    late = other.ask("jws-sign", payload=claims | {"exp": SECONDS - 3_600}, header={"typ": "JWT"}, key=giver.key)
    assert check(late, giver.did).code == "dates.expired"


def test_a_token_of_jose_by_another_key_or_of_another_kind_is_refused_here(other: OtherSide) -> None:
    giver = ecdsa_giver("P-256", 0x5EED256)
    document = credential(giver.signer)
    strange = other.ask("jws-sign", payload=document, header={"typ": "vc+jwt", "kid": giver.key["id"]}, key=HOLDER.key)
    assert check(strange, giver.did).code == "altered"
    own = {"typ": "vc+jwt", "jwk": HOLDER.jwk}
    assert check(other.ask("jws-sign", payload=document, header=own, key=HOLDER.key), giver.did).code == "altered"
    access = other.ask("jws-sign", payload=document, header={"typ": "at+jwt"}, key=giver.key)
    assert check(access, giver.did).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("giver", GIVERS)
def test_our_tokens_are_good_in_jose_and_altered_ones_are_not(other: OtherSide, giver: Giver) -> None:
    document = credential(giver.signer)
    token = jose.sign(payload=strict_json.dumps(document), signer=giver.signer, header={"typ": "vc+jwt"}).decode()
    assert other.ask("jws-verify", token=token, key=giver.key, typ="vc+jwt", now=AT) == document
    for alter in ALTERATIONS.values():
        with pytest.raises(Refused, match="ERR_JWS_SIGNATURE_VERIFICATION_FAILED"):
            other.ask("jws-verify", token=alter(token), key=giver.key, typ="vc+jwt", now=AT)


@pytest.mark.parametrize("giver", GIVERS)
def test_presentations_of_jose_answer_what_we_asked(other: OtherSide, giver: Giver) -> None:
    inside = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": "data:application/vc+jwt,"
        + other.ask("jws-sign", payload=credential(), header={"typ": "vc+jwt"}, key=ed25519_giver(COLLEGE.seed).key),
    }
    payload = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": giver.did,
        "verifiableCredential": [inside, signed()],
        "nonce": ASKED.nonce,
        "aud": ASKED.audience,
    }
    token = other.ask("jws-sign", payload=payload, header={"typ": "vp+jwt", "kid": giver.key["id"]}, key=giver.key)
    report = check(token, COLLEGE.did, asked=ASKED)
    assert report.verdict is Verdict.GOOD, report.summary()
    assert [part.verdict for part in report.parts] == [Verdict.GOOD, Verdict.GOOD]
    assert check(token, COLLEGE.did, asked=Asked("nonce-2", ASKED.audience)).code == "holder.other"
    assert check(token, COLLEGE.did, asked=Asked(ASKED.nonce, "https://another.example")).code == "holder.other"
    assert check(with_other_signature(token), COLLEGE.did, asked=ASKED).code == "holder.other"


# ---- SD-JWT VC ----

FRAME = {"_sd": ["given_name", "family_name", "level"], "address": {"_sd": ["city"]}, "machines": {"_sd": [0, 1, 2]}}
DISCLOSABLE: list[tuple[str | int, ...]] = [
    ("given_name",), ("family_name",), ("level",), ("address", "city"), ("machines", 0), ("machines", 1), ("machines", 2),
]  # fmt: skip


def claims_of(giver: Giver, **more: Any) -> Json:
    return {
        "iss": giver.did,
        "vct": "https://college.example/types/forklift_operator",
        "nbf": SECONDS - 100,
        "exp": SECONDS + 100_000,
        "given_name": "Rosa",
        "family_name": "Delgado",
        "level": 3,
        "address": {"city": "Salina", "country": "US"},
        "machines": ["forklift", "reach truck", "höhenläufer 😀"],
        "cnf": {"jwk": HOLDER.jwk},
    } | more


def held_there(other: OtherSide, giver: Giver, **more: Any) -> str:
    token: str = other.ask(
        "sdjwt-issue", claims=claims_of(giver, **more), frame=FRAME, header={"kid": giver.key["id"]}, key=giver.key
    )
    return token


def shown_there(other: OtherSide, token: str, **binding: Any) -> str:
    frame = {"given_name": True, "address": {"city": True}, "machines": {"2": True}}
    shown: str = other.ask("sdjwt-present", token=token, frame=frame, holder=HOLDER.key, binding=BINDING | binding)
    return shown


def held_here(giver: Giver, **more: Any) -> bytes:
    header = {"typ": "dc+sd-jwt", "kid": giver.key["id"]}
    return sd_jwt_making.issue(claims=claims_of(giver, **more), disclosable=DISCLOSABLE, signer=giver.signer, header=header)


def shown_here(held: bytes) -> str:
    binding = sd_jwt_making.Binding(HOLDER.signer, ASKED.audience, ASKED.nonce, NOW - timedelta(seconds=5))
    return sd_jwt_making.present(held, shown=[("given_name",), ("address", "city"), ("machines", 2)], binding=binding).decode()


def change_shown(token: str) -> str:
    """Another given name in the disclosure; the digest that was signed no longer fits."""
    core, *shown, binding = token.split("~")
    for place, one in enumerate(shown):
        value = json.loads(_decoded(one))
        if value[-1] == "Rosa":
            shown[place] = _encoded(json.dumps([*value[:-1], "Rita"]).encode())
    return "~".join([core, *shown, binding])


def leave_one_out(token: str) -> str:
    core, _, rest = token.partition("~")
    return f"{core}~{rest.partition('~')[2]}"


@pytest.mark.parametrize("giver", GIVERS)
def test_theirs_are_good_here_whole_in_part_and_bound(other: OtherSide, giver: Giver) -> None:
    held = held_there(other, giver)
    report = check(held, giver.did)
    assert report.verdict is Verdict.GOOD, report.summary()
    assert sd_jwt.parse(held.encode()).claims == claims_of(giver)
    assert check(held).code == "issuer.unknown"
    shown = shown_there(other, held)
    report = check(shown, giver.did, asked=ASKED)
    assert report.verdict is Verdict.GOOD, report.summary()
    assert report.finding("holder") is not None
    claims = sd_jwt.parse(shown.encode()).claims
    assert (claims["given_name"], claims["machines"], "family_name" in claims) == ("Rosa", ["höhenläufer 😀"], False)


@pytest.mark.parametrize("giver", GIVERS)
def test_altered_ones_of_theirs_are_refused_here(other: OtherSide, giver: Giver) -> None:
    held = held_there(other, giver)
    shown = shown_there(other, held)
    core, mark, rest = shown.partition("~")
    later = with_part(core, 1, lambda claims: claims.update(exp=SECONDS + 10**8))
    assert check(later + mark + rest, giver.did, asked=ASKED).code == "altered"
    assert check(with_other_signature(core) + mark + rest, giver.did, asked=ASKED).code == "altered"
    assert check(with_other_signature(shown), giver.did, asked=ASKED).code == "holder.other"
    assert check(leave_one_out(shown), giver.did, asked=ASKED).code == "holder.other"
    assert check(held, giver.did, asked=ASKED).code == "holder.other"
    for changed in (change_shown(held), change_shown(shown)):
        report = check(changed, giver.did)
        assert report.verdict is Verdict.BAD
        assert "sdjwt.unused" in {finding.code for finding in report.findings}


def test_disclosures_inside_disclosures_and_decoys_of_theirs_are_read_here(other: OtherSide) -> None:
    giver = ecdsa_giver("P-256", 0x5EED256)
    frame = {"_sd": ["address", "given_name"], "_sd_decoy": 3, "address": {"_sd": ["city"]}}
    held = other.ask("sdjwt-issue", claims=claims_of(giver), frame=frame, header={"kid": giver.key["id"]}, key=giver.key)
    assert sd_jwt.parse(held.encode()).claims == claims_of(giver)
    for wanted, address in (
        ({"address": {"city": True}}, {"city": "Salina", "country": "US"}),
        ({"address": True}, {"country": "US"}),
    ):
        shown = other.ask("sdjwt-present", token=held, frame=wanted, holder=HOLDER.key, binding=BINDING)
        assert sd_jwt.parse(shown.encode()).claims["address"] == address
        report = check(shown, giver.did, asked=ASKED)
        assert report.verdict is Verdict.GOOD, report.summary()


@pytest.mark.parametrize(
    "wrong", [{"nonce": "nonce-2"}, {"aud": "https://another.example"}, {"iat": SECONDS - 3_600}, {"iat": SECONDS + 3_600}]
)
def test_an_answer_to_another_question_is_refused_here(other: OtherSide, wrong: Json) -> None:
    giver = ecdsa_giver("P-256", 0x5EED256)
    shown = shown_there(other, held_there(other, giver), **wrong)
    assert check(shown, giver.did, asked=ASKED).code == "holder.other"


@pytest.mark.parametrize("giver", GIVERS)
def test_ours_are_good_there_and_altered_ones_are_not(other: OtherSide, giver: Giver) -> None:
    held = held_here(giver)
    assert other.ask("sdjwt-verify", token=held.decode(), key=giver.key, now=AT)["payload"] == claims_of(giver)
    shown = shown_here(held)
    said = other.ask("sdjwt-verify", token=shown, key=giver.key, now=AT, nonce=ASKED.nonce)
    assert said["payload"] == sd_jwt.parse(shown.encode()).claims
    assert said["kb"]["payload"]["aud"] == ASKED.audience
    # And what we made, they can take further.
    assert check(shown_there(other, held.decode()), giver.did, asked=ASKED).verdict is Verdict.GOOD
    core, mark, rest = shown.partition("~")
    refused = {
        with_part(core, 1, lambda claims: claims.update(level=4)) + mark + rest: "Invalid JWT Signature",
        with_other_signature(core) + mark + rest: "Invalid JWT Signature",
        with_other_signature(shown): "Invalid JWT Signature",
        leave_one_out(shown): "Invalid sd_hash",
    }
    for altered, reason in refused.items():
        with pytest.raises(Refused, match=reason):
            other.ask("sdjwt-verify", token=altered, key=giver.key, now=AT, nonce=ASKED.nonce)
    with pytest.raises(Refused, match="Invalid Nonce"):
        other.ask("sdjwt-verify", token=shown, key=giver.key, now=AT, nonce="nonce-2")


# ---- Token Status List ----

LIST_CLAIMS = {"sub": LIST_URL, "iat": SECONDS - 60, "exp": SECONDS + 3_600, "ttl": 900}


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize(("cancelled", "code"), [([], "good"), ([41, 43], "good"), ([42], "status.cancelled")])
def test_their_token_status_list_is_read_here(other: OtherSide, bits: int, cancelled: list[int], code: str) -> None:
    giver = ecdsa_giver("P-256", 0x5EED256)
    values = [int(index in cancelled) for index in range(1_000)]
    made = other.ask("token-list", values=values, bits=bits, claims=LIST_CLAIMS | {"iss": giver.did})
    page = other.ask("jws-sign", payload=made["payload"], header=made["header"] | {"kid": giver.key["id"]}, key=giver.key)
    held = held_there(other, giver, status=token_status_list.entry(list_url=LIST_URL, index=42))
    report = check(held, giver.did, pages={LIST_URL: page.encode()})
    assert report.code == code, report.summary()
    assert check(held, giver.did, pages={LIST_URL: with_other_signature(page).encode()}).code == "status.unknown"


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_our_token_status_list_is_read_there(other: OtherSide, size: int) -> None:
    giver = ecdsa_giver("P-256", 0x5EED256)
    held = held_here(giver, status=token_status_list.entry(list_url=LIST_URL, index=42)).decode()
    for cancelled in (41, 42):
        lst = token_status_list.pack(values={cancelled: 1}, size=size, length=1_000)
        payload = strict_json.dumps(LIST_CLAIMS | {"status_list": {"bits": size, "lst": lst}})
        page = jose.sign(payload=payload, signer=giver.signer, header={"typ": token_status_list.JWT_TYPE}).decode()
        other.ask("learn", documents={LIST_URL: page})
        if cancelled == 42:
            with pytest.raises(Refused, match="Status is not valid"):
                other.ask("sdjwt-verify", token=held, key=giver.key, now=AT)
        else:
            assert other.ask("sdjwt-verify", token=held, key=giver.key, now=AT)["payload"]["given_name"] == "Rosa"
