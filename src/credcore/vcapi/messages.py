"""What comes in and what goes out: JSON requests read strictly, and problems said as RFC 9457 wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError

Json = dict[str, Any]

MAX_BODY: Final = 2**20
_MAX_DEPTH: Final = 40  # a credential of 32 levels lies a few levels deep in a request

_DATA_MODEL = "https://www.w3.org/TR/vc-data-model#"
_SECURITY = "https://w3id.org/security#"
_STATUS = "https://www.w3.org/ns/credentials/status-list#"
# How a code begins → the problem that the specifications name for it (VC Data Model 2.0, section 7.2; Data Integrity 1.0,
# section 4.7; Bitstring Status List 1.0, section 3.5). The longest beginning counts.
_TYPES = {
    "": _DATA_MODEL + "MALFORMED_VALUE_ERROR",
    "json.": _DATA_MODEL + "PARSING_ERROR",
    "jose.": _DATA_MODEL + "PARSING_ERROR",
    "rdf.": _SECURITY + "PROOF_TRANSFORMATION_ERROR",
    "context.": _SECURITY + "PROOF_TRANSFORMATION_ERROR",
    "proof.": _SECURITY + "PROOF_VERIFICATION_ERROR",
    "proof.mismatch": _DATA_MODEL + "CRYPTOGRAPHIC_SECURITY_ERROR",
    "holder.": _DATA_MODEL + "CRYPTOGRAPHIC_SECURITY_ERROR",
    "issuer.": _DATA_MODEL + "CRYPTOGRAPHIC_SECURITY_ERROR",
    "vcapi.challenge": _SECURITY + "INVALID_CHALLENGE_ERROR",
    "vcapi.domain": _SECURITY + "INVALID_DOMAIN_ERROR",
    "dates.": _DATA_MODEL + "RANGE_ERROR",
    "dates.malformed": _DATA_MODEL + "MALFORMED_VALUE_ERROR",
    "status.": _STATUS + "STATUS_VERIFICATION_ERROR",
    "status.index": _STATUS + "RANGE_ERROR",
    "fetch.": _STATUS + "STATUS_RETRIEVAL_ERROR",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a documented code, and a word for a technical reader."""

    code: str
    detail: str = ""

    @classmethod
    def of(cls, error: CredcoreError) -> Problem:
        """What an error says."""
        return cls(error.code, error.detail)

    def as_json(self) -> Json:
        """`type` is the specifications' own name for it where they have one."""
        kind = max((start for start in _TYPES if self.code.startswith(start)), key=len)
        return {"type": _TYPES[kind], "title": self.code, "code": self.code, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `body` is JSON in UTF-8."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


def answer(body: object, *, status: int = HTTPStatus.OK) -> Answer:
    """JSON with this status."""
    return Answer(int(status), strict_json.dumps(body))


def refusal(problems: Sequence[Problem], *, status: int = HTTPStatus.BAD_REQUEST, **more: Any) -> Answer:
    """An RFC 9457 problem: the first of the problems, with all of them beside it."""
    listed = [problem.as_json() for problem in problems]
    body = {
        **listed[0],
        "status": int(status),
        "problemDetails": listed,
        "errors": [str(one["code"]) for one in listed],
        **more,
    }
    return Answer(int(status), strict_json.dumps(body), {"Content-Type": "application/problem+json"})


def read(body: bytes) -> Json:
    """A request's body. Raises MalformedError (`json.…`, `vcapi.request`)."""
    value = strict_json.loads(body, max_bytes=MAX_BODY, max_depth=_MAX_DEPTH)
    if not isinstance(value, dict):
        raise MalformedError("vcapi.request", "not an object")
    return value


def options_of(request: Json) -> Json:
    """The request's `options`; none are the same as empty ones. Raises MalformedError `vcapi.request`."""
    value = request.get("options")
    if not isinstance(value, dict | None):
        raise MalformedError("vcapi.request", "options is not an object")
    return value or {}


def text_option(options: Json, *, name: str) -> str:
    """A text among the options, empty when it is not there. Raises MalformedError `vcapi.request`."""
    value = options.get(name)
    if not isinstance(value, str | None):
        raise MalformedError("vcapi.request", f"options.{name} is not a text")
    return value or ""


def texts_option(options: Json, *, name: str) -> list[str] | None:
    """A list of texts among the options. Raises MalformedError `vcapi.request`."""
    value = options.get(name)
    if value is not None and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        raise MalformedError("vcapi.request", f"options.{name} is not a list of texts")
    return value
