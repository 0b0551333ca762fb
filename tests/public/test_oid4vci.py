"""Put a proof into another app: the whole way, and everything that must not work on it. (OpenID4VCI 1.0)"""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from credcore.codec import jose
from credcore.keys import jwk
from credcore.oid4vc import issuer_metadata, key_proofs
from credcore.oid4vc.offers import PRE_AUTHORIZED
from credcore.proofs import sd_jwt
from skillmark.desks import checking
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import AppNonce, AppOffer, Held, IssuedForm
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records.models import Consent
from skillmark.rooms.signing import operations as signing
from tests.cast import Firm
from tests.public.other_app import OtherApp, error_of, make_code

FORMATS = ("ldp_vc", "jwt_vc_json", "dc+sd-jwt")

pytestmark = pytest.mark.django_db


def wrong_number(made: Any) -> str:
    return f"{(int(made.digits) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("binding", ["jwk", "did:key", "did:jwk"])
def test_the_whole_way_in_each_format(made: Any, mine: Held, proof: Any, binding: str) -> None:
    app = OtherApp(binding=binding)
    offer = app.offer(made.link)
    token = app.token(offer, made.digits)
    assert token.status_code == 200
    assert token.headers["Cache-Control"] == "no-store"
    assert (token.json()["token_type"], token.json()["expires_in"]) == ("Bearer", 600)
    did = app.key.did if binding == "did:key" else key_proofs.did_jwk(app.key.key)
    for format_ in FORMATS:
        answer = app.credential(offer, token.json()["access_token"], format=format_)
        assert answer.status_code == 200, answer.content
        (one,) = answer.json()["credentials"]
        body = json.dumps(one["credential"]).encode() if format_ == "ldp_vc" else one["credential"].encode()
        (report,) = checking.check_bytes(data=body, name="", now=timezone.now(), org_id=None)
        assert report.verdict == "good", report.findings
        assert report.credential is not None
        assert report.credential.id == proof.id.urn
        if format_ == "dc+sd-jwt":
            assert sd_jwt.parse(body).claims["cnf"] == {"jwk": jwk.encode(app.key.key)}
        else:
            said = one["credential"] if format_ == "ldp_vc" else jose.claims(jose.parse(body))
            assert said["credentialSubject"]["id"] == did
            assert said["credentialStatus"] == proof.payload["credentialStatus"]
    assert IssuedForm.objects.exclude(holder="").count() == 3


def test_metadata_says_what_is_given(firm: Firm, proof: Any, client: Client, settings: Any) -> None:
    identifier = f"{settings.BASE_URL}/oid4vci/{firm.org.id}"
    told = client.get(f"/.well-known/openid-credential-issuer/oid4vci/{firm.org.id}")
    read = issuer_metadata.parse(told.json(), identifier=identifier)
    assert {one.format for one in read.configurations.values()} == set(FORMATS)
    for one in read.configurations.values():
        assert one.names["en"] == "Sit-down forklift"
        assert set(one.names) == {"en", "es"}
        assert one.proof_algorithms == ("ES256", "EdDSA")
        assert set(one.binding) == {"did:key", "did:jwk", "jwk"}
    server = client.get(f"/.well-known/oauth-authorization-server/oid4vci/{firm.org.id}").json()
    assert issuer_metadata.parse_server(server, identifier=identifier) == f"{identifier}/token"
    assert server["pre-authorized_grant_anonymous_access_supported"] is True
    for path in ("openid-credential-issuer", "oauth-authorization-server"):
        assert client.get(f"/.well-known/{path}/oid4vci/{uuid.uuid4()}").status_code == 404


def test_the_number_is_told_in_another_way(made: Any, firm: Firm, client: Client, mine: Held) -> None:
    offer = OtherApp().offer(made.link)
    assert made.digits not in json.dumps(offer)
    assert made.digits not in made.link + made.address
    assert offer["grants"][PRE_AUTHORIZED]["tx_code"] == {"input_mode": "numeric", "length": 6}
    again = make_code(client, mine)
    assert OtherApp().offer(made.link) == {}, "a new code ends the one before"
    assert OtherApp().offer(again.link)


