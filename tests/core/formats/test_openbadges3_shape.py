"""Is a badge built as its standard says? The public samples by their names, and each kind of rule with its good twin."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.formats import openbadges3_shape
from credcore.formats.openbadges3_shape import MAX_PROBLEMS, problems
from tests.core.proofs import credential
from tests.vectors import vectors

WRONG = {
    "simple-err-credential-subject-achievement-result-description-type.json": (
        "$.credentialSubject.achievement.resultDescription[2].type: not ResultDescription"
    ),
    "simple-err-credential-subject-profile-type.json": "$.credentialSubject.source.type: not Profile",
    "simple-err-credential-subject-type.json": "$.credentialSubject.type: not AchievementSubject",
    "simple-err-issuer-otheridentifier-type.json": "$.issuer.otherIdentifier[1].type: not IdentifierEntry",
    "simple-err-issuer-type.json": "$.issuer.type: not Profile",
    "simple-err-proof-method-no-scheme.json": "$.proof[0].verificationMethod: not a uri",
    "simple-noproof.json": "$.credentialSubject.achievement: missing",
}
# Wrong too, but not in their shape: a date that has passed, an unknown scheme of keys, a signature that does not fit.
WELL_SHAPED = (
    "simple-err-expired.json", "simple-err-proof-method-unknown-scheme.json", "simple-err-proof-value.json",
    "simple.json", "simple_v1.json", "complete.json", "complete_v1.json", "endorsement-valid.json",
    "simple-multiple-proofs.json", "simple-context-alias.json", "credential-status-revoked.json",
)  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


@pytest.mark.parametrize("name", WRONG)
def test_a_public_sample_that_is_built_wrong_says_where(name: str) -> None:
    assert problems(read(vectors("one-edtech") / "ob30" / name)) == (WRONG[name],)


@pytest.mark.parametrize("name", WELL_SHAPED)
def test_a_public_sample_that_is_built_right_has_no_problem(name: str) -> None:
    assert problems(read(vectors("one-edtech") / "ob30" / name)) == ()


def test_every_public_sample_named_wrong_is_accounted_for() -> None:
    there = {path.name for path in (vectors("one-edtech") / "ob30").glob("simple-err-*.json")}
    assert there <= {*WRONG, *WELL_SHAPED}


def test_real_records_and_badges_have_no_problem() -> None:
    records = list((vectors("one-edtech") / "clr20").glob("*.json"))
    badges = [path for path in (vectors("dcc") / "credentials").rglob("*.json") if path.stat().st_size]
    assert len(records) == 5 and len(badges) > 30
    assert {path.name: problems(read(path)) for path in (*records, *badges) if problems(read(path))} == {}


# path to a member of our own badge → a wrong value (None takes it away) and what is said about it
CHANGES: dict[str, tuple[str, Any, str]] = {
    "no id": ("id", None, "$.id: missing"),
    "an id that is no address": ("id", "badge 7", "$.id: not a uri"),
    "no issuer": ("issuer", None, "$.issuer: missing"),
    "an issuer that is text": ("issuer", "The College", "$.issuer: not a Profile"),
    "an issuer without id": ("issuer.id", None, "$.issuer.id: missing"),
    "no start": ("validFrom", None, "$.validFrom: missing"),
    "an end that is no date": ("validUntil", "tomorrow", "$.validUntil: not a date"),
    "no VerifiableCredential": ("type", ["OpenBadgeCredential"], "$.type: not VerifiableCredential"),
    "two subjects": ("credentialSubject", [{}, {}], "$.credentialSubject: not a AchievementSubject"),
    "no achievement": ("credentialSubject.achievement", None, "$.credentialSubject.achievement: missing"),
    "a nameless achievement": (
        "credentialSubject.achievement.name", None, "$.credentialSubject.achievement.name: missing"),
    "no criteria": ("credentialSubject.achievement.criteria", None, "$.credentialSubject.achievement.criteria: missing"),
    "a language that is none": (
        "credentialSubject.achievement.inLanguage", "English!", "$.credentialSubject.achievement.inLanguage: not a language"),
    "credits in words": ("credentialSubject.creditsEarned", "ten", "$.credentialSubject.creditsEarned: not a number"),
    "credits that are a yes": ("credentialSubject.creditsEarned", True, "$.credentialSubject.creditsEarned: not a number"),
    "an identity without its kind": (
        "credentialSubject.identifier", [{"type": "IdentityObject", "hashed": False, "identityHash": "Rosa"}],
        "$.credentialSubject.identifier[0].identityType: missing"),
    "hashed as a word": (
        "credentialSubject.identifier",
        [{"type": "IdentityObject", "hashed": "true", "identityHash": "Rosa", "identityType": "name"}],
        "$.credentialSubject.identifier[0].hashed: not a flag"),
    "a result of an unknown status": (
        "credentialSubject.result", [{"type": "Result", "status": "Great"}],
        "$.credentialSubject.result[0].status: not a status"),
    "evidence of another type": ("evidence", [{"type": "Proof"}], "$.evidence[0].type: not Evidence"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_each_rule_says_what_is_wrong_and_where(change: str) -> None:
    path, value, said = CHANGES[change]
    document = credential()
    assert problems(document) == ()
    *way, last = path.split(".")
    place = document
    for name in way:
        place = place[name]
    place[last] = value
    if value is None:
        del place[last]
    assert problems(document) == (said,)


def test_a_record_needs_credentials_and_whole_associations() -> None:
    record = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "ClrCredential"],
        "id": "urn:uuid:1",
        "issuer": "https://college.example",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": ["e30.e30.AA"]},
    }
    assert problems(record) == ()
    wrong: dict[str, Any] = copy.deepcopy(record)
    wrong["credentialSubject"] |= {"verifiableCredential": [], "association": [{"type": "Association", "sourceId": "urn:a"}]}
    assert problems(wrong) == (
        "$.credentialSubject.association[0].associationType: missing",
        "$.credentialSubject.association[0].targetId: missing",
        "$.credentialSubject.verifiableCredential: missing",
    )


def test_no_more_than_twenty_are_listed_and_other_documents_have_none() -> None:
    document = credential()
    document["evidence"] = [{"type": "Proof"}] * 100
    assert len(problems(document)) == MAX_PROBLEMS
    assert problems({"type": ["VerifiableCredential"]}) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "achievement", "x"]), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["type", "@context", "issuer", "credentialSubject", "validFrom", "proof", "evidence"]), JSON
    )
)
def test_nothing_raises_whatever_is_written(document: dict[str, Any]) -> None:
    for kind in ("OpenBadgeCredential", "ClrCredential", "EndorsementCredential"):
        assert all(isinstance(problem, str) for problem in problems(document | {"type": kind}))


_PIECES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "x", "urn:a:b", "Profile", "2026-05-04T12:00:00Z"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "type", "name"]), inner, max_size=3),
    max_leaves=4,
)


@given(data=st.data())
def test_the_quick_answer_is_the_long_one(data: st.DataObject) -> None:
    """Somewhere in a badge, something else: fine and without problems are the same thing."""
    document = copy.deepcopy(credential(status=None))
    place: Any = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inside = place[key]
        if isinstance(inside, dict | list) and inside and data.draw(st.booleans()):
            place = inside
            continue
        place[key] = data.draw(_PIECES)
        break
    assert openbadges3_shape._is_fine(document, "OpenBadgeCredential") is not any(
        openbadges3_shape._document(document, "OpenBadgeCredential")
    )
