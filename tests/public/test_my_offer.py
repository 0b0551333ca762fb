"""Take a proof that somebody else offers, and everything that a hostile giver may try. (OpenID4VCI 1.0)"""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credcore.errors import UnavailableError
from credcore.keys import ecdsa, jwk
from credcore.keys.public import P256
from credcore.oid4vc import offers
from credcore.ports import Posted
from skillmark.desks.checking import fetching
from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import AppOffer, Held
from skillmark.rooms.records.models import Consent
from tests.cast import Firm
from tests.public.other_giver import GIVER, NUMBER, OtherGiver, said, silent

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, slip: tuple[str, str]) -> Client:
    """Rosa's page is open in this browser, in English; it holds one proof."""
    client.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def giver(monkeypatch: pytest.MonkeyPatch) -> OtherGiver:
    made = OtherGiver()
    monkeypatch.setattr(fetching, "for_apps", made.ways)
    return made


def look(page: Client, text: str) -> Any:
    return page.post("/w/offer", {"offer": text})


def take(page: Client, looked: Any, number: str = NUMBER) -> Any:
    form = looked.context["form"]
    state = form.data.get("state") if form.is_bound else form.initial["state"]
    return page.post("/w/offer/take", {"state": state, "number": number})


def test_a_link_that_is_opened_does_nothing_by_itself(page: Client, giver: OtherGiver) -> None:
    shown = page.get("/w/offer", {"offer": giver.link})
    assert "openid-credential-offer://" in shown.content.decode()
    assert giver.asked == []


@pytest.mark.parametrize("kinds", [("weld",), ("badge",), ("weld", "badge")])
def test_looking_and_taking(page: Client, giver: OtherGiver, kinds: tuple[str, ...]) -> None:
    giver.kinds = kinds
    looked = look(page, giver.link)
    told = looked.content.decode()
    assert "school.example" in told
    assert "The school" in told
    assert "They say: “On the paper”" in told
    assert ("Welding course" in told, "Safety badge" in told) == ("weld" in kinds, "badge" in kinds)
    assert "/oid4vci/token" not in giver.asked, "looking takes nothing"
    came = take(page, looked)
    assert came.status_code == 200
    assert came.content.decode().count("Kept on your page") == len(kinds)
    kept = Held.objects.filter(source="offer")
    assert {one.title for one in kept} == {{"weld": "Welding course", "badge": "Safety badge"}[one] for one in kinds}
    assert not any(one.names_other for one in kept)


@pytest.mark.parametrize(
    "text", ["https://school.example/interactions/1?iuv=1", "interaction:https://school.example/interactions/1?iuv=1"]
)
def test_by_an_address_for_programs(page: Client, giver: OtherGiver, text: str) -> None:
    assert "Kept on your page" in take(page, look(page, text)).content.decode()


def test_by_the_offer_itself(page: Client, giver: OtherGiver) -> None:
    giver.number = ""
    looked = look(page, json.dumps(offers.build(giver.offer)))
    assert "number that the giver told" not in looked.content.decode()
    assert "Kept on your page" in take(page, looked, "").content.decode()


def test_a_question_is_no_offer(page: Client, giver: OtherGiver) -> None:
    answer = look(page, "https://school.example/interactions/2?iuv=1")
    assert answer.status_code == 422
    assert "It asks you for one" in answer.content.decode()


def test_a_wrong_number_can_be_typed_again(page: Client, giver: OtherGiver) -> None:
    looked = look(page, giver.link)
    missing = take(page, looked, "")
    assert missing.status_code == 422
    assert "/oid4vci/token" not in giver.asked
    wrong = take(page, looked, "9999")
    assert wrong.status_code == 422
    assert "number isn’t right" in wrong.content.decode()
    assert "Kept on your page" in take(page, wrong).content.decode()


