"""The reason that is told is the real one: whose signature, whose key, which day. And whoever writes a name writes no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest

from credcore.codec import moments, strict_json
from credcore.keys.ed25519 import LocalSigner
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Explanation, Report, Verdict, check_item, explain
from credcore.verify.printed import printed
from credcore.verify.report import Finding, Outcome
from tests.core.proofs import COLLEGE, NOW, STRANGER, verifier
from tests.negative.making import NAME, credential, dumps, secured_bytes, token

HOLDER = LocalSigner(b"\x09" * 32)


def look(data: bytes, **more: Any) -> Report:
    (report,) = check_item(data, verifier=verifier(**more), now=NOW)
    return report


def said(data: bytes, language: str = "en", **more: Any) -> str:
    return explain(look(data, **more), language=language).sentence


def hand_over(*inside: Any, holder: str = HOLDER.did, **more: Any) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"], "holder": holder,
        "verifiableCredential": list(inside), **more,
    }  # fmt: skip


def given() -> Any:
    return strict_json.loads(secured_bytes(credential()))


def signed_by(signer: LocalSigner, document: Any, *, kid: str = HOLDER.verification_method) -> bytes:
    return token({"alg": "EdDSA", "typ": "vp+jwt", "kid": kid}, document, sign=signer.sign)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (signed_by(HOLDER, hand_over(given())), "good", "This is genuine and in date."),
        (signed_by(STRANGER, hand_over(given())), "holder.broken", "was changed or signed by someone else"),
        (
            signed_by(STRANGER, hand_over(given()), kid=STRANGER.verification_method),
            "holder.broken",
            "was changed or signed by someone else",
        ),
        (signed_by(HOLDER, hand_over(given(), exp=1_700_000_000)), "holder.late", "was made for another time"),
        (signed_by(HOLDER, hand_over(given(), holder="did:web:silent.example")), "holder.unsure", "couldn’t tell who signed"),
    ],
)
def test_what_is_wrong_with_the_packet_is_not_said_of_the_giver(data: bytes, code: str, words: str) -> None:
    """And a signer whom nobody could ask is not called somebody else."""
    report = look(data)
    assert report.code == code, report.summary()
    assert words in explain(report).sentence
    assert NAME not in explain(report).sentence or code == "good"


def test_a_wrapping_in_a_wrapping_is_opened() -> None:
    report = look(dumps(hand_over(hand_over(given()))))
    assert (report.code, report.credential is not None) == ("good", True)
    both = check_item(dumps(hand_over(hand_over(given()), credential())), verifier=verifier(), now=NOW)
    assert [one.code for one in both] == ["good", "unsigned"]


LISTED = TrustList("", (TrustEntry(COLLEGE.did, NAME),))
NAMELESS = {"iss": COLLEGE.did, "vct": "https://college.example/forklift", "name": "Rosa Delgado"}


def sd_jwt(claims: dict[str, Any]) -> bytes:
    return token({"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": COLLEGE.verification_method}, claims) + b"~"


def test_a_giver_that_prints_no_name_goes_by_the_one_on_the_list() -> None:
    assert said(sd_jwt(NAMELESS), trust=(LISTED,)) == (
        "This is genuine and in date. Prairie Valley College gave it to Rosa Delgado. Nothing has been changed."
    )
    blank = secured_bytes(credential(issuer={"id": COLLEGE.did, "name": " \u200b\u202e"}))
    assert look(blank, trust=(LISTED,)).code == "good"


def test_an_identifier_is_never_read_out() -> None:
    for language, words in (("en", "Genuine signature, but the giver is"), ("es", "auténtica, pero quien lo dio no está")):
        told = explain(look(sd_jwt(NAMELESS), trust=()), language=language)
        assert words in told.sentence
        assert "did:" not in " ".join([told.sentence, *(line.text for line in told.lines)])
    cancelled = Finding("status", "status.cancelled", Outcome.FAILED, state="status.cancelled")
    report = look(sd_jwt(NAMELESS), trust=())
    assert explain(Report((cancelled, *report.findings), NOW, credential=report.credential)).sentence == (
        "The giver has cancelled this. It no longer counts."
    )


def test_a_giver_on_a_site_goes_by_its_site() -> None:
    unsigned = dumps(credential("did:web:college.example:givers:1", issuer={"id": "did:web:college.example:givers:1"}))
    told = explain(look(unsigned))
    assert told.lines[1].text == "It names college.example. We can’t tell whether they made it"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Rosa Delgado", "Rosa Delgado"),
        ("Rosa\n\nDelgado\t\u2028 ", "Rosa Delgado"),
        ("\u202eodagleD asoR\u202c", "odagleD asoR"),
        ("\u2066Rosa\u2069 \u200fDelgado\u00ad", "Rosa Delgado"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("A" * 500, "A" * 119 + "…"),
        ("\u200b" * 10_000 + "late", ""),
    ],
)
def test_a_name_is_one_line_and_turns_nothing_around(name: str, shown: str) -> None:
    assert printed(name) == shown
    report = look(secured_bytes(credential(credentialSubject={"id": "urn:x:1", "name": name})))
    told = explain(report)
    assert f"gave it to {shown or 'someone who is not named'} on 4 April 2026." in told.sentence
    assert told.lines[3].text == explain_person(shown)


def explain_person(shown: str) -> str:
    return "Only you can tell. See the question below" if shown else "It does not name a person"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(hours=3), "it expired on 4 May 2026, less than a day ago."),
        (timedelta(days=1, hours=3), "it expired on 3 May 2026, 1 day ago."),
        (timedelta(days=9), "it expired on 25 April 2026, 9 days ago."),
    ],
)
def test_how_long_ago(before: timedelta, words: str) -> None:
    assert words in said(secured_bytes(credential(validUntil=moments.iso(NOW - before))))


def test_nothing_is_said_of_a_day_that_is_not_there() -> None:
    told = said(secured_bytes(credential(validFrom=None)))
    assert told == "This is genuine and in date. Prairie Valley College gave it to Rosa Delgado. Nothing has been changed."


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", Verdict.GOOD),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", Verdict.BAD),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", Verdict.BAD),
    ],
)
def test_the_first_and_the_last_day_of_the_calendar_can_be_told_everywhere(start: str, end: str, verdict: Verdict) -> None:
    """Programs write them for “always”; the hours between zones lead beyond the calendar."""
    report = look(secured_bytes(credential(validFrom=start, validUntil=end)))
    assert report.verdict is verdict
    for zone in sorted(available_timezones()):
        assert isinstance(explain(report, zone=ZoneInfo(zone)), Explanation)
    assert (
        verdict is not Verdict.GOOD
        or "until 31 December 9999" in explain(report, zone=ZoneInfo("America/Chicago")).lines[2].text
    )


def test_what_a_page_of_the_giver_says_twice_is_not_said_of_the_file() -> None:
    """Its own sentence is about what was handed over."""
    giver = "did:web:college.example"
    twice = b'{"id":"did:web:college.example","id":"did:web:college.example"}'
    data = token({"alg": "EdDSA", "typ": "vc+jwt", "kid": f"{giver}#1"}, credential(giver))
    report = look(data, pages={"https://college.example/.well-known/did.json": twice})
    assert report.finding("issuer").code == "json.duplicate_key"  # type: ignore[union-attr]
    assert explain(report).sentence.startswith("It is signed, but we can’t tie the signature to")
