"""Ways in and out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from skillmark.rooms.people import operations

pytestmark = pytest.mark.django_db


def test_without_mail_the_page_offers_the_other_ways(client: Client) -> None:
    page = client.get("/sign-in").content.decode()
    assert "E-mail isn’t set up" in page and "skillmark user link" in page
    assert 'type="email"' not in page
    assert re.search(r'data-passkey="get"[^>]*hidden', page)  # drawn by the script, where the browser can


@override_settings(EMAIL_IS_SET_UP=True)
def test_code_by_mail_signs_in_and_returns(client: Client, firm: Any) -> None:
    assert 'type="email"' in client.get("/sign-in?next=/people").content.decode()
    answer = client.post("/sign-in", {"email": firm.owner_user.email, "next": "/people"}, follow=True)
    assert "Type the code" in answer.content.decode()
    letter = mail.outbox[0]
    assert letter.subject == "Your sign-in code" and "Type this code" in letter.body
    code = re.search(r"^ {4}(\S+)$", letter.body, re.MULTILINE)
    assert code is not None
    wrong = client.post("/sign-in/code", {"code": "WRONG1", "next": "/people"})
    assert "That code isn’t right." in wrong.content.decode()
    right = client.post("/sign-in/code", {"code": code[1], "next": "/people", "action": "verify"})
    assert right.headers["Location"] == "/people"
    assert client.get("/people").status_code == 200


@override_settings(EMAIL_IS_SET_UP=True)
def test_code_is_enough_for_someone_with_a_passkey(client: Client, firm: Any) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=firm.owner_user, type="webauthn", data={"name": "Phone", "credential": {}})
    client.post("/sign-in", {"email": firm.owner_user.email})
    code = re.search(r"^ {4}(\S+)$", mail.outbox[0].body, re.MULTILINE)
    assert code is not None
    assert client.post("/sign-in/code", {"code": code[1], "action": "verify"}).headers["Location"] == "/"
    assert client.get("/people").status_code == 200


@override_settings(EMAIL_IS_SET_UP=True)
def test_unknown_address_looks_the_same_and_gets_no_mail(client: Client) -> None:
    answer = client.post("/sign-in", {"email": "nobody@elsewhere.example"}, follow=True)
    assert "If we know that address" in answer.content.decode()
    assert mail.outbox == []


@override_settings(EMAIL_IS_SET_UP=True)
def test_bad_address_is_said_in_our_words(client: Client) -> None:
    page = client.post("/sign-in", {"email": "nonsense"}).content.decode()
    assert "That does not look like an e-mail address." in page


def test_link_signs_in_only_by_its_button_and_only_once(client: Client, firm: Any) -> None:
    token = operations.make_sign_in_link(user_id=firm.owner_user.pk, now=timezone.now())
    assert "Sign me in" in client.get(f"/in/{token}").content.decode()
    assert client.get("/people").status_code == 302  # looking did not sign in
    assert client.post(f"/in/{token}").headers["Location"] == "/"
    assert client.get("/people").status_code == 200
    again = Client().post(f"/in/{token}")
    assert again.status_code == 410 and "used or too old" in again.content.decode()


def test_old_link_is_closed(client: Client, firm: Any) -> None:
    token = operations.make_sign_in_link(user_id=firm.owner_user.pk, now=timezone.now() - timedelta(minutes=16))
    assert client.post(f"/in/{token}").status_code == 410
    assert client.get("/people").status_code == 302


def test_sign_out_needs_the_button(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    assert "Sign out?" in client.get("/sign-out").content.decode()
    assert client.get("/people").status_code == 200
    client.post("/sign-out")
    assert client.get("/people").status_code == 302


def test_guessing_invitations_is_slowed(client: Client, firm: Any) -> None:
    for _try in range(30):
        client.post("/join", {"code": "AAAA-AAAA", "pin": "000000"})
    page = client.post("/join", {"code": "AAAA-AAAA", "pin": "000000"})
    assert page.status_code == 400 and "Too many tries." in page.content.decode()


def test_join_needs_both(client: Client) -> None:
    page = client.post("/join", {}).content.decode()
    assert "Please type the code." in page and "Please type the PIN." in page


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/login/", "/accounts/password/reset/", "/sign-in/code"])
def test_nothing_else_of_the_account_library_is_reachable(client: Client, address: str) -> None:
    assert client.get(address).status_code in {302, 404}


def test_passkeys_are_added_only_after_a_fresh_sign_in(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    assert 'data-passkey="create"' in client.get("/settings/passkeys").content.decode()
    firm.owner_user.last_login = timezone.now() - timedelta(hours=1)
    firm.owner_user.save()
    page = client.get("/settings/passkeys").content.decode()
    assert "data-options" not in page and "sign out and in again" in page


def test_passkey_of_someone_else_is_not_there(client: Client, firm: Any, other_firm: Any) -> None:
    from allauth.mfa.models import Authenticator

    key = Authenticator.objects.create(user=firm.owner_user, type="webauthn", data={"name": "Phone", "credential": {}})
    client.force_login(other_firm.owner_user)
    assert client.post(f"/settings/passkeys/{key.pk}/remove").status_code == 404
    client.force_login(firm.owner_user)
    assert client.post(f"/settings/passkeys/{key.pk}/remove").status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_passkey_question_is_for_scripts_only(client: Client) -> None:
    asked = client.get("/sign-in/passkey", headers={"Accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    assert client.get("/sign-in/passkey").headers["Location"] == "/sign-in"
