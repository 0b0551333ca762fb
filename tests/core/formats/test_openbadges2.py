"""Open Badges 2.0, 1.1, 1.0 and 0.5: which is which, what people see, and who may publish."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.errors import CredcoreError, MalformedError
from credcore.formats import openbadges2
from credcore.formats.openbadges2_hosting import (
    Verification,
    is_hosted_by,
    origin,
    revocation_reason,
    same_origin,
    secure,
    verification,
)

WHO = {"type": "email", "hashed": True, "salt": "s", "identity": "sha256$aa"}
ISSUER = {"id": "https://college.example/issuer.json", "name": "Prairie Valley College", "url": "https://college.example"}
BADGE = {"id": "https://college.example/b.json", "name": "Forklift", "description": "Drove.", "criteria": "https://c.example",
         "issuer": ISSUER}  # fmt: skip
V2 = {
    "@context": openbadges2.V2,
    "type": "Assertion",
    "id": "https://college.example/a.json",
    "recipient": WHO,
    "badge": BADGE,
}
V1 = V2 | {"@context": openbadges2.V1, "uid": "7", "verify": {"type": "hosted", "url": "https://college.example/a.json"}}
OLD = {
    "uid": "7",
    "recipient": WHO,
    "badge": "https://college.example/b.json",
    "verify": {"type": "signed", "url": "https://k"},
}
OLDEST = {
    "recipient": "sha256$aa",
    "salt": "s",
    "badge": {"name": "Forklift", "issuer": {"origin": "https://college.example"}},
}


@pytest.mark.parametrize(("document", "version"), [
    (V2, "2.0"), (V2 | {"@context": [openbadges2.V2, "https://more.example"]}, "2.0"), (V1, "1.1"), (OLD, "1.0"),
    (OLDEST, "1.0"), (V2 | {"type": ["Assertion", "Extension"]}, "2.0"),
    (V2 | {"type": "BadgeClass"}, ""), (V2 | {"@context": "https://w3id.org/openbadges/v9"}, ""),
    (OLD | {"verify": None}, ""), (OLD | {"@context": None}, ""), ({"recipient": "x"}, ""), ({}, ""),
])  # fmt: skip
def test_versions(document: dict[str, Any], version: str) -> None:
    assert openbadges2.version(document) == version
    assert openbadges2.recognises(document) is bool(version)


def test_what_people_see() -> None:
    more = {"issuedOn": "2026-01-02", "expires": 1798761600, "narrative": "Well done.", "@language": "en",
            "evidence": ["https://e.example", {"narrative": "Stacked."}], "image": {"id": "https://i.example"},
            "extensions:a": {"type": ["Extension", "extensions:A"]}}  # fmt: skip
    seen = openbadges2.parse(V2 | more)
    assert (seen.name, seen.description, seen.criteria, seen.image) == (
        "Forklift",
        "Drove.",
        "https://c.example",
        "https://i.example",
    )
    assert seen.issuer.id == ISSUER["id"] and seen.issuer.name == ISSUER["name"] and seen.format == "Open Badges 2.0"
    assert (seen.valid_from, seen.valid_until) == (datetime(2026, 1, 2, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert seen.evidence == ("Well done.", "Stacked.") and seen.language == "en"
    assert seen.types == ("Assertion", "extensions:a")


@pytest.mark.parametrize(("recipient", "name"), [
    (WHO, ""), (WHO | {"hashed": "true"}, ""), (WHO | {"hashed": False}, ""), ("sha256$aa", ""),
    ({"type": "email", "hashed": False, "identity": "rosa@example.com"}, "rosa@example.com"),
    ({"type": "name", "identity": "Rosa Delgado"}, "Rosa Delgado"), ("rosa@example.com", "rosa@example.com"),
])  # fmt: skip
def test_a_hash_names_nobody(recipient: Any, name: str) -> None:
    assert openbadges2.parse(V2 | {"recipient": recipient}).subject.name == name


@pytest.mark.parametrize(("value", "moment"), [
    ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    ("2026-01-02T03:04Z", datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),
    ("2026-01-02T03:04+01:00", datetime(2026, 1, 2, 2, 4, tzinfo=UTC)), ("2026-01-02", datetime(2026, 1, 2, tzinfo=UTC)),
    (1767323045, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)), ("1767323045", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    (0, datetime(1970, 1, 1, tzinfo=UTC)), (None, None),
])  # fmt: skip
def test_dates(value: Any, moment: datetime | None) -> None:
    assert openbadges2.moment(value) == moment


@pytest.mark.parametrize("value", ["", "soon", "2026-13-01", 1e300, -(10**15), True, [], {}, "2026-01-02T03", "٢٠٢٦-٠١-٠٢"])
def test_dates_that_are_none(value: Any) -> None:
    with pytest.raises(MalformedError) as caught:
        openbadges2.moment(value)
    assert caught.value.code == "dates.malformed"


@pytest.mark.parametrize(("document", "asked"), [
    (V2 | {"verification": {"type": "hosted"}}, Verification("hosted", url=V2["id"])),
    (V2 | {"verification": {"type": ["HostedBadge"]}}, Verification("hosted", url=V2["id"])),
    (V2 | {"verification": {"type": "SignedBadge", "creator": "https://k"}}, Verification("signed", creator="https://k")),
    (V2 | {"verification": {"type": "signed"}}, Verification("signed")),
    (OLD, Verification("signed", creator="https://k")),
    (OLDEST | {"verify": {"type": "hosted", "url": "https://a"}}, Verification("hosted", url="https://a")),
    (V2, Verification("")), (V2 | {"verification": {"type": "trustMe"}}, Verification("")),
])  # fmt: skip
def test_how_it_wants_to_be_verified(document: dict[str, Any], asked: Verification) -> None:
    assert verification(document) == asked


HERE = "https://college.example/a/1.json"


@pytest.mark.parametrize(("rules", "url", "fits"), [
    ({}, HERE, True), ({}, "http://college.example/a", True), ({}, "https://www.college.example/a", False),
    ({}, "https://college.example:8443/a", False), ({}, "https://college.example@stranger.example/a", False),
    ({"allowedOrigins": "badges.example"}, "https://badges.example/a", True),
    ({"allowedOrigins": ["a.example", "https://badges.example"]}, "https://badges.example/a", True),
    ({"allowedOrigins": "badges.example"}, HERE, False),
    ({"startsWith": "https://college.example/a/"}, HERE, True),
    ({"startsWith": ["https://x.example/", "https://college.example/a"]}, HERE, True),
    ({"startsWith": "https://college.example/b/"}, HERE, False),
    ({"startsWith": "https://college.example"}, "https://college.example.stranger.example/a", False),
    ({"startsWith": "https://college.example/a/"}, "https://college.example/a/../evil.json", False),
    ({"startsWith": "https://college.example/a/"}, "https://college.example/a/%2e%2e/evil.json", False),
    ({"startsWith": "https://badges.example/college/"}, "https://badges.example/college/1", True),
    ({"startsWith": "https://badges.example/", "allowedOrigins": "college.example"}, "https://badges.example/1", False),
    ({}, "mailto:rosa@example.com", False), ({}, "https://[", False), ({}, "", False),
])  # fmt: skip
def test_where_a_giver_lets_its_badges_be(rules: dict[str, Any], url: str, fits: bool) -> None:
    assert is_hosted_by(ISSUER | {"verification": rules}, url=url) is fits


def test_a_giver_without_an_address_lets_none_be() -> None:
    assert not is_hosted_by({"id": "urn:uuid:1"}, url=HERE) and not is_hosted_by({}, url="")
    assert origin("https://A.example:443/x") == "a.example" and secure("HTTP://a.example") == "https://a.example"
    assert not same_origin("", other="")


@pytest.mark.parametrize(("revocations", "reason"), [
    ({"revokedAssertions": ["a"]}, ""), ({"revokedAssertions": [{"id": "a", "revocationReason": "Left."}]}, "Left."),
    ({"revokedAssertions": [{"uid": "7"}]}, ""), ({"7": "Mistake."}, "Mistake."),
    ({"revokedAssertions": ["b", {"id": "c"}, {}, 7, None]}, None), ({"8": "x"}, None), ({}, None),
    ({"revokedAssertions": [{"id": ""}, ""]}, None),
])  # fmt: skip
def test_lists_of_cancelled_ones(revocations: dict[str, Any], reason: str | None) -> None:
    assert revocation_reason(revocations, names=("a", "7", "")) == reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "issuer", "origin"]), inner),
    max_leaves=8,
)
NAMES = ["recipient", "badge", "verify", "verification", "issuedOn", "expires", "evidence", "image", "salt", "id", "extension"]


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_nothing_but_our_errors_leaves(document: dict[str, Any]) -> None:
    for base in (V2, V1, {}):
        try:
            openbadges2.parse(base | document)
            verification(base | document)
        except CredcoreError:
            continue
        openbadges2.recognises(base | document)
