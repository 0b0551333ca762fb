"""Give proofs to other apps: the addresses that programs ask. (OpenID4VCI 1.0; pre-authorised code with a number to type)"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from credcore.codec import strict_json
from credcore.oid4vc import credential_requests, tokens
from credcore.oid4vc.tokens import Refusal
from skillmark.edges.public.programs import bearer, media_type, program, refusal, said
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.rules import apps
from skillmark.rooms.signing import operations as signing

# Everything else about a code is `invalid_grant`, about a token `credential_request_denied`.
TOKEN_ERRORS = {"app.number_missing": "invalid_request"}
COPY_ERRORS = {
    "app.kind": "unknown_credential_configuration",
    "app.proof": "invalid_proof",
    "app.nonce": "invalid_nonce",
}


@program("GET")
def metadata(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """What a firm gives, in which formats, and where to ask. (section 12.2)"""
    return said(queries.app_metadata(org_id=org_id))


@program("GET")
def server(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """Where a code is changed for a token. (RFC 8414)"""
    return said(queries.app_server(org_id=org_id))


@program("GET")
def offer(request: HttpRequest, org_id: uuid.UUID, offer_id: uuid.UUID) -> HttpResponse:
    """One offer, for as long as it can be taken. (section 4.1.3)"""
    return said(queries.app_offer(org_id=org_id, offer_id=offer_id, now=timezone.now()))


@program("POST")
def token(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """A token for the code of an offer. (section 6)"""
    queries.app_server(org_id=org_id)  # 404 for a firm that is not here
    try:
        asked = tokens.parse_request(request.body, media_type=media_type(request))
        made = operations.app_token(org_id=org_id, code=asked.code, tx_code=asked.tx_code, now=timezone.now())
    except Refusal as problem:
        return refusal(problem.error, problem.description)
    except operations.CannotTakeUp as problem:
        return refusal(TOKEN_ERRORS.get(problem.code, "invalid_grant"), _why(problem))
    return said(tokens.response(token=made, seconds=int(apps.APP_TOKEN_LASTS.total_seconds()), wanted=asked.wanted))


@program("POST")
def nonce(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """A number for an app to sign. (section 7)"""
    return said({"c_nonce": operations.app_nonce(org_id=org_id, now=timezone.now())})


@program("POST")
def credential(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """The proof, for the key that the app shows. (section 8)"""
    queries.app_server(org_id=org_id)
    shown = bearer(request)
    if not shown:
        return _unauthorised("")
    try:
        asked = credential_requests.parse_request(request.body, media_type=media_type(request))
        copy = operations.app_proof(
            org_id=org_id, token=shown, configuration=asked.configuration, proof=asked.proof, now=timezone.now()
        )
    except Refusal as problem:
        return refusal(problem.error, problem.description)
    except operations.CannotTakeUp as problem:
        if problem.code == "app.token":
            return _unauthorised("invalid_token")
        if problem.code == "app.kind" and asked.by_identifier:
            return refusal("unknown_credential_identifier", _why(problem))
        return refusal(COPY_ERRORS.get(problem.code, "credential_request_denied"), _why(problem))
    except signing.CannotSign as problem:
        return refusal("credential_request_denied", problem.code)
    body = strict_json.loads(copy.body) if copy.form == apps.LDP else copy.body.decode("ascii")
    return said(credential_requests.response(body))


def _unauthorised(error: str) -> HttpResponse:
    response = refusal(error or "invalid_token", status=401)
    response["WWW-Authenticate"] = f'Bearer error="{error}"' if error else "Bearer"
    return response


def _why(problem: DomainError) -> str:
    facts = " ".join(f"{name}={value}" for name, value in problem.facts.items())
    return f"{problem.code} {facts}".strip()
