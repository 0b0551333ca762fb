"""Tokens of which a part is shown. (trustworthy: rule 11; threats 9 and 10; RFC 9901, sections 4 and 7)"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from typing import Any

from credcore.keys import jwk
from credcore.proofs.sd_jwt_disclosures import digest
from tests.core.proofs import NOW, STRANGER
from tests.negative.case import Case
from tests.negative.making import COLLEGE, HOLDER, SUBJECT, Json, b64, credential, dumps, token

HEADER: Json = {"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": COLLEGE.verification_method}
CNF = {"jwk": jwk.encode(HOLDER.key)}
BAD, UNKNOWN, CAREFUL = ("bad",), ("unknown",), ("careful",)
SAID: Json = {
    "iss": COLLEGE.did,
    "vct": "https://college.example/forklift",
    "title": "Forklift",
    "nbf": 1775304000,
    "exp": 1803816000,
    "sub": SUBJECT,
    "cnf": CNF,
}


def part(*values: Any) -> bytes:
    """A disclosure with a fixed salt."""
    return b64(dumps(["c2FsdA", *values]))


def handed(claims: Json, *parts: bytes, header: Json = HEADER, binding: bytes = b"") -> bytes:
    """Signed by the College, with these parts beside it."""
    return b"~".join([token(header, claims), *parts, binding])


NAME_PART = part("name", "Rosa Delgado")
SHOWN = SAID | {"_sd": [digest(NAME_PART)], "_sd_alg": "sha-256"}
GOOD = handed(SHOWN, NAME_PART)


def cases() -> Iterator[Case]:
    """The twin shows one part, as it should be."""
    yield from _doubled()
    yield from _untied()
    yield from _reserved()
    yield from _hidden()
    yield from _shapes()
    yield from _kinds()
    yield from _holders()
    yield from _json_forms()


def _case(
    name: str, bad: bytes, code: str, verdicts: tuple[str, ...] = UNKNOWN, *, good: bytes = GOOD, rule: str = "3.11, threat 10"
) -> Case:
    return Case(name, rule, bad, good, (code,), ".sd-jwt", verdicts=verdicts)


def _doubled() -> Iterator[Case]:
    mark = digest(NAME_PART)
    yield _case("part-shown-twice", handed(SHOWN, NAME_PART, NAME_PART), "sdjwt.repeated")
    yield _case("digest-twice-in-one-place", handed(SHOWN | {"_sd": [mark, mark]}, NAME_PART), "sdjwt.repeated")
    nested = SHOWN | {"credentialSubject": {"_sd": [mark]}}
    yield _case("digest-twice-at-two-places", handed(nested, NAME_PART), "sdjwt.repeated")
    element = b64(dumps(["c2FsdA", "English"]))
    listed = SHOWN | {"languages": [{"...": digest(element)}]}
    both = listed | {"_sd": [mark, digest(element)]}
    good = handed(listed, NAME_PART, element)
    yield _case("digest-in-an-object-and-in-a-list", handed(both, NAME_PART, element), "sdjwt.repeated", good=good)
    inner = part("address", {"_sd": [mark]})
    again = SHOWN | {"_sd": [mark, digest(inner)]}
    yield _case("digest-again-inside-a-part", handed(again, NAME_PART, inner), "sdjwt.repeated")
    unseen = [digest(b"unseen"), digest(b"unseen")]
    yield _case("digest-of-an-unseen-part-twice", handed(SHOWN | {"_sd": [mark, *unseen]}, NAME_PART), "sdjwt.repeated")


def _untied() -> Iterator[Case]:
    yield _case("part-that-nobody-signed", handed(SHOWN, NAME_PART, part("level", "Trainer")), "sdjwt.unused", BAD)
    yield _case("part-altered", handed(SHOWN, part("name", "Ana Delgado")), "sdjwt.unused", BAD)
    salted = b64(dumps(["YW5vdGhlcg", "name", "Rosa Delgado"]))
    yield _case("part-with-another-salt", handed(SHOWN, salted), "sdjwt.unused", BAD)
    spaced = b64(b'["c2FsdA", "name", "Rosa Delgado"]')
    yield _case("part-written-with-other-spaces", handed(SHOWN, spaced), "sdjwt.unused", BAD)
    yield _case("parts-without-any-digest", handed(SAID, NAME_PART), "sdjwt.unused", BAD)
    title = part("title", "Crane")
    claims = SHOWN | {"_sd": [digest(NAME_PART), digest(title)]}
    yield _case("part-over-a-signed-claim", handed(claims, NAME_PART, title), "sdjwt.overwrites")
    other = part("name", "Ana Delgado")
    claims = SHOWN | {"_sd": [digest(NAME_PART), digest(other)]}
    yield _case("two-parts-of-one-name", handed(claims, NAME_PART, other), "sdjwt.overwrites")


def _reserved() -> Iterator[Case]:
    for name, member in (("sd", "_sd"), ("sd-alg", "_sd_alg"), ("three-dots", "...")):
        extra = part(member, ["x"])
        claims = SHOWN | {"_sd": [digest(NAME_PART), digest(extra)]}
        yield _case(f"part-named-{name}", handed(claims, NAME_PART, extra), "sdjwt.reserved")
    yield _case("three-dots-in-an-object", handed(SHOWN | {"...": "x"}, NAME_PART), "sdjwt.reserved")
    element = b64(dumps(["c2FsdA", "English"]))
    listed = SHOWN | {"languages": [{"...": digest(element)}]}
    good = handed(listed, NAME_PART, element)
    beside = SHOWN | {"languages": [{"...": digest(element), "note": "x"}]}
    yield _case("three-dots-beside-a-member", handed(beside, NAME_PART, element), "sdjwt.reserved", good=good)


def _hidden() -> Iterator[Case]:
    """What decides, as something that its holder may show or keep back."""
    status = {"status_list": {"idx": 1, "uri": "https://college.example/list"}}
    for name in ("iss", "nbf", "exp", "cnf", "vct", "status"):
        hidden = part(name, (SAID | {"status": status})[name])
        claims = {key: value for key, value in SHOWN.items() if key != name}
        bad = handed(claims | {"_sd": [digest(NAME_PART), digest(hidden)]}, NAME_PART, hidden)
        yield _case(f"{name}-as-a-part-to-hide", bad, "sdjwt.disclosed", BAD, rule="3.11")
    whole, header = credential(), HEADER | {"typ": "vc+sd-jwt"}
    for name in ("validUntil", "issuer", "type"):
        hidden = part(name, whole[name])
        bad = handed({k: v for k, v in whole.items() if k != name} | {"_sd": [digest(hidden)]}, hidden, header=header)
        good = handed(whole, header=header)
        yield _case(f"{name.lower()}-of-a-credential-as-a-part-to-hide", bad, "sdjwt.disclosed", BAD, good=good, rule="3.11")
    for name, value in (("exp", 1_795_000_000), ("status", status)):
        hidden = part(name, value)
        bad, good = (handed(said, *shown, header=header) for said, shown in (
            (whole | {"_sd": [digest(hidden)]}, [hidden]),
            (whole, []),
        ))  # fmt: skip
        yield _case(f"{name}-beside-a-credential-as-a-part-to-hide", bad, "sdjwt.disclosed", BAD, good=good, rule="3.11")


def _tied(extra: bytes) -> bytes:
    """With one more part, whose digest is signed."""
    return handed(SHOWN | {"_sd": [digest(NAME_PART), digest(extra)]}, NAME_PART, extra)


def _shapes() -> Iterator[Case]:
    good = _tied(part("note", "x"))
    for name, text, code in (
        ("of-four", dumps(["s", "note", "x", "y"]), "sdjwt.malformed"),
        ("of-one", dumps(["s"]), "sdjwt.malformed"),
        ("with-a-number-for-a-name", dumps(["s", 7, "x"]), "sdjwt.malformed"),
        ("with-a-number-for-a-salt", dumps([7, "note", "x"]), "sdjwt.malformed"),
        ("that-is-an-object", dumps({"note": "x"}), "sdjwt.malformed"),
        ("of-a-list-in-an-object", dumps(["s", "x"]), "sdjwt.malformed"),
        ("with-a-key-twice", b'["s","note",{"a":1,"a":2}]', "json.duplicate_key"),
        ("with-no-number", b'["s","note",NaN]', "json.bad_number"),
        ("with-half-a-character", rb'["s","note","\ud83d"]', "json.bad_text"),
        ("that-is-no-json", b"note", "json.not_json"),
    ):
        yield _case(f"part-{name}", _tied(b64(text)), code, good=good)
    loose = b64(dumps(["s", "note", "xy"]))
    assert len(loose) % 4
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place = letters.index(loose[-1:]) + 1
    yield _case(
        "part-with-bits-that-are-not-read", _tied(loose[:-1] + letters[place : place + 1]), "sdjwt.malformed", good=good
    )
    yield _case("part-that-is-empty", handed(SHOWN, NAME_PART, b""), "json.not_json")
    member = part("language", "English")
    element = b64(dumps(["c2FsdA", "English"]))
    listed = SHOWN | {"languages": [{"...": digest(element)}]}
    bad = handed(SHOWN | {"languages": [{"...": digest(member)}]}, NAME_PART, member)
    yield _case("part-of-an-object-in-a-list", bad, "sdjwt.malformed", good=handed(listed, NAME_PART, element))
    yield _case("digests-that-are-no-list", handed(SHOWN | {"_sd": digest(NAME_PART)}, NAME_PART), "sdjwt.malformed")
    yield _case("digest-that-is-no-text", handed(SHOWN | {"_sd": [digest(NAME_PART), 7]}, NAME_PART), "sdjwt.malformed")
    many = [part(f"n{number}", 1) for number in range(1_001)]
    yield _many("parts-over-a-thousand", many, "sdjwt.too_many", good=many[:20])
    yield _deep()


def _many(name: str, parts: list[bytes], code: str, *, good: list[bytes]) -> Case:
    bad, twin = (handed(SAID | {"_sd": [digest(one) for one in some]}, *some) for some in (parts, good))
    return _case(name, bad, code, good=twin, rule="3.11, threat 17")


def _deep() -> Case:
    """Each part holds the digest of the next, so that no one of them is deep."""

    def chain(length: int) -> bytes:
        parts = [part("n", 1)]
        for _ in range(length):
            parts.append(part("n", {"_sd": [digest(parts[-1])]}))
        return handed(SAID | {"_sd": [digest(parts[-1])]}, *parts)

    return _case("parts-inside-parts-40-deep", chain(40), "json.too_deep", good=chain(10), rule="3.11, threat 17")


def _kinds() -> Iterator[Case]:
    for name, value in (("sha-512", "sha-512"), ("md5", "md5"), ("in-capitals", "SHA-256"), ("that-is-no-text", 256)):
        yield _case(f"hash-{name}", handed(SHOWN | {"_sd_alg": value}, NAME_PART), "sdjwt.hash", rule="3.11")
    for typ in ("jwt", "kb+jwt", "statuslist+jwt"):
        bad = handed(SHOWN, NAME_PART, header=HEADER | {"typ": typ})
        yield _case(f"sd-jwt-with-typ-{typ.replace('+', '-')}", bad, "jose.type", BAD, rule="3.11, threat 25")
    untyped = {name: value for name, value in HEADER.items() if name != "typ"}
    yield _case("sd-jwt-without-typ", handed(SHOWN, NAME_PART, header=untyped), "jose.type", BAD, rule="3.11")
    for name, value in (("is-a-number", 7), ("is-empty", "")):
        yield _case(f"vct-{name}", handed(SHOWN | {"vct": value}, NAME_PART), "format.no_type", rule="3.11")
    unnamed = {name: value for name, value in SHOWN.items() if name != "vct"}
    yield _case("vct-left-out", handed(unnamed, NAME_PART), "format.unsupported", rule="3.11")
    forged = b"~".join([token(HEADER, SHOWN, sign=STRANGER.sign), NAME_PART, b""])
    yield _case("sd-jwt-signed-by-a-stranger", forged, "proof.mismatch", BAD, rule="3.4, threat 4")
    yield _case("sd-jwt-over", handed(SHOWN | {"exp": 1777809600}, NAME_PART), "dates.expired", BAD, rule="3.9")
    yield _case("sd-jwt-not-begun", handed(SHOWN | {"nbf": 1778068800}, NAME_PART), "dates.not_yet", BAD, rule="3.9")
    yield _case("sd-jwt-without-its-last-tilde", GOOD[:-1], "jose.malformed")
    yield _case("sd-jwt-of-alg-none", _renamed("none"), "jose.algorithm", rule="3.3, threat 2")
    bare = token({name: value for name, value in HEADER.items() if name != "kid"} | {"crit": ["b64"]}, SHOWN)
    yield _case("sd-jwt-with-crit", b"~".join([bare, NAME_PART, b""]), "jose.crit", rule="3.3, threat 2")


def _renamed(algorithm: str) -> bytes:
    return handed(SHOWN, NAME_PART, header=HEADER | {"alg": algorithm})


SAYS: Json = {"iat": int(NOW.timestamp()) - 60, "aud": "https://works.example", "nonce": "n-0S6"}


def _bound(
    *, presented: bytes = GOOD, over: bytes | None = None, typ: str = "kb+jwt", alg: str = "ES256",
    sign: Callable[[bytes], bytes] = HOLDER.sign, **said: Any,
) -> bytes:  # fmt: skip
    claims = SAYS | {"sd_hash": digest(presented if over is None else over)} | said
    claims = {name: value for name, value in claims.items() if value is not None}
    return presented + token({"alg": alg, "typ": typ}, claims, sign=sign)


def _holders() -> Iterator[Case]:
    """Who hands it over: the holder's own token behind the last tilde."""
    good = _bound()

    def holder(name: str, bad: bytes, code: str, verdicts: tuple[str, ...] = CAREFUL, *, twin: bytes = good) -> Case:
        return _case(f"holder-{name}", bad, code, verdicts, good=twin, rule="3.11, threat 9")

    yield holder("is-a-stranger", _bound(alg="EdDSA", sign=STRANGER.sign), "jose.key_mismatch")
    yield holder("has-another-signature", _bound(sign=lambda message: HOLDER.sign(message + b".")), "proof.mismatch")
    yield holder("typ-is-another", _bound(typ="JWT"), "jose.type")
    yield holder("signed-other-parts", _bound(over=handed(SHOWN)), "sdjwt.other_presentation")
    kept = good.rpartition(b"~")[2]
    yield holder("parts-taken-away-afterwards", handed(SHOWN, binding=kept), "sdjwt.other_presentation")
    for name in ("aud", "nonce", "sd_hash", "iat"):
        yield holder(f"says-no-{name.replace('_', '-')}", _bound(**{name: None}), "sdjwt.key_binding")
    yield holder("names-several-readers", _bound(aud=["https://works.example"]), "sdjwt.key_binding")
    yield holder("day-is-a-text", _bound(iat="2026-05-04"), "sdjwt.key_binding")
    yield holder("signs-tomorrow", _bound(iat=SAYS["iat"] + 86_400), "sdjwt.time")
    unbound = {name: value for name, value in SHOWN.items() if name != "cnf"}
    yield holder("has-no-key-in-the-proof", _bound(presented=handed(unbound, NAME_PART)), "sdjwt.no_holder_key")
    named = SHOWN | {"cnf": {"kid": "did:example:rosa#1"}}
    yield holder("has-a-key-that-is-only-named", _bound(presented=handed(named, NAME_PART)), "key.unsupported")
    private = SHOWN | {"cnf": {"jwk": CNF["jwk"] | {"d": "AQ"}}}
    yield holder("has-a-secret-key-in-the-proof", _bound(presented=handed(private, NAME_PART)), "key.malformed")
    yield holder("signs-with-alg-none", _bound(alg="none"), "jose.algorithm", UNKNOWN)
    secret = dumps(CNF["jwk"])
    forged = _bound(alg="HS256", sign=lambda message: hmac.digest(secret, message, "sha256"))
    yield holder("signs-with-the-public-key-as-password", forged, "jose.algorithm", UNKNOWN)


def _json_forms() -> Iterator[Case]:
    protected, payload, signature = (one.decode() for one in token(HEADER, SHOWN).split(b"."))
    form: Json = {"payload": payload, "protected": protected, "signature": signature}
    good = dumps(form | {"header": {"disclosures": [NAME_PART.decode()]}})
    for name, header, code in (
        ("parts-as-one-text", {"disclosures": NAME_PART.decode()}, "sdjwt.malformed"),
        ("part-as-a-list", {"disclosures": [["s", "name", "Rosa Delgado"]]}, "sdjwt.malformed"),
        ("part-twice", {"disclosures": [NAME_PART.decode()] * 2}, "sdjwt.repeated"),
        ("holder-as-an-object", {"disclosures": [NAME_PART.decode()], "kb_jwt": {}}, "sdjwt.malformed"),
    ):
        yield Case(f"sd-jwt-in-json-with-{name}", "3.11", dumps(form | {"header": header}), good, (code,), verdicts=UNKNOWN)
