"""Open Badges 2.0 and 1.x against what their sites answer: each public vector by its name, then each rule with its twin."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.codec import jose, strict_json
from credcore.containers import open_item
from credcore.errors import MalformedError, UnavailableError
from credcore.formats import openbadges2
from credcore.keys import pem
from credcore.ports import Fetched, FetchKind
from credcore.verify import Report, Verifier
from credcore.verify.hosted import look_up
from tests.vectors import vectors

Json = dict[str, Any]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = "https://example.org/"
HOME = "https://college.example/"
REQUIRED = frozenset({"proof", "issuer", "dates", "status"})  # what is asked here; who is on a list is asked elsewhere


class Site:
    """Answers as the guarded fetcher does: https only, and what is not there is gone."""

    def __init__(self, pages: dict[str, bytes], *, down: tuple[str, ...] = (), fetched_at: datetime = NOW) -> None:
        self.pages, self.down, self.fetched_at = pages, down, fetched_at
        self.asked: list[str] = []

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        self.asked.append(url)
        assert kind is FetchKind.STATUS, "an address that forwards elsewhere must not vouch"
        if not url.startswith("https://"):
            raise UnavailableError("fetch.bad_url", url, permanent=True)
        if url in self.down:
            raise UnavailableError("fetch.timeout", url)
        if url not in self.pages:
            raise UnavailableError("fetch.status", "404", permanent=True)
        return Fetched(url, self.pages[url], "application/json", self.fetched_at)


def judged(body: bytes, *, fetch: Site) -> Report:
    return Verifier(fetch=fetch).check(body, now=NOW, required=REQUIRED)


# file → state that heads the report, the code that decides, and why
VECTORS: dict[str, tuple[str, str, str]] = {
    "assertion-with-data-image.json": ("good", "", "the picture is inside instead of linked"),
    "assertion-with-endorsements.json": ("good", "", "endorsements are named by address and change nothing"),
    "assertion-with-extension-node-basic.json": ("signer.unreachable", "fetch.bad_url", "its own address is plain http"),
    "assertion-with-extension-node-invalid.json": ("signer.unreachable", "fetch.bad_url", "its own address is plain http"),
    "assertion-with-multiple-extensions.json": ("signer.unreachable", "fetch.bad_url", "its own address is plain http"),
    "badge-class-with-language.json": ("unsupported", "format.unsupported", "a badge class: nobody got it"),
    "basic-assertion-expired-before-issued.json": ("unreadable", "dates.reversed", "it ends before it starts"),
    "basic-assertion-expired.json": ("dates.expired", "dates.expired", "it ended in 2022"),
    "basic-assertion-in-future.json": ("dates.not_yet", "dates.not_yet", "it starts in 2100"),
    "basic-assertion-invalid-context.json": ("unsupported", "format.unsupported", "an unknown vocabulary"),
    "basic-assertion-invalid-type.json": ("unsupported", "format.unsupported", "not an Assertion"),
    "basic-assertion-no-public-key.json": ("good", "", "a hosted badge needs no key"),
    "basic-assertion-with-allowed-origins-invalid-multiple-starts-with.json": (
        "name.borrowed", "hosted.other_origin", "the giver lets assertions lie in two other places only"),
    "basic-assertion-with-allowed-origins-invalid-starts-with.json": (
        "name.borrowed", "hosted.other_origin", "the giver lets assertions lie in another place only"),
    "basic-assertion-with-allowed-origins-valid-multiple-starts-with.json": ("good", "", "one of two beginnings fits"),
    "basic-assertion-with-allowed-origins-valid-starts-with.json": ("good", "", "the beginning fits"),
    "basic-assertion-with-allowed-origins.json": ("good", "", "the host is one of two"),
    "basic-assertion-with-language.json": ("good", "", "the badge class is in Spanish"),
    "basic-assertion.json": ("good", "", "published as it was handed over"),
    "issuer-compact-iri-validation.json": ("unsupported", "format.unsupported", "a profile: nobody got it"),
    "redirected-validation-subject.json": ("unreadable", "json.not_json", "comments are not JSON"),
    "simple-badge.png": ("good", "", "a hosted assertion in a picture"),
    "simple-not-revoked.jwt": ("good", "", "the giver's list of cancelled ones is empty"),
    "simple-revoked.jwt": ("status.cancelled", "status.cancelled", "it is on the giver's list"),
    "simple.jwt": ("good", "", "signed with the key that the giver's profile names"),
    "warning-issuer-non-http.json": ("good", "", "the profile is known by its address, whatever it calls itself"),
    "warning-with-redirection.json": ("good", "", "the badge class is known by its address, whatever it calls itself"),
    "rdf-validation/badge-class-invalid-issuer-type.json": ("unsupported", "format.unsupported", "a badge class"),
    "rdf-validation/invalid-class.json": ("unsupported", "format.unsupported", "no assertion"),
    "rdf-validation/invalid-empty-type.json": ("unsupported", "format.unsupported", "no assertion"),
    "rdf-validation/invalid-one-invalid-class.json": ("unsupported", "format.unsupported", "no assertion"),
    "rdf-validation/valid-alignment-object.json": ("unsupported", "format.unsupported", "an alignment"),
    "rdf-validation/valid-badge-class-empty-criteria-type.json": ("unsupported", "format.unsupported", "a badge class"),
    "rdf-validation/valid-badge-class.json": ("unsupported", "format.unsupported", "a badge class"),
    "rdf-validation/valid-cool-class.json": ("unsupported", "format.unsupported", "no assertion"),
    "rdf-validation/valid-issuer-extension.json": ("unsupported", "format.unsupported", "a profile"),
}  # fmt: skip


def opened(name: str) -> bytes:
    (found,) = open_item((vectors("one-edtech") / "ob20" / name).read_bytes(), name=name)
    return found.body


def public_site(body: bytes) -> Site:
    """The vectors' assets, and the assertion itself at its own address."""
    pages = {SITE + path.name: path.read_bytes() for path in (vectors("one-edtech") / "ob20/assets").iterdir()}
    if body[:1] == b"{":
        with contextlib.suppress(MalformedError):
            pages[strict_json.loads(body)["id"]] = body
    return Site(pages)


