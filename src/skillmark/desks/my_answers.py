"""Another program asks a person for proofs: who asks, what for, what would go out, and the answer once they say yes.

(OpenID4VP 1.0, as the holder) Nothing is sent before that, and what cannot be done exactly as asked is refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.oid4vc import dcql, interactions, requests, responses
from credcore.oid4vc.requests import Request
from credcore.ports import FetchKind
from credcore.proofs import sd_jwt_making
from skillmark.desks import my_proofs_asked as mine
from skillmark.desks.checking import fetching
from skillmark.errors import DomainError
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as firms
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys

if TYPE_CHECKING:
    from skillmark.desks.my_proofs_asked import Part

Json = dict[str, Any]

# What a code of the library means to the person, by its beginning; the first that fits.
_MEANS = (
    ("oid4vp.no_link", "answer.no_link"),
    ("oid4vc.interaction", "answer.no_link"),
    ("oid4vp.expired", "answer.expired"),
    ("oid4vp.other_host", "answer.other_host"),
    ("fetch.private_address", "answer.private"),
    ("fetch.bad_url", "answer.private"),
    ("fetch.own", "answer.private"),
    ("fetch.", "answer.unreachable"),
    ("oid4vp.signature", "answer.not_signed"),
    ("oid4vp.unsigned", "answer.not_signed"),
    ("oid4vp.other_key", "answer.not_signed"),
    ("oid4vp.other_client", "answer.not_signed"),
    ("oid4vp.type", "answer.not_signed"),
    ("jose.", "answer.not_signed"),
    ("did.", "answer.not_signed"),
    ("key.", "answer.not_signed"),
    ("oid4vp.client_prefix", "answer.unsupported"),
    ("oid4vp.response_", "answer.unsupported"),
    ("oid4vp.transaction_data", "answer.unsupported"),
    ("oid4vp.no_query", "answer.unsupported"),
    ("dcql.format", "answer.unsupported"),
    ("jwe.", "answer.unsupported"),
)


class CannotAnswer(DomainError):
    """The request cannot be answered; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Read:
    """A request as it came, so that exactly what was shown is answered. Kept in the browser's session."""

    client_id: str
    token: str = ""
    request_uri: str = ""
    wallet_nonce: str = ""
    parameters: Mapping[str, str] | None = None

    def as_json(self) -> Json:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `name`: whom we know it is, empty: nobody we could tie it to; `says` what it calls itself."""

    name: str
    says: str
    host: str


@dataclass(frozen=True, slots=True)
class Asks:
    """What the person reads before they decide. `parts` empty: nothing of theirs fits."""

    request: Request
    asker: Asker
    parts: tuple[Part, ...]
    only_unbound: bool


def fetch(*, actor: Actor, text: str, now: datetime) -> Read:
    """Get the request behind a link or a code. Raises CannotAnswer `answer.…`, CannotDo. Call it outside any transaction."""
    people.demand(actor=actor, action="record.change")
    get, post = fetching.for_apps(now=now)
    try:
        text = text.strip()
        if text.startswith("interaction:") or (text.startswith("http") and "client_id=" not in text):
            found = interactions.read(text, fetch=get)
            if found.protocol != interactions.ASK:
                raise CannotAnswer("answer.is_offer")
            text = found.link
        link = requests.read_link(text)
        if not link.request_uri:
            return Read(link.client_id, token=link.token.decode(), parameters=link.parameters)
        if not link.by_post:
            body = get(link.request_uri, kind=FetchKind.MESSAGE).body
            return Read(link.client_id, token=_text(body), request_uri=link.request_uri)
        number = secrets.token_urlsafe(24)
        body = urlencode({"wallet_nonce": number}).encode()
        said = post(link.request_uri, body=body, media_type=responses.FORM, accept=requests.MEDIA_TYPE)  # section 5.10.1
        if said.status != 200:
            raise UnavailableError("fetch.status", str(said.status))
        return Read(link.client_id, token=_text(said.body), request_uri=link.request_uri, wallet_nonce=number)
    except CredcoreError as error:
        raise _told(error) from error


def _text(body: bytes) -> str:
    try:
        return body.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise MalformedError("jose.malformed", "not ASCII") from error


def look(*, actor: Actor, read: Read, now: datetime) -> Asks:
    """Who asks, and what of the person's things would go out. Sends nothing. Raises CannotAnswer `answer.…`."""
    request = _request(read, now)
    parts, only_unbound = mine.parts(actor=actor, query=request.query, now=now)
    return Asks(request, _asker(request), parts, only_unbound)


