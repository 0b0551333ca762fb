"""From the next key to the one that is given up: what signs, what is published, and what old proofs are worth."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from credcore.keys.pkcs11 import Device
from credcore.verify import Policy, Verifier, followed
from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.signing import operations, queries
from skillmark.rooms.signing.models import HandOver, IssuerKey
from tests.cast import Firm
from tests.house.signing.test_signing import status_list, unsigned

pytestmark = pytest.mark.django_db

STATES = IssuerKey.State


def give_address(firm: Firm, now: datetime) -> None:
    people.change_settings(
        actor=firm.owner, name=firm.org.name, language="en", time_zone="UTC", date_order="mdy",
        base_url="https://proofs.example", now=now,
    )  # fmt: skip


def signing_key(firm: Firm) -> IssuerKey:
    return IssuerKey.objects.get(org_id=firm.org.id, purpose="credential", state=STATES.ACTIVE)


def signed(firm: Firm, now: datetime) -> bytes:
    return operations.sign(org_id=firm.org.id, unsigned=unsigned(queries.issuer(org_id=firm.org.id).did, now), now=now)


def published(firm: Firm) -> set[str]:
    return {one["publicKeyMultibase"] for one in queries.did_document(org_id=firm.org.id)["verificationMethod"]}


def answer(document: bytes, firm: Firm, now: datetime) -> Any:
    (report,) = checking.check_bytes(data=document, name="", now=now, org_id=firm.org.id)
    return report


def test_the_next_key_is_published_before_it_signs_anything(firm: Firm, now: datetime) -> None:
    give_address(firm, now)
    old, did = signing_key(firm), queries.issuer(org_id=firm.org.id).did
    key = operations.stage(actor=firm.owner, now=now)
    assert key.state == STATES.STAGED and key.public_multibase in published(firm)
    assert signing_key(firm) == old and queries.issuer(org_id=firm.org.id).key_multibase == old.public_multibase
    document = operations.sign(org_id=firm.org.id, unsigned=unsigned(did, now), now=now)
    assert json.loads(document)["proof"]["verificationMethod"].endswith(old.public_multibase)
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign(org_id=firm.org.id, unsigned=unsigned(f"did:key:{key.public_multibase}", now), now=now)
    assert refused.value.code == "sign.not_ours"
    assert f"did:key:{key.public_multibase}" not in queries.identities(org_id=firm.org.id)
    with pytest.raises(operations.CannotChangeKeys) as twice:
        operations.stage(actor=firm.owner, now=now)
    assert twice.value.code == "keys.staged_already"


@pytest.mark.parametrize("address", [False, True])
def test_a_trial_of_the_next_key_reads_as_signed_by_it_and_names_nobody(firm: Firm, now: datetime, address: bool) -> None:
    if address:
        give_address(firm, now)
    key = operations.stage(actor=firm.owner, now=now)
    document = operations.trial(actor=firm.owner, key_id=key.id, now=now)
    said = json.loads(document)
    assert said["proof"]["verificationMethod"].endswith(f"#{key.public_multibase}")
    assert set(said["credentialSubject"]) == {"id"}
    verifier = checking.verifier(org_id=firm.org.id, now=now)
    assert Policy.own(issuers=[said["issuer"]["id"]]).accepts(verifier.check(document, now=now))
    late = verifier.check(document, now=now + timedelta(minutes=12))
    assert not Policy.own(issuers=[said["issuer"]["id"]]).accepts(late)


def test_when_the_next_key_is_used_old_proofs_stay_good(firm: Firm, now: datetime) -> None:
    give_address(firm, now)
    before, old = signed(firm, now), signing_key(firm)
    key = operations.use(actor=firm.owner, key_id=operations.stage(actor=firm.owner, now=now).id, now=now)
    old.refresh_from_db()
    assert (key.state, key.active_from, old.state, old.retired_at) == (STATES.ACTIVE, now, STATES.RETIRED, now)
    assert {old.public_multibase, key.public_multibase} <= published(firm)
    assert json.loads(signed(firm, now))["proof"]["verificationMethod"].endswith(key.public_multibase)
    assert answer(before, firm, now).code == "good" and answer(signed(firm, now), firm, now).code == "good"
    with pytest.raises(operations.CannotChangeKeys):
        operations.use(actor=firm.owner, key_id=key.id, now=now)


def test_a_key_that_was_never_used_can_be_put_away(firm: Firm, now: datetime) -> None:
    key = operations.stage(actor=firm.owner, now=now)
    operations.discard(actor=firm.owner, key_id=key.id, now=now)
    assert not IssuerKey.objects.filter(id=key.id).exists()
    for what in (operations.discard, operations.use, operations.trial):
        with pytest.raises(operations.CannotChangeKeys) as refused:
            what(actor=firm.owner, key_id=signing_key(firm).id, now=now)
        assert refused.value.code == "keys.not_staged"


@pytest.mark.parametrize("address", [False, True])
def test_what_a_given_up_key_has_signed_does_not_count_here(firm: Firm, now: datetime, address: bool) -> None:
    if address:
        give_address(firm, now)
    before, old = signed(firm, now), signing_key(firm)
    assert answer(before, firm, now).code == "good"
    key = operations.compromise(actor=firm.owner, key_id=old.id, since=now, why="Laptop lost", now=now)
    old.refresh_from_db()
    assert old.state == STATES.COMPROMISED and old.compromised_at == now and key == signing_key(firm) != old
    assert f"did:key:{old.public_multibase}" not in queries.identities(org_id=firm.org.id)
    if address:
        assert old.public_multibase not in published(firm)
    report = answer(before, firm, now)
    assert report.code == "key.compromised" and report.verdict == "bad"
    assert not Policy.own(issuers=queries.identities(org_id=firm.org.id)).accepts(report)
    (stranger,) = checking.check_bytes(data=before, name="", now=now, org_id=None)
    assert stranger.verdict == "bad"
    assert answer(signed(firm, now), firm, now).code == "good"
    assert HandOver.objects.count() == 0  # whoever knows the old key could sign one, too


def test_elsewhere_a_given_up_key_is_not_the_givers_any_more(firm: Firm, now: datetime) -> None:
    """Another server sees our key document, and nothing else of ours."""
    from credcore.ports import Fetched

    give_address(firm, now)
    before, old = signed(firm, now), signing_key(firm)

    def fetch(url: str, *, kind: object) -> Fetched:
        document = json.dumps(queries.did_document(org_id=firm.org.id)).encode()
        return Fetched(url=url, body=document, media_type="application/json", fetched_at=now)

    elsewhere = Verifier(fetch=fetch)
    did = queries.issuer(org_id=firm.org.id).did
    assert Policy.own(issuers=[did]).accepts(elsewhere.check(before, now=now))
    operations.compromise(actor=firm.owner, key_id=old.id, since=now, why="Laptop lost", now=now)
    report = elsewhere.check(before, now=now)
    assert report.verdict == "bad" and report.finding("issuer").code == "issuer.other_key"


def test_a_given_up_key_that_was_forged_with_another_name_is_bad_too(firm: Firm, now: datetime) -> None:
    """did:key: the thief can sign anything, under any name, and put it on anybody's list of trusted givers."""
    from credcore.codec import strict_json
    from credcore.issue import issue
    from credcore.keys.ed25519 import LocalSigner
    from skillmark.rooms.credentials import operations as credentials
    from skillmark.rooms.signing.operations import custody
    from skillmark.rooms.signing.rules import unwrap

    old = signing_key(firm)
    seed = unwrap(key=custody.data_key(firm.org.id), wrapped=bytes(old.wrapped), bound_to=custody.bound(old))
    thief = LocalSigner(seed)
    credentials.trust_giver(actor=firm.owner, issuer=thief.did, name="Somebody Else", reason="Known", now=now)
    said = unsigned(thief.did, now)
    said["issuer"]["name"] = "Somebody Else"
    forged = strict_json.dumps(issue(said, signer=thief, now=now))
    operations.compromise(actor=firm.owner, key_id=old.id, since=now, why="Laptop lost", now=now)
    assert answer(forged, firm, now).code == "key.compromised"


