"""Whom a firm trusts: on the owner's word and with a reason, ended but never deleted, and nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import FollowedList, RememberedAnswer, TrustedGiver
from skillmark.rooms.credentials.rules import ListAnswer
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from tests.cast import NOW, Firm
from tests.core.proofs import COLLEGE

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
ANSWER = ListAnswer(name="County list", body=b"{}", entries=3, fetched_at=NOW, left_out=1, thumbprints=("abc",))


@pytest.fixture
def trust(firm: Firm) -> Callable[..., TrustedGiver]:
    def trusted(**changes: Any) -> TrustedGiver:
        asked: dict[str, Any] = {
            "actor": firm.owner, "issuer": COLLEGE.did, "name": "Prairie Valley College", "reason": "I called them.",
            "now": NOW,
        }  # fmt: skip
        return operations.trust_giver(**(asked | changes))

    return trusted


@pytest.fixture
def follow(firm: Firm) -> Callable[..., FollowedList]:
    def followed(**changes: Any) -> FollowedList:
        asked: dict[str, Any] = {
            "actor": firm.owner, "kind": "registry", "url": "https://lists.example/county.json", "keeper": "The county",
            "reason": "Our schools are on it.", "answer": ANSWER, "now": NOW,
        }  # fmt: skip
        return operations.follow_list(**(asked | changes))

    return followed


def test_trusting_and_no_longer(trust: Callable[..., TrustedGiver], firm: Firm) -> None:
    made = trust(name="  Prairie  Valley College ")
    assert (made.name, made.reason, made.added_at, made.added_by) == (
        "Prairie Valley College", "I called them.", NOW, "Dana Whitlock",
    )  # fmt: skip
    assert trust(reason="Again.").id == made.id
    assert [one.id for one in queries.givers(actor=firm.owner)] == [made.id]
    assert queries.trust_of(org_id=firm.org.id).givers[0].issuer == COLLEGE.did
    operations.stop_trusting(actor=firm.owner, giver_id=made.id, now=LATER)
    assert queries.givers(actor=firm.owner) == [] and queries.trust_of(org_id=firm.org.id).givers == ()
    with pytest.raises(NotFound):
        operations.stop_trusting(actor=firm.owner, giver_id=made.id, now=LATER)
    made.refresh_from_db()
    assert (made.ended_at, made.ended_by) == (LATER, "Dana Whitlock")
    assert trust(now=LATER).id != made.id
    assert [one.event for one in journal.entries(org_id=firm.org.id) if "giver" in one.event] == [
        "credentials.giver.trusted", "credentials.giver.untrusted", "credentials.giver.trusted",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "giver.reason_missing"),
        ({"reason": "x" * (rules.TRUST_REASON_LENGTH + 1)}, "giver.too_long"),
        ({"name": " "}, "giver.name_missing"),
        ({"name": "x" * (rules.GIVER_LENGTH + 1)}, "giver.too_long"),
        ({"issuer": "https://a.example/" + "x" * rules.URL_LENGTH}, "giver.too_long"),
        *(
            ({"issuer": issuer}, "giver.issuer_unknown")
            for issuer in ("", "Prairie Valley College", "did:key", "did:key:", "did:web:a#key-1", "did:web:a/b",
                           "http://a.example", "https://", "https://user:pw@a.example", "https://a.example/#top",
                           "https://ä.example", "https://a b", "javascript:alert(1)", "https://[::1", "urn:uuid:1")
        ),
    ],
)  # fmt: skip
def test_what_is_not_trusted(trust: Callable[..., TrustedGiver], changes: dict[str, Any], code: str) -> None:
    with pytest.raises(operations.CannotTrust) as caught:
        trust(**changes)
    assert caught.value.code == code and not TrustedGiver.objects.exists()


@pytest.mark.parametrize(
    "issuer",
    ["did:web:a.example%3A3000:issuer", "did:jwk:eyJr_-", "https://a.example", "https://a.example:8443/issuers/565049"],
)
def test_whom_one_may_name(trust: Callable[..., TrustedGiver], issuer: str) -> None:
    assert trust(issuer=issuer).issuer == issuer


def test_only_the_owner_decides(firm: Firm, trust: Callable[..., TrustedGiver], follow: Callable[..., FollowedList]) -> None:
    giver, followed = trust(), follow()
    asks: list[Callable[[], object]] = [
        lambda: trust(actor=firm.supervisor),
        lambda: follow(actor=firm.supervisor),
        lambda: operations.stop_trusting(actor=firm.supervisor, giver_id=giver.id, now=NOW),
        lambda: operations.stop_following(actor=firm.supervisor, list_id=followed.id, now=NOW),
        lambda: operations.update_list(actor=firm.supervisor, list_id=followed.id, problem="x.y", now=NOW),
    ]
    for ask in asks:
        with pytest.raises(CannotDo):
            ask()


def test_following_and_no_longer(follow: Callable[..., FollowedList], firm: Firm) -> None:
    made = follow()
    found = queries.followed_one(actor=firm.owner, list_id=made.id)
    assert (found.name, found.entries, found.left_out, found.fetched_at) == ("County list", 3, 1, NOW)
    assert found.thumbprints == ["abc"]
    assert follow().id == made.id
    assert queries.list_body(org_id=firm.org.id, list_id=made.id) == b"{}"
    operations.stop_following(actor=firm.owner, list_id=made.id, now=LATER)
    assert queries.followed(actor=firm.owner) == [] and queries.trust_of(org_id=firm.org.id).lists == ()
    with pytest.raises(NotFound):
        operations.update_list(actor=firm.owner, list_id=made.id, problem="fetch.timeout", now=LATER)
    assert follow().id != made.id


def test_files_have_no_address_and_may_be_several(follow: Callable[..., FollowedList]) -> None:
    assert follow(kind="file", url="").id != follow(kind="file", url="").id


def test_a_failed_reading_leaves_what_was_known(follow: Callable[..., FollowedList], firm: Firm) -> None:
    made = follow()
    update: dict[str, Any] = {"actor": firm.owner, "list_id": made.id, "now": LATER}
    failed = operations.update_list(problem="fetch.timeout", **update)
    assert (failed.problem, bytes(failed.body), failed.fetched_at) == ("fetch.timeout", b"{}", NOW)
    operations.update_list(problem="fetch.timeout", **update)
    newer = ListAnswer(name="County list", body=b'{"new":1}', entries=4, fetched_at=LATER)
    good = operations.update_list(answer=newer, **update)
    assert (good.problem, good.entries, good.fetched_at) == ("", 4, LATER)
    operations.update_list(answer=newer, **update)
    assert len(journal.entries(org_id=firm.org.id, events=["credentials.list.updated"])) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "rumour"}, "list.kind_unknown"),
        ({"url": "http://lists.example/x"}, "list.bad_address"),
        ({"url": ""}, "list.bad_address"),
        ({"kind": "signed", "keeper": "The county"}, "list.keeper_missing"),
        ({"reason": ""}, "giver.reason_missing"),
        ({"url": "https://a.example/" + "x" * rules.URL_LENGTH}, "giver.too_long"),
        ({"keeper": "x" * (rules.URL_LENGTH + 1)}, "giver.too_long"),
    ],
)
def test_what_is_not_followed(follow: Callable[..., FollowedList], changes: dict[str, Any], code: str) -> None:
    with pytest.raises(operations.CannotTrust) as caught:
        follow(**changes)
    assert caught.value.code == code and not FollowedList.objects.exists()


def test_the_outsider_finds_nothing(
    trust: Callable[..., TrustedGiver], follow: Callable[..., FollowedList], firm: Firm, other_firm: Firm
) -> None:
    giver, followed, outsider = trust(), follow(), other_firm.owner
    asks: list[Callable[[], object]] = [
        lambda: queries.giver(actor=outsider, giver_id=giver.id),
        lambda: queries.followed_one(actor=outsider, list_id=followed.id),
        lambda: queries.list_body(org_id=other_firm.org.id, list_id=followed.id),
        lambda: operations.stop_trusting(actor=outsider, giver_id=giver.id, now=NOW),
        lambda: operations.stop_following(actor=outsider, list_id=followed.id, now=NOW),
        lambda: operations.update_list(actor=outsider, list_id=followed.id, problem="x.y", now=NOW),
    ]
    for ask in asks:
        with pytest.raises(NotFound):
            ask()
    assert queries.givers(actor=outsider) == [] and queries.followed(actor=outsider) == []
    assert trust(actor=outsider).id != giver.id and follow(actor=outsider).id != followed.id


def remember(body: bytes, at: datetime, **changes: Any) -> None:
    asked: dict[str, Any] = {
        "url": "https://a.example/did.json", "kind": "did", "body": body, "media_type": "application/json", "fetched_at": at,
    }  # fmt: skip
    operations.remember_answer(**(asked | changes))


def test_the_newest_answer_is_remembered(db: None) -> None:
    for body, at in ((b"1", NOW), (b"2", LATER), (b"old", NOW)):
        remember(body, at)
    found = queries.remembered(url="https://a.example/did.json", kind="did")
    assert found is not None and bytes(found.body) == b"2" and found.fetched_at == LATER
    assert queries.remembered(url="https://a.example/did.json", kind="status") is None


def test_what_is_too_large_is_not_remembered(db: None) -> None:
    remember(bytes(rules.ANSWER_BYTES + 1), NOW)
    remember(b"1", NOW, url="https://a.example/" + "x" * rules.URL_LENGTH)
    assert not RememberedAnswer.objects.exists()


def test_old_answers_are_forgotten(db: None) -> None:
    remember(b"1", NOW)
    assert operations.forget_answers(now=NOW + timedelta(days=364)) == 0
    assert operations.forget_answers(now=NOW + timedelta(days=366)) == 1
