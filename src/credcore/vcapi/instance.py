"""One running VC-API: which request is answered by what. (VC-API; VCALM 1.0, sections 3.2 to 3.4)"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from credcore import contexts
from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.issue import derive
from credcore.ports import Fetch, Fetched, FetchKind
from credcore.vcapi import messages
from credcore.vcapi.issuers import Issuer
from credcore.vcapi.issuing import StatusPlaces, issue_credential
from credcore.vcapi.messages import MAX_BODY, Answer, Json, Problem, answer, options_of, refusal, texts_option
from credcore.vcapi.presenting import PresentationVerifier
from credcore.vcapi.verifying import PROOF_ONLY, STRICT, CredentialVerifier, Wanted

VCALM = "vcalm"
# Path of a verifier → the profile that it verifies under.
_PROFILES = {STRICT: STRICT, PROOF_ONLY: PROOF_ONLY, VCALM: STRICT}

Handle = Callable[..., Answer]


def no_fetch(url: str, *, kind: FetchKind) -> Fetched:
    """Asks nobody: for an instance that shall open no socket. Raises UnavailableError `fetch.offline`."""
    raise UnavailableError("fetch.offline", url[:200])


class Instance:
    """Answers requests with its own keys. Keeps nothing but a counter of the places in its status lists."""

    def __init__(
        self, *, issuers: dict[str, Issuer], clock: Callable[[], datetime], base_url: str, fetch: Fetch = no_fetch
    ) -> None:
        """`base_url` is how others reach it, without a slash at the end; `fetch` asks for keys and lists of others."""
        self.issuers = issuers
        self.clock = clock
        self.base_url = base_url
        self._ask = fetch
        self._places = StatusPlaces(base_url)

    def handle(self, method: str, *, path: str, body: bytes = b"") -> Answer:
        """The answer to one request; `path` is below `base_url`. Never raises for anything that a request holds."""
        for pattern, (allowed, handler) in _ROUTES.items():
            found = pattern.fullmatch(path)
            if found is None:
                continue
            if method != allowed:
                wrong = refusal([Problem("vcapi.method", method[:20])], status=HTTPStatus.METHOD_NOT_ALLOWED)
                return Answer(wrong.status, wrong.body, {**wrong.headers, "Allow": allowed})
            if len(body) > MAX_BODY:
                return refusal([Problem("vcapi.too_large", str(len(body)))], status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            try:
                asked = [messages.read(body)] if allowed == "POST" else []
                return handler(self, *asked, **found.groupdict())
            except CredcoreError as error:
                return refusal([Problem.of(error)])
        return _not_found(path)

    def fetch(self, url: str, *, kind: FetchKind) -> Fetched:
        """As the `fetch` that was given, but for the status lists of this instance, which it has itself."""
        own = f"{self.base_url}/status/"
        if kind is FetchKind.STATUS and url.startswith(own):
            now = self.clock()
            listed = self._places.list(url.removeprefix(own), issuers=self.issuers, now=now)
            if listed is not None:
                return Fetched(url, strict_json.dumps(listed), "application/json", now)
        return self._ask(url, kind=kind)

    def list_issuers(self) -> Answer:
        """`GET /issuers`."""
        return answer(
            [
                {
                    "name": issuer.name,
                    "id": issuer.did,
                    "cryptosuite": issuer.suite,
                    "key_type": issuer.signer.algorithm,
                    "endpoint": f"{self.base_url}/issuers/{issuer.name}/credentials/issue",
                }
                for issuer in self.issuers.values()
            ]
        )

    def issue(self, request: Json, *, name: str) -> Answer:
        """`POST /issuers/{name}/credentials/issue`."""
        if name not in self.issuers:
            return _not_found(name)
        made = issue_credential(request, issuer=self.issuers[name], places=self._places, now=self.clock())
        return answer({"verifiableCredential": made}, status=HTTPStatus.CREATED)

    def verify_credential(self, request: Json, *, profile: str) -> Answer:
        """`POST /verifiers/{profile}/credentials/verify`."""
        if profile not in _PROFILES:
            return _not_found(profile)
        wanted = Wanted.of(options_of(request), purpose="assertionMethod")
        return _verdict(self._verifier(profile).problems(_secured(request, "verifiableCredential"), wanted=wanted), profile)

    def verify_presentation(self, request: Json, *, profile: str) -> Answer:
        """`POST /verifiers/{profile}/presentations/verify`."""
        if profile not in _PROFILES:
            return _not_found(profile)
        wanted = Wanted.of(options_of(request), purpose="authentication")
        verifier = PresentationVerifier(self._verifier(profile))
        return _verdict(verifier.problems(_secured(request, "verifiablePresentation"), wanted=wanted), profile)

    def derive(self, request: Json) -> Answer:
        """`POST /credentials/derive`."""
        credential = request.get("verifiableCredential")
        pointers = texts_option(options_of(request), name="selectivePointers")
        if not isinstance(credential, dict) or pointers is None:
            raise MalformedError("vcapi.request", "no verifiableCredential or selectivePointers")
        with contexts.own_words():
            shown = derive(credential, selective_pointers=pointers)
        return answer({"verifiableCredential": shown}, status=HTTPStatus.CREATED)

    def status_list(self, *, name: str) -> Answer:
        """`GET /status/{id}`."""
        listed = self._places.list(name, issuers=self.issuers, now=self.clock())
        return _not_found(name) if listed is None else answer(listed)

    def _verifier(self, profile: str) -> CredentialVerifier:
        return CredentialVerifier(profile=_PROFILES[profile], now=self.clock(), fetch=self.fetch)


_ROUTES: dict[re.Pattern[str], tuple[str, Handle]] = {
    re.compile(r"/issuers"): ("GET", Instance.list_issuers),
    re.compile(r"/issuers/(?P<name>[a-z0-9-]{1,40})/credentials/issue"): ("POST", Instance.issue),
    re.compile(r"/verifiers/(?P<profile>[a-z-]{1,20})/credentials/verify"): ("POST", Instance.verify_credential),
    re.compile(r"/verifiers/(?P<profile>[a-z-]{1,20})/presentations/verify"): ("POST", Instance.verify_presentation),
    re.compile(r"/credentials/derive"): ("POST", Instance.derive),
    re.compile(r"/status/(?P<name>[a-z0-9-]{1,80})"): ("GET", Instance.status_list),
}


def _secured(request: Json, name: str) -> bytes:
    """What is to be verified: an object, or a text that is a token."""
    value = request.get(name)
    if isinstance(value, dict):
        return strict_json.dumps(value)
    if isinstance(value, str):
        return value.encode()
    raise MalformedError("vcapi.request", f"no {name}")


def _verdict(problems: list[Problem], profile: str) -> Answer:
    if problems and profile != VCALM:
        return refusal(problems, verified=False)
    listed = [problem.as_json() for problem in problems]
    body = {"verified": not problems, "problemDetails": listed, "warnings": [], "errors": [one["code"] for one in listed]}
    return answer(body)


def _not_found(what: str) -> Answer:
    return refusal([Problem("vcapi.not_found", what[:80])], status=HTTPStatus.NOT_FOUND)
