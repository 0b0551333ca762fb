"""Lists of what was cancelled, as tokens in JSON and CBOR, and 1EdTech's plain lists.
(trustworthy: rules 8 and 14; threats 11, 15)"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from credcore.codec import cbor, multibase
from credcore.status import token_status_list as lists
from tests.core.proofs import NOW, STRANGER
from tests.negative.case import Case
from tests.negative.making import COLLEGE, SUBJECT, Json, b64, credential, dumps, token

PLACE = 7
BAD, CAREFUL = ("bad",), ("careful",)
KID = COLLEGE.verification_method
HEADER: Json = {"alg": "EdDSA", "typ": "statuslist+jwt", "kid": KID}
MADE, ENDS = NOW - timedelta(hours=1), NOW + timedelta(hours=20)


def cases() -> Iterator[Case]:
    """The proof is right, and the list that it names is at fault; or the place in it is."""
    yield from _values()
    yield from _beside_credentials()
    yield from _signed()
    yield from _claims()
    yield from _packing()
    yield from _places()
    yield from _cbor()
    yield from _plain()


def url_of(name: str) -> str:
    return f"https://college.example/tokens/{name}"


def claims_of(name: str, *, value: int = 0, size: int = 2) -> Json:
    """The claims of a list in which our place has this value."""
    return lists.build(
        list_url=url_of(name), values={PLACE: value}, size=size, length=1024, issued_at=MADE, expires_at=ENDS, ttl_s=43_200
    )


SAID: Json = {
    "iss": COLLEGE.did, "vct": "https://college.example/forklift", "nbf": 1775304000, "exp": 1803816000,
    "sub": SUBJECT, "name": "Rosa Delgado",
}  # fmt: skip


def proof(status: object) -> bytes:
    """An SD-JWT VC without parts to hide."""
    return token({"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": KID}, SAID | {"status": status}) + b"~"


def _listed(
    name: str, page: bytes, code: str, verdicts: tuple[str, ...] = CAREFUL, *, rule: str = "3.8, threat 11",
    good: bytes | None = None,
) -> Case:  # fmt: skip
    url = url_of(name)
    asks = proof(lists.entry(list_url=url, index=PLACE))
    clear = token(HEADER, claims_of(name)) if good is None else good
    return Case(name, rule, asks, asks, (code,), ".sd-jwt", {url: page}, {url: clear}, verdicts)


def _values() -> Iterator[Case]:
    for name, value, code, verdicts in (
        ("value-1-for-cancelled", 1, "status.cancelled", BAD),
        ("value-2-for-paused", 2, "status.paused", BAD),
        ("value-3-of-their-own", 3, "status.other_purpose", CAREFUL),
    ):
        yield _listed(name, token(HEADER, claims_of(name, value=value)), code, verdicts)


def _beside_credentials() -> Iterator[Case]:
    """Tokens of W3C credentials can name a list, too: beside the credential, or among its members."""
    whole = credential()
    claim = {"iss": COLLEGE.did, "vc": whole}
    sd_jwt = HEADER | {"typ": "vc+sd-jwt"}
    for name, header, said, end in (
        ("beside-a-credential", HEADER | {"typ": "vc+jwt"}, whole, b""),
        ("beside-a-vc-claim", HEADER | {"typ": "JWT"}, claim, b""),
        ("beside-a-credential-with-parts-to-hide", sd_jwt, whole, b"~"),
        ("among-two-ways-to-cancel", HEADER | {"typ": "dc+sd-jwt"}, SAID | {"credentialStatus": []}, b"~"),
    ):
        url = url_of(name)
        asks = token(header, said | {"status": lists.entry(list_url=url, index=PLACE)}) + end
        pages = {url: token(HEADER, claims_of(name, value=1))}
        clear = {url: token(HEADER, claims_of(name))}
        suffix = ".sd-jwt" if end else ".jwt"
        yield Case(f"cancelled-{name}", "3.8, threat 11", asks, asks, ("status.cancelled",), suffix, pages, clear, BAD)
    other = token(HEADER | {"typ": "dc+sd-jwt"}, SAID | {"status": lists.entry(list_url=url, index=PLACE)}) + b"~"
    both = token(
        HEADER | {"typ": "dc+sd-jwt"},
        SAID | {"status": lists.entry(list_url=url, index=PLACE), "credentialStatus": {"type": "Unknown"}},
    )
    name = "cancelled-in-a-way-that-we-do-not-read-beside-one-that-we-do"
    yield Case(name, "3.8, threat 11", both + b"~", other, ("status.unsupported",), ".sd-jwt", clear, verdicts=CAREFUL)
    differs = token(HEADER | {"typ": "JWT"}, claim | {"vc": whole | {"status": {}}, "status": {"status_list": {}}})
    yield Case(
        "status-beside-a-vc-claim-with-another-inside", "3.8", differs, token(HEADER | {"typ": "JWT"}, claim),
        ("jose.claims_differ",), ".jwt",
    )  # fmt: skip


def _signed() -> Iterator[Case]:
    for name, header, signer in (
        ("token-list-by-a-stranger", HEADER | {"kid": STRANGER.verification_method}, STRANGER),
        ("token-list-by-a-stranger-under-the-givers-kid", HEADER, STRANGER),
        ("token-list-under-another-givers-kid", HEADER | {"kid": STRANGER.verification_method}, COLLEGE),
        ("token-list-of-another-kind-of-key", HEADER | {"alg": "ES256"}, COLLEGE),
    ):
        yield _listed(name, token(header, claims_of(name), sign=signer.sign), "status.list_unverified")
    name = "token-list-with-its-values-taken-back"
    head, _, signature = token(HEADER, claims_of(name, value=1)).split(b".")
    yield _listed(name, b".".join([head, b64(dumps(claims_of(name))), signature]), "status.list_unverified")
    for name, header, code in (
        ("token-list-of-alg-none", HEADER | {"alg": "none"}, "jose.algorithm"),
        ("token-list-with-crit", HEADER | {"crit": ["ttl"]}, "jose.crit"),
        ("token-list-with-the-typ-of-a-credential", HEADER | {"typ": "vc+jwt"}, "status.malformed"),
        ("token-list-with-the-typ-jwt", HEADER | {"typ": "JWT"}, "status.malformed"),
        ("token-list-without-typ", {"alg": "EdDSA", "kid": KID}, "status.malformed"),
        ("token-list-with-typ-as-a-list", HEADER | {"typ": ["statuslist+jwt"]}, "status.malformed"),
    ):
        yield _listed(name, token(header, claims_of(name)), code)
    name = "token-list-without-a-signature"
    yield _listed(name, token(HEADER, claims_of(name)).rpartition(b".")[0] + b".", "jose.unsigned")
    yield _listed("token-list-that-is-a-web-page", b"<html></html>", "jose.malformed")


def _claims() -> Iterator[Case]:
    day = 86_400
    now = int(NOW.timestamp())
    for name, claims, code in (
        ("of-another-address", {"sub": url_of("elsewhere")}, "status.other_list"),
        ("without-an-address", {"sub": None}, "status.other_list"),
        ("of-another-giver", {"iss": STRANGER.did}, "status.foreign_list"),
        ("over", {"exp": now - day}, "status.list_out_of_date"),
        ("made-tomorrow", {"iat": now + day}, "status.list_out_of_date"),
        ("without-the-day-it-was-made", {"iat": None}, "status.malformed"),
        ("made-on-a-day-in-words", {"iat": "2026-05-04"}, "status.malformed"),
        ("with-an-end-in-words", {"exp": "2026-05-05"}, "status.malformed"),
        ("with-no-values", {"status_list": None}, "status.malformed"),
        ("with-values-that-are-a-text", {"status_list": "AAAA"}, "status.malformed"),
    ):
        name = f"token-list-{name}"
        changed = {key: value for key, value in (claims_of(name) | claims).items() if value is not None}
        yield _listed(name, token(HEADER, changed), code, rule="3.8, 3.9, threat 11")
    name = "token-list-with-a-claim-twice"
    doubled = dumps(claims_of(name))[:-1] + b',"ttl":1}'
    yield _listed(name, token(HEADER, doubled), "json.duplicate_key")


def _packing() -> Iterator[Case]:
    right = zlib.compress(bytes(256))
    for name, data, code, rule in (
        ("cut-off", right[:-5], "status.malformed", "3.14"),
        ("with-a-wrong-checksum", right[:-1] + bytes([right[-1] ^ 1]), "status.malformed", "3.14"),
        ("followed-by-something-else", right + b"more", "status.malformed", "3.14"),
        ("in-gzip", gzip.compress(bytes(256), mtime=0), "status.malformed", "3.14"),
        ("not-packed", bytes(256), "status.malformed", "3.14"),
        ("of-4-mib", zlib.compress(bytes(4 * 2**20), level=9), "status.malformed", "3.14, threat 15"),
        ("too-few", zlib.compress(b"\0"), "status.index", "3.8"),
    ):
        name = f"values-{name}"
        packed = {"bits": 2, "lst": b64(data).decode()}
        yield _listed(name, token(HEADER, claims_of(name) | {"status_list": packed}), code, rule=f"{rule}, threat 11")
    packed = b64(right).decode()
    for name, value, code in (
        ("values-of-three-bits", {"bits": 3, "lst": packed}, "status.malformed"),
        ("values-of-16-bits", {"bits": 16, "lst": packed}, "status.malformed"),
        ("values-of-true-bits", {"bits": True, "lst": packed}, "status.malformed"),
        ("values-without-their-size", {"lst": packed}, "status.malformed"),
        ("values-that-are-a-number", {"bits": 2, "lst": 0}, "status.malformed"),
        ("values-padded", {"bits": 2, "lst": packed + "="}, "multibase.bad"),
    ):
        yield _listed(name, token(HEADER, claims_of(name) | {"status_list": value}), code)


def _places() -> Iterator[Case]:
    for name, status, code in (
        ("in-words", {"status_list": {"idx": "7"}}, "status.entry"),
        ("below-zero", {"status_list": {"idx": -1}}, "status.entry"),
        ("true", {"status_list": {"idx": True}}, "status.entry"),
        ("with-a-fraction", {"status_list": {"idx": 7.5}}, "status.entry"),
        ("beyond-the-values", {"status_list": {"idx": 1024}}, "status.index"),
        ("without-a-list", {"status_list": {"uri": None}}, "status.entry"),
        ("in-a-list-that-is-an-object", {"status_list": {"uri": {}}}, "status.entry"),
    ):
        name = f"value-at-a-place-{name}"
        url = url_of(name)
        right = {"idx": PLACE, "uri": url}
        wrong = {key: value for key, value in (right | status["status_list"]).items() if value is not None}
        bad, good = proof({"status_list": wrong}), proof({"status_list": right})
        yield Case(name, "3.8", bad, good, (code,), ".sd-jwt", {url: token(HEADER, claims_of(name))}, verdicts=CAREFUL)
    pages = {url: token(HEADER, claims_of(name))}
    for name, status, code in (
        ("status-that-is-a-text", url, "status.entry"),
        ("status-of-a-kind-that-we-do-not-read", {"status_assertion": {}}, "status.unsupported"),
        ("status-that-is-empty", {}, "status.unsupported"),
        ("status-list-that-is-a-text", {"status_list": url}, "status.entry"),
        ("status-list-without-tls", {"status_list": right | {"uri": "http://college.example/1"}}, "fetch.bad_url"),
        ("status-list-inside", {"status_list": right | {"uri": "https://192.168.0.1/1"}}, "fetch.private_address"),
        ("status-list-of-nobody", {"status_list": right | {"uri": "https://nobody.college.org/1"}}, "fetch.unreachable"),
    ):
        rule = "3.8, threat 14" if code.startswith("fetch.") else "3.8"
        yield Case(f"token-{name}", rule, proof(status), good, (code,), ".sd-jwt", pages, verdicts=CAREFUL)


def _cwt(
    claims: dict[Any, Any], *, header: Any = None, unprotected: Any = None, tag: bytes = b"\xd2", sign: Any = COLLEGE.sign
) -> bytes:
    protected = cbor.dumps({1: -8, 16: lists.CWT_TYPE} if header is None else header)
    payload = cbor.dumps(claims)
    signature = sign(cbor.dumps(["Signature1", protected, b"", payload]))
    return tag + cbor.dumps([protected, unprotected or {}, payload, signature])


def _in_cbor(name: str, value: int = 0) -> dict[Any, Any]:
    said = claims_of(name, value=value)
    packed = {"bits": 2, "lst": multibase.decode("u" + said["status_list"]["lst"])}
    return {2: said["sub"], 6: said["iat"], 4: said["exp"], 65534: said["ttl"], 65533: packed}


def _cbor() -> Iterator[Case]:
    right = {1: -8, 16: lists.CWT_TYPE}
    for name, more, code in (
        ("by-a-stranger", {"sign": STRANGER.sign}, "status.list_unverified"),
        ("with-crit", {"header": right | {2: [1]}}, "cwt.malformed"),
        ("with-a-shared-secret", {"header": right | {1: 5}}, "proof.unsupported"),
        ("without-alg", {"header": {16: lists.CWT_TYPE}}, "proof.unsupported"),
        ("with-alg-outside-of-what-is-signed", {"unprotected": {1: -8}}, "cwt.malformed"),
        ("of-another-kind-of-key", {"header": right | {1: -7}}, "status.list_unverified"),
        ("with-another-type", {"header": right | {16: "application/cwt"}}, "status.malformed"),
        ("without-a-type", {"header": {1: -8}}, "status.malformed"),
        ("without-its-tag", {"tag": b""}, "jose.malformed"),
        ("for-a-shared-secret", {"tag": b"\xd1"}, "jose.malformed"),
        ("of-many-signatures", {"tag": b"\xd8\x62"}, "cwt.malformed"),
    ):
        name = f"cbor-list-{name}"
        good = _cwt(_in_cbor(name))
        yield _listed(name, _cwt(_in_cbor(name), **more), code, good=good)
    name = "cbor-list-says-cancelled"
    yield _listed(name, _cwt(_in_cbor(name, 1)), "status.cancelled", BAD, good=_cwt(_in_cbor(name)))
    name = "cbor-list-followed-by-something-else"
    yield _listed(name, _cwt(_in_cbor(name)) + b"\0", "cbor.malformed", good=_cwt(_in_cbor(name)))
    name = "cbor-list-cut-off"
    yield _listed(name, _cwt(_in_cbor(name))[:-1], "cbor.malformed", good=_cwt(_in_cbor(name)))
    name = "cbor-list-with-a-claim-by-name"
    yield _listed(name, _cwt(_in_cbor(name) | {"sub": url_of(name)}), "cwt.malformed", good=_cwt(_in_cbor(name)))
    name = "cbor-list-with-a-claim-twice"
    once = _in_cbor(name)
    pair = cbor.dumps(once[6])
    body = cbor.dumps(once)
    doubled = bytes([body[0] + 1]) + body[1:] + b"\x06" + pair
    protected = cbor.dumps(right)
    signature = COLLEGE.sign(cbor.dumps(["Signature1", protected, b"", doubled]))
    page = b"\xd2" + cbor.dumps([protected, {}, doubled, signature])
    yield _listed(name, page, "cbor.malformed", good=_cwt(once))


def _plain() -> Iterator[Case]:
    """Not signed: the address in the proof speaks for them, so they must name themselves and their giver."""
    ours = credential()["id"]
    for name, change, code, verdicts in (
        ("names-it", {"revokedCredentials": [{"id": ours, "revoked": True}]}, "status.cancelled", BAD),
        ("names-it-without-a-word", {"revokedCredentials": [{"id": ours}]}, "status.cancelled", BAD),
        (
            "names-it-under-the-older-name",
            {"revokedCredential": [{"id": ours}], "revokedCredentials": None},
            "status.cancelled",
            BAD,
        ),
        ("of-another-giver", {"issuer": STRANGER.did}, "status.foreign_list", CAREFUL),
        ("of-another-address", {"id": url_of("elsewhere")}, "status.other_list", CAREFUL),
        ("without-a-giver", {"issuer": None}, "status.malformed", CAREFUL),
        ("without-an-address", {"id": None}, "status.malformed", CAREFUL),
        ("without-a-list", {"revokedCredentials": None}, "status.malformed", CAREFUL),
        ("with-two-lists", {"revokedCredential": []}, "status.malformed", CAREFUL),
        ("with-an-entry-that-is-a-text", {"revokedCredentials": [ours]}, "status.malformed", CAREFUL),
        ("with-an-entry-without-a-name", {"revokedCredentials": [{"revoked": True}]}, "status.malformed", CAREFUL),
        (
            "with-an-entry-that-is-perhaps-so",
            {"revokedCredentials": [{"id": ours, "revoked": "no"}]},
            "status.malformed",
            CAREFUL,
        ),
    ):
        name = f"plain-list-{name}"
        url = url_of(name)
        clear: Json = {"id": url, "issuer": COLLEGE.did, "revokedCredentials": [{"id": "urn:uuid:other", "revoked": True}]}
        wrong = {key: value for key, value in (clear | change).items() if value is not None}
        asks = _asking(url)
        yield Case(name, "3.8, threat 11", asks, asks, (code,), ".jwt", {url: dumps(wrong)}, {url: dumps(clear)}, verdicts)
    nameless = _asking(url, id=None)
    yield Case("plain-list-for-a-proof-without-a-number", "3.8", nameless, asks, ("status.malformed",), ".jwt",
               {url: dumps(clear)}, verdicts=CAREFUL)  # fmt: skip


def _asking(url: str, **more: Any) -> bytes:
    status = {"id": url, "type": "1EdTechRevocationList"}
    return token({"alg": "EdDSA", "typ": "vc+jwt", "kid": KID}, credential(credentialStatus=status, **more))