def answer(*, actor: Actor, read: Read, picked: Mapping[str, str], wording: str, language: str, now: datetime) -> str:
    """Sign and send what was shown, keep a receipt; where the browser may go on (empty: nowhere).

    `picked`: for each part of the request the key of the chosen thing. `wording` is what stood above the button.
    Raises CannotAnswer, also `answer.changed` where something that was picked is there no more; CannotSign. Call it outside
    any transaction.
    """
    people.demand(actor=actor, action="record.change")
    asks = look(actor=actor, read=read, now=now)
    if not asks.parts:
        raise CannotAnswer("answer.nothing_fits")
    if not picked.keys() <= {part.id for part in asks.parts}:
        raise CannotAnswer("answer.changed")
    request, vp_token, facts = asks.request, {}, []
    for part in asks.parts:
        thing = part.thing(picked.get(part.id, ""))
        if thing is None:  # never another one in its place
            raise CannotAnswer("answer.changed")
        vp_token[part.id] = [_shown(actor, request, thing, now)]
        facts += [f"{thing.title}: {fact.label}" for fact in thing.facts]
    try:
        body = responses.pack(request, vp_token=vp_token)
        following = _send(request, body, now)
    except CredcoreError as error:
        raise _told(error) from error
    records.note_consent(
        actor=actor, kind="answer", to_whom=asks.asker.name or asks.asker.host, purpose=request.purpose, facts=facts,
        wording=wording, language=language, until=None, now=now,
    )  # fmt: skip
    return following


def refuse(*, actor: Actor, read: Read, now: datetime) -> None:
    """Say no. Whoever asked learns that, and nothing else; that they cannot be told changes nothing."""
    people.demand(actor=actor, action="record.change")
    _, post = fetching.for_apps(now=now)
    try:
        request = _request(read, now)
        post(request.response_uri, body=responses.refusal(request), media_type=responses.FORM)
    except (CannotAnswer, UnavailableError):
        return


def _request(read: Read, now: datetime) -> Request:
    get, _ = fetching.for_apps(now=now)
    try:
        if read.parameters is not None:
            request = requests.read_unsigned(read.parameters, now=now)
        else:
            request = requests.read_signed(
                read.token.encode(), client_id=read.client_id, now=now, fetch=get, request_uri=read.request_uri,
                wallet_nonce=read.wallet_nonce,
            )  # fmt: skip
        fetching.demand_postable(request.response_uri)
        return request
    except CredcoreError as error:
        raise _told(error) from error


def _asker(request: Request) -> Asker:
    host = urlsplit(request.response_uri).netloc
    prefix, _, did = request.client_id.partition(":")
    firm = keys.firm_of_asker(did=did) if prefix == requests.DID else None
    if firm is not None:
        return Asker(firms.organisation_public(org_id=firm).name, request.says_it_is, host)
    return Asker(request.tied_to, request.says_it_is, host)


def _shown(actor: Actor, request: Request, thing: mine.Thing, now: datetime) -> Any:
    """One thing, signed for this request."""
    held = mine.document(actor=actor, thing=thing, now=now)
    party = signing.party(org_id=actor.org_id, now=now)
    audience, nonce = request.client_id, request.nonce
    wanted = thing.fit.wanted
    if wanted.format == dcql.SD_JWT:
        presented = sd_jwt_making.present(held, shown=thing.fit.shown)
        if not wanted.bound:
            return presented.decode()
        payload = responses.binding(presented=presented, audience=audience, nonce=nonce, now=now)
        header = {"typ": "kb+jwt"}
        token = signing.sign_as_party(org_id=actor.org_id, header=header, payload=payload, now=now)
        return (presented + token).decode()
    if not wanted.bound:
        return held.decode() if wanted.format == dcql.JWT else strict_json.loads(held)
    holder = mine.holder(thing=thing, party=party)
    if wanted.format == dcql.JWT:
        payload = responses.envelope(holder=holder, credential=held.decode(), audience=audience, nonce=nonce, now=now)
        kid = party.verification_method if holder == party.did else f"{holder}#0"
        header = {"typ": "JWT", "kid": kid}
        return signing.sign_as_party(org_id=actor.org_id, header=header, payload=payload, now=now).decode()
    unsigned = responses.presentation(holder=holder, credential=strict_json.loads(held))
    signed = signing.sign_presentation(org_id=actor.org_id, unsigned=unsigned, challenge=nonce, domain=audience, now=now)
    return strict_json.loads(signed)


def _send(request: Request, body: bytes, now: datetime) -> str:
    _, post = fetching.for_apps(now=now)
    said = post(request.response_uri, body=body, media_type=responses.FORM)
    if said.status != 200:
        raise CannotAnswer("answer.not_taken", host=urlsplit(request.response_uri).netloc)
    try:
        told = strict_json.loads(said.body) if said.body.strip() else {}
    except MalformedError:  # it was taken, and says nothing that we understand
        return ""
    following = told.get("redirect_uri") if isinstance(told, dict) else None
    return following if isinstance(following, str) and following.startswith(("https://", "http://")) else ""


def _told(error: CredcoreError) -> CannotAnswer:
    meaning = next((code for start, code in _MEANS if error.code.startswith(start)), "answer.malformed")
    return CannotAnswer(meaning, why=error.code)