def test_the_next_key_takes_the_place_of_one_that_is_given_up(firm: Firm, now: datetime) -> None:
    waiting = operations.stage(actor=firm.owner, now=now)
    key = operations.compromise(actor=firm.owner, key_id=signing_key(firm).id, since=now, why="Lost", now=now)
    assert key.id == waiting.id and key.active_from == now


def test_a_retired_key_can_be_given_up_and_the_one_that_signs_stays(firm: Firm, now: datetime) -> None:
    old = signing_key(firm)
    new = operations.rotate(actor=firm.owner, purpose="credential", now=now)
    assert len(queries.hand_overs(org_id=firm.org.id)) == 1
    assert operations.compromise(actor=firm.owner, key_id=old.id, since=now, why="Old backup found", now=now).id == new.id
    assert queries.hand_overs(org_id=firm.org.id) == []  # its word is worth nothing now


def test_the_list_of_cancelled_proofs_is_still_signed_under_a_given_up_key(firm: Firm, now: datetime) -> None:
    """A set bit does no harm, and nobody else can set it where old files point."""
    old = signing_key(firm)
    operations.compromise(actor=firm.owner, key_id=old.id, since=now, why="Lost", now=now)
    did = f"did:key:{old.public_multibase}"
    listed = status_list(did, now)
    assert operations.sign(org_id=firm.org.id, purpose="status", unsigned=listed, now=now)
    with pytest.raises(operations.CannotSign):
        operations.sign(org_id=firm.org.id, unsigned=unsigned(did, now), now=now)