def test_when_the_giver_breaks_off_the_same_button_goes_on(page: Client, giver: OtherGiver) -> None:
    looked = look(page, giver.link)
    giver.answers["/oid4vci/credential"] = silent("fetch.timeout")
    broken = take(page, looked)
    assert broken.status_code == 422
    assert "Try again" in broken.content.decode()
    del giver.answers["/oid4vci/credential"]
    assert "Kept on your page" in take(page, broken, "").content.decode()
    assert giver.asked.count("/oid4vci/token") == 1, "the code was used up, and was not needed again"


def test_a_number_to_sign_that_ran_out_is_asked_for_anew(page: Client, giver: OtherGiver) -> None:
    looked = look(page, giver.link)
    first = [True]

    def forgetful() -> Posted:
        if first:
            first.pop()
            return said({"c_nonce": "stale"})
        giver.nonces.append("fresh")
        return said({"c_nonce": "fresh"})

    giver.answers["/oid4vci/nonce"] = forgetful
    assert "Kept on your page" in take(page, looked).content.decode()


def test_what_came_is_kept_when_the_rest_does_not_come(page: Client, giver: OtherGiver) -> None:
    giver.kinds = ("badge", "weld")
    looked = look(page, giver.link)
    usual, turns = giver._posted, [0]

    def once(url: str, body: bytes, bearer: str) -> Posted:
        turns[0] += url.endswith("/credential")
        if turns[0] > 1:
            return said({"error": "credential_request_denied"}, status=400)
        return usual(url, body, bearer)

    giver._posted = once  # type: ignore[method-assign]
    told = take(page, looked).content.decode()
    assert "Kept on your page" in told
    assert "Not kept" in told
    assert Held.objects.filter(source="offer").count() == 1


def test_another_persons_proof_is_kept_only_when_said(page: Client, giver: OtherGiver) -> None:
    giver.name = "Luis Ortega"
    came = take(page, look(page, giver.link))
    told = came.content.decode()
    assert "The name on it is Luis Ortega" in told
    assert not Held.objects.filter(source="offer").exists()
    sealed = came.context["rows"][0][1]
    assert page.post("/w/offer/keep", {"document": sealed[:-2] + "xx"}).context["form"] is not None
    assert not Held.objects.filter(source="offer").exists()
    assert "Kept on your page" in page.post("/w/offer/keep", {"document": sealed}).content.decode()
    assert Held.objects.get(source="offer").names_other


