"""Open Badges 2.0 and 1.1: what the giver's site says, and whose keys sign. (trustworthy: rules 2, 3, 4 and 8)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from credcore.codec import jose as framing
from credcore.formats import openbadges2
from credcore.proofs import jose
from credcore.trust import TrustEntry
from tests.core.proofs import as_bytes
from tests.negative.case import Case
from tests.negative.making import EC_SIGNER, RSA_KEY, SHORT_RSA_KEY, rs256
from tests.negative.twins import COLLEGE_256, Json

NAME = "Prairie Valley College"
HOME, AWAY, LOOKALIKE = "https://college.org/", "https://stranger.org/", "https://college.org.stranger.org/"
GIVERS = (TrustEntry(HOME + "issuer.json", NAME),)
BAD, UNKNOWN, CAREFUL = ("bad",), ("unknown",), ("careful",)
DIFFERS, ELSEWHERE, UNREADABLE, GONE = "hosted.differs", "hosted.other_origin", "hosted.unreadable", "fetch.unreachable"
PERSON = {"type": "email", "hashed": False, "identity": "rosa@example.com"}


def cases() -> Iterator[Case]:
    yield from _altered()
    yield from _site()
    yield from _places()
    yield from _signed()
    yield from _keys()
    yield from _older()


def assertion(**more: Any) -> Json:
    """A hosted assertion; `None` takes a member away."""
    made = {
        "@context": openbadges2.V2, "type": "Assertion", "id": HOME + "a/1.json", "recipient": PERSON,
        "issuedOn": "2026-01-02T03:04:05Z", "expires": "2027-01-02T03:04:05Z",
        "evidence": [{"narrative": "Stacked to four metres."}], "badge": HOME + "badge.json",
        "verification": {"type": "hosted"},
    } | more  # fmt: skip
    return {name: value for name, value in made.items() if value is not None}


def profile(**more: Any) -> Json:
    return {
        "@context": openbadges2.V2, "type": "Issuer", "id": HOME + "issuer.json", "name": NAME, "url": HOME,
        "publicKey": HOME + "key.json", "revocationList": HOME + "revoked.json",
    } | more  # fmt: skip


def badge(**more: Any) -> Json:
    return {
        "@context": openbadges2.V2, "type": "BadgeClass", "id": HOME + "badge.json", "name": "Forklift operator",
        "description": "Drove a loaded truck.", "criteria": {"narrative": "Watched by an evaluator."},
        "issuer": HOME + "issuer.json",
    } | more  # fmt: skip


def pem(key: Any) -> str:
    made: bytes = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return made.decode()


def p256(signer: Any) -> str:
    return pem(ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), signer.public))


def key(text: str, **more: Any) -> Json:
    return {"type": "CryptographicKey", "id": HOME + "key.json", "owner": HOME + "issuer.json", "publicKeyPem": text} | more


def site(**changed: Any) -> dict[str, bytes]:
    """The pages of the giver's site by name without ending. None takes one away; bytes stay as they are."""
    pages = {
        "badge": badge(), "issuer": profile(), "key": key(p256(COLLEGE_256)), "revoked": {"revokedAssertions": []},
        "a/1": assertion(),
    } | changed  # fmt: skip
    return {
        HOME + name + ".json": page if isinstance(page, bytes) else as_bytes(page)
        for name, page in pages.items()
        if page is not None
    }