def test_giving_up_a_key_needs_a_reason_and_a_moment(firm: Firm, other_firm: Firm, now: datetime) -> None:
    key = signing_key(firm)

    def refusal(**changed: Any) -> str:
        asked: dict[str, Any] = {"actor": firm.owner, "key_id": key.id, "since": now, "why": "Lost", "now": now} | changed
        with pytest.raises((operations.CannotChangeKeys, NotFound)) as refused:
            operations.compromise(**asked)
        return refused.value.code

    assert refusal(why="  ") == "keys.reason_missing"
    assert refusal(why="x" * 501) == "keys.reason_too_long"
    assert refusal(since=now + timedelta(seconds=1)) == "keys.since_wrong"
    assert refusal(since=key.made_at - timedelta(seconds=1)) == "keys.since_wrong"
    assert refusal(actor=other_firm.owner) == "not_found"
    operations.compromise(actor=firm.owner, key_id=key.id, since=now, why="Lost", now=now)
    assert refusal() == "keys.compromised_already"


def test_only_the_owner_changes_keys_and_only_their_own(firm: Firm, other_firm: Firm, now: datetime) -> None:
    key = operations.stage(actor=firm.owner, now=now)
    for actor, error in ((firm.supervisor, people.CannotDo), (other_firm.owner, NotFound)):
        for what in (operations.use, operations.discard, operations.trial):
            with pytest.raises(error):
                what(actor=actor, key_id=key.id, now=now)
    with pytest.raises(people.CannotDo):
        operations.stage(actor=firm.supervisor, purpose="status", now=now)


def test_each_change_is_in_the_journal(firm: Firm, now: datetime) -> None:
    key = operations.stage(actor=firm.owner, now=now)
    operations.use(actor=firm.owner, key_id=key.id, now=now)
    operations.compromise(actor=firm.owner, key_id=key.id, since=now, why="Lost", now=now)
    told = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=key.id)]
    assert sorted(told) == ["signing.key.compromised", "signing.key.rotated", "signing.key.staged"]


def test_two_purposes_never_share_a_key(firm: Firm, now: datetime) -> None:
    """The key for lists signs no proof, not even under its own name."""
    lists = IssuerKey.objects.get(org_id=firm.org.id, purpose="status")
    did = f"did:key:{lists.public_multibase}"
    assert did not in queries.identities(org_id=firm.org.id)
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign(org_id=firm.org.id, unsigned=unsigned(did, now), now=now)
    assert refused.value.code == "sign.not_ours"


