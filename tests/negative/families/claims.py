"""What a signed token says about its credential: twice and differently, in the wrong place, or in the wrong form.
(trustworthy: rules 2, 3 and 9; threats 2 and 25)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credcore.formats.vcdm import V1, V2
from tests.negative.case import Case
from tests.negative.making import COLLEGE, FROM, NAME, SUBJECT, Json, credential, token

KID = COLLEGE.verification_method
LOOSE: Json = {"alg": "EdDSA", "typ": "JWT", "kid": KID}
STRICT: Json = {"alg": "EdDSA", "typ": "vc+jwt", "kid": KID}
STARTS, ENDS = 1775304000, 1803816000  # FROM and UNTIL as numbers
BAD, UNKNOWN = ("bad",), ("unknown",)
ID = "urn:uuid:6c54b12a-9b0f-4f1c-9a53-444444444444"


def cases() -> Iterator[Case]:
    """All of them are signed by the College: no signature can find the fault."""
    yield from _said_twice()
    yield from _dates()
    yield from _mixed_up()
    yield from _no_giver()


def old(**more: Any) -> Json:
    """The claims of a token of the data model 1.1, with the credential in `vc`."""
    inner: Json = {
        "@context": [V1],
        "type": ["VerifiableCredential"],
        "issuer": {"id": COLLEGE.did, "name": NAME},
        "issuanceDate": FROM,
        "credentialSubject": {"id": SUBJECT, "name": "Rosa Delgado"},
    }
    return {"iss": COLLEGE.did, "sub": SUBJECT, "jti": ID, "nbf": STARTS, "exp": ENDS, "vc": inner} | more


def _case(
    name: str,
    bad: Json,
    code: str,
    verdicts: tuple[str, ...] = UNKNOWN,
    *,
    good: Json,
    header: Json = LOOSE,
    rule: str = "3.2",
) -> Case:
    return Case(name, rule, token(header, bad), token(header, good), (code,), ".jwt", verdicts=verdicts)


def _said_twice() -> Iterator[Case]:
    good, other = old(), "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"
    inner = good["vc"]
    whole = credential() | {"iss": COLLEGE.did, "sub": SUBJECT, "jti": ID}
    for name, claim in (("giver", {"iss": other}), ("receiver", {"sub": other}), ("number", {"jti": "urn:uuid:other"})):
        changed = {**inner, "id": ID} if name == "number" else inner
        twin = old(vc=changed)
        yield _case(f"vc-claim-and-token-name-another-{name}", twin | claim, "jose.claims_differ", good=twin)
        yield _case(
            f"credential-and-token-name-another-{name}", whole | claim, "jose.claims_differ", good=whole, header=STRICT
        )
    two = [{"id": SUBJECT, "name": "Rosa Delgado"}, {"id": other, "name": "Ana"}]
    unsaid = {name: value for name, value in good.items() if name != "sub"}
    bad = {**good, "vc": {**inner, "credentialSubject": two}}
    yield _case("one-receiver-in-the-token-and-two-inside", bad, "jose.claims_differ", good={**unsaid, "vc": bad["vc"]})
    early = {**good, "nbf": STARTS - 86_400}
    yield _case("token-starts-earlier-than-vc-claim-says", early, "jose.claims_differ", good=good)
    ended = {**good, "vc": {**inner, "expirationDate": "2026-05-05T00:00:00Z"}}
    right = {**ended, "exp": 1777939200}
    yield _case("token-ends-later-than-vc-claim-says", ended, "jose.claims_differ", good=right)
    for name in ("iss", "sub", "jti"):
        yield _case(f"{name}-is-a-number", {**good, name: 7}, "jose.malformed", good=good, rule="3.3")


def _dates() -> Iterator[Case]:
    good = old()
    for name, value in (
        ("as-text", "2027-02-28T12:00:00Z"),
        ("as-a-number-in-a-text", str(ENDS)),
        ("true", True),
        ("a-list", [ENDS]),
        ("beyond-the-year-9999", 10**15),
    ):
        yield _case(f"exp-{name}", {**good, "exp": value}, "dates.malformed", good=good, rule="3.9")
    yield _case("nbf-as-text", {**good, "nbf": FROM}, "dates.malformed", good=good, rule="3.9")
    yield _case("token-over", {**good, "exp": 1777894000}, "dates.expired", BAD, good=good, rule="3.9")
    later = {name: value for name, value in good.items() if name != "nbf"}
    late = {**good["vc"], "issuanceDate": "2026-05-05T12:00:00Z"}
    yield _case("token-not-begun", {**later, "vc": late}, "dates.not_yet", BAD, good=later, rule="3.9")
    whole = credential()
    narrow = whole | {"exp": ENDS - 3600}
    yield _case(
        "token-over-before-its-credential",
        whole | {"exp": 1777809600},
        "dates.expired",
        BAD,
        good=narrow,
        header=STRICT,
        rule="3.9",
    )
    begun = whole | {"nbf": STARTS + 3600}
    yield _case(
        "token-begins-after-its-credential",
        whole | {"nbf": 1778068800},
        "dates.not_yet",
        BAD,
        good=begun,
        header=STRICT,
        rule="3.9",
    )
    for name, value in (
        ("without-a-time", "2027-02-28"),
        ("as-a-number", ENDS),
        ("of-the-31st-of-april", "2027-04-31T00:00:00Z"),
    ):
        bad = credential(validUntil=value)
        yield _case(f"signed-end-{name}", bad, "dates.malformed", good=whole, header=STRICT, rule="3.9")


def _mixed_up() -> Iterator[Case]:
    good = old()
    inner = good["vc"]
    handed = {"@context": [V1], "type": ["VerifiablePresentation"], "verifiableCredential": []}
    whole = credential()
    yield _case("vc-and-vp-in-one-token", {**good, "vp": handed}, "jose.malformed", good=good, rule="3.7")
    bad = {name: value for name, value in good.items() if name != "vc"} | {"vp": inner}
    yield _case("credential-under-vp", bad, "jose.malformed", good=good, rule="3.7")
    yield _case("presentation-under-vc", {**good, "vc": handed}, "jose.malformed", good=good, rule="3.7")
    yield _case("vc-claim-is-a-list", {**good, "vc": [inner]}, "jose.malformed", good=good)
    yield _case("vc-claim-is-a-token", {**good, "vc": token(LOOSE, good).decode()}, "jose.malformed", good=good)
    yield _case("vc-claim-beside-a-credential", {**whole, "vc": inner}, "jose.malformed", good=whole, header=LOOSE)
    yield Case(
        "vc-claim-under-the-newer-typ", "3.3, threat 25", token(STRICT, good), token(LOOSE, good), ("jose.type",), ".jwt",
        verdicts=UNKNOWN,
    )  # fmt: skip
    presentation = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": COLLEGE.did, "verifiableCredential": []}
    yield _case("presentation-under-the-typ-of-credentials", presentation, "jose.type", good=whole, header=STRICT, rule="3.7")
    for name, bad in (("claims-of-a-sign-in", {"iss": COLLEGE.did, "sub": SUBJECT, "exp": ENDS}), ("nothing", {})):
        yield _case(f"token-with-{name}", bad, "format.unsupported", good=whole, header=STRICT)
    for name, context, code, verdicts in (
        ("of-the-tokens-owner", {"name": "urn:x:n"}, "context.inline", BAD),
        ("that-nobody-knows", "https://college.example/context", "context.unknown", UNKNOWN),
    ):
        bad = credential(**{"@context": [V2, context]})
        rule = "3.6, threat 7"
        yield _case(f"token-with-a-context-{name}", bad, code, verdicts, good=whole, header=STRICT, rule=rule)


def _no_giver() -> Iterator[Case]:
    whole = credential()
    for name, giver, code in (
        ("nobody", None, "issuer.no_keys"),
        ("a-name-alone", {"name": NAME}, "issuer.no_keys"),
        ("a-mail-address", "mailto:office@college.example", "issuer.no_keys"),
        ("a-site-without-tls", "http://college.example", "issuer.no_keys"),
        ("a-kind-of-identifier-that-we-do-not-read", "did:ion:EiClkZMDxPKqC9c", "did.unsupported"),
        ("a-number", 7, "issuer.no_keys"),
        ("two-givers", [{"id": COLLEGE.did}, {"id": "did:web:x.example"}], "issuer.no_keys"),
    ):
        yield _case(f"token-given-by-{name}", credential(issuer=giver), code, good=whole, header=STRICT, rule="3.4")