def test_codes_lie_in_the_database_as_hashes_only(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    row = AppOffer.objects.get()
    code = offer["grants"][PRE_AUTHORIZED]["pre-authorized_code"]
    held = f"{row.code_hash} {row.pin_hash} {row.token_hash}"
    assert all(secret not in held for secret in (code, token, made.digits))


def test_a_wrong_number_counts_and_the_fifth_locks(made: Any, client: Client, mine: Held) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    assert error_of(app.token(offer, "")) == "invalid_request"
    for left in (4, 3, 2, 1):
        answer = app.token(offer, wrong_number(made))
        assert error_of(answer) == "invalid_grant"
        assert f"tries_left={left}" in answer.json()["error_description"]
    assert error_of(app.token(offer, wrong_number(made))) == "invalid_grant"
    assert error_of(app.token(offer, made.digits)) == "invalid_grant", "locked"
    assert "typed five times" in client.get(f"/w/{mine.id}/app").content.decode()
    again = make_code(client, mine)
    assert app.token(app.offer(again.link), again.digits).status_code == 200


def test_a_wrong_number_does_not_burn_the_code(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    app.token(offer, wrong_number(made))
    assert app.token(offer, made.digits).status_code == 200


def test_a_code_gives_one_token(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    first = app.token(offer, made.digits).json()["access_token"]
    assert error_of(app.token(offer, made.digits)) == "invalid_grant"
    assert app.offer(made.link) == {}
    assert app.credential(offer, first).status_code == 200, "the first one goes on"


def test_a_code_is_good_for_ten_minutes(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    AppOffer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert error_of(app.token(offer, made.digits)) == "invalid_grant"
    assert app.offer(made.link) == {}


def test_a_token_ends_too(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    AppOffer.objects.update(token_until=timezone.now() - timedelta(seconds=1))
    answer = app.credential(offer, token)
    assert (answer.status_code, error_of(answer)) == (401, "invalid_token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_asking_again_with_the_same_key_gives_the_same_bytes(made: Any) -> None:
    app, thief = OtherApp(), OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    for format_ in FORMATS:
        first = app.credential(offer, token, format=format_).content
        assert app.credential(offer, token, format=format_).content == first
    assert error_of(thief.credential(offer, token)) == "credential_request_denied"
    assert IssuedForm.objects.exclude(holder="").count() == 3
    events = [one.event for one in Entry.objects.filter(event__startswith="credentials.")]
    assert events.count("credentials.form.made") == 3
    assert events.count("credentials.app.taken") == 1


def test_a_bound_copy_is_not_what_the_hosted_file_is(made: Any, proof: Any, client: Client) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    copy = app.credential(offer, token, format="jwt_vc_json").json()["credentials"][0]["credential"]
    hosted = client.get(f"/verify/{proof.id}/proof.jwt").content.decode()
    assert hosted != copy
    assert jose.claims(jose.parse(hosted.encode()))["credentialSubject"]["id"] == proof.person_id.urn


def test_a_number_to_sign_counts_once(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    issuer = offer["credential_issuer"]
    token = app.token(offer, made.digits).json()["access_token"]
    signed = app.proof(issuer, app.nonce(issuer))
    assert app.credential(offer, token, proof=signed).status_code == 200
    assert error_of(app.credential(offer, token, proof=signed)) == "invalid_nonce"
    assert app.credential(offer, token).status_code == 200, "with a fresh one it goes on"
    assert AppNonce.objects.count() == 2


def test_numbers_that_are_not_ours(made: Any, other_firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    issuer = offer["credential_issuer"]
    token = app.token(offer, made.digits).json()["access_token"]
    elsewhere = app.nonce(f"/oid4vci/{other_firm.org.id}")
    old = operations.app_nonce(org_id=AppOffer.objects.get().issued.org_id, now=timezone.now() - timedelta(minutes=6))
    good = app.nonce(issuer)
    for nonce in ("x", "..", f"{good}x", "9" + good, elsewhere, old, "é" * 10):
        assert error_of(app.credential(offer, token, proof=app.proof(issuer, nonce))) == "invalid_nonce", nonce
    assert not IssuedForm.objects.exclude(holder="").exists()


def test_proofs_of_a_key_that_do_not_count(made: Any, firm: Firm) -> None:
    app, other = OtherApp(), OtherApp()
    offer = app.offer(made.link)
    issuer = offer["credential_issuer"]
    token = app.token(offer, made.digits).json()["access_token"]
    now = int(timezone.now().timestamp())
    party = signing.party(org_id=firm.org.id, now=timezone.now())
    bad: list[dict[str, Any]] = [
        {"aud": f"{issuer}x"},
        {"aud": [issuer]},
        {"iat": now - 3_600},
        {"iat": now + 3_600},
        {"exp": now - 600},
        {"header": {"typ": "JWT"}},
        {"header": {"jwk": jwk.encode(other.key.key)}},
        {"header": {"jwk": party.jwk}},
        {"header": {"jwk": jwk.encode(app.key.key) | {"d": "AAAA"}}},
        {"header": {"kid": "did:key:zDnx"}},
        {"header": {"crit": ["exp"]}},
    ]
    for change in bad:
        answer = app.credential(offer, token, proof=app.proof(issuer, app.nonce(issuer), **change))
        assert error_of(answer) == "invalid_proof", change
    head, payload, signature = app.proof(issuer, app.nonce(issuer)).split(".")
    none = "eyJhbGciOiJub25lIn0"
    for unsigned in (f"{head}.{payload}.", f"{none}.{payload}.", f"{none}.{payload}.{signature}", "a"):
        assert error_of(app.credential(offer, token, proof=unsigned)) == "invalid_proof"
    assert not IssuedForm.objects.exclude(holder="").exists()
    assert app.credential(offer, token).status_code == 200, "none of it used the offer up"


def test_another_firm_knows_nothing_of_it(made: Any, other_firm: Firm, firm: Firm, client: Client) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    number = made.link.rpartition("%2F")[2]
    assert client.get(f"/oid4vci/{firm.org.id}/offers/{number}").status_code == 200
    assert client.get(f"/oid4vci/{other_firm.org.id}/offers/{number}").status_code == 404
    foreign = offer | {"credential_issuer": f"http://x/oid4vci/{other_firm.org.id}"}
    assert error_of(app.token(foreign, made.digits)) == "invalid_grant"
    token = app.token(offer, made.digits).json()["access_token"]
    assert error_of(app.credential(foreign, token)) == "invalid_token"
    nowhere = offer | {"credential_issuer": f"http://x/oid4vci/{uuid.uuid4()}"}
    assert app.token(nowhere, made.digits).status_code == 404
    assert app.credential(nowhere, token, proof="a.b.c").status_code == 404


def test_other_kinds_are_unknown_to_a_token(made: Any) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    kind = offer["credential_configuration_ids"][0].partition(".")[0]
    for name in (f"{kind}.mso_mdoc", f"{uuid.uuid4()}.ldp_vc", kind, ".ldp_vc", "é"):
        other = offer | {"credential_configuration_ids": [f"{name}\x00.ldp_vc"]}
        answer = app.credential(other, token)
        assert error_of(answer) == "unknown_credential_configuration"


def test_an_unknown_identifier_is_told_as_one(made: Any) -> None:
    """(section 8.3.1.2)"""
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    issuer = offer["credential_issuer"]
    body = {"credential_identifier": "another", "proofs": {"jwt": [app.proof(issuer, app.nonce(issuer))]}}
    path = f"{urlsplit(issuer).path}/credential"
    headers = {"authorization": f"Bearer {token}"}
    answer = app.client.post(path, json.dumps(body), content_type="application/json", headers=headers)
    assert error_of(answer) == "unknown_credential_identifier"


def test_what_no_longer_counts_is_not_copied(made: Any, firm: Firm, proof: Any, client: Client, mine: Held) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    copy = app.credential(offer, token).json()["credentials"][0]["credential"]
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake.", now=timezone.now())
    answer = app.credential(offer, token, format="dc+sd-jwt")
    assert error_of(answer) == "credential_request_denied"
    assert answer.json()["error_description"] == "app.cancelled"
    (report,) = checking.check_bytes(data=json.dumps(copy).encode(), name="", now=timezone.now(), org_id=None)
    assert report.code == "status.cancelled", "the copy in the other app stops counting, too"
    page = client.post(f"/w/{mine.id}/app")
    assert page.status_code == 409
    assert "cancelled" in page.content.decode()
    assert "Yes, make the code" not in client.get(f"/w/{mine.id}/app").content.decode()


def test_not_when_the_giver_signs_with_another_key(made: Any, firm: Firm, client: Client, mine: Held) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    staged = signing.stage(actor=firm.owner, now=timezone.now())
    signing.use(actor=firm.owner, key_id=staged.id, now=timezone.now())
    assert app.credential(offer, token).json()["error_description"] == "app.key_retired"
    assert "signs with another key today" in client.get(f"/w/{mine.id}/app").content.decode()


def test_a_stop_holds_here_too(made: Any, firm: Firm) -> None:
    app = OtherApp()
    offer = app.offer(made.link)
    token = app.token(offer, made.digits).json()["access_token"]
    signing.stop(actor=firm.owner, why="A laptop is gone.", now=timezone.now())
    answer = app.credential(offer, token)
    assert (error_of(answer), answer.json()["error_description"]) == ("credential_request_denied", "sign.stopped")


def test_pressing_the_button_leaves_a_receipt(made: Any, mine: Held) -> None:
    receipt = Consent.objects.get()
    assert receipt.kind == "app"
    actor = Actor(org_id=mine.org_id, role=Role.WORKER, name="Rosa Delgado")
    kept = queries.my_app_offer(actor=actor, issued_id=mine.issued_id, now=timezone.now())  # type: ignore[arg-type]
    assert kept is not None
    assert kept.state == "offer.open"


def test_looking_at_the_page_offers_nothing(client: Client, mine: Held) -> None:
    page = client.get(f"/w/{mine.id}/app").content.decode()
    assert "Yes, make the code" in page
    assert not AppOffer.objects.exists()
    assert not Consent.objects.exists()


def test_a_server_without_a_secure_address_says_so(client: Client, mine: Held, settings: Any) -> None:
    assert "most apps will say no" in client.post(f"/w/{mine.id}/app").content.decode()
    settings.BASE_URL = "https://apps.tallgrass.example"
    page = client.post(f"/w/{mine.id}/app")
    assert "most apps will say no" not in page.content.decode()
    assert page.context["made"].address.startswith("https://apps.tallgrass.example/interactions/offer/")


def test_only_ones_own_proofs(client: Client, mine: Held, other_firm: Firm) -> None:
    assert client.post(f"/w/{uuid.uuid4()}/app").status_code == 404
    stranger = Client()
    assert stranger.post(f"/w/{mine.id}/app").status_code == 302
    outsider = Actor(org_id=other_firm.org.id, role=Role.WORKER, name="X")
    with pytest.raises(queries.NotFound):
        operations.offer_to_app(actor=outsider, issued_id=mine.issued_id, now=timezone.now())  # type: ignore[arg-type]
    with pytest.raises(queries.NotFound):
        operations.offer_to_app(actor=other_firm.owner, issued_id=mine.issued_id, now=timezone.now())  # type: ignore[arg-type]
    assert not AppOffer.objects.exists()


def test_a_firm_may_offer_what_it_gave(firm: Firm, proof: Any) -> None:
    made, digits = operations.offer_to_app(actor=firm.owner, issued_id=proof.id, now=timezone.now())
    link, _ = queries.app_links(offer_id=made.id, now=timezone.now())
    app = OtherApp()
    offer = app.offer(link)
    token = app.token(offer, digits).json()["access_token"]
    assert app.credential(offer, token).status_code == 200
