"""Every address of the project x everybody who may ask, of two firms and three people: nobody reads what is not theirs.

The list of addresses is read from the project, so an address of tomorrow is asked, too; one with a new parameter fails here
until somebody says what stands for it. Each answer is opened (PDF, ZIP, Excel) and searched for words that its reader may
not have: facts that a worker never shared, and facts of a firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from skillmark.desks import reports
from skillmark.edges.public import door
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import rules as kinds
from skillmark.rooms.credentials.models import Dispute, Held
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, User
from skillmark.rooms.people.rules import Role
from skillmark.rooms.records import operations as records
from skillmark.rooms.records.models import Statement
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from skillmark.rooms.talent.models import Brought, StartList
from tests.architecture import test_outsider as project
from tests.architecture.board_things import board_secrets
from tests.architecture.own_things import Own, own_page
from tests.architecture.test_health_canaries import unpacked
from tests.cast import NOW, Firm, today

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
things = project.things

FIRM_WORDS = ("CANARYFIRM1", "CANARYFIRM2", "canary3@firm.example")
# Parameters that name no thing of anybody, with what to put in their place.
NAMES: dict[tuple[str, str], tuple[str, ...]] = {
    ("int", "number"): ("1",), ("int", "key_id"): ("1",), ("", "key"): ("forklift",), ("", "name"): tuple(reports.REPORTS),
    ("slug", "name"): tuple(reports.REPORTS), ("slug", "ending"): ("csv",), ("str", "format"): ("csv",),
    ("slug", "trade"): ("restaurant",), ("str", "trade"): ("restaurant",), ("str", "language"): ("en",),
    ("path", "rest"): ("credentials/issue",), ("slug", "kind"): ("job", "offer", "good"),
}  # fmt: skip
# Whoever holds such an address may open it. What it shows is bounded all the same: none of the planted words.
HOLDER = re.compile(
    r"^(verify/|o/|\.well-known/|status/|vct/|k/|u/|q/|cal/|seen/|start/|s/|l/|in/|pin/|oid4vci/|oid4vp/|interactions/|setup/"
    r"|api/v1/templates/ready/)"
)
# What ends a visitor's own session, or changes what is their own: nothing of anybody else is reached by it.
OF_THEIR_OWN = re.compile(r"^(sign-out|w/close|w/erase|sample|language/)")
REFUSED = {302, 303, 400, 401, 403, 404, 405, 409, 410, 415, 422}


@dataclass
class World:
    """Two firms at work. `ids`: what stands for each parameter; `worker` and `leaver` are people of the first firm."""

    ids: dict[str, list[str]]
    worker: Own
    leaver: Own
    other: Own
    firm: Firm
    other_firm: Firm

    def words(self, *whose: str) -> tuple[str, ...]:
        """The planted words of some."""
        told: dict[str, tuple[str, ...]] = {
            "firm": FIRM_WORDS, "worker": tuple(self.worker.words.values()), "leaver": tuple(self.leaver.words.values()),
            "other": tuple(self.other.words.values()),
        }  # fmt: skip
        return tuple(word for one in whose for word in told[one])


@pytest.fixture
def world(firm: Firm, other_firm: Firm, things: project.Things, monkeypatch: pytest.MonkeyPatch) -> World:
    """Everything that has an address, made for the first firm and its people."""
    for what in door.LIMITS:
        monkeypatch.setitem(door.LIMITS, what, 10**6)
    owner, now = firm.owner, timezone.now()
    kept = things.ids["proof_id"]
    secrets = board_secrets(firm, issued_id=kept[1])
    people.change_person(
        actor=owner, person_id=firm.person.id, name=firm.person.name, phone="", email=FIRM_WORDS[2], language="es",
        number=FIRM_WORDS[0], now=NOW,
    )  # fmt: skip
    item = skills.add_item(
        actor=owner, kind="card", names={"en": "Asked before the first day"}, starts=date(2020, 1, 1), now=NOW
    )
    talent.require(actor=owner, item_id=item.id, target="everyone", starts=date(2020, 1, 1), now=NOW)
    held = holdings.record(
        actor=owner, person_id=firm.person.id, item_id=things_item(things), facts=holdings.Facts(number=FIRM_WORDS[1]), now=NOW
    )
    worker = own_page(firm, people.add_person(actor=owner, name="Wanda Rook", now=NOW), "worker", now=now)
    gone = people.add_person(actor=owner, name="Lea Vero", now=NOW)
    leaver = own_page(firm, gone, "leaver", now=now)
    people.leave(actor=owner, person_id=gone.id, last=today() - timedelta(days=1), now=now)
    other = own_page(other_firm, other_firm.person, "other", now=now)
    starts, token = talent.start_list(actor=owner, person_id=firm.person.id, now=now)
    talent.say(token=token, item_id=item.id, now=now)
    history = credentials.give_history(
        actor=owner, person_id=gone.id, stints=[kinds.Stint(title="Packer", starts=date(2024, 1, 2), ends=date(2026, 1, 2))],
        request_key="history", now=now,
    )  # fmt: skip
    _, code, _ = records.make_pack(
        actor=owner, person_id=gone.id, issued_ids=[history.id], history_id=history.id, last_day=now.date(), now=now
    )
    asked = credentials.ask_phone(
        actor=owner, purpose="To see it", query=kinds.asking.query(names=()), base_url="http://testserver", session="", now=now
    )
    stop = signing.stop(actor=owner, why="We look at it.", now=now, template_id=things.ids["template_id"][0])
    shift = people.add_shift(actor=owner, name="Early", starts_at=NOW.time(), ends_at=now.time(), now=NOW)
    ids = {name: list(found) for name, found in (things.ids | secrets).items()}
    ids["holding_id"] = [*ids["holding_id"], str(held.id)]
    ids |= {
        "start_list_id": [str(starts.id)], "brought_id": [str(Brought.objects.get().id)], "asking_id": [str(asked.id)],
        "stop_id": [str(stop.id)], "shift_id": [str(shift.id)], "number": worker.ids["offer_id"],
        "signing_key_id": [str(keys.keys(actor=owner)[0].id)], "dispute_id": [str(Dispute.objects.first().id)],  # type: ignore[union-attr]
    }  # fmt: skip
    ids["token"] = [*ids["token"], token, worker.tokens["share"]]
    ids["code"] = [*ids["code"], code]
    for name, found in worker.ids.items():
        ids[name] = [*found, *leaver.ids[name]]
    return World(ids, worker, leaver, other, firm, other_firm)


def things_item(things: project.Things) -> Any:
    return things.ids["item_id"][0]


PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def values(world: World, converter: str, name: str) -> list[str]:
    """What to put in place of a parameter."""
    if (converter, name) in NAMES:
        return list(NAMES[converter, name])
    return world.ids[name]


def addresses(world: World, route: str) -> Iterator[str]:
    """Every way to fill in a route; where it takes several things, those that belong together first."""
    found = [(one[1] or "", one[2]) for one in PARAMETER.finditer(route)]
    choices = [values(world, *one) for one in found]
    for at in range(max((len(one) for one in choices), default=1)):
        address = route
        for several in choices:
            address = PARAMETER.sub(several[min(at, len(several) - 1)], address, count=1)
        yield f"/{address}"


def without_value(world: World) -> list[str]:
    """Parameters of which nobody has said what stands for them."""
    found = {
        f"{one[0]} in {route}"
        for route in project.ROUTES
        for one in PARAMETER.finditer(route)
        if (one[1] or "", one[2]) not in NAMES and not world.ids.get(one[2])
    }
    return sorted(found)


def member(world: World, role: Role) -> User:
    """Somebody of the first firm with that role."""
    if role is Role.OWNER:
        return world.firm.owner_user
    if role is Role.SUPERVISOR:
        return world.firm.supervisor_user
    user = User.objects.create(handle="auditor", name="Ada Auditor", date_joined=NOW, email="auditor@firm.example")
    Member.objects.create(org=world.firm.org, user=user, role=role, since=NOW)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks. `may_not`: the words they may not read; `theirs`: the things that are their own."""

    client: Client
    may_not: tuple[str, ...]
    theirs: frozenset[str] | None = None  # None: the first firm's, where everything is theirs that is not somebody's own page

    def may_open(self, world: World, route: str, address: str) -> bool:
        """Whether a page there would be no wonder: it leads to nothing of somebody else."""
        known = {one for name, found in world.ids.items() for one in found if name not in {"token", "code"} and len(one) >= 32}
        named = {one for one in known if one in address}
        return self.theirs is None or bool(HOLDER.match(route)) or named <= self.theirs


