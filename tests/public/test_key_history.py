"""`/o/<org>/keys.json`: every key of a firm, signed by the one in use, open to everyone and the same for everyone."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from credcore.errors import UnavailableError
from credcore.verify import Policy, Verifier, followed
from skillmark.rooms.signing import operations, queries
from skillmark.rooms.signing.models import IssuerKey


def nobody(url: str, *, kind: object) -> Any:
    raise UnavailableError("fetch.offline", url)


def test_it_is_cacheable_and_open_to_all(client: Client, firm: Any) -> None:
    where = f"/o/{firm.org.id}/keys.json"
    answer = client.get(where)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert "max-age=900" in answer["Cache-Control"] and answer["Access-Control-Allow-Origin"] == "*"
    again = client.get(where, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(where).status_code == 405
    operations.rotate(actor=firm.owner, purpose="credential", now=timezone.now())
    assert client.get(where, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 200


def test_a_stranger_can_follow_the_keys_and_check_the_list(client: Client, firm: Any) -> None:
    first = queries.issuer(org_id=firm.org.id).did
    operations.rotate(actor=firm.owner, purpose="credential", now=timezone.now())
    told = json.loads(client.get(f"/o/{firm.org.id}/keys.json").content)
    statements = [json.dumps(one).encode() for one in told["handOvers"]]
    now = timezone.now()
    (last,) = followed.successors(statements, trusted=first, now=now)
    assert told["keys"]["issuer"]["id"] == last
    assert Policy.own(issuers=[last]).accepts(Verifier(fetch=nobody).check(json.dumps(told["keys"]).encode(), now=now))


def test_it_tells_no_secret_and_nothing_of_others(client: Client, firm: Any, other_firm: Any) -> None:
    now = timezone.now()
    key = IssuerKey.objects.get(org_id=firm.org.id, purpose="credential")
    operations.compromise(actor=firm.owner, key_id=key.id, since=now, why="Walt left his laptop on the bus", now=now)
    text = client.get(f"/o/{firm.org.id}/keys.json").content.decode()
    assert "laptop" not in text and "wrapped" not in text and key.public_multibase in text
    theirs = IssuerKey.objects.filter(org_id=other_firm.org.id)
    assert not any(one.public_multibase in text for one in theirs)


def test_a_firm_without_keys_and_a_firm_that_is_not_there(client: Client, firm: Any) -> None:
    assert client.get(f"/o/{uuid.uuid4()}/keys.json").status_code == 404
    IssuerKey.objects.all().delete()
    assert client.get(f"/o/{firm.org.id}/keys.json").status_code == 404


def test_keys_that_cannot_be_opened_are_not_there(client: Client, firm: Any, settings: Any) -> None:
    settings.OUTER_KEY = b"\x01" * 32
    assert client.get(f"/o/{firm.org.id}/keys.json").status_code == 404
