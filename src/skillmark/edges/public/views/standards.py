"""Documents that other programs fetch: keys of the givers and lists of what was cancelled."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import operations
from skillmark.rooms.signing import queries as signing

# A cancelled proof may be seen as good for this long by others (the cancel page says so: 15 minutes).
FRESH = "max-age=900, public"


@require_safe
def did_of_firm(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """The public keys of one firm."""
    try:
        document = signing.did_document(org_id=org_id, base_url=request.build_absolute_uri("/").rstrip("/"))
    except NotFound:
        # Behind a proxy the address may look different from here: then the present one is meant.
        try:
            document = signing.did_document(org_id=org_id)
        except NotFound:
            raise Http404 from None
    return _document(request, document)


@require_safe
def keys_of_firm(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """Every key that the firm has ever had, signed by the one in use, and who followed whom."""
    try:
        body = operations.signed_history(org_id=org_id)
    except (NotFound, operations.CannotSign):
        raise Http404 from None
    return _cacheable(request, body, media_type="application/json", etag=hashlib.sha256(body).hexdigest())


@require_safe
def did_of_server(request: HttpRequest) -> HttpResponse:
    """Says which firm this address belongs to. Nobody signs as the bare host, so there are no keys in it."""
    asked = "did:web:" + request.get_host().replace(":", "%3A")
    every = [identity for firm in people.firms() for identity in signing.identities(org_id=firm.id)]
    known = [identity for identity in every if identity.startswith(f"{asked}:")]
    if not known:
        raise Http404
    document = {"@context": ["https://www.w3.org/ns/did/v1"], "id": asked, "alsoKnownAs": known}
    return _document(request, document)


def _document(request: HttpRequest, document: Mapping[str, object]) -> HttpResponse:
    body = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
    return _cacheable(request, body, media_type="application/did+json", etag=hashlib.sha256(body).hexdigest())


@require_safe
def status_list(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """The signed list of what was cancelled, exactly as it was signed."""
    try:
        body, etag = credentials.status_document(list_id=list_id)
    except NotFound:
        raise Http404 from None
    return _cacheable(request, body, media_type="application/vc", etag=etag)


@require_safe
def token_list(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """The same list as a token, exactly as it was signed; for proofs that are tokens. (Token Status List, section 8.1)"""
    try:
        body, etag = credentials.token_document(list_id=list_id)
    except NotFound:
        raise Http404 from None
    return _cacheable(request, body, media_type="application/statuslist+jwt", etag=etag)


@require_safe
def kind(request: HttpRequest, template_id: uuid.UUID) -> HttpResponse:
    """What a kind of proof is, for programs that met its name in a token. (SD-JWT VC, section 6: type metadata)"""
    try:
        document = credentials.kind_document(template_id=template_id, url=request.build_absolute_uri())
    except NotFound:
        raise Http404 from None
    body = json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
    return _cacheable(request, body, media_type="application/json", etag=hashlib.sha256(body).hexdigest())


def _cacheable(request: HttpRequest, body: bytes, *, media_type: str, etag: str) -> HttpResponse:
    quoted = f'"{etag.strip(chr(34))}"'
    response = HttpResponse(body, content_type=media_type)
    response["ETag"] = quoted
    result = get_conditional_response(request, etag=quoted, response=response) or response
    result["ETag"] = quoted
    result["Cache-Control"] = FRESH
    # Checkers run in other people's browsers, too; these documents are public by nature.
    result["Access-Control-Allow-Origin"] = "*"
    return result