@pytest.mark.parametrize("name", VECTORS)
def test_each_vector_has_the_verdict_that_its_name_implies(name: str) -> None:
    state, code, reason = VECTORS[name]
    body = opened(name)
    report = judged(body, fetch=public_site(body))
    deciding = report.deciding
    assert (report.code, deciding.code if deciding else "") == (state, code), f"{reason}: {report.summary()}"


def test_no_vector_is_left_out() -> None:
    root = vectors("one-edtech") / "ob20"
    there = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.parent.name != "assets"}
    assert there == set(VECTORS)


@pytest.mark.parametrize("name", [name for name, (state, _, _) in VECTORS.items() if state == "good"])
def test_the_altered_copy_of_each_good_vector_is_altered(name: str) -> None:
    body = opened(name)
    site, there = public_site(body), b"sha256$ecf5"
    if body[:1] == b"{":
        altered = body.replace(there, b"sha256$ecf6")
    else:
        token = jose.parse(body)
        payload = token.payload.replace(there, b"sha256$ecf6")
        altered = jose.compact(header=token.header, payload=payload, signature=token.signature)
    assert altered != body
    report = judged(altered, fetch=site)
    assert report.code == "altered", report.summary()


# --- one giver of our own, whose pages each rule changes in one place ---

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem_of(key: rsa.RSAPrivateKey) -> str:
    public = key.public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def assertion(**more: Any) -> Json:
    return {
        "@context": openbadges2.V2,
        "type": "Assertion",
        "id": HOME + "a/1.json",
        "recipient": {"type": "email", "hashed": False, "identity": "rosa@example.com"},
        "issuedOn": "2026-01-02T03:04:05Z",
        "evidence": [{"narrative": "Stacked to four metres."}],
        "badge": HOME + "badge.json",
        "verification": {"type": "hosted"},
    } | more


def profile(**more: Any) -> Json:
    return {
        "@context": openbadges2.V2, "type": "Issuer", "id": HOME + "issuer.json", "name": "Prairie Valley College",
        "url": HOME, "publicKey": HOME + "key.json", "revocationList": HOME + "revoked.json",
    } | more  # fmt: skip


