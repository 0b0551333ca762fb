"""What a firm gives here is good there in every form, with the check whether it was cancelled; a cancelled one is refused.

Given, exported and published as the pages do it; the foreign programs ask "the network" for keys and lists, which is what
our server answers. Their clocks are the real one.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from openbadgeslib import verify as badges
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier
from openvc.did.base import DidResolverRegistry
from openvc.did.did_key import DidKeyResolver
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.resolvers import default_status_list_resolver, default_status_list_token_resolver
from openvc.verify import verify_credential

from credcore import contexts
from credcore.codec import multibase
from credcore.containers import pdf, png, svg
from credcore.formats import openbadges3
from credcore.keys import jwk, multikey
from skillmark.desks import papers, pictures
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.signing import queries as keys
from tests.cast import Firm, today

from .node_side import OtherSide, Refused

Json = dict[str, Any]
CONTEXTS = {openbadges3.CONTEXT: contexts.load(openbadges3.CONTEXT)}
ADDRESSES = [pytest.param("", id="did:key"), pytest.param("https://proofs.tallgrass.example", id="did:web")]

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Given:
    """A proof as its person has it, and how it is cancelled."""

    id: uuid.UUID
    giver: str
    document: bytes
    cancel: Callable[[], object]

    def form(self, form: str) -> bytes:
        return operations.form_of(issued_id=self.id, form=form, now=timezone.now())

    @property
    def files(self) -> dict[str, bytes]:
        """Every file that our pages offer, by its name there."""
        proof = queries.public_proof(issued_id=self.id)
        card = papers.card(proof=proof, check_url="https://proofs.tallgrass.example/verify/1", code=None, language="en")
        return {
            "proof.json": proof.document,
            "picture.png": png.bake(png=pictures.png(**proof.look), credential=proof.document),
            "picture.svg": svg.bake(svg=pictures.svg(**proof.look).encode(), credential=proof.document),
            "card.pdf": card,
        }


def answered(url: str) -> bytes:
    """What our own addresses answer, as they were published."""
    operations.publish_due(now=timezone.now())
    operations.publish_due_tokens(now=timezone.now())
    found = queries.answer_own(url=url, now=timezone.now())
    assert found is not None, url
    return found


@pytest.fixture(params=ADDRESSES)
def given(request: pytest.FixtureRequest, firm: Firm, settings: Any) -> Given:
    settings.BASE_URL = "https://box.tallgrass.example"  # these programs ask https addresses only
    firm.org.base_url = request.param
    firm.org.save()
    now: datetime = timezone.now() - timedelta(minutes=1)
    template = operations.add_ready_template(actor=firm.owner, key="forklift", now=now)
    seen = rules.Seen(on=today(), by="Walt Jensen", seen="Stacked four high", steps=("Checks the forks",))
    issued = operations.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, evidence=[seen],
        request_key=str(uuid.uuid4()), now=now,
    )  # fmt: skip

    def cancel() -> object:
        return operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Given by mistake", now=timezone.now())

    return Given(issued.id, issued.payload["issuer"]["id"], bytes(issued.document), cancel)


# ---- openbadgeslib ----


def their_page(url: str) -> bytes:
    """The network of openbadgeslib."""
    return answered(url)


def test_every_file_carries_the_same_proof(given: Given) -> None:
    files = given.files
    assert png.read(files["picture.png"]) == svg.read(files["picture.svg"]) == given.document
    assert [one.body for one in pdf.read(files["card.pdf"])] == [given.document]


@pytest.mark.parametrize("name", ["picture.png", "picture.svg"])
def test_baked_pictures_in_openbadgeslib(given: Given, name: str) -> None:
    picture = given.files[name]

    def result() -> Any:
        # It verifies signatures of lists in the form of a token only, so here it reads our bits alone.
        return badges.verify_badge(picture, resolve_did=True, check_status=True, verify_status_list=False, download=their_page)

    assert result().valid, result().reason
    given.cancel()
    assert not result().valid
    assert "'revocation' is set" in result().reason


def test_the_signed_file_in_openbadgeslib(given: Given) -> None:
    def verify() -> None:
        reader = OB3LdpVerifier.for_issuer_did(given.giver, download=their_page)
        reader.verify(given.document, check_status=True, verify_status_list=False, download=their_page)

    verify()
    given.cancel()
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        verify()


def test_the_token_in_openbadgeslib(given: Given) -> None:
    token = given.form("jwt").decode()

    def verify(data: str) -> None:
        reader = OB3Verifier.for_issuer_did(given.giver, download=their_page)
        reader.verify(data, check_status=True, verify_status_list=False, download=their_page)

    verify(token)
    with pytest.raises(OB3VerificationError):
        verify(altered(token))
    given.cancel()
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        verify(token)


def altered(token: str) -> str:
    """The same token a day longer."""
    head, payload, rest = token.split(".", 2)
    said = json.loads(multibase.decode("u" + payload))
    said["exp"] = said.get("exp", 0) + 86_400
    return ".".join([head, multibase.encode(json.dumps(said).encode(), base="u")[1:], rest])


# ---- openvc-core: signatures of lists are verified, too (tokens of the data model 2.0 it does not read) ----


def openvc_reads(credential: Any) -> Any:
    resolver = DidResolverRegistry([DidKeyResolver(), DidWebResolver(lambda url: json.loads(answered(url)))])
    more: Any = {"resolver": resolver, "fetch": lambda url: answered(url).decode()}
    return verify_credential(
        credential,
        resolver=resolver,
        resolve_status_list=default_status_list_resolver(extra_contexts=CONTEXTS, **more),
        resolve_status_list_token=default_status_list_token_resolver(**more),
        extra_contexts=CONTEXTS,
    )


@pytest.mark.parametrize("form", ["json", "sd-jwt", "code"])
def test_every_form_in_openvc_core(given: Given, form: str) -> None:
    credential = json.loads(given.document) if form == "json" else given.form(form).decode()
    result = openvc_reads(credential)
    assert result.issuer == given.giver
    assert result.status is not None
    if form != "json":
        with pytest.raises(OpenvcError):
            openvc_reads(altered(credential))
    given.cancel()
    with pytest.raises(OpenvcError, match="revoked"):
        openvc_reads(credential)


# ---- npm ----


def teach(other: OtherSide, given: Given) -> None:
    """Hand over what the libraries would ask for: lists and keys, as our server answers now."""
    document = json.loads(given.document)
    urls = [entry["statusListCredential"] for entry in document["credentialStatus"]]
    pages: Json = {url: json.loads(answered(url)) for url in urls}
    if given.giver.startswith("did:web:"):
        host, *path = given.giver.removeprefix("did:web:").split(":")
        controller = json.loads(answered(f"https://{host}/{'/'.join(path)}/did.json"))
        pages[given.giver] = controller
        pages |= {
            method["id"]: {"@context": "https://w3id.org/security/multikey/v1", **method}
            for method in controller["verificationMethod"]
        }
    other.ask("learn", documents=pages)


def test_the_signed_file_in_digitalbazaar_vc(other: OtherSide, given: Given) -> None:
    document, at = json.loads(given.document), timezone.now().isoformat()
    teach(other, given)
    assert other.ask("verify", credential=document, now=at) is True
    changed = json.loads(given.document)
    changed["credentialSubject"]["achievement"]["name"] = "Crane operator"
    with pytest.raises(Refused, match="Invalid signature"):
        other.ask("verify", credential=changed, now=at)
    given.cancel()
    teach(other, given)
    with pytest.raises(Refused, match="cancelled"):
        other.ask("verify", credential=document, now=at)


@pytest.mark.parametrize("form", ["sd-jwt", "code"])
def test_tokens_in_sd_jwt_vc(other: OtherSide, firm: Firm, given: Given, form: str) -> None:
    token, at = given.form(form).decode(), timezone.now().isoformat()
    url = sd_claims(token)["status"]["status_list"]["uri"]

    def verify(data: str) -> Any:
        other.ask("learn", documents={url: answered(url).decode()})
        return other.ask("sdjwt-verify", token=data, key=our_key(firm), listKey=our_key(firm, purpose="status"), now=at)

    assert verify(token)
    with pytest.raises(Refused):
        verify(altered(token))
    given.cancel()
    with pytest.raises(Refused, match=r"(?i)status"):
        verify(token)


def sd_claims(token: str) -> Json:
    claims: Json = json.loads(multibase.decode("u" + token.split(".")[1]))
    return claims


def our_key(firm: Firm, purpose: str = "credential") -> Json:
    """A did:key signs its lists with the same key, a did:web with one of their own."""
    return {"jwk": jwk.encode(multikey.decode(keys.issuer(org_id=firm.org.id, purpose=purpose).key_multibase))}
