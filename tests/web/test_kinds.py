"""Kinds of proof: without what and how there is none; a change leaves given proofs alone; the outsider gets 404."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.credentials import queries
from tests.public.given import give

pytestmark = pytest.mark.django_db

KIND = {
    "name": "Walk-behind pallet jack",
    "did": "Moved loaded pallets through the aisles.",
    "how": "A lead watched a whole shift.",
    "method": "observed",
    "months": "24",
    "colour": "teal",
    "language": "en",
}


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


def test_make_one_and_go_on_to_giving(owner: Client, firm: Any) -> None:
    made = owner.post("/kinds/new", {**KIND, "next": "give"})
    template = queries.templates(actor=firm.owner)[0]
    assert made["Location"] == f"/give/{template.id}"
    assert (template.current.months, template.current.level_asked, template.current.colour) == (24, False, "teal")
    assert "Walk-behind pallet jack" in owner.get("/kinds").content.decode()


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("name", "Give it a short name."), ("did", "Say what the person does."), ("how", "Say how you check it first.")],
)
def test_without_what_and_how_it_cannot_be_made(owner: Client, firm: Any, field: str, sentence: str) -> None:
    answer = owner.post("/kinds/new", {**KIND, field: "  "})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert queries.templates(actor=firm.owner) == []


def test_a_change_counts_from_the_next_proof_on(owner: Client, firm: Any) -> None:
    proof = give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    assert "Sit-down forklift" in owner.get(f"/kinds/{template.id}").content.decode()
    answer = owner.post(f"/kinds/{template.id}", {**KIND, "months": ""})
    assert answer["Location"] == "/kinds"
    changed = queries.template(actor=firm.owner, template_id=template.id)
    assert (changed.current.number, changed.current.months) == (2, None)
    assert "Montacargas con asiento" in owner.get(f"/proofs/{proof.id}").content.decode()


def test_retire_asks_first_and_keeps_given_proofs(owner: Client, firm: Any) -> None:
    proof = give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    assert "still count" in owner.get(f"/kinds/{template.id}/retire").content.decode()
    assert queries.templates(actor=firm.owner) != []
    owner.post(f"/kinds/{template.id}/retire")
    assert queries.templates(actor=firm.owner) == []
    assert "Looks good" in Client().get(f"/verify/{proof.id}").content.decode()


def test_a_supervisor_sees_them_and_changes_none(client: Client, firm: Any) -> None:
    give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    client.force_login(firm.supervisor_user)
    page = client.get("/kinds").content.decode()
    assert f"/give/{template.id}" in page
    for address in ("/kinds/new", f"/kinds/{template.id}", f"/kinds/{template.id}/retire"):
        assert address not in page
        assert client.post(address, KIND).status_code == 403


def test_the_outsider_gets_404(firm: Any, other_firm: Any) -> None:
    give(firm=firm)
    template = queries.templates(actor=firm.owner)[0]
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    for path in ("", "/retire"):
        assert outsider.get(f"/kinds/{template.id}{path}").status_code == 404
        assert outsider.post(f"/kinds/{template.id}{path}", KIND).status_code == 404
    assert queries.templates(actor=firm.owner) != []