def visitors(world: World) -> dict[str, Visitor]:
    """Everybody, as they come in."""
    own = {who: frozenset(one for several in page.ids.values() for one in several) for who, page in _pages(world)}
    token = people.make_token(actor=world.firm.owner, name="Payroll", now=NOW)[1]
    theirs = people.make_token(actor=world.other_firm.owner, name="Theirs", now=NOW)[1]
    at_firm, outside = world.words("worker", "leaver", "other"), world.words("firm", "worker", "leaver", "other")
    bearer = {"Authorization": f"Bearer {token}"}
    return {
        "owner": Visitor(signed_in(member(world, Role.OWNER)), at_firm),
        "supervisor": Visitor(signed_in(member(world, Role.SUPERVISOR)), at_firm),
        "auditor": Visitor(signed_in(member(world, Role.AUDITOR)), at_firm),
        "program": Visitor(Client(headers=bearer), at_firm),
        "worker": Visitor(world.worker.browser(), world.words("firm", "leaver", "other"), own["worker"]),
        "leaver": Visitor(world.leaver.browser(), world.words("firm", "worker", "other"), own["leaver"]),
        "anonymous": Visitor(Client(), outside, frozenset()),
        "outsider owner": Visitor(signed_in(world.other_firm.owner_user), outside, frozenset()),
        "outsider supervisor": Visitor(signed_in(world.other_firm.supervisor_user), outside, frozenset()),
        "outsider program": Visitor(Client(headers={"Authorization": f"Bearer {theirs}"}), outside, frozenset()),
        "outsider worker": Visitor(world.other.browser(), world.words("firm", "worker", "leaver"), frozenset()),
    }


