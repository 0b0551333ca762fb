"""1EdTechRevocationList: what it says, and what must not pass for one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from credcore.errors import MalformedError
from credcore.status import one_edtech
from credcore.status.one_edtech import Revoked
from tests.vectors import vectors

Json = dict[str, Any]
URL = "https://1edtech.example/credentials/3732/revocations"
OURS = "https://1edtech.example/credentials/3732"


def _list(*entries: Any, **more: Any) -> Json:
    return {"id": URL, "issuer": "https://1edtech.example/issuers/1", "revokedCredentials": list(entries)} | more


def test_what_is_listed_is_cancelled() -> None:
    document = _list({"id": OURS, "revoked": True, "revocationReason": "Paid back."}, {"id": "urn:uuid:2"})
    assert one_edtech.read(document) == {OURS: Revoked(OURS, "Paid back."), "urn:uuid:2": Revoked("urn:uuid:2")}
    assert one_edtech.is_listed(credential_id=OURS, document=document)
    assert one_edtech.is_listed(credential_id="urn:uuid:2", document=document)


@pytest.mark.parametrize(
    "document", [_list(), _list({"id": OURS, "revoked": False}), _list({"id": OURS + "/", "revoked": True})]
)
def test_what_is_not_listed_is_not_cancelled(document: Json) -> None:
    assert not one_edtech.is_listed(credential_id=OURS, document=document)


def test_both_names_of_the_list_and_both_forms_of_the_issuer() -> None:
    document = {"id": URL, "issuer": {"id": "did:example:1", "type": ["Profile"]}, "revokedCredential": [{"id": OURS}]}
    assert one_edtech.is_listed(credential_id=OURS, document=document)


@pytest.mark.parametrize(
    "document",
    [
        {}, _list(id=None), _list(id=7), _list(issuer=None), _list(issuer={}), _list(issuer=[]),
        {"id": URL, "issuer": "did:example:1"}, _list(revokedCredentials=None), _list(revokedCredentials={"id": OURS}),
        _list(revokedCredential=[]), _list(OURS), _list({}), _list({"id": 7}), _list({"id": OURS, "revoked": "true"}),
        _list({"id": OURS, "revoked": 1}), _list({"id": OURS, "revoked": None}), _list({"id": OURS, "revocationReason": 7}),
        _list({"id": OURS}, None),
    ],
)  # fmt: skip
def test_badly_built_lists_say_nothing(document: Json) -> None:
    with pytest.raises(MalformedError, match=r"status\.malformed"):
        one_edtech.is_listed(credential_id=OURS, document=document)


def test_the_number_of_entries_is_bounded() -> None:
    most = [{"id": f"urn:{number}"} for number in range(one_edtech.MAX_ENTRIES)]
    assert one_edtech.is_listed(credential_id="urn:99999", document=_list(*most))
    with pytest.raises(MalformedError, match=r"status\.malformed"):
        one_edtech.is_listed(credential_id="urn:99999", document=_list(*most, {"id": OURS}))


def test_the_place_of_the_list() -> None:
    assert one_edtech.read_entry({"id": URL, "type": "1EdTechRevocationList"}) == URL
    entries: list[Json] = [
        {"id": URL}, {"type": one_edtech.KIND}, {"id": 7, "type": one_edtech.KIND}, {"id": "", "type": one_edtech.KIND},
        {"id": URL, "type": "BitstringStatusListEntry"}, {"id": "x" * 2_049, "type": one_edtech.KIND},
    ]  # fmt: skip
    for entry in entries:
        with pytest.raises(MalformedError, match=r"status\.entry"):
            one_edtech.read_entry(entry)


def test_the_published_badge_names_its_list() -> None:
    badge = json.loads((vectors("one-edtech") / "ob30" / "credential-status-revoked.json").read_bytes())
    assert one_edtech.read_entry(badge["credentialStatus"]) == badge["credentialStatus"]["id"]
