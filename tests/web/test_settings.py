"""Settings: the owner changes them, a supervisor and an outsider cannot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.edges.web import history
from skillmark.rooms.people import operations, queries

pytestmark = pytest.mark.django_db
OWNERS_ONLY = [
    "/settings/firm",
    "/settings/address",
    "/settings/phones",
    "/settings/programs",
    "/settings/keys",
    "/settings/history",
    "/settings/recovery-sheet",
]


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.mark.parametrize("address", [*OWNERS_ONLY, "/settings", "/settings/passkeys"])
def test_signed_out_is_sent_to_sign_in(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("address", OWNERS_ONLY)
def test_supervisor_is_told_to_ask_the_owner(client: Client, firm: Any, address: str) -> None:
    client.force_login(firm.supervisor_user)
    response = client.get(address)
    assert response.status_code == 403
    assert "Ask the owner." in response.content.decode()
    assert f'href="{address}"' not in client.get("/settings").content.decode()


@pytest.mark.parametrize("address", OWNERS_ONLY)
def test_owner_sees_every_page(owner: Client, address: str) -> None:
    assert owner.get(address).status_code == 200
    assert f'href="{address}"' in owner.get("/settings").content.decode()


def test_change_the_firm(owner: Client, firm: Any) -> None:
    form = {"name": "Tallgrass Works", "language": "es", "time_zone": "America/Denver", "date_order": "dmy"}
    owner.post("/settings/firm", form)
    assert queries.organisation(actor=firm.owner).name == "Tallgrass Works"
    assert queries.site(actor=firm.owner).date_order == "dmy"


def test_a_firm_needs_a_name(owner: Client, firm: Any) -> None:
    form = {"name": "", "language": "en", "time_zone": "America/Denver", "date_order": "dmy"}
    response = owner.post("/settings/firm", form)
    assert response.status_code == 400
    assert "Please type your firm’s name." in response.content.decode()
    assert queries.organisation(actor=firm.owner).name == "Tallgrass Machine Works"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("proofs.tallgrass.example", "https://proofs.tallgrass.example"),
        ("https://Proofs.Tallgrass.example/", "https://proofs.tallgrass.example"),
        ("https://10.0.0.7:8443", "https://10.0.0.7:8443"),
        ("", ""),
    ],
)
def test_public_address_is_tidied(owner: Client, firm: Any, typed: str, kept: str) -> None:
    assert owner.post("/settings/address", {"base_url": typed}).status_code == 302
    organisation = queries.organisation(actor=firm.owner)
    assert organisation.base_url == kept
    assert organisation.name == "Tallgrass Machine Works"


@pytest.mark.parametrize(
    "typed",
    [
        "http://plain.example", "https://a.example/path", "https://me:x@a.example", "https://[bad", "my firm", "-1",
        "https://a.example?x", "https://a..example", "https://a.example:port", "🧑‍🏭.example",
    ],
)  # fmt: skip
def test_public_address_must_be_one(owner: Client, firm: Any, typed: str) -> None:
    assert owner.post("/settings/address", {"base_url": typed}).status_code == 400
    assert queries.organisation(actor=firm.owner).base_url == ""


def test_invite_shows_code_and_pin_once_and_lets_a_phone_in(owner: Client, firm: Any) -> None:
    response = owner.post("/settings/phones", {"name": "Lena Kowalski"})
    page = response.content.decode()
    assert "data:image/svg+xml;base64," in page
    code, pin = response.context["code"], response.context["pin"]
    assert code in page and pin in page
    assert pin not in owner.get("/settings/phones").content.decode()
    phone = Client()
    assert f'value="{code}"' in phone.get(f"/join?code={code}").content.decode()
    wrong = phone.post("/join", {"code": code, "pin": "no"})
    assert wrong.status_code == 400 and "That PIN isn’t right." in wrong.content.decode()
    assert phone.post("/join", {"code": code.lower(), "pin": pin}).headers["Location"] == "/"
    assert "Lena" in phone.get("/").content.decode()


def test_remove_access_asks_first(owner: Client, firm: Any) -> None:
    member = next(one for one in queries.members(actor=firm.owner) if one.user_id == firm.supervisor_user.pk)
    address = f"/settings/phones/{member.id}/remove"
    assert "Remove Walt Jensen?" in owner.get(address).content.decode()
    assert len(queries.members(actor=firm.owner)) == 2
    owner.post(address)
    assert len(queries.members(actor=firm.owner)) == 1


def test_outsider_cannot_remove_or_end(client: Client, firm: Any, other_firm: Any) -> None:
    member = next(one for one in queries.members(actor=firm.owner) if one.user_id == firm.supervisor_user.pk)
    token, _text = operations.make_token(actor=firm.owner, name="Payroll", now=timezone.now())
    client.force_login(other_firm.owner_user)
    assert client.post(f"/settings/phones/{member.id}/remove").status_code == 404
    assert client.post(f"/settings/programs/{token.id}/end").status_code == 404
    assert len(queries.members(actor=firm.owner)) == 2
    assert len(queries.tokens(actor=firm.owner)) == 1


def test_program_key_is_shown_once_and_can_be_ended(owner: Client, firm: Any) -> None:
    page = owner.post("/settings/programs", {"name": "Payroll"}).content.decode()
    assert "smk_" in page
    listed = owner.get("/settings/programs").content.decode()
    assert "Payroll" in listed and "smk_" not in listed
    token = queries.tokens(actor=firm.owner)[0]
    owner.post(f"/settings/programs/{token.id}/end")
    assert queries.tokens(actor=firm.owner) == []


def test_a_program_needs_a_name(owner: Client) -> None:
    response = owner.post("/settings/programs", {"name": " "})
    assert response.status_code == 400
    assert "Please say which program it is for." in response.content.decode()


def test_recovery_sheet_needs_a_fresh_sign_in(owner: Client, firm: Any) -> None:
    pdf = owner.post("/settings/recovery-sheet")
    assert pdf.content.startswith(b"%PDF") and "no-store" in pdf.headers["Cache-Control"]
    firm.owner_user.last_login = timezone.now() - timedelta(hours=1)
    firm.owner_user.save()
    stale = owner.post("/settings/recovery-sheet")
    assert "Sign out and in again first." in stale.content.decode()


def test_recovery_sheet_is_not_for_one_firm_of_several(owner: Client, other_firm: Any) -> None:
    assert owner.post("/settings/recovery-sheet").status_code == 403


def test_history_speaks_plain_words(owner: Client) -> None:
    page = owner.get("/settings/history").content.decode()
    assert "Rosa Delgado was added" in page and "people.person" not in page


def test_history_of_another_firm_stays_there(client: Client, firm: Any, other_firm: Any) -> None:
    client.force_login(other_firm.owner_user)
    assert "Outsider Rosa Delgado was added" in client.get("/settings/history").content.decode()
    assert client.get("/settings/history").content.decode().count("was added") == 1


def test_old_entries_without_facts_still_read() -> None:
    assert history.sentence(event="people.person.added", data={}) == "was added"
    assert history.sentence(event="later.thing.happened", data={}) == "Something was noted (later.thing.happened)"


def test_history_pages_grow_by_steps() -> None:
    assert history.asked(text="") == 100
    assert history.asked(text="7") == 100
    assert history.asked(text="200") == 200
    assert history.asked(text="999999999") == 100