def pages(**changed: Any) -> dict[str, Any]:
    """By file name; `changed` uses names without the ending. None takes a page away."""
    badge = {
        "@context": openbadges2.V2, "type": "BadgeClass", "id": HOME + "badge.json", "name": "Forklift operator",
        "description": "Drove a loaded truck.", "criteria": {"narrative": "Watched by an evaluator."},
        "issuer": HOME + "issuer.json",
    }  # fmt: skip
    key = {"type": "CryptographicKey", "id": HOME + "key.json", "owner": HOME + "issuer.json", "publicKeyPem": pem_of(PRIVATE)}
    made = {"badge": badge, "issuer": profile(), "key": key, "revoked": {"revokedAssertions": []}, "a/1": assertion()}
    made |= changed
    return {HOME + name + ".json": page for name, page in made.items() if page is not None}


def site(**changed: Any) -> Site:
    return Site({url: page if isinstance(page, bytes) else strict_json.dumps(page) for url, page in pages(**changed).items()})


def check(document: Json, *, fetch: Site) -> Report:
    return judged(strict_json.dumps(document), fetch=fetch)


def signed(document: Json, *, key: rsa.RSAPrivateKey = PRIVATE) -> bytes:
    head, payload = {"alg": "RS256"}, strict_json.dumps(document)
    signature = key.sign(jose.signing_input(header=head, payload=payload), padding.PKCS1v15(), hashes.SHA256())
    return jose.compact(header=head, payload=payload, signature=signature)


def to_sign(**more: Any) -> Json:
    return assertion(verification={"type": "SignedBadge", "creator": HOME + "key.json"}) | more


def deciding(report: Report) -> tuple[str, str]:
    return report.code, report.deciding.code if report.deciding else ""


def test_what_the_site_publishes_is_shown() -> None:
    report = check(assertion(), fetch=site())
    assert report.code == "good", report.summary()
    credential = report.credential
    assert credential is not None
    assert credential.name == "Forklift operator" and credential.issuer.name == "Prairie Valley College"
    assert credential.issuer.id == HOME + "issuer.json" and credential.subject.name == "rosa@example.com"
    assert credential.criteria == "Watched by an evaluator." and credential.evidence == ("Stacked to four metres.",)


def test_at_most_four_addresses_are_opened() -> None:
    fetch = site()
    judged(signed(to_sign()), fetch=fetch)
    assert fetch.asked == [HOME + name for name in ("badge.json", "issuer.json", "key.json", "revoked.json")]


