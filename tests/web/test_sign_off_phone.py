"""Signing off on phones: what one sends later, and one that several people sign on."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from skillmark.rooms.holdings.models import SignOff
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member
from skillmark.rooms.talent import operations as talent
from tests.cast import NOW, Firm
from tests.web.signing_cast import form_of, make_skill, phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(firm: Firm) -> None:
    """The firm's clock stands at NOW."""
    firm.org.clock = NOW
    firm.org.save()


@pytest.fixture
def setup(firm: Firm) -> Any:
    return make_skill(firm)


@pytest.fixture
def walt(client: Client, firm: Firm) -> Client:
    client.force_login(firm.supervisor_user)
    return client


@pytest.fixture
def real_clock(firm: Firm) -> None:
    """Its own clock, as every firm that is not made up."""
    firm.org.clock = None
    firm.org.save()


def test_the_team_for_the_phone(walt: Client, firm: Firm, setup: Any) -> None:
    _made, code = talent.make_person_code(actor=firm.owner, person_id=firm.person.id, now=NOW)
    told = walt.get("/sign-off/team.json").json()
    assert told["name"] == "Walt Jensen" and told["as_of"].startswith("May 4, 2026")
    (rosa,) = told["people"]
    assert rosa["skills"][0]["word"] == "Missing" and rosa["skills"][0]["due"] and len(rosa["codes"]) == 1
    assert code not in str(told)
    assert told["items"][str(setup.id)]["steps"] == [
        "Set the part zero within 0.02 mm",
        "Ran the tool path dry before cutting",
    ]
    signed_out = Client().get("/sign-off/team.json", headers={"accept": "application/json"})
    assert (signed_out.status_code, signed_out.json()) == (401, {"code": "signed_out"})


def test_what_was_kept_is_kept_once(walt: Client, firm: Firm, setup: Any, real_clock: None) -> None:
    seen_at = (datetime.now(UTC) - timedelta(minutes=30)).isoformat()
    sent = phone(firm.supervisor_user.id, firm.person.id, setup.id, observed_at=seen_at)
    for _ in range(2):
        assert walt.post("/sign-off/sync", sent).json() == {"state": "kept"}
    kept = SignOff.objects.get()
    assert kept.entered == "offline" and kept.observed_at.isoformat()[:19] == seen_at[:19]


