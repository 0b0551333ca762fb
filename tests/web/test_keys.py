"""The page Keys: change the key with a trial, give one up and give its proofs anew, stop and go on. For owners only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.desks import backups, checking, reissuing
from skillmark.edges.jobs import check_proofs
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.models import Issued, StatusList
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.signing import operations, queries
from skillmark.rooms.signing.models import IssuerKey, Stop
from tests import jargon
from tests.cast import today as today_there

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def kind(firm: Any) -> Any:
    return credentials.make_template(
        actor=firm.owner, name="Tool change", did="Changed tools alone.", how="Watched.", method="observed", months=12,
        level_asked=True, colour="indigo", language="en", now=timezone.now(),
    )  # fmt: skip


def give(firm: Any, kind: Any, **more: Any) -> Any:
    asked: dict[str, Any] = {"level": 3, "note": "Two shifts.", "now": timezone.now()} | more
    return credentials.give(actor=firm.owner, person_id=firm.person.id, template_id=kind.id, request_key=str(uuid4()), **asked)


def signing_key(firm: Any) -> Any:
    return IssuerKey.objects.get(org_id=firm.org.id, purpose="credential", state="active")


def give_up(owner: Client, key: Any, **more: Any) -> Any:
    form = {"day": today_there().isoformat(), "why": "Laptop lost"} | more
    return owner.post(f"/settings/keys/{key.id}/known", form)


def verdict(firm: Any, document: bytes) -> str:
    (report,) = checking.check_bytes(data=document, name="", now=timezone.now(), org_id=firm.org.id)
    return report.code


def addresses(firm: Any) -> list[str]:
    key = signing_key(firm)
    return ["/settings/keys", "/settings/keys/next", "/settings/keys/stop", f"/settings/keys/{key.id}/known",
            f"/settings/keys/{key.id}/signed"]  # fmt: skip


def test_only_the_owner_gets_there(client: Client, firm: Any, other_firm: Any) -> None:
    for address in addresses(firm):
        client.logout()
        assert client.get(address).headers["Location"].startswith("/sign-in")
        client.force_login(firm.supervisor_user)
        assert client.get(address).status_code == 403 and client.post(address).status_code in (403, 405)
    assert "/settings/keys" not in client.get("/settings").content.decode()
    client.force_login(other_firm.owner_user)
    for address in addresses(firm)[3:]:
        assert client.get(address).status_code == client.post(address).status_code == 404
    client.force_login(firm.owner_user)
    assert 'href="/settings/keys"' in client.get("/settings").content.decode()


def test_not_in_a_made_up_firm(client: Client, firm: Any) -> None:
    firm.org.sample, firm.org.clock = "construction", timezone.now()
    firm.org.save()
    client.force_login(firm.owner_user)
    assert client.get("/settings/keys").status_code == 403


def test_a_firm_that_has_signed_nothing_yet_has_no_key(owner: Client, firm: Any) -> None:
    IssuerKey.objects.all().delete()
    page = owner.get("/settings/keys").content.decode()
    assert "It is made with your first proof." in page and "Change the key" not in jargon.seen(page)


def test_the_key_is_changed_in_three_steps_with_a_trial(owner: Client, firm: Any, kind: Any) -> None:
    before, old = give(firm, kind), signing_key(firm)
    made = owner.post("/settings/keys/new")
    assert made.headers["Location"] == "/settings/keys/next" and signing_key(firm) == old
    assert "Go on with the new key" in owner.get("/settings/keys").content.decode()
    page = owner.get("/settings/keys/next").content.decode()
    assert "Try it" in page and "Use it from now on" not in page
    tried = owner.post("/settings/keys/next", {"do": "try"}).content.decode()
    assert tried.count("Checks as genuine") == 2 and before.title in tried and "Use it from now on" in tried
    assert signing_key(firm) == old  # a trial changes nothing
    used = owner.post("/settings/keys/next", {"do": "use"}, follow=True).content.decode()
    assert "Earlier proofs stay good." in used and signing_key(firm) != old
    assert verdict(firm, bytes(before.document)) == verdict(firm, bytes(give(firm, kind).document)) == "good"
    assert owner.get("/settings/keys/next").headers["Location"] == "/settings/keys"


def test_a_key_that_does_not_work_is_never_used(owner: Client, firm: Any) -> None:
    old = signing_key(firm)
    owner.post("/settings/keys/new")
    IssuerKey.objects.filter(org_id=firm.org.id, state="staged").update(wrapped=b"damaged" * 10)
    for do in ("try", "use"):
        answer = owner.post("/settings/keys/next", {"do": do})
        page = answer.content.decode()
        assert "Does not work" in page and "Use it from now on" not in page and signing_key(firm) == old
        assert answer.status_code == (200 if do == "try" else 409)
    gone = owner.post("/settings/keys/next", {"do": "discard"}, follow=True).content.decode()
    assert "The one before goes on signing." in gone and not IssuerKey.objects.filter(state="staged").exists()


def test_making_a_second_next_key_is_refused_in_words(owner: Client) -> None:
    owner.post("/settings/keys/new")
    assert "The next key is made already." in owner.post("/settings/keys/new", follow=True).content.decode()


def test_a_key_is_given_up_and_its_proofs_are_given_anew(owner: Client, firm: Any, kind: Any) -> None:
    old_ones = [give(firm, kind), give(firm, kind, observed_on=today_there() - timedelta(days=40))]
    cancelled = give(firm, kind)
    credentials.cancel(actor=firm.owner, issued_id=cancelled.id, reason="Mistake", now=timezone.now())
    key = signing_key(firm)
    asked = owner.get(f"/settings/keys/{key.id}/known").content.decode()
    assert "2 proofs that it has signed no longer count" in asked
    assert give_up(owner, key).headers["Location"] == f"/settings/keys/{key.id}/signed"
    key.refresh_from_db()
    assert (key.state, key.compromised_why) == ("compromised", "Laptop lost") and signing_key(firm) != key
    assert verdict(firm, bytes(old_ones[0].document)) == "key.compromised"
    plan = owner.get(f"/settings/keys/{key.id}/signed").content.decode()
    assert "0 of 2 given anew" in plan and plan.count("Rosa Delgado") == 2 and "Give all of these anew" in plan
    done = owner.post(f"/settings/keys/{key.id}/signed", follow=True).content.decode()
    assert "2 of 2 given anew" in done and "2 proofs were given anew." in done and "Give all of these anew" not in done
    for old in old_ones:
        new = Issued.objects.get(replaces=old)
        assert proofs.proof(actor=firm.owner, issued_id=old.id).cancelled_at is not None
        assert verdict(firm, bytes(new.document)) == "good"
        told = ("title", "level", "note", "observed_on", "person_name", "valid_until", "version_id")
        assert [getattr(new, name) for name in told] == [getattr(old, name) for name in told]
    assert not Issued.objects.filter(replaces=cancelled).exists()
    owner.post(f"/settings/keys/{key.id}/signed")
    assert Issued.objects.count() == 5


def test_giving_up_asks_since_when_and_what_happened(owner: Client, firm: Any) -> None:
    key = signing_key(firm)
    for wrong, sentence in (
        ({"day": ""}, "Choose a day."),
        ({"day": "yesterday"}, "Choose a day."),
        ({"why": " "}, "Say in a few words what happened."),
        ({"day": (today_there() + timedelta(days=2)).isoformat()}, "Choose a moment between"),
        ({"day": "2001-01-01"}, "Choose a moment between"),
    ):
        answer = give_up(owner, key, **wrong)
        assert answer.status_code == 400 and sentence in answer.content.decode()
    assert signing_key(firm) == key
    give_up(owner, key)
    assert "This key was given up already." in give_up(owner, key).content.decode()


def test_many_are_given_anew_some_at_a_time_and_none_twice(owner: Client, firm: Any, kind: Any, monkeypatch: Any) -> None:
    old_ones = [give(firm, kind) for _ in range(5)]
    key = signing_key(firm)
    give_up(owner, key)
    monkeypatch.setattr(reissuing.reissue, "__kwdefaults__", {"most": 2})
    for done in (2, 4, 5):
        page = owner.post(f"/settings/keys/{key.id}/signed", follow=True).content.decode()
        assert f"{done} of 5 given anew" in page and ("Go on giving anew" in page) is (done < 5)
    assert Issued.objects.filter(replaces__in=old_ones).count() == 5


def test_what_was_interrupted_is_finished_and_not_doubled(firm: Any, kind: Any, monkeypatch: Any) -> None:
    old = give(firm, kind)
    key = signing_key(firm)
    now = timezone.now()
    operations.compromise(actor=firm.owner, key_id=key.id, since=now, why="Lost", now=now)

    def pulled(**_: Any) -> bytes:
        raise RuntimeError("the plug")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(operations, "sign", pulled)
        reissuing.reissue(actor=firm.owner, key_id=key.id, now=now)
    assert proofs.proof(actor=firm.owner, issued_id=old.id).cancelled_at is None  # not without its successor
    assert reissuing.reissue(actor=firm.owner, key_id=key.id, now=now).given == 1
    assert Issued.objects.filter(replaces=old).count() == 1
    assert reissuing.reissue(actor=firm.owner, key_id=key.id, now=now).given == 0


def test_one_that_cannot_be_given_anew_is_named_and_the_others_go_on(owner: Client, firm: Any, kind: Any) -> None:
    first, second = give(firm, kind), give(firm, kind)
    newer = credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=kind.id, level=4, replaces=first.id, why="renewed",
        request_key=str(uuid4()), now=timezone.now(),
    )  # fmt: skip
    key = signing_key(firm)
    give_up(owner, key)
    page = owner.post(f"/settings/keys/{key.id}/signed").content.decode()
    assert "These could not be given anew" in page and "1 proof" in page
    assert not Issued.objects.filter(replaces=first).exclude(id=newer.id).exists()
    assert Issued.objects.filter(replaces__in=[second, newer]).count() == 2


def test_a_proof_whose_other_form_the_key_has_signed_is_given_anew_too(owner: Client, firm: Any, kind: Any) -> None:
    """A proof is signed as a token when somebody first asks for that, perhaps with a later key than the file."""
    firm.org.base_url = "https://proofs.tallgrass.example"
    firm.org.save()
    old = give(firm, kind)
    later = operations.rotate(actor=firm.owner, purpose="credential", now=timezone.now())
    credentials.form_of(issued_id=old.id, form="jwt", now=timezone.now())
    give_up(owner, later)
    assert "0 of 1 given anew" in owner.get(f"/settings/keys/{later.id}/signed").content.decode()
    owner.post(f"/settings/keys/{later.id}/signed")
    assert Issued.objects.filter(replaces=old).count() == 1


def test_what_has_ended_needs_nothing(owner: Client, firm: Any, kind: Any) -> None:
    give(firm, kind, now=timezone.now() - timedelta(days=800))
    key = signing_key(firm)
    IssuerKey.objects.filter(id=key.id).update(made_at=timezone.now() - timedelta(days=900))
    give_up(owner, key)
    page = owner.get(f"/settings/keys/{key.id}/signed").content.decode()
    assert "Nothing to do" in page and "1 more has ended by itself" in page


def test_lists_are_signed_anew_when_their_own_key_is_given_up(owner: Client, firm: Any, kind: Any) -> None:
    firm.org.base_url = "https://proofs.tallgrass.example"
    firm.org.save()
    old = give(firm, kind)
    credentials.cancel(actor=firm.owner, issued_id=old.id, reason="Mistake", now=timezone.now())
    key = IssuerKey.objects.get(org_id=firm.org.id, purpose="status", state="active")
    assert give_up(owner, key).headers["Location"] == "/settings/keys"
    new = IssuerKey.objects.get(org_id=firm.org.id, purpose="status", state="active")
    lists = list(StatusList.objects.filter(org_id=firm.org.id, published_version__gt=0))
    assert lists and all(new.public_multibase.encode() in bytes(one.document) for one in lists)
    assert not any(key.public_multibase.encode() in bytes(one.document) for one in lists)
    assert (
        verdict(firm, bytes(old.document)) == "status.cancelled" and verdict(firm, bytes(give(firm, kind).document)) == "good"
    )


def test_a_stop_or_a_missing_device_is_no_wrong_outer_key(firm: Any, settings: Any) -> None:
    """Else a server whose firm has stopped signing would not start again."""
    now = timezone.now()
    operations.stop_everything(why="Attack", now=now)
    assert backups.wrong_keys(now=now) == []
    IssuerKey.objects.filter(org_id=firm.org.id).update(provider="pkcs11", handle="x")
    assert backups.wrong_keys(now=now) == []
    IssuerKey.objects.filter(org_id=firm.org.id).update(provider="local")
    settings.OUTER_KEY = b"\x01" * 32
    assert backups.wrong_keys(now=now) == ["Tallgrass Machine Works"]


def test_the_nightly_check_raises_no_alarm_about_a_key_that_was_given_up(firm: Any, kind: Any) -> None:
    give(firm, kind)
    now = timezone.now()
    reissuing.give_up(actor=firm.owner, key_id=signing_key(firm).id, since=now, why="Lost", now=now)
    check_proofs.run(now=now)
    damaged = give(firm, kind)
    Issued.objects.filter(id=damaged.id).update(document=bytes(damaged.document).replace(b"Tool change", b"Tool chance"))
    check_proofs.run(now=now)
    found = journal.entries(org_id=firm.org.id, events=[check_proofs.FOUND])
    assert [entry.subject_id for entry in found] == [str(damaged.id)]


def test_a_key_that_signs_is_not_given_anew(owner: Client, firm: Any, kind: Any) -> None:
    give(firm, kind)
    key = signing_key(firm)
    page = owner.get(f"/settings/keys/{key.id}/signed").content.decode()
    assert "Give all of these anew" not in page
    assert owner.post(f"/settings/keys/{key.id}/signed").status_code == 409 and Issued.objects.count() == 1


def test_giving_proofs_is_stopped_and_goes_on(owner: Client, firm: Any, kind: Any) -> None:
    for wrong in ({}, {"which": "all"}, {"which": str(uuid4()), "why": "x"}):
        assert owner.post("/settings/keys/stop", wrong).status_code == 400
    stopped = owner.post("/settings/keys/stop", {"which": "all", "why": "We look into it"}, follow=True).content.decode()
    assert "Giving proofs is stopped" in stopped and "We look into it" in stopped and "All proofs of your firm" in stopped
    with pytest.raises(operations.CannotSign) as refused:
        give(firm, kind)
    assert refused.value.code == "sign.stopped"
    (stop,) = queries.stops(actor=firm.owner)
    assert owner.get(f"/settings/keys/stop/{stop.id}/end").status_code == 405
    assert "Proofs can be given again." in owner.post(f"/settings/keys/stop/{stop.id}/end", follow=True).content.decode()
    assert give(firm, kind)
    assert owner.post(f"/settings/keys/stop/{stop.id}/end").status_code == 404


def test_one_kind_is_stopped_by_its_name(owner: Client, firm: Any, kind: Any) -> None:
    page = owner.post("/settings/keys/stop", {"which": str(kind.id), "why": "The words are wrong"}, follow=True)
    assert "Only: Tool change" in page.content.decode() and Stop.objects.get().template_id == kind.id
    with pytest.raises(operations.CannotSign):
        give(firm, kind)


def test_the_stop_of_the_server_is_not_the_firms_to_end(owner: Client, firm: Any) -> None:
    stop = operations.stop_everything(why="Attack", now=timezone.now())
    assert "only they can go on" in owner.get("/settings/keys").content.decode()
    answer = owner.post(f"/settings/keys/stop/{stop.id}/end", follow=True).content.decode()
    assert "only they can go on" in answer and queries.stops(actor=firm.owner)


def test_plain_words_only(owner: Client, firm: Any, kind: Any) -> None:
    give(firm, kind)
    key = signing_key(firm)
    owner.post("/settings/keys/new")
    pages = [owner.get(address) for address in addresses(firm)]
    pages.append(owner.post("/settings/keys/next", {"do": "try"}))
    give_up(owner, key)
    pages += [owner.get("/settings/keys"), owner.get(f"/settings/keys/{key.id}/signed"), owner.get("/settings/history")]
    for page in pages:
        assert page.status_code == 200 and jargon.jargon(jargon.seen(page.content.decode())) == []