EMBEDDED = pages()[HOME + "badge.json"] | {"issuer": profile()}
CHANGES: dict[str, Json] = {
    "recipient": {"recipient": {"type": "email", "hashed": False, "identity": "eve@example.com"}},
    "salt": {"recipient": {"type": "email", "hashed": False, "identity": "rosa@example.com", "salt": "x"}},
    "issuedOn": {"issuedOn": "2026-02-02T03:04:05Z"},
    "expires": {"expires": "2036-01-02T03:04:05Z"},
    "evidence": {"evidence": [{"narrative": "Stacked to forty metres."}]},
    "badge": {"badge": HOME + "other.json"},
    "image": {"image": HOME + "other.png"},
    "badge's name": {"badge": EMBEDDED | {"name": "Crane operator"}},
    "badge's description": {"badge": EMBEDDED | {"description": "Flew a crane."}},
    "badge's criteria": {"badge": EMBEDDED | {"criteria": HOME + "easy.html"}},
    "giver": {"badge": EMBEDDED | {"issuer": "https://stranger.example/issuer.json"}},
    "giver's name": {"badge": EMBEDDED | {"issuer": profile(name="The Great University")}},
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_site_publishes_otherwise_is_altered(change: str) -> None:
    report = check(assertion() | CHANGES[change], fetch=site())
    assert deciding(report) == ("altered", "hosted.differs"), report.summary()


def test_a_copy_with_the_badge_class_inside_is_the_same() -> None:
    assert check(assertion(badge=EMBEDDED), fetch=site()).code == "good"
    assert check(assertion(), fetch=site(**{"a/1": assertion(badge=EMBEDDED)})).code == "good"


def test_a_shown_end_that_was_taken_out_is_altered_and_the_published_one_counts() -> None:
    report = check(assertion(), fetch=site(**{"a/1": assertion(expires="2026-02-01T00:00:00Z")}))
    assert report.code == "altered" and "dates.expired" in [finding.state for finding in report.others]


CANCELLED = ("status.cancelled", "status.cancelled")
GONE: dict[str, tuple[Json, tuple[str, ...], tuple[str, str]]] = {
    "the assertion is gone": ({"a/1": None}, (), ("signer.unreachable", "hosted.gone")),
    "its site is down": ({}, ("a/1",), ("signer.unreachable", "fetch.timeout")),
    "its site answers a page": ({"a/1": b"<!doctype html>"}, (), ("signer.unreachable", "hosted.unreadable")),
    "its site answers a list": ({"a/1": b"[]"}, (), ("signer.unreachable", "hosted.unreadable")),
    "its site answers a profile": ({"a/1": profile()}, (), ("signer.unreachable", "hosted.unreadable")),
    "it is cancelled": (
        {"a/1": {"id": HOME + "a/1.json", "type": "Assertion", "revoked": True}}, (), CANCELLED),
    "the badge class is gone": ({"badge": None}, (), ("signer.unreachable", "fetch.status")),
    "the badge class is a profile": ({"badge": profile()}, (), ("signer.not_tied", "hosted.unreadable")),
    "the giver's site is down": ({}, ("issuer",), ("signer.unreachable", "fetch.timeout")),
    "the giver's profile is no JSON": ({"issuer": b"{"}, (), ("signer.not_tied", "json.not_json")),
    "the badge class names no giver": (
        {"badge": {"type": "BadgeClass", "name": "Forklift operator"}}, (), ("signer.not_tied", "hosted.no_address")),
}  # fmt: skip


@pytest.mark.parametrize("case", GONE)
def test_what_cannot_be_read_is_never_good(case: str) -> None:
    changed, down, expected = GONE[case]
    fetch = site(**changed)
    fetch.down = tuple(HOME + name + ".json" for name in down)
    report = check(assertion(), fetch=fetch)
    assert deciding(report) == expected, report.summary()


def test_a_stranger_cannot_host_a_badge_of_the_college() -> None:
    """Badge class and giver are real; only the assertion lies elsewhere, with a profile inside that allows it."""
    address = "https://stranger.example/a.json"
    lie = profile(verification={"allowedOrigins": ["stranger.example"]})
    for badge in (HOME + "badge.json", EMBEDDED | {"issuer": lie}):
        forged = assertion(id=address, badge=badge)
        fetch = site()
        fetch.pages[address] = strict_json.dumps(forged)
        assert deciding(check(forged, fetch=fetch)) == ("name.borrowed", "hosted.other_origin")
    allowed = site(issuer=lie)
    allowed.pages[address] = strict_json.dumps(assertion(id=address))
    assert check(assertion(id=address), fetch=allowed).code == "good"


def test_a_strange_page_cannot_call_itself_the_college() -> None:
    """A profile is known by the address where it lies, not by the id that it gives itself."""
    away = "https://stranger.example/"
    fetch = site()
    fetch.pages |= {
        away + "a.json": strict_json.dumps(assertion(id=away + "a.json", badge=away + "b.json")),
        away + "b.json": strict_json.dumps({"type": "BadgeClass", "name": "Forklift operator", "issuer": away + "i.json"}),
        away + "i.json": strict_json.dumps(profile(verification={"allowedOrigins": ["stranger.example"]})),
    }
    report = check(assertion(id=away + "a.json", badge=away + "b.json"), fetch=fetch)
    assert report.credential is not None and report.credential.issuer.id == away + "i.json"


def test_a_giver_named_by_http_is_asked_and_known_by_https() -> None:
    badge = pages()[HOME + "badge.json"] | {"issuer": "http://college.example/issuer.json"}
    report = check(assertion(), fetch=site(badge=badge))
    assert report.code == "good" and report.credential is not None
    assert report.credential.issuer.id == HOME + "issuer.json"


def test_an_old_answer_does_not_clear() -> None:
    fetch = site()
    fetch.fetched_at = NOW - timedelta(hours=25)
    assert deciding(check(assertion(), fetch=fetch)) == ("status.unknown", "status.stale")


def test_nothing_signed_and_nowhere_published_is_unsigned() -> None:
    without = assertion()
    del without["id"]
    assert deciding(check(without, fetch=site())) == ("unsigned", "proof.none")
    assert deciding(check(to_sign(), fetch=site())) == ("unsigned", "proof.none")


KEY = pages()[HOME + "key.json"]
SIGNED: dict[str, tuple[Json, Json, tuple[str, str]]] = {
    "all is right": ({}, {}, ("good", "")),
    "the key stands in the profile": ({"issuer": profile(publicKey=KEY)}, {}, ("good", "")),
    "one of two keys": ({"issuer": profile(publicKey=[HOME + "old.json", HOME + "key.json"])}, {}, ("good", "")),
    "only the profile names the key": ({}, {"verification": {"type": "signed"}}, ("good", "")),
    "no list of cancelled ones": ({"issuer": profile(revocationList=None)}, {}, ("good", "")),
    "another key": ({"key": KEY | {"publicKeyPem": pem_of(OTHER)}}, {}, ("altered", "proof.mismatch")),
    "no PEM": ({"key": KEY | {"publicKeyPem": "key"}}, {}, ("signer.not_tied", "key.malformed")),
    "a bare PEM in 2.0": ({"key": pem_of(PRIVATE).encode()}, {}, ("signer.not_tied", "issuer.not_tied")),
    "another owner": ({"key": KEY | {"owner": "https://stranger.example/i.json"}}, {}, ("signer.not_tied", "issuer.not_tied")),
    "the profile names another key": (
        {"issuer": profile(publicKey=HOME + "old.json")}, {}, ("name.borrowed", "issuer.other_key")),
    "the profile names no key": ({"issuer": profile(publicKey=None)}, {}, ("signer.not_tied", "issuer.not_tied")),
    "no key is named at all": (
        {"issuer": profile(publicKey=None)}, {"verification": {"type": "signed"}}, ("signer.not_tied", "hosted.no_key")),
    "the key is gone": ({"key": None}, {}, ("signer.unreachable", "fetch.status")),
    "cancelled by id": (
        {"revoked": {"revokedAssertions": [{"id": HOME + "a/1.json"}]}}, {}, CANCELLED),
    "cancelled by name": ({"revoked": {"revokedAssertions": [HOME + "a/1.json"]}}, {}, CANCELLED),
    "cancelled by uid": (
        {"revoked": {"revokedAssertions": [{"uid": "7"}]}}, {"uid": "7"}, CANCELLED),
    "another one is cancelled": ({"revoked": {"revokedAssertions": [HOME + "a/2.json"]}}, {}, ("good", "")),
    "the list is gone": ({"revoked": None}, {}, ("status.unknown", "fetch.status")),
    "the list is no object": ({"revoked": []}, {}, ("status.unknown", "status.malformed")),
}  # fmt: skip


@pytest.mark.parametrize("case", SIGNED)
def test_signed_badges(case: str) -> None:
    changed, more, expected = SIGNED[case]
    report = judged(signed(to_sign() | more), fetch=site(**changed))
    assert deciding(report) == expected, report.summary()


def test_the_key_that_was_used_is_named() -> None:
    token = jose.parse(signed(to_sign()))
    found = look_up(to_sign(), fetch=site(), now=NOW, token=token)
    assert found.key is not None and found.key == pem.decode(pem_of(PRIVATE).encode())
    gone = look_up(to_sign(), fetch=site(key=None), now=NOW, token=token)
    assert gone.key is None


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8) | st.just(HOME + "a/1.json"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "issuer", "origin", "x"]), inner)
    ),
    max_leaves=6,
)
MEMBERS = ["id", "recipient", "badge", "verification", "verify", "issuedOn", "expires", "evidence", "image", "uid", "revoked"]


@settings(max_examples=150, deadline=None)
@given(handed=st.dictionaries(st.sampled_from(MEMBERS), JUNK), published=st.dictionaries(st.sampled_from(MEMBERS), JUNK))
def test_nothing_but_findings_whatever_both_sides_write(handed: Json, published: Json) -> None:
    document = assertion() | handed
    fetch = site(**{"a/1": assertion() | published, "issuer": profile() | published, "badge": EMBEDDED | published})
    for token in (None, jose.parse(signed(document))):
        found = look_up(document, fetch=fetch, now=NOW, token=token)
        assert found.findings and all(finding.check in ("proof", "issuer", "status") for finding in found.findings)
