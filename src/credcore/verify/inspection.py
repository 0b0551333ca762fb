"""One pass over what was handed over: which checks are made, in which order, and on what lies inside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from credcore import formats, proofs
from credcore.effort import Effort
from credcore.errors import BudgetError, MalformedError, UnavailableError
from credcore.formats import openbadges2, presentation
from credcore.model import Credential
from credcore.ports import Fetch, Fetched, FetchKind
from credcore.trust import TrustList, find
from credcore.verify import hosted, lists, opening, signer
from credcore.verify.checks import compromised, dates, holder, proof, shape, token, trust
from credcore.verify.checks.status import StatusCheck
from credcore.verify.opening import Opened
from credcore.verify.policy import Asked
from credcore.verify.report import REQUIRED, Finding, Outcome, Report, Verdict

MAX_DEPTH = 4  # a hand-over, a record in it, a proof in that, what others say of it
MAX_PARTS = 100
KEYS_AGE = timedelta(hours=24)
_STATES = {
    "json.too_large": "unreadable.too_large",
    "jose.too_large": "unreadable.too_large",
    "rdf.budget": "unreadable.budget",
}
# A signature that is none, or one that anybody could have made, is no damaged file: it is nothing signed.
_UNSIGNED = frozenset({"jose.unsigned", "jose.algorithm"})
# A shown part that the giver never signed: whatever it says, somebody put it there.
_ALTERED = frozenset({"sdjwt.unused"})


class Inspection:
    """Of one thing that was handed over, with all that lies inside. Counts the parts, and remembers how old the keys are."""

    def __init__(
        self,
        *,
        fetch: Fetch,
        trust: Sequence[TrustList],
        now: datetime,
        required: frozenset[str] | None,
        asked: Asked | None,
        compromised: Collection[str] = (),
        effort: Effort | None = None,
    ) -> None:
        self.ask = fetch
        self.trust = trust
        self.now = now
        self.required = REQUIRED if required is None else required
        self.asked = asked
        self.compromised = compromised
        self.parts_left = MAX_PARTS
        self.effort = effort or Effort()
        self.oldest_key: Fetched | None = None

    def fetch(self, url: str, *, kind: FetchKind) -> Fetched:
        """The caller's Fetch; notes how old the key documents are that it answers with."""
        answer = self.ask(url, kind=kind)
        if kind is FetchKind.DID and (self.oldest_key is None or answer.fetched_at < self.oldest_key.fetched_at):
            self.oldest_key = answer
        return answer

    def report(self, data: bytes, *, item: str = "", container: str = "", role: str = "", depth: int = 1) -> Report:
        """Everything about one document and its parts."""
        found = _Found(data, item, container, role)
        try:
            opened = opening.lay_open(data)
            self._pay_for(opened, data)
            if presentation.recognises(opened.document):
                return self._presentation(opened, found, depth)
            found.credential = formats.parse(opened.document)
            found.proof = self._name(opened)
        except (MalformedError, UnavailableError) as error:
            found.findings.append(_unread(error))
            return found.report(self)
        found.findings.append(Finding("read", "read.fine", Outcome.PASSED))
        self._checks(opened, found)
        found.findings += shape.check(opened)
        found.parts = self._parts(opened, found, depth)
        found.findings += [one for one in map(_of_part, found.parts) if one is not None]
        return found.report(self)

    def _pay_for(self, opened: Opened, data: bytes) -> None:
        """Raise BudgetError `rdf.budget` before the work begins: each proof takes all objects of its document. Braces count
        them well enough, and at once.
        """
        found = opened.document.get("proof")
        count = len(found) if isinstance(found, list) else 1 if found else 0
        signed = opened.jws is None and count <= proof.MAX_PROOFS  # more are refused unread
        self.effort.work_out(objects=data.count(b"{") * count if signed else 0, size=len(data))

    def _name(self, opened: Opened) -> str:
        names = [proofs.suite_name(one) for one in proof.proofs_of(opened.document)]
        return ", ".join(filter(None, [opened.securing, *names]))

    def _checks(self, opened: Opened, found: _Found) -> None:
        """Is it unchanged, who gave it, does it count: in this order, and no further than it makes sense to ask."""
        self.oldest_key = None
        if openbadges2.recognises(opened.document):
            looked_up = hosted.look_up(opened.document, fetch=self.fetch, now=self.now, token=opened.jws)
            found.credential = formats.parse(looked_up.document)
            found.findings += looked_up.findings
        else:
            issuer = formats.giver(opened.document)
            found.findings += self._signature(opened, issuer)
            found.findings += compromised.check(opened, issuer=issuer, compromised=self.compromised)
        credential = found.credential
        if credential is None:
            return
        found.findings += dates.check(credential, now=self.now)
        if not found.passed("proof"):
            # Before the signature holds, asking a server or a list would only tell strangers what we look at.
            return
        found.findings += self._old_keys()
        if not any(one.check == "status" for one in found.findings):
            found.findings += self._status().check(opened.document, issuer=credential.issuer.id)
        if opened.sd is not None:
            found.findings += token.holder(opened.sd, now=self.now, asked=self.asked)
        if found.passed("issuer"):
            found.findings += trust.check(credential, lists=self.trust)

    def _signature(self, opened: Opened, issuer: str) -> list[Finding]:
        if opened.jws is None:
            return proof.check(opened.document, issuer=issuer, now=self.now, fetch=self.fetch)
        # Every list may name roots for a giver: one without must not hide another with.
        found = (find((one,), issuer=issuer) for one in self.trust)
        roots = tuple(root for listed in found if listed is not None for root in listed.entry.certificates)
        return token.check(opened, issuer=issuer, now=self.now, fetch=self.fetch, roots=roots)

    def _status(self) -> StatusCheck:
        reader = lists.ListReader(fetch=self.fetch, now=self.now)
        return StatusCheck(now=self.now, fetch=self.fetch, lists=reader)

    def _old_keys(self) -> list[Finding]:
        """Keys that were remembered because their site could not be asked today say what was true then."""
        old = self.oldest_key
        if old is None or self.now - old.fetched_at <= KEYS_AGE:
            return []
        facts = {"seen": old.fetched_at.isoformat(), "site": signer.site(old.url)}
        return [Finding("keys", "keys.remembered", Outcome.UNKNOWN, old.url[:200], state="keys.remembered", facts=facts)]

    def _parts(self, opened: Opened, found: _Found, depth: int) -> tuple[Report, ...]:
        try:
            parts = formats.parts(opened.document)
            if not parts:
                return ()
            self.parts_left -= len(parts)
            if depth >= MAX_DEPTH or self.parts_left < 0:
                raise BudgetError("parts.too_many", f"{len(parts)} at level {depth}")
        except MalformedError as error:
            found.findings.append(Finding("parts", error.code, Outcome.UNKNOWN, error.detail, state="parts.unsure"))
            return ()
        return tuple(
            self.report(part.body, item=found.item, container=found.container, role=part.role, depth=depth + 1)
            for part in parts
        )

    def _presentation(self, opened: Opened, found: _Found, depth: int) -> Report:
        """A hand-over is worth what lies in it: the worst answer inside is the answer, and its own signature says who."""
        document = opened.document
        found.format = presentation.NAME
        found.proof = self._name(opened)
        found.findings.append(Finding("read", "read.fine", Outcome.PASSED))
        found.findings += holder.check(
            document,
            holder=presentation.parse(document).issuer.id,
            jws=opened.jws,
            now=self.now,
            fetch=self.fetch,
            asked=self.asked,
        )
        found.parts = self._parts(opened, found, depth)
        if not found.parts:
            found.findings.append(Finding("parts", "parts.none", Outcome.UNKNOWN, state="unsupported"))
        for part in found.parts:
            outcome = {Verdict.GOOD: Outcome.PASSED, Verdict.BAD: Outcome.FAILED}.get(part.verdict, Outcome.UNKNOWN)
            state = "" if part.verdict is Verdict.GOOD else part.code
            found.findings.append(Finding("parts", f"parts.{part.verdict}", outcome, part.code, state=state))
        found.required = frozenset({"parts"})
        return found.report(self)


