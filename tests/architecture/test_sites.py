"""Every address, asked by a supervisor of another site and by an auditor: neither gets at somebody whom they may not see.

The list of addresses is read from the project itself, so a page that is added tomorrow is asked, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from skillmark.desks import checking
from skillmark.edges.web import access
from skillmark.edges.web import urls as web
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.rules import Wanted
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Member, Organisation, Token, User
from skillmark.rooms.people.rules import Role, digest
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.architecture.test_outsider import Things, addresses, patterns
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db

CANARIES = ("Rosa Delgado", "R-7781", "555 0142", "CARD-9917", "Waits for the class")
# Whoever holds the code, the link or the identifier may open these: no role has anything to do with it.
NO_ROLE = re.compile(
    r"^(verify/|o/|\.well-known/|status/|k$|k/|q$|q/|w$|w/|check$|check/|healthz|readyz|metrics|vc-api/|r/|p/|cal/|u/|start/)"
)
# Pages of the web edge that stand before the guard.
BEFORE_THE_GUARD = {
    "", "language/", "setup/<str:token>", "settings/look", "join", "in/<str:token>", "sign-in", "sign-in/code",
    "sign-in/passkey", "sign-out", "sample", "sample/<str:trade>", "pin/<str:token>", "sign-off/who", "sign-off/hand-over",
    "sign-off/stop", "sign-off/offline", "sign-off/worker.js", "manifest.webmanifest",
}  # fmt: skip
# What an auditor may read.
TO_READ = re.compile(
    r"^(people|items|positions|documents|who-can|pack(\.zip|/.*)?|reports(/.*)?)$|^(people|items|holdings|files)/<uuid:\w+>$"
)


def ids_of(thing: Any) -> list[str]:
    return [str(thing.id)]


@pytest.fixture
def rosas(firm: Firm) -> dict[str, list[str]]:
    """Rosa works at North, and everything there is about her exists. Of all parameters that lead to her, the values."""
    owner, today = firm.owner, NOW.date()
    north = people.add_site(actor=owner, name="North", now=NOW)
    rosa = firm.person.id
    people.change_person(
        actor=owner, person_id=rosa, name="Rosa Delgado", phone="+1 316 555 0142", email="", language="es", number="R-7781",
        now=NOW,
    )  # fmt: skip
    place = people.assign(actor=owner, person_id=rosa, starts=date(2026, 1, 5), site_id=north.id, now=NOW)
    away = people.note_absence(actor=owner, person_id=rosa, starts=today, ends=today, now=NOW)
    item = skills.add_item(actor=owner, kind="card", names={"en": "Forklift"}, starts=date(2026, 1, 1), now=NOW)
    talent.require(actor=owner, item_id=item.id, target="everyone", starts=date(2026, 1, 1), now=NOW)
    held = holdings.record(
        actor=owner, person_id=rosa, item_id=item.id, facts=holdings.Facts(number="CARD-9917", ends=date(2027, 1, 1)), now=NOW
    )
    photo = holdings.add_photo(
        actor=owner, holding_id=held.id, body=b"\xff\xd8rosa", media_type="image/jpeg", name="", now=NOW
    )
    ask, _ = holdings.ask(actor=owner, person_id=rosa, item_id=item.id, now=NOW)
    free = talent.exempt(
        actor=owner, person_id=rosa, item_id=item.id, reason="Waits for the class", starts=today, ends=today, now=NOW
    )
    code, _ = talent.make_person_code(actor=owner, person_id=rosa, now=NOW)
    kind = credentials.make_template(
        actor=owner, name="Kind", did="Does it.", how="Watched.", method="observed", months=None, level_asked=False,
        colour="indigo", language="en", now=NOW,
    )  # fmt: skip
    proof = credentials.give(actor=owner, person_id=rosa, template_id=kind.id, request_key=str(uuid4()), now=NOW)
    checked = checking.check_and_keep(actor=owner, kind="file", name="rosa", body=bytes(proof.document), now=NOW)
    batch = credentials.start_batch(actor=owner, name="Batch of Rosa Delgado", rows=[("x", "text", b"x")], now=NOW)
    listed = credentials.plan_run(
        actor=owner, template_id=kind.id, name="Class of Rosa Delgado", rows=[Wanted(line=2, name="Rosa Delgado")],
        observed_on=today, note="", request_key=str(uuid4()), now=NOW,
    )  # fmt: skip
    return {
        "run_id": ids_of(listed),
        "person_id": [str(rosa)], "other_id": [str(rosa)], "assignment_id": ids_of(place), "absence_id": ids_of(away),
        "holding_id": ids_of(held), "photo_id": ids_of(photo), "file_id": [str(photo.file_id)], "ask_id": ids_of(ask),
        "exemption_id": ids_of(free), "code_id": ids_of(code), "proof_id": ids_of(proof), "issued_id": ids_of(proof),
        "check_id": [str(one.id) for one in checked], "checked_item_id": [str(checked[0].item_id)],
        "batch_id": ids_of(batch),
    }  # fmt: skip


@pytest.fixture
def shared(firm: Firm, rosas: dict[str, list[str]]) -> dict[str, list[str]]:
    """What belongs to the firm and to nobody in particular."""
    from skillmark.rooms.credentials import queries as kinds
    from skillmark.rooms.skills import queries as items

    return {
        "item_id": [str(one.id) for one in items.items(actor=firm.owner)],
        "template_id": [str(one.id) for one in kinds.templates(actor=firm.owner)],
        "template": [str(one.id) for one in kinds.templates(actor=firm.owner)],
        "member_id": [str(one.id) for one in queries.members(actor=firm.owner)],
    }


def come_in(firm: Firm, role: Role, *, site: str, **days: date) -> User:
    """Somebody with a role at one site."""
    org = Organisation.objects.get(id=firm.org.id)
    user = User.objects.create(handle=f"{role}-{site}", name=f"Somebody {role}", date_joined=NOW)
    member = Member.objects.create(org=org, user=user, role=role, since=NOW, **days)
    member.sites.set([one for one in queries.sites(actor=firm.owner) if one.name == site])
    assert member.sites.count() == 1
    return user


def signed_in(user: User) -> str:
    """The session of somebody who has just signed in."""
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _web() -> Iterator[tuple[str, Any]]:
    for one in web.urlpatterns:
        assert isinstance(one, URLPattern)
        yield str(one.pattern), one.callback


def _calls(rosas: dict[str, list[str]], shared: dict[str, list[str]]) -> Iterator[tuple[str, str, bool]]:
    """(route, address, whether it leads to Rosa) for every way to fill in every route."""
    known = {one for found in rosas.values() for one in found}
    for route in sorted(set(patterns(get_resolver()))):
        if not NO_ROLE.match(route):
            for address, _ in addresses(route, Things(rosas | shared)):
                yield route, address, any(one in address for one in known)


def _guarded(view: Any) -> bool:
    """Whether the guard stands somewhere in front of a view, under other decorators or alone."""
    while view is not None:
        if getattr(view, "__code__", None) and view.__code__.co_filename == access.__file__:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_every_page_of_a_firm_stands_behind_the_guard() -> None:
    assert {route for route, view in _web() if not _guarded(view)} == BEFORE_THE_GUARD


def test_a_supervisor_of_another_site_gets_nothing_of_her(firm: Firm, rosas: Any, shared: Any) -> None:
    user = come_in(firm, Role.SUPERVISOR, site=firm.org.name)
    Token.objects.create(org_id=firm.org.id, name="t", token_hash=digest("smk_other"), made_by=user, created_at=NOW)
    before = _about(firm, rosas)
    led, session = 0, ""
    for route, address, to_her in _calls(rosas, shared):
        is_api = route.startswith("api/")
        for method in ("get", "post", "put", "delete"):
            client = Client(headers={"Authorization": "Bearer smk_other"} if is_api else {})
            if not is_api:
                session = session or signed_in(user)
                client.cookies[settings.SESSION_COOKIE_NAME] = session
            body = {"data": "{}", "content_type": "application/json"} if is_api and method in ("post", "put") else {}
            answer = getattr(client, method)(address, **body)
            if settings.SESSION_COOKIE_NAME in answer.cookies:  # signed out, or somewhere else now
                session = ""
            text = _text(answer)
            told = [one for one in CANARIES if one in text and one not in address]
            assert not told, f"{method} {address}: {answer.status_code}, and it tells {told}"
            if to_her:
                led += 1
                refused = {403, 404, 405, 409} | ({400, 422} if is_api else {415} if route.startswith("oid4v") else set())
                assert answer.status_code in refused, f"{method} {address}: {answer.status_code}"
    assert led > 100
    assert _about(firm, rosas) == before, "something about her was changed"


def test_an_auditor_reads_what_is_for_reading_and_changes_nothing(firm: Firm, rosas: Any, shared: Any) -> None:
    user = come_in(firm, Role.AUDITOR, site=firm.org.name, until=date(2100, 1, 1))
    before = len(journal.entries(org_id=firm.org.id))
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    routes = {route for route, _ in _web()} - BEFORE_THE_GUARD
    read = set()
    for route, address, to_her in _calls(rosas, shared):
        if route not in routes:
            continue
        answer = client.get(address)
        text = _text(answer)
        assert not [one for one in CANARIES if one in text], f"{address} tells of somebody at another site"
        if answer.status_code < 400:
            assert not to_her, address
            read.add(route)
        for method in ("post", "put", "delete"):
            assert getattr(client, method)(address).status_code in {403, 404, 405}, f"{method} {address}"
    assert {"people", "items", "who-can"} <= read
    assert {route for route in read if not TO_READ.match(route)} == set()
    assert len(journal.entries(org_id=firm.org.id)) == before
    assert client.get("/").status_code == 200


def test_the_right_supervisor_does_see_her(firm: Firm, rosas: Any) -> None:
    """The same questions with the right answer: else the tests above would prove nothing."""
    client = Client()
    client.force_login(come_in(firm, Role.SUPERVISOR, site="North"), settings.AUTHENTICATION_BACKENDS[0])
    for where in ("/people", f"/people/{rosas['person_id'][0]}", f"/proofs/{rosas['proof_id'][0]}", "/proofs", "/"):
        answer = client.get(where)
        assert answer.status_code == 200 and "Rosa Delgado" in answer.content.decode(), where


def _about(firm: Firm, rosas: dict[str, list[str]]) -> list[tuple[str, str]]:
    ids = {one for found in rosas.values() for one in found}
    return [(one.event, one.subject_id) for one in journal.entries(org_id=firm.org.id, limit=5000) if one.subject_id in ids]


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))
