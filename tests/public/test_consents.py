"""Each yes leaves a receipt that anybody can check, and that says when it was taken back."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credcore import dids
from credcore.codec import jose, strict_json
from credcore.errors import SignatureMismatch, UnavailableError
from credcore.ports import Fetched, FetchKind
from credcore.proofs import jose as signatures
from skillmark.edges.public.forms.shares import WORDING
from skillmark.rooms.records import operations
from skillmark.rooms.records.models import Consent, Share
from tests.public import sharing


@pytest.fixture
def mine(firm: Any) -> sharing.Mine:
    return sharing.make(firm)


def test_a_share_leaves_a_signed_receipt(mine: sharing.Mine) -> None:
    mine.share(
        mine.forklift, mine.job, facts=[*mine.facts("name"), f"{mine.job.id}/by"], to_whom="Northgate", purpose="job", days="7"
    )
    token = mine.client.get(f"/w/consents/{Consent.objects.get().id}").content
    read = jose.parse(token)
    said = jose.claims(read)
    assert read.header["typ"] == "consent-receipt+jwt"
    assert read.header["kid"].startswith(said["iss"])
    signatures.verify(jws=read, key=_key(read.header["kid"]))
    assert (said["to"], said["purpose"], said["kind"], said["name"]) == (
        "Northgate",
        "A job that I want",
        "share",
        "Rosa Delgado",
    )
    assert said["fields"] == [
        f"{mine.forklift.title} – only: My name", "Mill hand – only: Employer or school", "Rosa Delgado",
    ]  # fmt: skip
    assert said["wording"] == str(WORDING)
    assert said["language"] == "en"
    assert said["until"] == Share.objects.get().ends_at.isoformat(timespec="seconds").replace("+00:00", "Z")


def test_a_changed_receipt_fits_no_more(mine: sharing.Mine) -> None:
    mine.share(mine.cnc)
    token = mine.client.get(f"/w/consents/{Consent.objects.get().id}").content
    read = jose.parse(token)
    other = jose.claims(read) | {"purpose": "Something else"}
    changed = jose.compact(header=dict(read.header), payload=strict_json.dumps(other), signature=read.signature)
    with pytest.raises(SignatureMismatch):
        signatures.verify(jws=jose.parse(changed), key=_key(read.header["kid"]))


def test_the_list_tells_when_it_was_taken_back(mine: sharing.Mine) -> None:
    mine.share(mine.cnc, to_whom="Northgate")
    page = mine.client.get("/w/consents").content.decode()
    assert "Northgate" in page
    assert "Taken back on" not in page
    mine.client.post(f"/w/shares/{Share.objects.get().id}/stop")
    assert "Taken back on" in mine.client.get("/w/consents").content.decode()


def test_every_way_of_handing_out_reads_in_the_list(mine: sharing.Mine) -> None:
    now = timezone.now()
    for kind in Consent.Kind:
        operations.note_consent(
            actor=mine.actor, kind=kind.value, to_whom="" if kind == Consent.Kind.APP else f"To {kind.value}", purpose="",
            facts=["All of it"], wording="Yes.", language="en", until=None, now=now - timedelta(minutes=1),
        )  # fmt: skip
    page = mine.client.get("/w/consents").content.decode()
    assert "Another app" in page
    assert page.count("Handed over for good") == 5
    with pytest.raises(ValueError, match="gossip"):
        operations.note_consent(
            actor=mine.actor, kind="gossip", to_whom="", purpose="", facts=[], wording="", language="en", until=None, now=now
        )


def test_all_of_them_in_one_file(mine: sharing.Mine) -> None:
    mine.share(mine.cnc)
    mine.share(mine.forklift)
    packed = mine.client.get("/w/consents/all.zip").content
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert len(archive.namelist()) == 2
        for name in archive.namelist():
            read = jose.parse(archive.read(name))
            signatures.verify(jws=read, key=_key(read.header["kid"]))


def test_nobody_elses(mine: sharing.Mine, other_firm: Any) -> None:
    mine.share(mine.cnc)
    number = Consent.objects.get().id
    assert Client().get(f"/w/consents/{number}").status_code == 302
    outsider = sharing.make(other_firm)
    assert outsider.client.get(f"/w/consents/{number}").status_code == 404
    assert outsider.client.get(f"/w/shares/{Share.objects.get().id}").status_code == 404
    assert outsider.client.post(f"/w/shares/{Share.objects.get().id}/stop").status_code == 404
    assert outsider.client.post(f"/w/shares/{Share.objects.get().id}/link").status_code == 404
    assert outsider.client.get("/w/consents").content.decode().count("Save the receipt") == 0
    assert Share.objects.get().closed_at is None


def _key(kid: str) -> Any:
    """The key that the receipt itself names: a did:key holds it."""
    return dids.resolve(kid.partition("#")[0], fetch=_nobody).assertion[kid].key


def _nobody(url: str, *, kind: FetchKind) -> Fetched:
    raise UnavailableError("fetch.offline", url)
