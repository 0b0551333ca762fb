"""Checking for a firm: whom it trusts decides, every answer is kept, and without internet it says what was known last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from credcore.codec import strict_json
from credcore.keys.ed25519 import LocalSigner
from credcore.keys.jwk import encode, thumbprint
from credcore.model import Party
from credcore.trust import TrustEntry, TrustList, files
from credcore.trust import signed as signed_lists
from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Check, CheckedItem, RememberedAnswer
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Role
from tests.cast import NOW, Firm
from tests.core.proofs import COLLEGE, LIST_URL, STRANGER, as_bytes, signed, status_list
from tests.core.trust.test_federation import ANCHOR, CONFIGURATION, KEY, OTHER
from tests.core.trust.test_federation import _pages as federation_pages
from tests.core.trust.test_federation import _signed as statement
from tests.house.desks.conftest import Net

pytestmark = pytest.mark.django_db
LISTED = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
          "statusListCredential": LIST_URL}  # fmt: skip
PROOF = as_bytes(signed())
WITH_STATUS = as_bytes(signed(change=lambda made: made.update(credentialStatus=LISTED)))
ADDRESS = "https://lists.example/county"
COUNTY = TrustList("County list", (TrustEntry(COLLEGE.did, "Prairie Valley College", reason="Audited"),), source="The county")


def trust(firm: Firm, **changes: Any) -> Any:
    asked: dict[str, Any] = {
        "actor": firm.owner, "issuer": COLLEGE.did, "name": "Prairie Valley College", "reason": "I called them.", "now": NOW,
    }  # fmt: skip
    return operations.trust_giver(**(asked | changes))


def follow(firm: Firm, **changes: Any) -> Any:
    asked: dict[str, Any] = {
        "actor": firm.owner, "kind": "file", "url": ADDRESS, "keeper": "", "reason": "Our schools are on it.", "now": NOW,
    }  # fmt: skip
    return checking.follow(**(asked | changes))


def check(firm: Firm | None = None, data: bytes = PROOF, *, days: int = 0) -> Any:
    org_id = firm.org.id if firm is not None else None
    (report,) = checking.check_bytes(data=data, name="", now=NOW + timedelta(days=days), org_id=org_id)
    return report


def test_a_giver_that_the_owner_trusts(firm: Firm, other_firm: Firm, net: Net) -> None:
    assert check(firm).code == "issuer.unknown"
    giver = trust(firm)
    report = check(firm)
    assert report.code == "good" and report.finding("trust").facts["list"] == ""
    assert report.finding("trust").facts["since"] == "2026-05-04"
    assert check(other_firm).code == "issuer.unknown"
    assert check(None).code == "issuer.unknown"  # two firms on this server: a stranger is with neither of them
    operations.stop_trusting(actor=firm.owner, giver_id=giver.id, now=NOW)
    assert check(firm).code == "issuer.unknown"


def test_a_stranger_sees_whom_the_firm_that_runs_the_page_trusts(firm: Firm, net: Net) -> None:
    trust(firm)
    report = check(None)
    assert report.code == "good" and report.finding("trust").facts["list"] == "the list of Tallgrass Machine Works"


def test_a_trusted_name_over_another_key_is_borrowed(firm: Firm, net: Net) -> None:
    trust(firm)
    assert check(firm, as_bytes(signed(STRANGER))).code == "name.borrowed"


def test_what_is_checked_is_kept(firm: Firm, net: Net) -> None:
    trust(firm)
    (made,) = checking.check_and_keep(actor=firm.supervisor, kind="file", name="proof.json", body=PROOF, now=NOW)
    assert (made.verdict, made.item.name, bytes(made.item.body)) == ("good", "proof.json", PROOF)
    (again,) = checking.recheck(actor=firm.owner, item_id=made.item_id, now=NOW + timedelta(days=301))
    assert again.changed and again.code == "dates.expired"
    assert [one.verdict for one in queries.history_of(actor=firm.owner, item_id=made.item_id)] == ["bad", "good"]


def test_a_link_is_kept_by_its_address(firm: Firm, net: Net) -> None:
    trust(firm)
    url = "https://college.example/rosa.json"
    net.pages[url] = PROOF
    link: dict[str, Any] = {"actor": firm.owner, "kind": "link", "name": url, "body": url.encode(), "now": NOW}
    (made,) = checking.check_and_keep(**link)
    assert made.verdict == "good" and made.item.kind == "link" and bytes(made.item.body).decode() == url
    net.is_up = False
    (again,) = checking.recheck(actor=firm.owner, item_id=made.item_id, now=NOW)
    assert again.code == "link.unreachable" and not again.changed


def test_a_text_is_kept_as_it_was_pasted(firm: Firm, net: Net) -> None:
    (made,) = checking.check_and_keep(actor=firm.owner, kind="text", name="", body=b"  " + PROOF, now=NOW)
    assert made.code == "issuer.unknown" and made.title == "Sit-down forklift operator"


def test_who_may_check(firm: Firm, other_firm: Firm, net: Net) -> None:
    url: dict[str, Any] = {"kind": "link", "name": "", "body": b"https://college.example/x", "now": NOW}
    with pytest.raises(CannotDo):
        checking.check_and_keep(actor=replace(firm.owner, role=Role.WORKER), **url)
    with pytest.raises(operations.CannotCheck):
        checking.check_and_keep(actor=firm.owner, **url | {"kind": "mood"})
    assert net.asked == []
    (made,) = checking.check_and_keep(actor=firm.owner, **url)
    with pytest.raises(NotFound):
        checking.recheck(actor=other_firm.owner, item_id=made.item_id, now=NOW)
    assert Check.objects.count() == 1


def test_without_internet_it_says_what_was_known_last(firm: Firm, net: Net) -> None:
    trust(firm)
    net.pages[LIST_URL] = status_list()
    assert check(firm, WITH_STATUS).code == "good"
    net.is_up = False
    report = check(firm, WITH_STATUS, days=2)
    assert (report.verdict, report.code) == ("careful", "status.unknown")
    assert report.finding("status").facts["asked"] == NOW.isoformat()
    RememberedAnswer.objects.all().delete()
    assert "asked" not in check(firm, WITH_STATUS, days=2).finding("status").facts


def test_a_cancelled_proof_stays_cancelled_without_internet(firm: Firm, net: Net) -> None:
    trust(firm)
    net.pages[LIST_URL] = status_list([7])
    assert check(firm, WITH_STATUS).code == "status.cancelled"
    net.is_up = False
    assert check(firm, WITH_STATUS).code == "status.cancelled"


def test_a_stranger_fills_no_disk(firm: Firm, net: Net) -> None:
    trust(firm)
    net.pages[LIST_URL] = status_list()
    assert check(None, WITH_STATUS).code == "good"
    assert not RememberedAnswer.objects.exists()
    check(firm, WITH_STATUS)
    assert RememberedAnswer.objects.count() == 1
    net.is_up = False
    assert "asked" in check(None, WITH_STATUS, days=2).finding("status").facts


def test_a_list_at_an_address(firm: Firm, net: Net) -> None:
    net.pages[ADDRESS] = files.dumps(COUNTY)
    followed = follow(firm)
    assert (followed.name, followed.entries, followed.left_out, followed.fetched_at) == ("County list", 1, 0, NOW)
    report = check(firm)
    assert report.code == "good" and report.finding("trust").facts["list"] == "County list"
    net.pages[ADDRESS] = files.dumps(replace(COUNTY, entries=()))
    net.fetched_at = NOW + timedelta(days=1)
    assert checking.refresh_all(org_id=firm.org.id, now=NOW + timedelta(days=1)) == 1
    assert check(firm).code == "issuer.unknown"


def test_a_list_that_cannot_be_read_again_keeps_what_it_said(firm: Firm, net: Net) -> None:
    net.pages[ADDRESS] = files.dumps(COUNTY)
    followed = follow(firm)
    for body, problem in ((None, "fetch.unreachable"), (b"[]", "trust.malformed")):
        net.pages = {ADDRESS: body} if body is not None else {}
        assert checking.refresh(actor=firm.owner, list_id=followed.id, now=NOW).problem == problem
        assert check(firm).code == "good"
    assert checking.refresh_all(org_id=firm.org.id, now=NOW) == 0


def test_a_signed_list_and_its_end(firm: Firm, net: Net) -> None:
    until = NOW + timedelta(days=30)
    net.pages[ADDRESS] = signed_lists.make(COUNTY, signer=STRANGER, now=NOW, until=until)
    followed = follow(firm, kind="signed", keeper=STRANGER.did)
    assert followed.valid_until == until
    assert check(firm).code == "good"
    assert check(firm, days=31).code == "issuer.unknown"  # its keeper has let it run out
    with pytest.raises(operations.CannotTrust) as caught:
        follow(firm, kind="signed", keeper=COLLEGE.did, url=f"{ADDRESS}/2")
    assert (caught.value.code, caught.value.facts["why"]) == ("list.unreachable", "fetch.unreachable")
    net.pages[f"{ADDRESS}/2"] = net.pages[ADDRESS]
    with pytest.raises(operations.CannotTrust) as caught:
        follow(firm, kind="signed", keeper=COLLEGE.did, url=f"{ADDRESS}/2")
    assert (caught.value.code, caught.value.facts["why"]) == ("list.unreadable", "trust.other_keeper")


def test_a_registry_with_somebody_who_cannot_be_read(firm: Firm, net: Net) -> None:
    registry = {COLLEGE.did: {"name": "Prairie Valley College"}, "urn:odd": {"name": "Odd"}}
    net.pages[ADDRESS] = strict_json.dumps({"meta": {}, "registry": registry})
    followed = follow(firm, kind="registry", keeper="The county")
    assert (followed.name, followed.entries, followed.left_out) == ("The county", 1, 1)
    assert check(firm).finding("trust").facts["list"] == "The county"


def test_a_federation_whose_keys_change(firm: Firm, net: Net) -> None:
    net.pages = federation_pages(COLLEGE.did)
    followed = follow(firm, kind="federation", url=ANCHOR)
    assert (followed.name, followed.entries, followed.thumbprints) == ("Consortium", 1, [thumbprint(KEY.key)])
    assert check(firm).finding("trust").facts["list"] == "Consortium"
    renewed = CONFIGURATION | {"jwks": {"keys": [encode(OTHER.key) | {"kid": "k1"}]}}
    net.pages[f"{ANCHOR}/.well-known/openid-federation"] = statement(renewed, signer=OTHER)
    again = checking.refresh(actor=firm.owner, list_id=followed.id, now=NOW)
    assert (again.problem, again.entries) == ("trust.keeper_changed", 1)
    assert check(firm).code == "good"


def test_an_old_answer_does_not_pass_for_a_list_that_was_read(firm: Firm, net: Net) -> None:
    net.pages = federation_pages(COLLEGE.did)
    followed = follow(firm, kind="federation", url=ANCHOR)
    net.is_up = False
    again = checking.refresh(actor=firm.owner, list_id=followed.id, now=NOW)
    assert again.problem == "fetch.unreachable" and not RememberedAnswer.objects.exists()


def test_keys_that_cannot_be_asked_today_are_those_known_last(firm: Firm, net: Net) -> None:
    keeper = "did:web:college.example"
    key = {"id": f"{keeper}#1", "type": "Multikey", "controller": keeper, "publicKeyMultibase": COLLEGE.did.split(":")[2]}
    keys = {"id": keeper, "verificationMethod": [key], "assertionMethod": [key["id"]]}
    net.pages["https://college.example/.well-known/did.json"] = strict_json.dumps(keys)
    signer = LocalSigner(b"\x01" * 32, verification_method=key["id"])
    proof = as_bytes(signed(signer, issuer=Party(id=keeper, name="Prairie Valley College")))
    trust(firm, issuer=keeper)
    assert check(firm, proof).code == "good"
    net.is_up = False
    report = check(firm, proof, days=30)
    assert (report.verdict, report.code) == ("careful", "keys.remembered")
    RememberedAnswer.objects.all().delete()
    assert check(firm, proof, days=30).verdict == "unknown"


def test_a_file_that_was_handed_over(firm: Firm, net: Net) -> None:
    followed = follow(firm, url="", body=files.dumps(COUNTY))
    assert check(firm).code == "good"
    assert checking.refresh(actor=firm.owner, list_id=followed.id, now=NOW).problem == ""


def test_nothing_is_fetched_for_whom_may_not_follow(firm: Firm, other_firm: Firm, net: Net) -> None:
    net.pages[ADDRESS] = files.dumps(COUNTY)
    with pytest.raises(CannotDo):
        follow(firm, actor=firm.supervisor)
    with pytest.raises(operations.CannotTrust):
        follow(firm, reason="")
    assert net.asked == []
    followed = follow(firm)
    with pytest.raises(NotFound):
        checking.refresh(actor=other_firm.owner, list_id=followed.id, now=NOW)
    assert net.asked == [ADDRESS]


def test_rows_of_a_batch(firm: Firm, net: Net) -> None:
    trust(firm)
    url = "https://college.example/rosa.json"
    net.pages[url] = PROOF
    rows = [("a", "file", PROOF), ("b", "link", url.encode()), ("c", "file", b"\xff no proof"), ("d", "link", b"no address")]
    batch = operations.start_batch(actor=firm.supervisor, name="", rows=rows, now=NOW)
    assert checking.check_rows(now=NOW, most=3, batch_id=batch.id) == 3
    assert checking.check_rows(now=NOW, most=3, batch_id=batch.id) == 1
    assert checking.check_rows(now=NOW, most=3, batch_id=batch.id) == 0
    found = [row.verdict for row in queries.batch_rows(actor=firm.owner, batch_id=batch.id)]
    assert found == ["good", "good", "unknown", "unknown"] and CheckedItem.objects.count() == 4