def _altered() -> Iterator[Case]:
    """The site publishes it otherwise than it was handed over."""
    whole = assertion(badge=badge(issuer=profile()))
    other_person = PERSON | {"identity": "eve@example.com"}
    for name, bad, good in (
        ("hosted-receiver-altered", assertion(recipient=other_person), assertion()),
        ("hosted-salt-added", assertion(recipient=PERSON | {"salt": "x"}), assertion()),
        ("hosted-day-moved", assertion(issuedOn="2025-01-02T03:04:05Z"), assertion()),
        ("hosted-end-moved", assertion(expires="2037-01-02T03:04:05Z"), assertion()),
        ("hosted-end-taken-out", assertion(expires=None), assertion()),
        ("hosted-evidence-altered", assertion(evidence=[{"narrative": "Stacked to forty metres."}]), assertion()),
        ("hosted-badge-swapped", assertion(badge=HOME + "crane.json"), assertion()),
        ("hosted-badge-inside-altered", assertion(badge=badge(name="Crane operator", issuer=profile())), whole),
        ("hosted-criteria-inside-altered", assertion(badge=badge(criteria=HOME + "easy.html", issuer=profile())), whole),
        ("hosted-giver-inside-altered", assertion(badge=badge(issuer=profile(name="The Great University"))), whole),
        ("hosted-giver-inside-swapped", assertion(badge=badge(issuer=profile(id=AWAY + "issuer.json"))), whole),
    ):
        pages = site(crane=badge(name="Crane operator"))
        yield Case(name, "3.2", as_bytes(bad), as_bytes(good), (DIFFERS,), pages=pages, verdicts=BAD)


def _site() -> Iterator[Case]:
    """The same badge; only the site changes."""
    ended, later = "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"
    revoked = {"id": HOME + "a/1.json", "type": "Assertion", "revoked": True, "revocationReason": "Given by mistake"}
    for name, rule, changed, code, verdicts in (
        ("hosted-cancelled", "3.8", {"a/1": revoked}, "status.cancelled", BAD),
        ("hosted-cancelled-in-a-text", "3.8", {"a/1": assertion(revoked="true")}, "status.cancelled", BAD),
        ("hosted-perhaps-cancelled", "3.8", {"a/1": assertion(revoked="yes")}, "status.malformed", CAREFUL),
        ("hosted-not-there", "3.1", {"a/1": None}, GONE, UNKNOWN),
        ("hosted-page-in-its-place", "3.1", {"a/1": b"<!doctype html><title>Moved</title>"}, UNREADABLE, UNKNOWN),
        ("hosted-list-in-its-place", "3.1", {"a/1": b"[]"}, UNREADABLE, UNKNOWN),
        ("hosted-giver-in-its-place", "3.1", {"a/1": profile()}, UNREADABLE, UNKNOWN),
        ("hosted-with-names-twice", "3.2", {"a/1": b'{"type":"Assertion","type":"X"}'}, UNREADABLE, UNKNOWN),
        ("hosted-badge-not-there", "3.1", {"badge": None}, GONE, UNKNOWN),
        ("hosted-badge-is-a-giver", "3.1", {"badge": profile()}, UNREADABLE, UNKNOWN),
        ("hosted-badge-without-a-giver", "3.4", {"badge": badge(issuer=None)}, "hosted.no_address", UNKNOWN),
        ("hosted-giver-not-there", "3.4", {"issuer": None}, GONE, UNKNOWN),
        ("hosted-giver-of-another-name", "3.10", {"issuer": profile(name="Prairie College")}, "trust.name_differs", CAREFUL),
    ):  # fmt: skip
        handed = as_bytes(assertion())
        yield Case(name, rule, handed, handed, (code,), pages=site(**changed), good_pages=site(), verdicts=verdicts)
    for name, changed_dates, code, verdicts in (
        ("hosted-and-ended", {"expires": ended}, "dates.expired", BAD),
        ("hosted-and-not-begun", {"issuedOn": later}, "dates.not_yet", BAD),
        ("hosted-and-reversed", {"expires": "2025-12-31T00:00:00Z"}, "dates.reversed", UNKNOWN),
    ):
        made = assertion(**changed_dates)
        pages = site(**{"a/1": made})
        yield Case(
            name, "3.9", as_bytes(made), as_bytes(assertion()), (code,), pages=pages, good_pages=site(), verdicts=verdicts
        )


