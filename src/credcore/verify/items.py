"""Whatever a person hands over, in whatever it came: open it, and check each proof in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from credcore import containers
from credcore.containers import Found, unique
from credcore.containers import page as pages
from credcore.effort import Effort
from credcore.errors import MalformedError, UnavailableError
from credcore.ports import Fetched, FetchKind
from credcore.verify import beside, signer
from credcore.verify.report import Finding, Outcome, Report
from credcore.verify.verifier import Verifier

# code of a container error → the state that heads the report; all others: unreadable
_STATES = {
    "item.unsupported": "unsupported",
    "item.too_large": "unreadable.too_large",
    "image.too_large": "unreadable.too_large",
    "zip.too_large": "unreadable.too_large",
    "zip.too_many": "unreadable.too_large",
    "picture.no_code": "picture.no_code",
    "pdf.no_proof": "picture.no_code",
    "item.budget": "unreadable.budget",
    "item.list": "unsupported",
    "pdf.locked": "unreadable.locked",
    "zip.locked": "unreadable.locked",
}


_MOST_LINKS = 4  # places behind one page; each may take seconds


def _problem(code: str, *, now: datetime, item: str, detail: str = "", container: str = "") -> Report:
    state = _STATES.get(code, "unreadable")
    return Report((Finding("read", code, Outcome.FAILED, detail, state=state),), now, item=item, container=container)


def check_item(
    data: bytes, *, verifier: Verifier, now: datetime, name: str = "", required: frozenset[str] | None = None
) -> list[Report]:
    """One report for each proof in a file (JSON, PNG, SVG, PDF, picture with a QR code, ZIP); at least one.

    Never raises for anything that the file holds. `name` is shown, never believed. Of a parcel (`verify.beside`) the proofs
    are answered, each once, in whatever forms it lies there.
    """
    effort = Effort.of(len(data))
    try:
        found = containers.open_item(data, name=name, effort=effort)
    except MalformedError as error:
        return [_problem(error.code, now=now, item=name, detail=error.detail)]
    if beside.is_parcel(one.name for one in found if one.container == "zip"):
        found, verifier = _unpack(found, verifier=verifier)
    look = _Look(verifier, now, required, effort)
    return [report for one in found for report in look.at(one, name=name)]


def check_link(
    url: str, *, verifier: Verifier, now: datetime, item: str = "", required: frozenset[str] | None = None
) -> list[Report]:
    """Open a link that a person handed over, and check what is there. A page that is not signed says so."""
    return _Look(verifier, now, required, Effort()).behind(url, item=item or url)


def _unpack(found: Sequence[Found], *, verifier: Verifier) -> tuple[tuple[Found, ...], Verifier]:
    """The proofs of a parcel, and a verifier that knows the lists beside them."""
    proofs = unique([one for one in found if not beside.is_beside(one.name)])
    bodies = [one.body for one in found if one.kind == "document" and beside.is_beside(one.name)]
    fetch = beside.BesideFetch(verifier.fetch, bodies=bodies)
    return proofs or tuple(found), Verifier(fetch=fetch, trust=verifier.trust, compromised=verifier.compromised)


def _unpacked(report: Report) -> list[Report]:
    """A hand-over is only a wrapping: each proof in it is answered for itself, with what is known of who handed it over."""
    if report.credential is not None or not report.parts:
        return [report]
    who = tuple(finding for finding in report.findings if finding.check == "holder")
    inside = [one for part in report.parts for one in _unpacked(part)]  # a wrapping may lie in another
    return [replace(one, findings=one.findings + who, role="") for one in inside]


def _is_page(answer: Fetched) -> bool:
    return answer.media_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one item, with all that lies in it or behind it."""

    verifier: Verifier
    now: datetime
    required: frozenset[str] | None
    effort: Effort

    def at(self, found: Found, *, name: str) -> list[Report]:
        """What was found in a file of this name."""
        item = f"{name}/{found.name}" if found.container == "zip" and found.name else name or found.name
        if found.kind == "problem":
            return [_problem(found.body.decode(), now=self.now, item=item, container=found.container)]
        if found.kind == "link":
            return self.behind(found.body.decode(), item=item)
        report = self.verifier.check(
            found.body, now=self.now, item=item, container=found.container, required=self.required, effort=self.effort
        )
        if report.credential is not None and beside.LISTS.intersection(report.credential.types):
            # Genuine, and everybody can fetch it: whoever hands it over must not be told that it looks good.
            return [_problem("item.list", now=self.now, item=item, container=found.container)]
        return _unpacked(report)

    def behind(self, url: str, *, item: str) -> list[Report]:
        """What a link leads to."""
        site = signer.site(url)[:80]
        try:
            answer = self.verifier.fetch(url, kind=FetchKind.ITEM)
        except UnavailableError as error:
            state = "link.closed" if error.code == "fetch.status" and error.permanent else "link.unreachable"
            finding = Finding("read", error.code, Outcome.UNKNOWN, error.detail, state=state, facts={"site": site})
            return [Report((finding,), self.now, item=item, container="link")]
        if _is_page(answer):
            return self._behind_page(answer, item=item) or [self._unsigned(site, item)]
        return self._in_answer(answer.body, item=item, site=site)

    def _unsigned(self, site: str, item: str) -> Report:
        finding = Finding("read", "page.unsigned", Outcome.UNKNOWN, state="page.unsigned", facts={"site": site})
        return Report((finding,), self.now, item=item, container="link")

    def _in_answer(self, body: bytes, *, item: str, site: str) -> list[Report]:
        try:
            found = containers.open_item(body, name=item, effort=self.effort)
        except MalformedError as error:
            return [_problem(error.code, now=self.now, item=item, detail=error.detail, container="link")]
        reports = []
        for one in found:
            if one.kind == "link":  # a link behind a link is a maze, not a proof
                reports.append(self._unsigned(site, item))
            else:
                reports += self.at(one, name=item)
        return reports

    def _behind_page(self, page: Fetched, *, item: str) -> list[Report]:
        """What the page itself holds, else what it points at: the first place with a proof in it decides."""
        opened = 0
        for one in pages.candidates(page.body, url=page.url):
            body = one.body
            if one.kind == "link":
                opened += 1
                if opened > _MOST_LINKS:
                    break
                try:
                    answer = self.verifier.fetch(body.decode(), kind=FetchKind.ITEM)
                except UnavailableError:
                    continue  # the next place may answer; when none does, the page is said to be unsigned
                if _is_page(answer):
                    continue
                body = answer.body
            reports = self._in_answer(body, item=item, site=urlsplit(page.url).hostname or "")
            if any(report.credential is not None or report.parts for report in reports):
                return reports
        return []