@pytest.mark.parametrize("kind", ["weld", "badge"])
def test_what_is_tied_to_another_key_is_not_kept(
    page: Client, giver: OtherGiver, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ecdsa.generate(P256)
    giver.kinds, giver.holder = (kind,), jwk.encode(other.key)
    if kind == "badge":
        usual = giver._credential
        monkeypatch.setattr(giver, "_credential", lambda k, p: usual(k, type(p)(p.key, other.did, p.nonce)))
    told = take(page, look(page, giver.link)).content.decode()
    assert "tied to somebody else’s key" in told
    assert not Held.objects.filter(source="offer").exists()


def test_what_is_not_genuine_is_not_kept(page: Client, giver: OtherGiver, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = giver._credential
    monkeypatch.setattr(giver, "_credential", lambda k, p: usual(k, p).replace("~", "x~", 1))
    told = take(page, look(page, giver.link)).content.decode()
    assert "Not kept" in told
    assert not Held.objects.filter(source="offer").exists()


def test_a_giver_who_names_a_thousand_things_is_asked_for_none_of_them(page: Client, giver: OtherGiver) -> None:
    looked = look(page, giver.link)
    details = {"type": "openid_credential", "credential_configuration_id": "weld"}
    many = details | {"credential_identifiers": [f"i{number}" for number in range(1000)]}
    giver.answers["/oid4vci/token"] = lambda: said(
        {"access_token": "tok", "token_type": "bearer", "authorization_details": [many]}
    )
    refused = take(page, looked)
    assert refused.status_code == 422
    assert "/oid4vci/credential" not in giver.asked


def test_of_a_flood_of_proofs_the_rest_stays_with_the_giver(page: Client, giver: OtherGiver) -> None:
    giver.kinds = ("badge", "weld")
    looked = look(page, giver.link)
    flood = said({"credentials": [{"credential": "a.b.c"}] * 15})
    giver.answers["/oid4vci/credential"] = lambda: flood
    came = take(page, looked)
    assert len(came.context["rows"]) == 16
    assert not Held.objects.filter(source="offer").exists()


def test_messages_to_other_programs_have_an_end(client: Client, firm: Firm, settings: Any) -> None:
    settings.BASE_URL = "http://testserver"
    _, post = fetching.for_apps(now=timezone.now())
    address = f"http://testserver/oid4vci/{firm.org.id}/nonce"
    answers = [post(address, body=b"", media_type="application/x-www-form-urlencoded").status for _ in range(100)]
    assert set(answers) == {200}
    with pytest.raises(UnavailableError, match=r"fetch\.too_many"):
        post(address, body=b"", media_type="application/x-www-form-urlencoded")


META = "/.well-known/openid-credential-issuer/oid4vci"
SERVER = "/.well-known/oauth-authorization-server/oid4vci"
SIGN_IN: dict[str, Any] = {"authorization_code": {}}


def with_metadata(giver: OtherGiver, **change: Any) -> Any:
    document = json.loads(giver._document(f"https://school.example{META}").body)
    return lambda: said(document | change)


@pytest.mark.parametrize(
    ("path", "answer", "words"),
    [
        ("/oid4vci/offers/1", silent("fetch.private_address"), None),
        ("/oid4vci/offers/1", silent("fetch.too_large"), None),
        ("/oid4vci/offers/1", silent("fetch.redirect"), None),
        ("/oid4vci/offers/1", silent("fetch.refused"), None),
        ("/oid4vci/offers/1", silent("fetch.timeout"), None),
        ("/oid4vci/offers/1", lambda: Posted(200, b"<html>", "application/json"), None),
        ("/oid4vci/offers/1", lambda: said([]), "We can’t read this offer"),
        ("/oid4vci/offers/1", lambda: said({"credential_issuer": "https://other.example"}), "We can’t read this offer"),
        (
            "/oid4vci/offers/1",
            lambda: said({"credential_issuer": "https://bank.example", "credential_configuration_ids": ["a"]}),
            "lies at another address",
        ),
        (
            "/oid4vci/offers/1",
            lambda: said({"credential_issuer": GIVER, "credential_configuration_ids": ["weld"], "grants": SIGN_IN}),
            "sign in at their site",
        ),
        (META, silent("fetch.status"), None),
        (META, lambda: said({}), "another address than the offer"),
        (META, lambda: said({"credential_issuer": "https://evil.example"}), "another address than the offer"),
    ],
)  # fmt: skip
def test_offers_that_are_refused_at_a_look(page: Client, giver: OtherGiver, path: str, answer: Any, words: str | None) -> None:
    giver.answers[path] = answer
    refused = look(page, giver.link)
    assert refused.status_code == 422
    assert words is None or words in refused.content.decode()
    assert "/oid4vci/token" not in giver.asked


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"credential_configurations_supported": {}}, "does not know what this offer is about"),
        ({"credential_configurations_supported": {"weld": {"format": "mso_mdoc"}}}, "has a form that can’t be kept here"),
        (
            {"credential_configurations_supported": {"weld": {"format": "ldp_vc", "proof_types_supported": {"di_vp": {}}}}},
            "a kind of key that your page does not have",
        ),
        ({"credential_response_encryption": {"encryption_required": True}}, "locked in a way"),
        ({"credential_endpoint": "file:///etc"}, "what this giver says about itself"),
    ],
)
def test_givers_that_want_what_we_cannot(page: Client, giver: OtherGiver, change: dict[str, Any], words: str) -> None:
    giver.answers[META] = with_metadata(giver, **change)
    assert words in look(page, giver.link).content.decode()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (SERVER, silent("fetch.status")),
        (SERVER, lambda: said({"issuer": "https://evil.example"})),
        (SERVER, lambda: said({"issuer": GIVER, "token_endpoint": GIVER, "grant_types_supported": ["authorization_code"]})),
        ("/oid4vci/token", silent("fetch.redirect")),
        ("/oid4vci/token", lambda: Posted(200, b"<html>", "application/json")),
        ("/oid4vci/token", lambda: said({"access_token": "t", "token_type": "DPoP"})),
        ("/oid4vci/token", lambda: said({"error": "invalid_client"}, status=401)),
        ("/oid4vci/nonce", silent("fetch.timeout")),
        ("/oid4vci/nonce", lambda: said([])),
        ("/oid4vci/credential", lambda: said({"transaction_id": "x"}, status=202)),
        ("/oid4vci/credential", lambda: said({"credentials": []})),
        ("/oid4vci/credential", lambda: said({"credentials": [{"credential": 5}]})),
        ("/oid4vci/credential", lambda: said({"error": "invalid_nonce"}, status=400)),
        ("/oid4vci/credential", silent("fetch.private_address")),
    ],
)  # fmt: skip
def test_givers_that_break_off(page: Client, giver: OtherGiver, path: str, answer: Any) -> None:
    giver.answers[path] = answer
    refused = take(page, look(page, giver.link))
    assert refused.status_code == 422
    assert refused.context["form"].errors
    assert Held.objects.count() == 1, "nothing came, and nothing was lost"