def _places() -> Iterator[Case]:
    """Who may publish for this giver: only its own host, or where its own profile says."""
    below = {"startsWith": HOME + "a/"}
    lie = profile(verification={"allowedOrigins": ["stranger.org"]})
    twin = as_bytes(assertion())
    for name, rules, address, inside in (
        ("hosted-by-a-stranger", None, AWAY + "a/1.json", None),
        ("hosted-by-a-stranger-with-a-profile-of-its-own", None, AWAY + "a/1.json", lie),
        ("hosted-by-a-look-alike", None, LOOKALIKE + "a/1.json", None),
        ("hosted-by-a-look-alike-of-the-allowed-start", {"startsWith": HOME[:-1]}, LOOKALIKE + "a/1.json", None),
        ("hosted-outside-the-allowed-start", below, HOME + "b/1.json", None),
        ("hosted-outside-the-allowed-start-by-climbing", below, HOME + "a/../b/1.json", None),
        ("hosted-outside-the-allowed-hosts", {"allowedOrigins": ["college.org"]}, "https://files.college.org/1.json", None),
        ("hosted-at-another-port", {"allowedOrigins": ["college.org"]}, "https://college.org:8443/a/1.json", None),
    ):
        made = assertion(id=address, badge=HOME + "badge.json" if inside is None else badge(issuer=inside))
        pages = site(issuer=profile(**({} if rules is None else {"verification": rules})))
        pages[address] = as_bytes(made)
        yield Case(name, "3.4, threat 13", as_bytes(made), twin, (ELSEWHERE,), pages=pages, verdicts=BAD)
    plain = as_bytes(assertion(id="http://college.org/a/1.json"))
    yield Case("hosted-without-tls", "3.4", plain, twin, ("fetch.bad_url",), pages=site(), verdicts=UNKNOWN)
    nowhere = as_bytes(assertion(id=None))
    yield Case("hosted-nowhere", "threat 8", nowhere, twin, ("proof.none",), pages=site(), verdicts=UNKNOWN)


def to_sign(**more: Any) -> Json:
    return assertion(verification={"type": "SignedBadge", "creator": HOME + "key.json"}, **more)


def token(document: Json, signer: Any = COLLEGE_256) -> bytes:
    return jose.sign(payload=as_bytes(document), signer=signer, header={})


def _signed() -> Iterator[Case]:
    """The token changes; the site stays."""
    good = token(to_sign())
    head, _, signature = good.split(b".")
    payload = token(to_sign(recipient=PERSON | {"identity": "eve@example.com"})).split(b".")[1]
    unsecured = framing.compact(header={"alg": "none"}, payload=as_bytes(to_sign()), signature=b"\0")
    secret = framing.compact(header={"alg": "HS256"}, payload=as_bytes(to_sign()), signature=bytes(32))
    for name, rule, bad, code, verdicts in (
        ("badge-token-altered", "threat 5", b".".join((head, payload, signature)), "proof.mismatch", BAD),
        ("badge-token-signed-by-another", "3.4", token(to_sign(), EC_SIGNER), "proof.mismatch", BAD),
        ("badge-token-unsecured", "threat 2", unsecured, "jose.algorithm", UNKNOWN),
        ("badge-token-with-a-shared-secret", "threat 1", secret, "jose.algorithm", UNKNOWN),
        ("badge-token-taken-apart", "threat 8", as_bytes(to_sign()), "proof.none", UNKNOWN),
        ("badge-token-ended", "3.9", token(to_sign(expires="2026-05-01T00:00:00Z")), "dates.expired", BAD),
    ):
        yield Case(name, rule, bad, good, (code,), suffix=".jwt", pages=site(), verdicts=verdicts)
    key_pages = site(key=key(pem(RSA_KEY.public_key())))
    short = rs256_token(SHORT_RSA_KEY)
    pages = site(key=key(pem(SHORT_RSA_KEY.public_key())))
    yield Case(
        "badge-token-with-a-short-key", "3.3", short, rs256_token(RSA_KEY), ("key.malformed",), suffix=".jwt",
        pages=pages, good_pages=key_pages, verdicts=UNKNOWN,
    )  # fmt: skip


def rs256_token(private: rsa.RSAPrivateKey) -> bytes:
    header, payload = {"alg": "RS256"}, as_bytes(to_sign())
    message = framing.signing_input(header=header, payload=payload)
    return framing.compact(header=header, payload=payload, signature=rs256(private)(message))


