"""Keys and signatures of a firm."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from credcore.formats import openbadges3
from credcore.model import Party
from credcore.status import bitstring
from skillmark.errors import NotFound
from skillmark.rooms.people import operations as people
from skillmark.rooms.signing import operations, queries
from skillmark.rooms.signing.models import DataKey, IssuerKey
from skillmark.rooms.signing.operations import custody
from skillmark.rooms.signing.rules import unwrap
from tests.cast import Firm

pytestmark = pytest.mark.django_db


def unsigned(did: str, now: datetime, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": "urn:uuid:8f3fe6f0-1111-4b5c-9df8-0a8c1c1c0001",
        "issuer": Party(id=did, name="Tallgrass Machine Works"),
        "subject_id": "urn:uuid:8f3fe6f0-1111-4b5c-9df8-0a8c1c1c0002",
        "subject_name": "Rosa Delgado",
        "title": "Tool change",
        "did": "Changed tools alone.",
        "how": "Watched on two shifts.",
        "achievement_id": "urn:uuid:8f3fe6f0-1111-4b5c-9df8-0a8c1c1c0003",
        "valid_from": now,
    }
    return openbadges3.build(**(values | more))


def status_list(did: str, now: datetime) -> dict[str, Any]:
    return bitstring.build(
        id="https://proofs.example/status/1", issuer=did, purpose="revocation", indexes=[7], valid_from=now,
        valid_until=now + timedelta(days=1), ttl_ms=900_000, length=131_072,
    )  # fmt: skip


def test_a_firm_signs_under_the_key_in_the_file_until_it_has_an_address(firm: Firm, now: datetime) -> None:
    before = queries.issuer(org_id=firm.org.id)
    assert before.did.startswith("did:key:z6Mk")
    with pytest.raises(NotFound):
        queries.did_document(org_id=firm.org.id)
    people.change_settings(
        actor=firm.owner, name="T", language="en", time_zone="UTC", date_order="mdy",
        base_url="https://proofs.example:8443", now=now,
    )  # fmt: skip
    after = queries.issuer(org_id=firm.org.id)
    assert after.did == f"did:web:proofs.example%3A8443:o:{firm.org.id}"
    document = queries.did_document(org_id=firm.org.id)
    assert document["id"] == after.did and after.verification_method in document["assertionMethod"]
    assert {before.did, after.did} <= set(queries.identities(org_id=firm.org.id))


def test_what_is_not_ours_or_not_sound_is_not_signed(firm: Firm, other_firm: Firm, now: datetime) -> None:
    ours, theirs = (queries.issuer(org_id=one.org.id).did for one in (firm, other_firm))
    bad = unsigned(ours, now)
    bad["credentialSubject"]["nonsense"] = "x"
    for credential, code in ((unsigned(theirs, now), "sign.not_ours"), (bad, "sign.refused"), ({}, "sign.not_ours")):
        with pytest.raises(operations.CannotSign) as refused:
            operations.sign(org_id=firm.org.id, unsigned=credential, now=now)
        assert refused.value.code == code


def test_no_private_key_lies_open_in_the_database(firm: Firm, now: datetime) -> None:
    key = IssuerKey.objects.filter(org_id=firm.org.id).first()
    assert key is not None
    seed = unwrap(key=custody.data_key(firm.org.id), wrapped=bytes(key.wrapped), bound_to=custody.bound(key))
    assert len(seed) == 32
    dump = []
    with connection.cursor() as cursor:
        for table in (IssuerKey._meta.db_table, DataKey._meta.db_table):
            cursor.execute(f"SELECT * FROM {table}")
            dump += [
                bytes(value) if isinstance(value, memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            ]
    assert not any(seed in value or seed.hex().encode() in value for value in dump)


def test_another_outer_key_opens_nothing(firm: Firm, now: datetime, settings: Any) -> None:
    did = queries.issuer(org_id=firm.org.id).did
    settings.OUTER_KEY = b"\x01" * 32
    with pytest.raises(operations.CannotSign) as refused:
        operations.sign(org_id=firm.org.id, unsigned=unsigned(did, now), now=now)
    assert refused.value.code == "sign.outer_key"


def test_a_wrapped_key_cannot_be_moved_to_another_firm(firm: Firm, other_firm: Firm, now: datetime) -> None:
    mine = IssuerKey.objects.get(org_id=firm.org.id, purpose="credential")
    IssuerKey.objects.filter(org_id=other_firm.org.id, purpose="credential").update(wrapped=mine.wrapped)
    did = queries.issuer(org_id=other_firm.org.id).did
    with pytest.raises(operations.CannotSign):
        operations.sign(org_id=other_firm.org.id, unsigned=unsigned(did, now), now=now)


def test_after_rotation_the_new_key_signs_and_the_old_stays_known(firm: Firm, now: datetime) -> None:
    old = queries.issuer(org_id=firm.org.id)
    operations.rotate(actor=firm.owner, purpose="credential", now=now)
    new = queries.issuer(org_id=firm.org.id)
    assert new.did != old.did and old.did in queries.identities(org_id=firm.org.id)
    operations.sign(org_id=firm.org.id, unsigned=unsigned(new.did, now), now=now)
    with pytest.raises(operations.CannotSign):
        operations.sign(org_id=firm.org.id, unsigned=unsigned(old.did, now), now=now)
    with pytest.raises(people.CannotDo):
        operations.rotate(actor=firm.supervisor, purpose="credential", now=now)
