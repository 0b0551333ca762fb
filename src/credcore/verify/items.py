"""Whatever a person hands over, in whatever it came: open it, and check each proof in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from credcore import containers
from credcore.containers import Found, unique
from credcore.containers import page as pages
from credcore.errors import MalformedError, UnavailableError
from credcore.ports import Fetched, FetchKind
from credcore.verify import beside
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
    try:
        found = containers.open_item(data, name=name)
    except MalformedError as error:
        return [_problem(error.code, now=now, item=name, detail=error.detail)]
    if beside.is_parcel(one.name for one in found if one.container == "zip"):
        found, verifier = _unpack(found, verifier=verifier)
    return [report for one in found for report in _check_found(one, verifier=verifier, now=now, name=name, required=required)]


def _unpack(found: Sequence[Found], *, verifier: Verifier) -> tuple[tuple[Found, ...], Verifier]:
    """The proofs of a parcel, and a verifier that knows the lists beside them."""
    proofs = unique([one for one in found if not beside.is_beside(one.name)])
    bodies = [one.body for one in found if one.kind == "document" and beside.is_beside(one.name)]
    fetch = beside.BesideFetch(verifier.fetch, bodies=bodies)
    return proofs or tuple(found), Verifier(fetch=fetch, trust=verifier.trust, compromised=verifier.compromised)


def _check_found(
    found: Found, *, verifier: Verifier, now: datetime, name: str, required: frozenset[str] | None
) -> list[Report]:
    item = f"{name}/{found.name}" if found.container == "zip" and found.name else name or found.name
    if found.kind == "problem":
        return [_problem(found.body.decode(), now=now, item=item, container=found.container)]
    if found.kind == "link":
        return check_link(found.body.decode(), verifier=verifier, now=now, item=item, required=required)
    report = verifier.check(found.body, now=now, item=item, container=found.container, required=required)
    return _unpacked(report)


def _unpacked(report: Report) -> list[Report]:
    """A hand-over is only a wrapping: each proof in it is answered for itself, with what is known of who handed it over."""
    if report.credential is not None or not report.parts:
        return [report]
    who = tuple(finding for finding in report.findings if finding.check == "holder")
    return [replace(part, findings=part.findings + who, role="") for part in report.parts]


def check_link(
    url: str, *, verifier: Verifier, now: datetime, item: str = "", required: frozenset[str] | None = None
) -> list[Report]:
    """Open a link that a person handed over, and check what is there. A page that is not signed says so."""
    item, site = item or url, urlsplit(url).hostname or url[:80]
    try:
        answer = verifier.fetch(url, kind=FetchKind.ITEM)
    except UnavailableError as error:
        state = "link.closed" if error.code == "fetch.status" and error.permanent else "link.unreachable"
        finding = Finding("read", error.code, Outcome.UNKNOWN, error.detail, state=state, facts={"site": site})
        return [Report((finding,), now, item=item, container="link")]
    if _is_page(answer):
        return _behind_page(answer, verifier=verifier, now=now, item=item, required=required) or [_unsigned(site, now, item)]
    return _check_answer(answer.body, verifier=verifier, now=now, item=item, site=site, required=required)


def _is_page(answer: Fetched) -> bool:
    return answer.media_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")


def _unsigned(site: str, now: datetime, item: str) -> Report:
    finding = Finding("read", "page.unsigned", Outcome.UNKNOWN, state="page.unsigned", facts={"site": site})
    return Report((finding,), now, item=item, container="link")


def _check_answer(
    body: bytes, *, verifier: Verifier, now: datetime, item: str, site: str, required: frozenset[str] | None
) -> list[Report]:
    try:
        found = containers.open_item(body, name=item)
    except MalformedError as error:
        return [_problem(error.code, now=now, item=item, detail=error.detail, container="link")]
    reports = []
    for one in found:
        if one.kind == "link":  # a link behind a link is a maze, not a proof
            reports.append(_unsigned(site, now, item))
        else:
            reports += _check_found(one, verifier=verifier, now=now, name=item, required=required)
    return reports


def _behind_page(
    page: Fetched, *, verifier: Verifier, now: datetime, item: str, required: frozenset[str] | None
) -> list[Report]:
    """What the page itself holds, else what it points at: the first place with a proof in it decides."""
    opened = 0
    for one in pages.candidates(page.body, url=page.url):
        body = one.body
        if one.kind == "link":
            opened += 1
            if opened > _MOST_LINKS:
                break
            try:
                answer = verifier.fetch(body.decode(), kind=FetchKind.ITEM)
            except UnavailableError:
                continue  # the next place may answer; when none does, the page is said to be unsigned
            if _is_page(answer):
                continue
            body = answer.body
        site = urlsplit(page.url).hostname or ""
        reports = _check_answer(body, verifier=verifier, now=now, item=item, site=site, required=required)
        if any(report.credential is not None or report.parts for report in reports):
            return reports
    return []
