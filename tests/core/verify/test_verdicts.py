"""Each state has its verdict, its code and its sentences; what we could not find out is never good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from credcore.errors import VerificationError
from credcore.issue import issue
from credcore.status import bitstring
from credcore.verify import STATES, Policy, Verdict, VerifiedCredential, Verifier, explain
from credcore.verify import sentences as words
from credcore.verify.report import Report
from tests.core.proofs import COLLEGE, LIST_URL, NOW, STRANGER, Answers, as_bytes, credential, signed, status_list, verifier

ENTRY = bitstring.entry(list_url=LIST_URL, index=42)


def check(document: dict, pages: dict[str, bytes] | None = None, **more) -> Report:
    return verifier(pages, **more).check(as_bytes(document), now=NOW)


def test_a_good_proof_is_good_and_says_who_gave_it() -> None:
    report = check(signed())
    assert (report.verdict, report.code) == (Verdict.GOOD, "good")
    assert report.credential is not None
    assert (report.credential.level, report.credential.subject.name) == ("Alone", "Rosa Delgado")
    said = explain(report, language="en")
    assert said.sentence == (
        "This is genuine and in date. Prairie Valley College gave it to Rosa Delgado on 4 April 2026. "
        "Nothing has been changed."
    )
    assert [line.sign for line in said.lines] == ["ok", "ok", "ok", "unk"]
    assert explain(report, language="es").heading == "Todo en orden"


@pytest.mark.parametrize(
    ("document", "pages", "code"),
    [
        (signed(status=ENTRY), {LIST_URL: status_list()}, "good"),
        (signed(status=ENTRY), {LIST_URL: status_list([42])}, "status.cancelled"),
        (signed(status=ENTRY), {LIST_URL: status_list([41, 43])}, "good"),
        (signed(status=ENTRY), {}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: b"<html>"}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: status_list(purpose="suspension")}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: status_list(signer=STRANGER)}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: status_list(url=LIST_URL + "2")}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: status_list(length=32)}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: status_list(now=NOW - timedelta(days=3))}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: status_list([42], now=NOW - timedelta(days=3))}, "status.unknown"),
        (signed(status=ENTRY), {LIST_URL: status_list().replace(b"encodedList", b"encodedLlst")}, "status.unknown"),
        (
            signed(status={**ENTRY, "statusPurpose": "suspension"}),
            {LIST_URL: status_list([42], purpose="suspension")},
            "status.paused",
        ),
        (signed(STRANGER, change=lambda c: c["issuer"].update(name="Somebody")), {}, "issuer.unknown"),
        (signed(STRANGER), {}, "name.borrowed"),
        (signed(change=lambda c: c["issuer"].update(name="Another Name")), {}, "name.differs"),
        (credential(), {}, "unsigned"),
        ({}, {}, "unsupported"),
    ],
)
def test_states(document: dict, pages: dict[str, bytes], code: str) -> None:
    report = check(document, pages)
    assert report.code == code, report.summary()
    assert report.verdict is STATES[code]


REVOCATIONS = {"id": LIST_URL, "type": "1EdTechRevocationList"}
ID = credential()["id"]


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        ({"id": LIST_URL, "issuer": COLLEGE.did, "revokedCredential": []}, "good"),
        ({"id": LIST_URL, "issuer": COLLEGE.did, "revokedCredential": [{"id": ID, "revoked": True}]}, "status.cancelled"),
        ({"id": LIST_URL, "issuer": COLLEGE.did, "revokedCredential": [{"id": ID, "revoked": False}]}, "good"),
        ({"id": LIST_URL, "issuer": STRANGER.did, "revokedCredential": []}, "status.unknown"),
        ({"id": LIST_URL + "2", "issuer": COLLEGE.did, "revokedCredential": []}, "status.unknown"),
        ({"id": LIST_URL, "issuer": COLLEGE.did}, "status.unknown"),
        ([], "status.unknown"),
    ],
)
def test_an_unsigned_list_of_cancelled_proofs(listed: object, code: str) -> None:
    """1EdTechRevocationList: the signed proof names the address, and what is found there must name the giver and itself."""
    extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    document = signed(status=REVOCATIONS, change=lambda made: made["@context"].append(extensions))
    report = check(document, {LIST_URL: as_bytes(listed)})
    assert report.code == code, report.summary()


def test_dates_decide_on_the_day() -> None:
    document = as_bytes(signed(valid_from=NOW, valid_until=NOW + timedelta(days=10)))
    for when, code in (
        (NOW - timedelta(hours=1), "dates.not_yet"),
        (NOW, "good"),
        (NOW + timedelta(days=10), "good"),
        (NOW + timedelta(days=10, minutes=2), "dates.expired"),
        (NOW + timedelta(days=13), "dates.expired"),
    ):
        assert verifier().check(document, now=when).code == code
    said = explain(verifier().check(document, now=NOW + timedelta(days=13)), language="en")
    assert said.sentence == "This is genuine, but it expired on 14 May 2026, 3 days ago. Ask for a newer one."


def test_the_worst_state_gives_the_heading_and_the_rest_is_said_too() -> None:
    document = signed(STRANGER, status=ENTRY, change=lambda c: c["issuer"].update(name="Somebody"))
    report = verifier({LIST_URL: status_list([42], signer=STRANGER)}).check(as_bytes(document), now=NOW + timedelta(minutes=5))
    assert report.code == "status.cancelled"
    assert [finding.state for finding in report.others] == ["issuer.unknown"]
    assert "Do you know them?" in explain(report).also[0]


def test_a_key_that_is_not_the_givers_is_never_good() -> None:
    swapped = signed(STRANGER)
    swapped["issuer"]["id"] = COLLEGE.did
    assert check(swapped).code == "name.borrowed"
    https = credential()
    https["issuer"]["id"] = "https://college.example/issuer"
    report = check(issue(https, signer=COLLEGE, now=NOW))
    assert (report.code, report.verdict) == ("signer.not_tied", Verdict.UNKNOWN)


def test_a_failing_proof_beside_a_good_one_fails() -> None:
    document = signed()
    bad = {**document["proof"], "proofValue": signed(change=lambda c: c.update(name="x"))["proof"]["proofValue"]}
    assert check({**document, "proof": [document["proof"], bad]}).code == "altered"


def test_a_proof_of_an_unknown_kind_beside_a_good_one_is_only_named() -> None:
    document = signed()
    strange = {**document["proof"], "cryptosuite": "future-suite-2031"}
    report = check({**document, "proof": [document["proof"], strange]})
    assert report.code == "good"
    assert explain(report).also == (words.OTHER_PROOF[0],)
    assert check({**document, "proof": strange}).code == "unsupported"


@pytest.mark.parametrize("purpose", ["authentication", "keyAgreement", None])
def test_a_signature_for_another_purpose_does_not_count(purpose: str | None) -> None:
    document = signed()
    document["proof"]["proofPurpose"] = purpose
    assert check(document).verdict is Verdict.BAD


def test_a_term_added_after_signing_is_never_good() -> None:
    for path in ((), ("issuer",), ("credentialSubject",), ("credentialSubject", "achievement"), ("proof",)):
        document = signed()
        place = document
        for key in path:
            place = place[key]
        place["grade"] = "A+"
        assert check(document).code == "altered.uncovered", path


def test_a_stale_list_clears_nothing_but_still_condemns() -> None:
    document = as_bytes(signed(status=ENTRY))
    for cancelled, code in (([], "status.unknown"), ([42], "status.cancelled")):
        pages = {LIST_URL: status_list(cancelled)}
        old = Verifier(fetch=Answers(pages, fetched_at=NOW - timedelta(minutes=16)), trust=verifier().trust)
        assert old.check(document, now=NOW).code == code


def test_nothing_is_asked_about_a_document_whose_signature_does_not_hold() -> None:
    answers = Answers({LIST_URL: status_list()})
    document = signed(status=ENTRY)
    document["name"] = "Crane operator"
    assert Verifier(fetch=answers).check(as_bytes(document), now=NOW).code == "altered"
    assert answers.asked == []


def test_a_report_has_no_truth_value() -> None:
    with pytest.raises(TypeError):
        bool(check(signed()))


def test_verify_returns_only_what_a_policy_accepts() -> None:
    found = verifier().verify(as_bytes(signed()), now=NOW, policy=Policy.strict())
    assert found.credential.name == "Sit-down forklift operator" and found.document == as_bytes(signed())
    with pytest.raises(VerificationError) as refused:
        verifier(trust=()).verify(as_bytes(signed()), now=NOW, policy=Policy.strict())
    assert refused.value.code == "issuer.unknown"
    with pytest.raises(VerificationError):
        verifier().verify(as_bytes(signed()), now=NOW, policy=Policy.own(issuers=[STRANGER.did]))
    with pytest.raises(ValueError, match="empty policy"):
        Policy(frozenset())
    with pytest.raises(TypeError):
        VerifiedCredential(found.document, found.credential, found.report, NOW, object())


def test_a_check_that_was_not_made_is_not_good() -> None:
    report = check(signed())
    for missing in report.required:
        rest = tuple(finding for finding in report.findings if finding.check != missing)
        assert Report(rest, NOW).verdict is not Verdict.GOOD
    assert Report((), NOW).verdict is Verdict.UNKNOWN


def test_every_state_has_a_sentence_in_both_languages_without_jargon() -> None:
    assert set(STATES) <= set(words.STATES)
    pairs = [
        *words.HEADINGS.values(),
        *words.STATES.values(),
        *words.LINES.values(),
        *words.QUESTIONS.values(),
        words.OTHER_PROOF,
    ]
    for english, spanish in pairs:
        assert english and spanish and (english != spanish)
        assert set(_gaps(english)) == set(_gaps(spanish)), english
        for word in ("issuer", "verif", "revok", "credential", "wallet", "cryptogra", "emisor", "revoc", "insignia"):
            assert word not in f"{english} {spanish}".lower()


def _gaps(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]
