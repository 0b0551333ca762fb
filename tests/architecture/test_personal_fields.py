"""Whatever a person's own page stores goes along when they take everything: a new field is classified, or this fails."""

from __future__ import annotations

import pytest
from django.apps import apps

# Where it is in the ZIP of `desks.taking_along.parcel`.
TAKEN_ALONG = {
    "credentials.Held.sealed": "the signed file itself",
    "credentials.Held.form": "the ending of the file",
    "credentials.Held.source": "index.json: came",
    "credentials.Held.credential_id": "in the signed file",
    "credentials.Held.title": "index.json: title",
    "credentials.Held.giver": "index.json: giver",
    "credentials.Held.verdict": "index.json: answer (the code says more)",
    "credentials.Held.code": "index.json: answer",
    "credentials.Held.checked_at": "index.json: answerOf",
    "credentials.Held.valid_until": "index.json: goodUntil",
    "credentials.Held.names_other": "index.json: anotherName",
    "credentials.Held.comment": "index.json: comment",
    "credentials.Held.received_at": "index.json: received",
    "records.Statement.kind": "index.json: kind",
    "records.Statement.sealed": "index.json: the words",
    "records.Statement.photo": "a picture",
    "records.Statement.photo_type": "the ending of the picture",
    "records.Statement.made_at": "index.json: made",
    "records.Statement.changed_at": "index.json: changed",
    "records.Consent.kind": "in the signed receipt",
    "records.Consent.sealed": "the signed receipt itself",
    "records.Consent.made_at": "index.json: given",
    "records.Consent.ends_at": "index.json: until",
    "records.Consent.withdrawn_at": "index.json: takenBack",
    "records.Share.sealed": "index.json: to, for",
    "records.Share.firm_id": "index.json: to",
    "records.Share.made_at": "index.json: from",
    "records.Share.ends_at": "index.json: until",
    "records.Share.closed_at": "index.json: stopped",
    "records.ShareView.at": "index.json: opened",
    "records.ShareView.name": "index.json: opened",
}

_LOCK = "how this page is opened on this server; worth nothing elsewhere, and a secret"
_NUMBER = "a number of this server"
_WAITING = "on its way onto the page; what is kept of it is taken along as a proof"
NOT_TAKEN = {
    "credentials.Held.issued": _NUMBER,
    "credentials.Held.tried_at": "when a giver was last asked in vain; says nothing of the person",
    "records.Consent.share": _NUMBER,
    "records.Share.token_hash": _LOCK,
    "records.Share.pin_hash": _LOCK,
    "records.Share.tries": _LOCK,
    "records.Share.locked_until": _LOCK,
    "records.Share.language": "the language of the link's page",
    "records.Share.ask_first": "how the link behaves",
    "records.Share.person_id": _NUMBER,
    "records.SharedItem.share": _NUMBER,
    "records.SharedItem.number": "an order",
    "records.SharedItem.held_id": _NUMBER,
    "records.SharedItem.statement_id": _NUMBER,
    "records.SharedItem.facts": "the receipt of the share says them in plain words",
    "records.SharedItem.sealed": "a copy of what the page holds",
    "records.ShareView.share": _NUMBER,
    "records.ShareView.by_firm": "the share tells for whom it is",
    "records.ShareView.allowed_at": "how the link behaved",
    "records.ShareView.refused_at": "how the link behaved",
    "records.Access.slip_hash": _LOCK,
    "records.Access.pin_hash": _LOCK,
    "records.Access.tries": _LOCK,
    "records.Access.locked_until": _LOCK,
    "records.Access.made_at": _LOCK,
    "records.RecoveryCode.code_hash": _LOCK,
    "records.RecoveryCode.made_at": _LOCK,
    "records.RecoveryCode.used_at": _LOCK,
    "records.Passkey.credential_id": _LOCK,
    "records.Passkey.data": _LOCK,
    "records.Passkey.sign_count": _LOCK,
    "records.Passkey.device": _LOCK,
    "records.Passkey.made_at": _LOCK,
    "records.Passkey.used_at": _LOCK,
    "records.Opening.way": _LOCK,
    "records.Opening.device": _LOCK,
    "records.Opening.opened_at": _LOCK,
    "records.Opening.seen_at": _LOCK,
    "records.Opening.kept_at": _LOCK,
    "records.Opening.ended_at": _LOCK,
    "records.Addition.made_at": _WAITING,
    "records.Addition.stopped_at": _WAITING,
    "records.Addition.ended_at": _WAITING,
    "records.AddedItem.addition": _NUMBER,
    "records.AddedItem.number": _WAITING,
    "records.AddedItem.name": _WAITING,
    "records.AddedItem.kind": _WAITING,
    "records.AddedItem.sealed": _WAITING,
    "records.AddedItem.state": _WAITING,
    "records.AddedItem.claimed_at": _WAITING,
    "records.AddedItem.tries": _WAITING,
    "records.AddedItem.told": _WAITING,
    "records.Erased.digest": "names nobody",
    "records.Erased.at": "names nobody",
}
# Tables of a firm, which happen to lie in this room: the firm's own record, taken along by the firm's own exports.
OF_A_FIRM = {"records.LeaverPack": "what a firm hands to somebody who leaves"}
_EVERYWHERE = ("id", "org")


def fields() -> set[str]:
    models = [*apps.get_app_config("records").get_models(), apps.get_model("credentials", "Held")]
    return {
        f"{model._meta.label}.{field.name}"
        for model in models
        if model._meta.label not in OF_A_FIRM
        for field in model._meta.concrete_fields
        if field.name not in _EVERYWHERE
    }


def test_every_field_is_taken_along_or_says_why_not() -> None:
    assert fields() - TAKEN_ALONG.keys() - NOT_TAKEN.keys() == set()


@pytest.mark.parametrize("listed", [TAKEN_ALONG, NOT_TAKEN])
def test_no_line_speaks_of_a_field_that_is_gone(listed: dict[str, str]) -> None:
    assert listed.keys() - fields() == set() and all(listed.values())
    assert not TAKEN_ALONG.keys() & NOT_TAKEN.keys()