@pytest.mark.parametrize(
    "text", ["", "hello", "openid4vp://?x", "javascript:alert(1)", "openid-credential-offer://", "x" * 20_000]
)
def test_what_is_no_link(page: Client, giver: OtherGiver, text: str) -> None:
    assert look(page, text).status_code == 422
    assert giver.asked == []


@pytest.mark.parametrize(
    ("code", "words"),
    [("fetch.timeout", "reach it. Nothing was changed"), ("fetch.private_address", "an address that we don’t open")],
)
def test_a_giver_that_is_not_there_is_told_apart_from_one_that_we_do_not_ask(
    page: Client, giver: OtherGiver, code: str, words: str
) -> None:
    def nobody() -> Posted:
        raise UnavailableError(code, "school.example")

    giver.answers["/oid4vci/offers/1"] = nobody
    assert words in look(page, giver.link).content.decode()


def test_private_addresses_are_never_asked(page: Client) -> None:
    """With the real way out."""
    for uri in ("https://127.0.0.1/o", "https://169.254.169.254/o", "https://localhost/o", "http://school.example/o"):
        assert look(page, offers.link(uri)).status_code == 422


def test_the_state_is_ours_and_this_pages(page: Client, giver: OtherGiver) -> None:
    looked = look(page, giver.link)
    state = looked.context["form"].initial["state"]
    for wrong in ("", "x", state[:-1] + ("A" if state[-1] != "A" else "B")):
        assert page.post("/w/offer/take", {"state": wrong, "number": NUMBER}).context["form"].fields.keys() == {"offer"}
    assert "/oid4vci/token" not in giver.asked
    stranger = Client()
    assert stranger.post("/w/offer/take", {"state": state, "number": NUMBER}).status_code == 302


def test_an_offer_of_this_server_is_answered_without_the_network(page: Client, firm: Firm, proof: Any) -> None:
    """Another person of this server takes up what a firm here offers: in this thread, so that it never waits for itself."""
    made, digits = operations.offer_to_app(actor=firm.owner, issued_id=proof.id, now=timezone.now())
    address = f"http://localhost:8000/interactions/offer/{made.id}?iuv=1"
    looked = look(page, address)
    assert "Sit-down forklift" in looked.content.decode(), looked.content.decode()
    came = take(page, looked, digits)
    assert "Was on your page already" in came.content.decode()
    assert AppOffer.objects.get().done_at is not None
    assert Consent.objects.count() == 0
    for path in ("/w", "/people", f"/verify/{uuid.uuid4()}"):
        _, post = fetching.for_apps(now=timezone.now())
        with pytest.raises(Exception, match=r"fetch\.own"):
            post(f"http://localhost:8000{path}", body=b"", media_type="application/json")
