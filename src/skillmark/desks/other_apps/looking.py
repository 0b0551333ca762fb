"""Look at an offer of somebody else: who offers, what, and whether we can take it. Nothing is taken yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from credcore.codec import strict_json
from credcore.errors import CredcoreError
from credcore.oid4vc import interactions, issuer_metadata, offers
from credcore.oid4vc.issuer_metadata import FORMATS, SERVER, Configuration, IssuerMetadata
from credcore.oid4vc.offers import CredentialOffer
from credcore.ports import Fetch, FetchKind
from skillmark.errors import DomainError

OURS = "ES256"
"""How a person's own key signs."""


class CannotTakeOffer(DomainError):
    """The offer is not taken. Its code is one of the library (`oid4vci.…`, `fetch.…`, `json.…`) or `app.asks`."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer that we can take. `names` is the giver's name by language, `kinds` what we would take of it."""

    offer: CredentialOffer
    names: Mapping[str, str]
    kinds: tuple[Configuration, ...]

    @property
    def host(self) -> str:
        """The giver's address: what it calls itself is not proved by anybody."""
        return urlsplit(self.offer.issuer).netloc


def look_at(*, text: str, fetch: Fetch) -> Offered:
    """Read a link or an offer, and ask its giver what it gives.

    Raises CannotTakeOffer, `app.asks` (fact `link`) when it is a question and no offer. Call it outside any transaction.
    """
    try:
        return _offered(_offer(text, fetch), fetch)
    except CredcoreError as error:
        raise CannotTakeOffer(error.code) from error


def look_again(*, offer: CredentialOffer, fetch: Fetch) -> tuple[Offered, IssuerMetadata]:
    """The same of an offer that was looked at, with what its giver says now. Raises CredcoreError, CannotTakeOffer."""
    if offer.needs_sign_in:
        raise CannotTakeOffer("oid4vci.sign_in", host=urlsplit(offer.issuer).netloc)
    said = _json(issuer_metadata.well_known(offer.issuer, name=issuer_metadata.ISSUER), fetch)
    metadata = issuer_metadata.parse(said, identifier=offer.issuer)
    if metadata.encrypts:
        raise CannotTakeOffer("oid4vci.encrypts")
    return Offered(offer, metadata.names, _chosen(offer, metadata)), metadata


def token_endpoint(*, offer: CredentialOffer, metadata: IssuerMetadata, fetch: Fetch) -> str:
    """Where the code of an offer is changed for a token. Raises CredcoreError, CannotTakeOffer."""
    servers = metadata.servers or (metadata.identifier,)
    if offer.server and offer.server not in servers:
        raise CannotTakeOffer("oid4vci.other_issuer")
    server = offer.server or servers[0]
    return issuer_metadata.parse_server(_json(issuer_metadata.well_known(server, name=SERVER), fetch), identifier=server)


def _offered(offer: CredentialOffer, fetch: Fetch) -> Offered:
    return look_again(offer=offer, fetch=fetch)[0]


def _offer(text: str, fetch: Fetch) -> CredentialOffer:
    link = offers.read_link(text)
    if link.is_interaction:
        told = interactions.read(link.uri, fetch=fetch)
        if told.protocol != interactions.OFFER:
            raise CannotTakeOffer("app.asks", link=told.link)
        link = offers.read_link(told.link)
        if link.is_interaction:
            raise CannotTakeOffer("oid4vci.link")
    if link.offer is not None:
        return link.offer
    offer = offers.parse(_json(link.uri, fetch))
    if urlsplit(offer.issuer).netloc != urlsplit(link.uri).netloc:
        raise CannotTakeOffer("oid4vci.elsewhere")  # who hands out offers of another giver may have swapped them
    return offer


def _chosen(offer: CredentialOffer, metadata: IssuerMetadata) -> tuple[Configuration, ...]:
    """What we take: of several formats of the same thing, the fullest."""
    unknown = [name for name in offer.configurations if name not in metadata.configurations]
    if unknown:
        raise CannotTakeOffer("oid4vci.unknown_kind")
    offered = [metadata.configurations[name] for name in offer.configurations]
    readable = [one for one in offered if one.format in FORMATS]
    if not readable:
        raise CannotTakeOffer("oid4vci.format")
    ours = [one for one in readable if one.proof_algorithms is None or OURS in one.proof_algorithms]
    if not ours:
        raise CannotTakeOffer("oid4vci.key")
    best: dict[tuple[str, ...], Configuration] = {}
    for one in sorted(ours, key=lambda one: FORMATS.index(one.format)):
        best.setdefault(tuple(sorted(one.names.values())) or (one.id,), one)
    return tuple(best.values())


def _json(url: str, fetch: Fetch) -> Any:
    return strict_json.loads(fetch(url, kind=FetchKind.MESSAGE).body)
