"""Take an offer of somebody else: code → token → number → proof of our key → what was offered, checked and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from credcore.errors import CredcoreError, UnavailableError
from credcore.keys import jwk
from credcore.oid4vc import credential_requests, key_proofs, tokens
from credcore.oid4vc.credential_requests import MAX_CREDENTIALS
from credcore.oid4vc.issuer_metadata import SD_JWT_VC, Configuration, IssuerMetadata
from credcore.oid4vc.offers import CredentialOffer
from credcore.oid4vc.tokens import Refusal, Token
from credcore.ports import Fetch, Post
from skillmark.desks import own_record, words
from skillmark.desks.other_apps import bound
from skillmark.desks.other_apps.looking import CannotTakeOffer, look_again, token_endpoint
from skillmark.desks.own_record import Brought
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing.rules import Party

_NUMBER = frozenset({"invalid_grant", "invalid_request"})


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that came. `brought` is what became of it; None: it was not even checked, and `code` and `why` say why.

    `document` is what came, for a person who has to agree to another name on it first.
    """

    document: bytes
    brought: Brought | None = None
    code: str = ""
    why: str = ""


class Interrupted(CannotTakeOffer):
    """The giver broke off after it had taken the code. With the `token` it can be asked again."""

    def __init__(self, code: str, token: Token) -> None:
        super().__init__(code)
        self.token = token


def take(
    *, actor: Actor, offer: CredentialOffer, tx_code: str, ways: tuple[Fetch, Post], now: datetime, token: Token | None = None
) -> list[Taken]:
    """Take what is offered, with the short code that the giver told (empty: none), and keep it; at least one.

    `ways` are how we talk with other programs. `token`: that of an attempt that was interrupted. What the giver sends
    is checked as anything that is brought; what is tied to somebody else's key is not kept. Of more than twenty, the rest is
    left with the giver: each costs time, and nobody offers so many in earnest.
    Raises CannotTakeOffer, Interrupted; CannotDo, CannotSign. Call it outside any transaction.
    """
    people.demand(actor=actor, action="record.change")  # before a stranger's address is asked
    fetch, post = ways
    try:
        offered, metadata = look_again(offer=offer, fetch=fetch)
        if token is None:
            token = _token(offer, tx_code, token_endpoint(offer=offer, metadata=metadata, fetch=fetch), post)
    except Refusal as error:
        raise CannotTakeOffer("oid4vci.number" if error.error in _NUMBER else error.code) from error
    except CredcoreError as error:
        raise CannotTakeOffer(error.code) from error
    party = signing.party(org_id=actor.org_id, now=now)
    taken: list[Taken] = []
    problem = ""
    for kind in offered.kinds:
        try:
            # Each is kept before the next is asked for: what came is not lost when the giver breaks off.
            came = list(_ask(actor, party, kind, metadata, token, post, now))
        except CredcoreError as error:
            problem = error.code
            continue
        if len(taken) + len(came) > MAX_CREDENTIALS:
            problem = "oid4vci.answer"
            break
        taken += [_keep(actor, party, document, now) for document in came]
    if problem and not taken:
        raise Interrupted(problem, token)
    return [*taken, Taken(b"", code=problem, why=words.sentence(problem, {}))] if problem else taken


def keep_anyway(*, actor: Actor, document: bytes, now: datetime) -> list[Brought]:
    """Keep what came although another name stands on it: the person has said that they know."""
    return own_record.bring(actor=actor, data=document, name="", source="offer", now=now, name_agreed=True)


def _token(offer: CredentialOffer, tx_code: str, endpoint: str, post: Post) -> Token:
    body = tokens.request_body(code=offer.code, tx_code=tx_code)
    return tokens.parse_response(post(endpoint, body=body, media_type=tokens.FORM))


def _ask(
    actor: Actor, party: Party, kind: Configuration, metadata: IssuerMetadata, token: Token, post: Post, now: datetime
) -> Iterator[bytes]:
    identifiers = token.identifiers.get(kind.id, ("",))
    for identifier in identifiers:
        for attempt in (1, 2):
            proof = "" if kind.proof_algorithms is None else _proof(actor, party, kind, metadata, token, post, now)
            body = credential_requests.request(configuration=kind.id, identifier=identifier, proof=proof)
            answer = post(metadata.credential_endpoint, body=body, media_type=tokens.JSON, bearer=token.value)
            try:
                yield from credential_requests.parse_response(answer)
                break
            except Refusal as error:
                if error.error != "invalid_nonce" or attempt == 2:
                    raise


def _proof(
    actor: Actor, party: Party, kind: Configuration, metadata: IssuerMetadata, token: Token, post: Post, now: datetime
) -> str:
    nonce = token.nonce
    if metadata.nonce_endpoint:
        said = tokens.read(post(metadata.nonce_endpoint, body=b"", media_type=tokens.FORM))
        nonce = said["c_nonce"] if isinstance(said.get("c_nonce"), str) else ""
    payload = key_proofs.payload(audience=metadata.identifier, nonce=nonce, now=now)
    header = {"typ": key_proofs.TYPE} | _named(party, kind)
    return signing.sign_as_party(org_id=actor.org_id, header=header, payload=payload, now=now).decode()


def _named(party: Party, kind: Configuration) -> dict[str, object]:
    """How our key is named: as the giver wants it, and where it takes several ways, as the format likes it best."""
    did_jwk = key_proofs.did_jwk(jwk.decode(party.jwk))
    ways: dict[str, dict[str, object]] = {
        "did:key": {"kid": party.verification_method},
        "did:jwk": {"kid": f"{did_jwk}#0"},
        "jwk": {"jwk": party.jwk},
    }
    order = ("jwk", "did:jwk", "did:key") if kind.format == SD_JWT_VC else ("did:key", "did:jwk", "jwk")
    taken = [name for name in order if name in kind.binding or not kind.binding]
    if not taken:
        raise UnavailableError("oid4vci.key", ",".join(kind.binding)[:80], permanent=True)
    return ways[taken[0]]


def _keep(actor: Actor, party: Party, document: bytes, now: datetime) -> Taken:
    if not bound.may_be_ours(document, key=jwk.decode(party.jwk)):
        code = "oid4vci.other_key"
        return Taken(document, code=code, why=words.sentence(code, {}))
    brought = own_record.bring(actor=actor, data=document, name="", source="offer", now=now)[0]
    return Taken(document, brought, brought.code, brought.why)