def _pages(world: World) -> list[tuple[str, Own]]:
    return [("worker", world.worker), ("leaver", world.leaver)]


def judged(who: Visitor, world: World, route: str, address: str, answer: Any) -> str:
    """What is wrong with an answer; empty when nothing is."""
    if answer.status_code >= 500:
        return f"{answer.status_code}"
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = _found(content + repr(dict(answer.headers)).encode(), who.may_not)
    if told:
        return f"{answer.status_code}, and it tells {told}"
    if not who.may_open(world, route, address) and answer.status_code not in REFUSED:
        return f"{answer.status_code} for what is somebody else's"
    return ""


def _found(data: bytes, words: tuple[str, ...]) -> list[str]:
    wanted = {word.lower().encode(): word for word in words}
    pieces = [piece.lower() for piece in unpacked(data)]
    return [word for mark, word in wanted.items() if any(mark in piece for piece in pieces)]


def is_asked(who: str, route: str) -> bool:
    """Programs ask the API, people everything else. A firm's second member sees no other list of their own than the first."""
    if who == "outsider supervisor" and "<" not in route:
        return False
    return route.startswith(("api/", "vc-api/")) == ("program" in who)


def test_nobody_reads_what_is_not_theirs(world: World) -> None:
    assert without_value(world) == [], "say in this file what stands for a new parameter"
    wrong, count = [], 0
    for name, who in visitors(world).items():
        for route in project.ROUTES:
            if not is_asked(name, route) or OF_THEIR_OWN.match(route):
                continue
            for address in addresses(world, route):
                count += 1
                said = judged(who, world, route, address, who.client.get(address))
                if said:
                    wrong.append(f"{name}: GET {address}: {said}")
    assert count > 2500
    assert not wrong, "\n".join(wrong)


def test_nobody_changes_what_is_not_theirs(world: World) -> None:
    """An empty form changes nothing of the firm, or of anybody's page, and tells nothing."""
    before = _state(world)
    wrong = []
    for name, who in visitors(world).items():
        if who.theirs is None:
            continue
        for route in project.ROUTES:
            if not is_asked(name, route) or "<" not in route or OF_THEIR_OWN.match(route):
                continue
            for address in addresses(world, route):
                if not who.may_open(world, route, address):
                    said = judged(who, world, route, address, who.client.post(address))
                    if said:
                        wrong.append(f"{name}: POST {address}: {said}")
    assert not wrong, "\n".join(wrong)
    assert _state(world) == before, "something was changed"


def _state(world: World) -> tuple[object, ...]:
    """How much there is, and how much has happened, in the first firm and on its people's pages."""
    pages = [page.actor.org_id for _, page in _pages(world)]
    told = [entry for org_id in (world.firm.org.id, *pages) for entry in journal.entries(org_id=org_id)]
    news = [
        entry.event for entry in told if entry.event not in project.SAID_AGAIN | {"records.page.opened", "records.token.made"}
    ]
    return (
        sum(event != "people.token.made" for event in news),
        Held.objects.filter(org_id__in=pages).count(),
        Statement.objects.filter(org_id__in=pages).count(),
        StartList.objects.filter(closed_at=None).count(),
    )


def test_everybody_does_read_their_own(world: World) -> None:
    """The same words with the right answer, and a value for every parameter: else the tests above would prove nothing."""
    assert without_value(world) == [], "say in this file what stands for a new parameter"
    everybody = visitors(world)
    for who, page in (("worker", world.worker), ("leaver", world.leaver)):
        seen = set()
        for route in project.ROUTES:
            if route.startswith("w"):
                for address in addresses(world, route):
                    if not OF_THEIR_OWN.match(route):
                        answer = everybody[who].client.get(address)
                        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                        seen |= set(_found(content, tuple(page.words.values())))
        assert seen == set(page.words.values()), who
    page = everybody["owner"].client.get(f"/people/{world.firm.person.id}").content.decode()
    assert FIRM_WORDS[0] in page and FIRM_WORDS[2] in page
