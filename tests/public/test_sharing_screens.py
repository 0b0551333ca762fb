"""The screens of sharing: what stays behind unless it is ticked, what comes first, who waits, and what the clock says."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from credcore.keys import ecdsa
from credcore.keys.public import P256
from credcore.proofs import sd_jwt, sd_jwt_making
from skillmark.edges.web import wording
from skillmark.rooms.credentials.operations.hold import Facts, put
from skillmark.rooms.records import queries
from skillmark.rooms.records.models import Share, ShareView
from tests.public import sharing
from tests.public.test_share import everything, inside

PERSONAL = {
    "birthdate": "1988-07-14", "dateOfBirth": "1988-07-15", "street_address": "1204 Sycamore St", "phone_number": "555 0188",
    "emailAddress": "rosa@home.example", "nationality": "Wakandan",
}  # fmt: skip


@pytest.fixture
def mine(firm: Any) -> sharing.Mine:
    return sharing.make(firm)


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def bring(mine: sharing.Mine, **facts: str) -> Any:
    """A card of somebody else with these facts on it, each of which can be left out."""
    signer = ecdsa.generate(P256)
    claims = {
        "iss": signer.did, "vct": "https://heart.example/cpr", "title": "CPR", "issuer_name": "Prairie Heart",
        "name": "Rosa Delgado", **facts,
    }  # fmt: skip
    token = sd_jwt_making.issue(
        claims=claims, disclosable=[("name",), *((one,) for one in facts)], signer=signer,
        header={"typ": "dc+sd-jwt", "kid": signer.verification_method},
    )  # fmt: skip
    told = Facts(credential_id="urn:cpr:1", title="CPR", giver="Prairie Heart", form="sd-jwt", source="file")
    put(actor=mine.actor, document=token, facts=told, now=timezone.now())
    return next(one for one in queries.mine(actor=mine.actor) if one.title == "CPR")


def facts_in(reader: Client, link: str) -> set[str]:
    """The facts in the signed file that a reader gets, of those that can be left out."""
    return {path[0] for path in sd_jwt.parse(reader.get(f"{link}/1").content).disclosed if isinstance(path[0], str)}


def test_who_and_where_somebody_is_stays_behind_unless_it_is_ticked(mine: sharing.Mine, reader: Client) -> None:
    card = bring(mine, ward="East", **PERSONAL)
    page = mine.client.get("/w/shares").content.decode()
    told = re.search("Left out unless you tick it: ([^<]+)", page)
    assert told is not None
    assert set(told[1].split(", ")) == {"Date of birth", "Address", "Phone", "E-mail", "Nationality"}
    link = mine.share(card)
    for seen in everything(reader, link):
        assert not [one for one in PERSONAL.values() if one.encode() in seen]
    assert facts_in(reader, link) == {"name", "ward"}
    link = mine.share(card, facts=[f"{card.id}/birthdate", f"{card.id}/ward"])
    assert facts_in(reader, link) == {"birthdate", "ward"}


def test_no_cv_tells_who_and_where_somebody_is(mine: sharing.Mine) -> None:
    bring(mine, **PERSONAL)
    for seen in inside(mine.client.get("/w/cv.pdf").content):
        assert not [one for one in PERSONAL.values() if one.encode() in seen]


def test_what_is_ticked_is_on_top_and_what_is_agreed_to_stands_above_the_button(mine: sharing.Mine) -> None:
    last = mine.job
    page = mine.client.get("/w/shares", {"pick": str(last.id)}).content.decode()
    boxes = re.findall(r'name="pick" value="([^"]+)"( checked)?', page)
    assert boxes[0] == (str(last.id), " checked") and not any(ticked for _, ticked in boxes[1:])
    assert page.index("you show what you ticked, and nothing else") < page.index('class="dock"')


def test_several_links_can_be_kept_apart(mine: sharing.Mine) -> None:
    mine.share(mine.forklift)
    mine.share(mine.cnc, mine.job)
    page = mine.client.get("/w/shares").content.decode().split('name="pick"')[0]
    assert page.count(mine.forklift.title) == 1 and f"{mine.cnc.title}, Mill hand" in page


def test_who_waits_for_a_yes_is_told_on_the_page(mine: sharing.Mine, reader: Client) -> None:
    link = mine.share(mine.forklift, ask_first="on")
    assert "asks to see what you share" not in mine.client.get("/w").content.decode()
    reader.post(link, {"name": "Kim Lee, Northgate"})
    share = Share.objects.get()
    page = mine.client.get("/w").content.decode()
    assert "1 person asks to see what you share" in page and f'href="/w/shares/{share.id}"' in page
    page = mine.client.get(f"/w/shares/{share.id}").content.decode()
    assert page.index('name="allow"') < page.index("Stop sharing") and page.count("btn go") == 1
    mine.client.post(f"/w/shares/{share.id}/readers/{ShareView.objects.get().id}", {"refuse": ""})
    assert "asks to see what you share" not in mine.client.get("/w").content.decode()


def test_times_are_those_of_the_clock_where_the_person_works(mine: sharing.Mine, firm: Any, reader: Client) -> None:
    """The firm of Rosa is in Chicago, the server in no place at all."""
    link = mine.share(mine.forklift)
    there = timezone.now().astimezone(ZoneInfo("America/Chicago"))
    page = reader.get(link).content.decode()
    assert f"({there:%Z})" in page and "(UTC)" not in page
    opened = ShareView.objects.get().at
    told = mine.client.get(f"/w/shares/{Share.objects.get().id}").content.decode()
    assert wording.moment(moment=opened.astimezone(ZoneInfo("America/Chicago"))) in told