def test_what_had_arrived_before_the_answer_did_is_kept_once(walt: Client, firm: Firm, setup: Any, real_clock: None) -> None:
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    sent = form_of(walt, address) | {"level": "3", "steps": ["0", "1"]}
    assert walt.post(address, sent).status_code == 302
    again = phone(firm.supervisor_user.id, firm.person.id, setup.id) | sent
    assert walt.post("/sign-off/sync", again).json() == {"state": "kept"}
    assert SignOff.objects.get().entered == "live"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seen": "Lazy"}, "text.opinion"), ({"level": ""}, "form"), ({"steps": ["9"]}, "form"),
        ({"observed_at": "x"}, "form"),
        ({"item_id": "x"}, "not_found"), ({"person_id": str(uuid4())}, "not_found"), ({"member": "0"}, "other_member"),
        ({"observed_at": "2036-01-01T00:00:00Z"}, "sign_off.clock"), ({"sign_off_id": "x"}, "form"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(
    walt: Client, firm: Firm, setup: Any, real_clock: None, changes: dict[str, Any], code: str
) -> None:  # fmt: skip
    seen_at = (datetime.now(UTC) - timedelta(minutes=30)).isoformat()
    sent = phone(firm.supervisor_user.id, firm.person.id, setup.id, observed_at=seen_at) | changes
    said = walt.post("/sign-off/sync", sent).json()
    assert (said["state"], said["code"]) == ("refused", code) and said["sentence"]
    assert not SignOff.objects.exists()


def test_a_forged_form_is_refused(firm: Firm, setup: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(firm.supervisor_user)
    sent = phone(firm.supervisor_user.id, firm.person.id, setup.id)
    assert strict.post("/sign-off/sync", sent).status_code == 403
    token = strict.get("/sign-off/team.json").json()["csrf"]
    assert strict.post("/sign-off/sync", sent, headers={"x-csrftoken": token}).json() == {"state": "kept"}


def test_the_worker_and_the_icon(client: Client) -> None:
    worker = client.get("/sign-off/worker.js")
    assert worker["Service-Worker-Allowed"] == "/" and worker["Content-Type"].startswith("text/javascript")
    told = client.get("/manifest.webmanifest").json()
    assert told["start_url"] == "/sign-off" and {one["sizes"] for one in told["icons"]} == {"192x192", "512x512"}
    assert "Rosa" not in client.get("/sign-off/offline").content.decode()


# --- a shared phone ---

PIN = "204719"


@pytest.fixture
def shared(client: Client, firm: Firm, real_clock: None) -> Client:
    """The owner's phone, shared; Walt has a PIN."""
    people.set_sign_pin(actor=firm.supervisor, pin=PIN, now=NOW)
    client.force_login(firm.owner_user)
    assert client.post("/settings/shared-phone").status_code == 302
    return client


def take(client: Client, firm: Firm, pin: str = PIN) -> Any:
    member = Member.objects.get(org=firm.org, user=firm.supervisor_user)
    return client.post("/sign-off/who", {"member": str(member.id), "pin": pin})


def test_a_shared_phone_opens_signing_and_nothing_else(shared: Client, firm: Firm, setup: Any) -> None:
    assert shared.get("/sign-off").headers["Location"].startswith("/sign-off/who")
    wrong = take(shared, firm, "000000")
    assert wrong.status_code == 400 and "That PIN isn’t right." in wrong.content.decode()
    assert take(shared, firm).headers["Location"] == "/sign-off"
    page = shared.get("/sign-off").content.decode()
    assert "Walt Jensen" in page and "Rosa Delgado" in page
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    assert shared.post(address, form_of(shared, address) | {"level": "3", "steps": ["0"]}).status_code == 302
    assert SignOff.objects.get().observer == "Walt Jensen"
    for path in ("/people", f"/people/{firm.person.id}", "/settings", "/settings/shared-phone", "/sign-offs/paper", "/items"):
        assert shared.get(path).headers["Location"].startswith("/sign-in"), path
    assert shared.get("/").status_code == 200 and "Rosa" not in shared.get("/").content.decode()


def test_it_locks_by_itself_and_keeps_what_was_typed(
    shared: Client, firm: Firm, setup: Any, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    take(shared, firm)
    address = f"/sign-off/{firm.person.id}/{setup.id}"
    sent = form_of(shared, address) | {"level": "3", "steps": ["1"], "seen": "Set up job 2231"}
    later = datetime.now(UTC) + timedelta(minutes=2, seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    answer = shared.post(address, sent)
    assert answer.headers["Location"].startswith("/sign-off/who") and not SignOff.objects.exists()
    locked = shared.get("/sign-off/team.json", headers={"accept": "application/json"})
    assert (locked.status_code, locked.json()) == (401, {"code": "locked"})
    take(shared, firm)
    assert "Set up job 2231" in shared.get(address).content.decode()


def test_hand_over_leaves_nothing(shared: Client, firm: Firm, setup: Any) -> None:
    take(shared, firm)
    shared.post("/sign-off/hand-over")
    assert shared.get("/sign-off").headers["Location"].startswith("/sign-off/who")
    assert "Rosa" not in shared.get("/sign-off/who").content.decode()
    assert shared.post("/sign-off/stop").status_code == 302
    assert shared.get("/sign-off").headers["Location"].startswith("/sign-in")


def test_what_is_fetched_beside_a_page_keeps_nobodys_turn(shared: Client, firm: Firm) -> None:
    """It may arrive after the phone was handed over, and must not open it again."""
    take(shared, firm)
    before = shared.session["shared_phone"]["until"]
    as_script = {"Accept": "application/json"}
    assert shared.get("/sign-off/team.json", headers=as_script).status_code == 200
    assert shared.session["shared_phone"]["until"] == before
    shared.post("/sign-off/hand-over")
    assert shared.get("/sign-off/team.json", headers=as_script).status_code == 401
    assert shared.get("/sign-off").headers["Location"].startswith("/sign-off/who")


def test_another_firms_member_cannot_take_it(shared: Client, firm: Firm, other_firm: Firm) -> None:
    people.set_sign_pin(actor=other_firm.supervisor, pin="573920", now=NOW)
    member = Member.objects.get(user=other_firm.supervisor_user)
    answer = shared.post("/sign-off/who", {"member": str(member.id), "pin": "573920"})
    assert answer.status_code == 400
    assert shared.get("/sign-off").headers["Location"].startswith("/sign-off/who")


def test_it_ends_with_the_access_of_whoever_shared_it(shared: Client, firm: Firm) -> None:
    take(shared, firm)
    Member.objects.filter(user=firm.owner_user).update(active=False)
    assert shared.get("/sign-off").headers["Location"].startswith("/sign-in")


def test_a_link_chooses_the_pin(client: Client, firm: Firm) -> None:
    member = Member.objects.get(org=firm.org, user=firm.supervisor_user)
    client.force_login(firm.owner_user)
    made = client.post(f"/settings/phones/{member.id}/pin").content.decode()
    link = re.search(r"/pin/[^\s<\"]+", made)
    assert link is not None and 'alt="Code to open the link"' in made and 'src="data:image/svg' in made
    stranger = Client()
    assert "choose your PIN" in stranger.get(link[0]).content.decode()
    differ = stranger.post(link[0], {"pin": PIN, "again": "999999"})
    assert differ.status_code == 400
    assert stranger.post(link[0], {"pin": PIN, "again": PIN}).status_code == 200
    assert stranger.post(link[0], {"pin": PIN, "again": PIN}).status_code == 410


def test_a_scanned_code_leads_to_what_there_is_to_sign(walt: Client, firm: Firm, setup: Any) -> None:
    _made, code = talent.make_person_code(actor=firm.owner, person_id=firm.person.id, now=NOW)
    assert walt.get(f"/q/{code}").headers["Location"] == f"/sign-off/{firm.person.id}"