def _keys() -> Iterator[Case]:
    """The same token; only what the site says of keys and cancelled badges changes."""
    good, own = token(to_sign(uid="7")), p256(COLLEGE_256)
    gone = {"revokedAssertions": [{"id": HOME + "a/1.json", "revocationReason": "Given by mistake"}]}
    for name, rule, changed, code, verdicts in (
        ("badge-key-of-another-owner", "3.4", {"key": key(own, owner=AWAY + "issuer.json")}, "issuer.not_tied", UNKNOWN),
        ("badge-key-not-on-the-profile", "threat 4", {"issuer": profile(publicKey=HOME + "k.json")}, "issuer.other_key", BAD),
        ("badge-key-on-no-profile", "3.4", {"issuer": profile(publicKey=None)}, "issuer.not_tied", UNKNOWN),
        ("badge-key-bare", "3.4", {"key": own.encode()}, "issuer.not_tied", UNKNOWN),
        ("badge-key-replaced", "3.4", {"key": key(p256(EC_SIGNER))}, "proof.mismatch", BAD),
        ("badge-key-of-another-kind", "3.3", {"key": key(pem(RSA_KEY.public_key()))}, "jose.key_mismatch", BAD),
        ("badge-key-that-is-none", "3.3", {"key": key("key")}, "key.malformed", UNKNOWN),
        ("badge-key-not-there", "3.4", {"key": None}, GONE, UNKNOWN),
        ("badge-cancelled-by-id", "threat 11", {"revoked": gone}, "status.cancelled", BAD),
        ("badge-cancelled-by-uid", "threat 11", {"revoked": {"revokedAssertions": [{"uid": "7"}]}}, "status.cancelled", BAD),
        ("badge-cancelled-in-a-bare-list", "threat 11", {"revoked": {"revokedAssertions": [HOME + "a/1.json"]}},
            "status.cancelled", BAD),
        ("badge-list-of-cancelled-not-there", "3.8", {"revoked": None}, GONE, CAREFUL),
        ("badge-list-of-cancelled-is-no-object", "3.8", {"revoked": b"[]"}, "status.malformed", CAREFUL),
    ):  # fmt: skip
        yield Case(name, rule, good, good, (code,), suffix=".jwt", pages=site(**changed), good_pages=site(), verdicts=verdicts)


def _older() -> Iterator[Case]:
    """Version 1.1, whose keys are bare texts on the giver's host, and whose list of cancelled ones is by `uid`."""
    made = {
        "@context": openbadges2.V1, "type": "Assertion", "id": HOME + "a/1.json", "uid": "7", "recipient": PERSON,
        "issuedOn": "2026-01-02T03:04:05Z", "badge": HOME + "badge.json",
        "verify": {"type": "hosted", "url": HOME + "a/1.json"},
    }  # fmt: skip
    pages = site(**{"a/1": made, "key": p256(COLLEGE_256).encode()})
    altered = as_bytes(made | {"recipient": PERSON | {"identity": "eve@example.com"}})
    yield Case("older-badge-altered", "3.2", altered, as_bytes(made), (DIFFERS,), pages=pages, verdicts=BAD)
    good = token(made | {"verify": {"type": "signed", "url": HOME + "key.json"}})
    away = token(made | {"verify": {"type": "signed", "url": AWAY + "key.json"}})
    strange = pages | {AWAY + "key.json": p256(COLLEGE_256).encode()}
    cancelled = pages | {HOME + "revoked.json": as_bytes({"7": "Given by mistake"})}
    yield Case(
        "older-badge-with-a-key-elsewhere", "threat 4", away, good, ("issuer.not_tied",), suffix=".jwt", pages=strange,
        verdicts=UNKNOWN,
    )  # fmt: skip
    yield Case(
        "older-badge-cancelled", "3.8", good, good, ("status.cancelled",), suffix=".jwt", pages=cancelled, good_pages=pages,
        verdicts=BAD,
    )  # fmt: skip
