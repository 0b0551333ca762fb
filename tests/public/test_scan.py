"""A code on a machine and on a hard hat: the firm's own people go on, a stranger sees what both sides agreed to."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Person
from skillmark.rooms.records import operations as records
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.models import Showing
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(firm: Firm) -> dict[str, Any]:
    """Rosa holds a forklift card and an OSHA card; both are asked of everyone."""
    made = {}
    for name in ("Forklift", "OSHA 10"):
        item = skills.add_item(actor=firm.owner, kind="card", names={"en": name}, starts=date(2026, 1, 1), now=NOW)
        operations.require(actor=firm.owner, item_id=item.id, target="everyone", starts=date(2026, 1, 1), now=NOW)
        facts = holdings.Facts(obtained=date(2026, 1, 1), no_end=True, number="SECRET-NUMBER")
        held = holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=item.id, facts=facts, now=NOW)
        if name == "OSHA 10":
            photo = holdings.add_photo(
                actor=firm.owner, holding_id=held.id, body=b"\xff\xd8", media_type="image/jpeg", name="", now=NOW
            )
            holdings.approve_photo(actor=firm.owner, photo_id=photo.id, now=NOW)
        else:
            holdings.log_look_up(
                actor=firm.owner, holding_id=held.id, link="https://s.example", looked_on=NOW.date(), confirmed=True,
                today=NOW.date(), now=NOW,
            )  # fmt: skip
        made[name] = item
    people.change_person(
        actor=firm.owner, person_id=firm.person.id, name="Rosa Delgado", phone="SECRET-PHONE", email="", language="es",
        number="SECRET-PAYROLL", now=NOW,
    )  # fmt: skip
    return made


@pytest.fixture
def hard_hat(firm: Firm, items: dict[str, Any]) -> str:
    return operations.make_person_code(actor=firm.owner, person_id=firm.person.id, now=NOW)[1]


def _agreed(firm: Firm, items: dict[str, Any], *names: str) -> Showing:
    showing = operations.propose(
        actor=firm.owner, person_id=firm.person.id, item_ids=[items[name].id for name in names], now=NOW
    )
    return operations.agree(actor=firm.owner, showing_id=showing.id, how="beside", words="…", now=NOW)


def _text(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def test_the_firms_own_people_go_on(firm: Firm, items: dict[str, Any], hard_hat: str, client: Client) -> None:
    client.force_login(firm.supervisor_user)
    assert client.get(f"/q/{hard_hat}").headers["Location"] == f"/people/{firm.person.id}"
    page = _text(client, f"/people/{firm.person.id}")
    assert "OSHA 10" in page and "Photo only" in page and "Checked at source" in page
    site = queries.site(actor=firm.owner)
    _, code = operations.make_place_code(
        actor=firm.owner, item_id=items["Forklift"].id, name="Cell 3", site_id=site.id, now=NOW
    )
    found = client.get(f"/q/{code.lower()}")
    assert found.headers["Location"] == f"/who-can?item={items['Forklift'].id}&site={site.id}"
    assert client.get(found.headers["Location"]).status_code == 200


def test_a_stranger_sees_nothing_until_both_agree(firm: Firm, items: Any, hard_hat: str, other_firm: Firm) -> None:
    stranger, outsider = Client(), Client()
    outsider.force_login(other_firm.owner_user)
    for client in (stranger, outsider):
        page = _text(client, f"/q/{hard_hat}")
        assert "Tallgrass Machine Works" in page and "Nothing is shown here" in page
        assert "Rosa" not in page and "OSHA" not in page
    operations.propose(actor=firm.owner, person_id=firm.person.id, item_ids=[items["OSHA 10"].id], now=NOW)
    assert "Rosa" not in _text(stranger, f"/q/{hard_hat}"), "the firm alone does not decide"


def test_a_stranger_sees_what_was_agreed_and_nothing_beside_it(firm: Firm, items: Any, hard_hat: str) -> None:
    _agreed(firm, items, "OSHA 10")
    answer = Client().get(f"/q/{hard_hat}")
    page = " ".join(answer.content.decode().split())
    assert "Rosa Delgado" in page and "OSHA 10" in page and "Photo only" in page and "As of " in page
    for secret in ("Forklift", "SECRET", str(firm.person.id), "Delgado@", "es-", "Dana"):
        assert secret not in page, secret
    assert "Checked at source" not in page, "a photo never reads as checked"
    assert answer.headers["Cache-Control"] == "no-store" and "noindex" in answer.headers["X-Robots-Tag"]


def test_asking_for_other_items_ends_what_was_agreed(firm: Firm, items: Any, hard_hat: str) -> None:
    _agreed(firm, items, "OSHA 10")
    operations.propose(actor=firm.owner, person_id=firm.person.id, item_ids=[items["Forklift"].id], now=NOW)
    assert "Rosa" not in _text(Client(), f"/q/{hard_hat}")


def test_a_machine_tells_strangers_a_number_only_where_the_firm_lets_it(firm: Firm, items: Any) -> None:
    asked = {"actor": firm.owner, "item_id": items["Forklift"].id, "now": NOW}
    _, quiet = operations.make_place_code(name="Cell 3", **asked)
    _, open_ = operations.make_place_code(name="Cell 4", counts=True, **asked)
    assert "Nothing is shown here" in _text(Client(), f"/q/{quiet}")
    page = _text(Client(), f"/q/{open_}")
    assert "1 person here can do this today" in page and "Rosa" not in page and "Cell 4" not in page


def test_closed_old_and_unknown_codes_lead_nowhere(firm: Firm, items: Any, hard_hat: str) -> None:
    _, newer = operations.make_person_code(actor=firm.owner, person_id=firm.person.id, now=NOW)
    for code in (hard_hat, "AAAABBBBCCCC", "x" * 300, "%00"):
        assert Client().get(f"/q/{code}").status_code == 404, code
    assert Client().get(f"/q/{newer}").status_code == 200
    people.leave(actor=firm.owner, person_id=firm.person.id, last=date(2020, 1, 1), now=NOW)
    assert Client().get(f"/q/{newer}").status_code == 404


def test_guessing_codes_is_counted(firm: Firm) -> None:
    client = Client()
    for _ in range(120):
        client.get("/q/AAAABBBBCCCC")
    assert client.get("/q/AAAABBBBCCCC").status_code == 429


def test_the_person_agrees_on_the_supervisors_phone_in_their_language(firm: Firm, items: Any, hard_hat: str) -> None:
    phone = Client()
    phone.force_login(firm.supervisor_user)
    where = f"/people/{firm.person.id}/code"
    assert phone.get(f"{where}/agree").status_code == 404
    assert phone.post(where, {"items": []}).status_code == 400
    proposed = phone.post(where, {"items": [str(items["OSHA 10"].id)]})
    assert proposed.headers["Location"] == f"{where}/agree"
    page = _text(phone, f"{where}/agree")
    assert 'lang="es"' in page and "/settings" not in page, "nothing leads from here into the firm's pages"
    phone.post(f"{where}/agree", {"answer": "yes"})
    [showing] = Showing.objects.all()
    assert (showing.agreed_how, showing.agreed_beside) == ("beside", "Walt Jensen")
    assert "OSHA 10" in showing.agreed_words and "Tallgrass" in showing.agreed_words
    assert "Rosa Delgado" in _text(Client(), f"/q/{hard_hat}")
    assert phone.post(f"{where}/stop").status_code == 302
    assert "Rosa" not in _text(Client(), f"/q/{hard_hat}")


def test_no_means_no(firm: Firm, items: Any, hard_hat: str) -> None:
    phone = Client()
    phone.force_login(firm.supervisor_user)
    where = f"/people/{firm.person.id}/code"
    phone.post(where, {"items": [str(items["OSHA 10"].id)]})
    phone.post(f"{where}/agree", {})
    assert "Rosa" not in _text(Client(), f"/q/{hard_hat}")
    assert talent.showing_of(actor=firm.owner, person_id=firm.person.id) is None


@pytest.fixture
def own_page(firm: Firm) -> Client:
    """Rosa has kept a proof, and her own page is open in her browser."""
    now = timezone.now()
    kind = credentials.make_template(
        actor=firm.owner, name="Kind", did="Does it.", how="Watched.", method="observed", months=None, level_asked=False,
        colour="indigo", language="en", now=now,
    )  # fmt: skip
    proof = credentials.give(actor=firm.owner, person_id=firm.person.id, template_id=kind.id, request_key="k" * 9, now=now)
    code = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=now)[1]
    actor, _, _ = records.keep(code=code, pin="", verifier=checking.verifier(org_id=None, now=now), now=now)
    assert actor is not None
    slip = records.choose_pin(actor=actor, pin="482913", now=now)
    client = Client()
    assert client.post("/w/open", {"code": slip, "pin": "482913"}).status_code == 302
    return client


def test_the_person_agrees_and_ends_it_on_their_own_page(firm: Firm, items: Any, hard_hat: str, own_page: Client) -> None:
    where = f"/q/{hard_hat}/mine"
    assert "Open your page first" in _text(Client(), where)
    assert "Nothing is shown here" in _text(own_page, where)
    operations.propose(actor=firm.owner, person_id=firm.person.id, item_ids=[items["OSHA 10"].id], now=NOW)
    assert "They would like to show this" in _text(own_page, where)
    assert own_page.post(where, {"answer": "yes"}).status_code == 302
    assert Showing.objects.get().agreed_how == "own_page"
    assert "Rosa Delgado" in _text(Client(), f"/q/{hard_hat}")
    own_page.post(where, {"answer": "no"})
    assert "Rosa" not in _text(Client(), f"/q/{hard_hat}")


def test_somebody_elses_page_opens_nothing(firm: Firm, items: Any, own_page: Client) -> None:
    sam = people.add_person(actor=firm.owner, name="Sam Ortiz", now=NOW)
    _, code = operations.make_person_code(actor=firm.owner, person_id=sam.id, now=NOW)
    showing = operations.propose(actor=firm.owner, person_id=sam.id, item_ids=[items["OSHA 10"].id], now=NOW)
    for method in (own_page.get, own_page.post):
        assert method(f"/q/{code}/mine").status_code == 404
    assert Client().post(f"/q/{code}/mine", {"answer": "yes"}).status_code == 200, "only the page that asks to open one's own"
    showing.refresh_from_db()
    assert showing.agreed_at is None and showing.ended_at is None


def test_a_supervisor_of_another_site_is_a_stranger_to_a_hard_hat(firm: Firm, items: Any, hard_hat: str) -> None:
    north, south = (people.add_site(actor=firm.owner, name=name, now=NOW) for name in ("North", "South"))
    people.assign(actor=firm.owner, person_id=firm.person.id, starts=date(2026, 1, 1), site_id=north.id, now=NOW)
    member = next(one for one in queries.members(actor=firm.owner) if one.user_id == firm.supervisor_user.id)
    people.change_member(actor=firm.owner, member_id=member.id, sites=[south.id], now=NOW)
    client = Client()
    client.force_login(firm.supervisor_user)
    assert "Nothing is shown here" in _text(client, f"/q/{hard_hat}")
    actor = queries.actor_for(user_id=firm.supervisor_user.id, now=NOW)
    with pytest.raises(NotFound):
        operations.make_person_code(actor=actor, person_id=firm.person.id, now=NOW)
    with pytest.raises(NotFound):
        operations.make_place_code(actor=actor, item_id=items["Forklift"].id, name="X", site_id=north.id, now=NOW)


def test_bad_wishes_say_why(firm: Firm, other_firm: Firm, items: Any) -> None:
    asked = {"actor": firm.owner, "person_id": firm.person.id, "now": NOW}
    with pytest.raises(operations.CannotScan) as refused:
        operations.propose(item_ids=[], **asked)
    assert refused.value.code == "scan.nothing"
    with pytest.raises(NotFound):
        operations.propose(item_ids=[firm.org.id], **asked)
    with pytest.raises(NotFound):
        operations.propose(item_ids=[items["Forklift"].id], **(asked | {"actor": other_firm.owner}))
    with pytest.raises(operations.CannotScan):
        operations.make_place_code(actor=firm.owner, item_id=items["Forklift"].id, name=" ", now=NOW)
    assert Person.objects.filter(org=firm.org).count() == 1


def test_a_code_is_typed_by_hand(firm: Firm, items: Any, hard_hat: str) -> None:
    client = Client()
    assert client.post("/q", {"code": ""}).status_code == 422
    typed = f"{hard_hat[:4].lower()} {hard_hat[4:8]}-{hard_hat[8:]}"
    found = client.post("/q", {"code": typed})
    assert re.fullmatch(r"/q/[A-Z0-9]{12}", found.headers["Location"])
    assert client.get(found.headers["Location"]).status_code == 200
