"""A program that checks often is answered from memory, and whatever somebody changes meanwhile counts with the next check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from credcore.trust import TrustEntry, TrustList, files
from skillmark.desks import checking
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.rules import ListAnswer
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.journal import queries as entries
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.rules import Role
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys
from skillmark.rooms.signing.models import IssuerKey
from tests.api.conftest import program
from tests.cast import NOW, Firm
from tests.core.proofs import COLLEGE, as_bytes, signed

pytestmark = pytest.mark.django_db(transaction=True)  # within one, nothing is remembered
PROOF = as_bytes(signed())
SCHOOLS = files.dumps(TrustList("Schools", (TrustEntry(COLLEGE.did, "Prairie Valley College"),)))


def ask(api: Client, document: bytes = PROOF) -> Any:
    return api.post("/api/v1/check", {"text": document.decode()}, content_type="application/json")


def code(api: Client, document: bytes = PROOF) -> str:
    [answer] = ask(api, document).json()
    return str(answer["code"])


def trust(firm: Firm) -> Any:
    return credentials.trust_giver(
        actor=firm.owner, issuer=COLLEGE.did, name="Prairie Valley College", reason="I called them.", now=NOW
    )


def follow(firm: Firm, *, until: timedelta | None = None) -> Any:
    return credentials.follow_list(
        actor=firm.owner, kind="file", url="https://schools.example/list", keeper="The county", reason="Ours are on it.",
        answer=said(until), now=NOW,
    )  # fmt: skip


def said(until: timedelta | None) -> ListAnswer:
    return ListAnswer(
        name="Schools", body=SCHOOLS, entries=1, fetched_at=NOW, valid_until=None if until is None else NOW + until
    )


def test_asked_again_it_only_looks_whether_something_was_written(
    owner_api: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    first = ask(owner_api).content
    with django_assert_num_queries(3):  # for whom the token stands, whom the firm trusts, and whether the proof is one of ours
        again = ask(owner_api).content
    assert again.partition(b'"checked_at"')[0] == first.partition(b'"checked_at"')[0]


def test_a_giver_counts_at_once_and_no_longer_at_once(firm: Firm, owner_api: Client) -> None:
    assert code(owner_api) == "issuer.unknown"
    giver = trust(firm)
    assert code(owner_api) == "good"
    credentials.stop_trusting(actor=firm.owner, giver_id=giver.id, now=NOW)
    assert code(owner_api) == "issuer.unknown"


def test_a_list_counts_at_once_and_no_longer_at_once(firm: Firm, owner_api: Client) -> None:
    assert code(owner_api) == "issuer.unknown"
    followed = follow(firm)
    assert code(owner_api) == "good"
    empty = ListAnswer(name="Schools", body=files.dumps(TrustList("Schools", ())), entries=0, fetched_at=NOW + timedelta(1))
    credentials.update_list(actor=firm.owner, list_id=followed.id, answer=empty, now=NOW)
    assert code(owner_api) == "issuer.unknown"
    credentials.stop_following(actor=firm.owner, list_id=followed.id, now=NOW)
    assert code(owner_api) == "issuer.unknown"


def test_what_one_firm_trusts_is_not_taken_for_another(firm: Firm, owner_api: Client, outsider_api: Client) -> None:
    trust(firm)
    assert code(owner_api) == "good"
    assert code(outsider_api) == code(outsider_api) == "issuer.unknown"


def test_a_list_that_runs_out_ends_by_itself(firm: Firm) -> None:
    def verdict(days: int) -> str:
        found = checking.check_text(text=PROOF.decode(), now=NOW + timedelta(days), org_id=firm.org.id)
        return found[0].code

    followed = follow(firm, until=timedelta(days=2))
    assert (verdict(1), verdict(2)) == ("good", "issuer.unknown")
    credentials.update_list(actor=firm.owner, list_id=followed.id, answer=said(timedelta(days=9)), now=NOW)
    assert (verdict(1), verdict(2), verdict(9)) == ("good", "good", "issuer.unknown")  # signed anew, with the same content


def test_an_ended_token_ends_at_once(firm: Firm) -> None:
    token, text = people.make_token(actor=firm.owner, name="Payroll", now=NOW)
    api = program(firm.owner, token=text)
    assert ask(api).status_code == ask(api).status_code == 200
    people.revoke_token(actor=firm.owner, token_id=token.id, now=NOW)
    assert ask(api).status_code == 401


def test_whoever_loses_access_loses_their_programs_at_once(firm: Firm) -> None:
    text = people.make_token(actor=firm.owner, name="Payroll", now=NOW)[1]
    _, key, pin = people.invite(actor=firm.owner, name="Second owner", now=NOW)
    second = people.join(code=key, pin=pin, now=NOW)
    api = program(firm.owner, token=text)
    assert ask(api).status_code == 200
    [member] = [one for one in queries.members(actor=firm.owner) if one.user_id == firm.owner_user.pk]
    other = queries.actor_for(user_id=second.pk, now=NOW)
    people.remove_member(actor=replace(other, role=Role.OWNER), member_id=member.id, now=NOW)
    assert ask(api).status_code == 401


def test_a_stolen_key_counts_no_more_at_once(firm: Firm, owner_api: Client, give: Callable[..., Any]) -> None:
    document = owner_api.get(f"/api/v1/proofs/{give().json()['id']}/document").content
    assert code(owner_api, document) == code(owner_api, document) == "good"
    now = timezone.now()
    signing.compromise(
        actor=firm.owner, key_id=keys.active_key(actor=firm.owner).id, since=now, why="The laptop was stolen.", now=now
    )
    assert code(owner_api, document) != "good"


def test_a_new_key_is_known_at_once(firm: Firm) -> None:
    IssuerKey.objects.filter(org_id=firm.org.id).delete()
    before = entries.position()
    signing.make_keys(org_id=firm.org.id, now=NOW)
    assert entries.position() != before
    made = entries.latest(org_id=firm.org.id, limit=2)
    assert {one.event for one in made} == {"signing.key.made"}
    assert {one.data["purpose"] for one in made} == {"credential", "status"} and {one.actor for one in made} == {"Skillmark"}
    after = entries.position()
    signing.make_keys(org_id=firm.org.id, now=NOW)
    assert entries.position() == after


def test_what_was_taken_back_was_never_remembered(firm: Firm, owner_api: Client) -> None:
    with transaction.atomic():
        trust(firm)
        assert entries.position() is None
        assert code(owner_api) == "good"
        transaction.set_rollback(True)
    # Its entry never was: the next one may get the same number.
    journal.write(org_id=firm.org.id, actor="Dana", actor_id="user:1", event="a.b.c", now=NOW)
    assert code(owner_api) == "issuer.unknown"


def test_an_entry_that_is_seen_late_is_seen(firm: Firm) -> None:
    """Of two writers at once, the one with the lower number may be done later."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows one writer at a time")
    last = Entry.objects.latest("id").id
    late, early = (Entry(id=last + more, at=NOW, org_id=firm.org.id, event="a.b.c") for more in (5, 10))
    early.save(force_insert=True)
    before = entries.position()
    late.save(force_insert=True)
    assert entries.position() != before
