"""Every address of the project, asked by somebody signed out and by the owner of another firm: nobody gets the firm's data.

The list of addresses is read from the project itself, so a page that is added tomorrow is asked, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from credcore.trust import TrustList, files
from skillmark.desks import checking
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import rules as credential_rules
from skillmark.rooms.credentials.models import StatusList
from skillmark.rooms.credentials.rules import Wanted
from skillmark.rooms.health import operations as health
from skillmark.rooms.health.models import HealthFile
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member
from skillmark.rooms.records import operations as records
from tests.architecture.board_things import board_things
from tests.cast import NOW, Firm
from tests.house.imports.bringing import bring

# Whoever holds the address of a proof, of a code or of a key document may open it: that is what they are for.
PUBLIC = re.compile(r"^(oid4vci/|interactions/|verify/|o/|\.well-known/|status/|k/|check$|check/sample/|check/phone$|oid4vp/)")
SECRETS = ("Tallgrass", "Rosa Delgado", "Dana Whitlock", "Walt Jensen", "Secret kind", "Payroll of ours")


@dataclass
class Things:
    """One of everything that a firm has: ids by the name of the parameter that takes them."""

    ids: dict[str, list[str]] = field(default_factory=dict)

    def values(self, converter: str, name: str) -> list[str]:
        """What to put in place of a parameter: the thing that it means, else one of everything."""
        if converter == "int":
            return ["1"]
        if name in self.ids:
            return self.ids[name]
        if converter == "uuid":
            return sorted({one for found in self.ids.values() for one in found})
        return ["no-such-thing"]


@pytest.fixture
def things(firm: Firm) -> Things:
    """A firm at work: a kind of proof, a proof that was given and kept, a token, members."""
    owner = firm.owner
    kind = credentials.make_template(
        actor=owner, name="Secret kind", did="Does it.", how="Watched.", method="observed", months=None,
        level_asked=False, colour="indigo", language="en", now=NOW,
    )  # fmt: skip
    request = {"actor": owner, "person_id": firm.person.id, "template_id": kind.id, "now": NOW}
    kept = credentials.give(request_key=str(uuid4()), **request)
    waiting = credentials.give(request_key=str(uuid4()), **request)
    code = credentials.offer(actor=owner, issued_id=kept.id, way="screen", now=NOW)[1]
    verifier = checking.verifier(org_id=None, now=NOW)
    _, held, _ = records.keep(code=code, pin="", verifier=verifier, now=NOW)
    token, _ = people.make_token(actor=owner, name="Payroll of ours", now=NOW)
    checked = checking.check_and_keep(actor=owner, kind="file", name="Tallgrass.json", body=bytes(kept.document), now=NOW)
    batch = credentials.start_batch(actor=owner, name="Tallgrass batch", rows=[("Rosa Delgado", "text", b"x")], now=NOW)
    listed = credentials.plan_run(
        actor=owner, template_id=kind.id, name="Class of Tallgrass", rows=[Wanted(line=2, name="Rosa Delgado")],
        observed_on=NOW.date(), note="", request_key=str(uuid4()), now=NOW,
    )  # fmt: skip
    giver = credentials.trust_giver(
        actor=owner, issuer="did:web:a.example", name="Giver of Tallgrass", reason="Dana Whitlock called.", now=NOW
    )
    followed = checking.follow(
        actor=owner,
        kind="file",
        url="",
        keeper="",
        reason="Walt Jensen",
        body=files.dumps(TrustList("Tallgrass", ())),
        now=NOW,
    )
    asking = credentials.ask_phone(
        actor=owner, purpose="Walt Jensen", query=credential_rules.asking.query(), base_url="https://a.example", session="",
        now=NOW,
    )  # fmt: skip
    # An app reads an offer by the real clock; whoever has its link may look at it, and needs the number to take it.
    offered, _ = credentials.offer_to_app(actor=owner, issued_id=kept.id, now=timezone.now())
    brought = bring(owner, "Name\nRosa Delgado\n", name="Tallgrass list.csv")
    asked = health.add_item(
        actor=owner, names={"en": "Secret kind"}, months=12, everyone=True, position_ids=(), starts=NOW.date(), now=NOW
    )
    shown = health.record(
        actor=owner, person_id=firm.person.id, item_id=asked, obtained=NOW.date(), today=NOW.date(), now=NOW,
        file=("Tallgrass.jpg", b"\xff\xd8\xff"),
    )  # fmt: skip
    proofs = [str(kept.id), str(waiting.id)]
    members = [str(one.id) for one in Member.objects.filter(org=firm.org)]
    board = board_things(firm)
    return Things(
        board
        | {
            "person_id": [str(firm.person.id)],
            "proof_id": proofs,
            "issued_id": proofs,
            "template_id": [str(kind.id)],
            "template": [str(kind.id)],
            "member_id": members,
            "token_id": [str(token.id)],
            "held_id": [str(held.id)],
            "check_id": [str(one.id) for one in checked],
            "item_id": [*board["item_id"], *(str(one.item_id) for one in checked)],
            "batch_id": [str(batch.id)],
            "run_id": [str(listed.id)],
            "giver_id": [str(giver.id)],
            "follow_id": [str(followed.id)],
            "followed_id": [str(followed.id)],
            "org_id": [str(firm.org.id)],
            "asking_id": [str(asking.id)],
            "offer_id": [str(offered.id)],
            "what": ["offer", "ask"],
            "view_id": [str(kept.id)],
            "import_id": [str(brought.id)],
            "health_item_id": [str(asked)],
            "health_record_id": [str(shown)],
            "health_file_id": [str(one) for one in HealthFile.objects.values_list("id", flat=True)],
            "list_id": [str(one) for one in StatusList.objects.values_list("id", flat=True)],
        }
    )


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The routes of the whole project, as they are written in its address lists."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern)


def addresses(route: str, things: Things) -> Iterator[tuple[str, bool]]:
    """(address, whether it names a thing of the firm) for every way to fill in a route."""
    found = re.search(r"<(?:(\w+):)?(\w+)>", route)
    if not found:
        yield "/" + route, False
        return
    known = {one for several in things.ids.values() for one in several}
    for value in things.values(found[1] or "str", found[2]):
        for address, named in addresses(route[: found.start()] + value + route[found.end() :], things):
            yield address, named or value in known


ROUTES = sorted(set(patterns(get_resolver())))


def test_the_list_of_addresses_is_not_empty() -> None:
    assert len(ROUTES) > 50 and all("(" not in route for route in ROUTES)


# A proof in another form says the same once more; it is made for whoever has its link and asks first (decision 0020).
SAID_AGAIN = frozenset({"credentials.form.made", "credentials.token_list.published"})


def told(firm: Firm) -> int:
    """How much has happened in the firm."""
    return sum(entry.event not in SAID_AGAIN for entry in journal.entries(org_id=firm.org.id))


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES)
def test_nobody_gets_what_is_not_theirs(route: str, things: Things, firm: Firm, other_firm: Firm) -> None:
    before = told(firm)
    token = people.make_token(actor=other_firm.owner, name="Theirs", now=NOW)[1]
    is_api = route.startswith("api/")
    for address, names_a_thing in addresses(route, things):
        for method in ("get", "post", "put", "delete"):
            for visitor in ("signed out", "outsider"):
                client = Client()
                if visitor == "outsider":
                    client.force_login(other_firm.owner_user, settings.AUTHENTICATION_BACKENDS[0])
                    if is_api:
                        client = Client(headers={"Authorization": f"Bearer {token}"})
                body = {"data": "{}", "content_type": "application/json"} if method in ("post", "put") and is_api else {}
                answer = getattr(client, method)(address, **body)
                judge(route, f"{visitor}: {method} {address}", answer, outsider=visitor == "outsider" and names_a_thing)
    assert told(firm) == before, "something was changed"
    assert mail.outbox == []


def judge(route: str, asked: str, answer: object, *, outsider: bool) -> None:
    """Fail when an answer gives something away, or when a thing of the firm is not simply not there."""
    status = answer.status_code
    assert status < 500, f"{asked}: {status}"
    if PUBLIC.match(route):
        return
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = re.sub(r"Outsider \w+ \w+", "", content.decode("utf-8", "replace"))  # the visitor's own people
    told = [secret for secret in SECRETS if secret in text]
    assert not told, f"{asked}: {status}, and it tells {told}"
    if outsider:
        refused = {400, 404, 405, 422} if route.startswith("api/") else {404, 405}
        if route.startswith("w/"):
            refused = {302, 303, 404, 405}  # a worker's page asks for the slip first
        if re.fullmatch(r"give/<str:template>/(preview|back|done)", route):
            refused |= {302}  # these only answer a form, and send everybody else to the page before, which is not there
        assert status in refused, f"{asked}: {status}"


@pytest.mark.django_db
def test_the_owner_does_see_it(things: Things, firm: Firm, client: Client) -> None:
    """The same question with the right answer: else the tests above would prove nothing."""
    client.force_login(firm.owner_user)
    for where in (f"/people/{firm.person.id}", f"/proofs/{things.ids['proof_id'][0]}", "/people", "/proofs"):
        answer = client.get(where)
        assert answer.status_code == 200 and "Rosa Delgado" in answer.content.decode()