def test_a_p256_key_signs_in_its_own_way(firm: Firm, now: datetime) -> None:
    key = operations.stage(actor=firm.owner, now=now, algorithm="P-256")
    operations.use(actor=firm.owner, key_id=key.id, now=now)
    assert queries.issuer(org_id=firm.org.id).did.startswith("did:key:zDn")
    document = signed(firm, now)
    assert json.loads(document)["proof"]["cryptosuite"] == "ecdsa-rdfc-2019"
    assert answer(document, firm, now).code == "good"


def test_a_key_in_a_device_signs_and_is_nowhere_else(firm: Firm, now: datetime, key_device: Device, settings: Any) -> None:
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN = key_device.module, key_device.token, key_device.pin
    key = operations.stage(actor=firm.owner, now=now, provider="pkcs11")
    assert (key.provider, bytes(key.wrapped), key.handle) == ("pkcs11", b"", f"skillmark-{key.id}")
    operations.use(actor=firm.owner, key_id=key.id, now=now)
    assert answer(signed(firm, now), firm, now).code == "good"
    many = [unsigned(queries.issuer(org_id=firm.org.id).did, now) for _ in range(3)]
    assert len(operations.sign_many(org_id=firm.org.id, unsigned=many, now=now)) == 3
    # The one after it is made where it is.
    assert operations.rotate(actor=firm.owner, purpose="credential", now=now).provider == "pkcs11"
    settings.PKCS11_TOKEN = "pulled out"
    with pytest.raises(operations.CannotSign) as refused:
        signed(firm, now)
    assert refused.value.code == "sign.device"
    settings.PKCS11_MODULE = ""
    with pytest.raises(operations.CannotSign) as refused:
        operations.stage(actor=firm.owner, purpose="status", now=now, provider="pkcs11")
    assert refused.value.code == "sign.device"


def test_whoever_trusts_the_first_key_can_follow_it_to_the_last(firm: Firm, now: datetime) -> None:
    first = queries.issuer(org_id=firm.org.id).did
    followers = []
    for _ in range(3):
        operations.rotate(actor=firm.owner, purpose="credential", now=now)
        followers.append(queries.issuer(org_id=firm.org.id).did)
    statements = queries.hand_overs(org_id=firm.org.id)
    assert followed.successors(statements[::-1], trusted=first, now=now) == tuple(followers)


def test_the_history_is_signed_by_the_key_in_use_and_the_same_for_everybody(firm: Firm, now: datetime) -> None:
    give_address(firm, now)
    first = signing_key(firm)
    operations.rotate(actor=firm.owner, purpose="credential", now=now + timedelta(days=1))
    told = operations.signed_history(org_id=firm.org.id)
    assert told == operations.signed_history(org_id=firm.org.id)
    said = json.loads(told)
    periods = {one["publicKeyMultibase"]: one for one in said["keys"]["credentialSubject"]}
    assert set(periods) == {key.public_multibase for key in IssuerKey.objects.filter(org_id=firm.org.id)}
    assert periods[first.public_multibase]["description"] == "retired from 2026-05-04T12:00:00Z until 2026-05-05T12:00:00Z"
    assert periods[first.public_multibase]["expires"] == "2026-05-05T12:00:00Z"
    did = f"did:key:{signing_key(firm).public_multibase}"
    report = Verifier(fetch=lambda url, *, kind: pytest.fail("nobody is asked")).check(
        json.dumps(said["keys"]).encode(), now=now + timedelta(days=2)
    )
    assert Policy.own(issuers=[did]).accepts(report)
    assert [one["issuer"]["id"] for one in said["handOvers"]] == [f"did:key:{first.public_multibase}"]
    operations.compromise(
        actor=firm.owner, key_id=first.id, since=now + timedelta(hours=1), why="Lost", now=now + timedelta(days=3)
    )
    later = json.loads(operations.signed_history(org_id=firm.org.id))
    (period,) = [one for one in later["keys"]["credentialSubject"] if one["publicKeyMultibase"] == first.public_multibase]
    assert period["description"].startswith("compromised") and period["revoked"] == "2026-05-04T13:00:00Z"
    assert later["handOvers"] == [] and "Lost" not in json.dumps(later)