class _Found:
    """What is known so far."""

    def __init__(self, data: bytes, item: str, container: str, role: str) -> None:
        self.data, self.item, self.container, self.role = data, item, container, role
        self.findings: list[Finding] = []
        self.credential: Credential | None = None
        self.proof = ""
        self.format = ""
        self.parts: tuple[Report, ...] = ()
        self.required: frozenset[str] | None = None

    def passed(self, check: str) -> bool:
        made = [finding for finding in self.findings if finding.check == check]
        return bool(made) and all(finding.outcome is Outcome.PASSED for finding in made)

    def report(self, inspection: Inspection) -> Report:
        return Report(
            findings=tuple(self.findings),
            checked_at=inspection.now,
            item=self.item,
            credential=self.credential,
            format=self.format or (self.credential.format if self.credential else ""),
            proof=self.proof,
            container=self.container,
            document=self.data,
            required=inspection.required if self.required is None else self.required,
            parts=self.parts,
            role=self.role,
        )


def _unread(error: MalformedError | UnavailableError) -> Finding:
    if isinstance(error, UnavailableError) or error.code in ("format.not_an_object", "format.envelope"):
        return Finding("read", error.code, Outcome.UNKNOWN, error.detail, state="unsupported")
    if error.code in _UNSIGNED:
        return Finding("proof", error.code, Outcome.FAILED, error.detail, state="unsigned")
    if error.code in _ALTERED:
        return Finding("proof", error.code, Outcome.FAILED, error.detail, state="altered")
    state = _STATES.get(error.code, "unreadable")
    return Finding("read", error.code, Outcome.FAILED, error.detail, state=state)


def _of_part(part: Report) -> Finding | None:
    """What a bad part argues for in the whole. What others say in support only counts for itself."""
    if part.role != "credential" or part.verdict is Verdict.GOOD:
        return None
    bad = part.verdict is Verdict.BAD
    state = "parts.bad" if bad else "parts.unsure"
    outcome = Outcome.FAILED if bad else Outcome.UNKNOWN
    return Finding("parts", state, outcome, part.code, state=state)
