"""Badges of Open Badges 1.x and 2.0, which are checked by asking the giver's site. (Open Badges 2.0, sections 4.3, 4.6, 4.7)

A hosted badge is what its own site publishes, so what was handed over is compared with that, and the published one is
shown. A signed badge carries a signature, but its key, its badge class and its giver stand on the giver's site too. What
a document says about its giver is believed only when the giver's own address says so: else anyone could name anyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from credcore.codec import strict_json
from credcore.codec.jose import Jws
from credcore.errors import CredcoreError, MalformedError, SignatureMismatch, UnavailableError
from credcore.formats import openbadges2
from credcore.formats.openbadges2 import reference
from credcore.formats.openbadges2_hosting import (
    is_hosted_by,
    is_revoked,
    keys_of,
    origin,
    revocation_reason,
    same_address,
    same_origin,
    secure,
    verification,
)
from credcore.formats.vcdm import Json, first, text, texts
from credcore.keys import pem
from credcore.keys.public import PublicKey
from credcore.ports import Fetch, Fetched, FetchKind
from credcore.proofs import jose
from credcore.verify.report import Finding, Outcome

MAX_AGE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Hosted:
    """`document` is what to show: the assertion with badge class and issuer inside, as far as they could be read.

    `findings` are of the checks `proof`, `issuer` and `status`. `key` is the key that a signature was checked with.
    """

    document: Json
    findings: tuple[Finding, ...]
    key: PublicKey | None = None


def look_up(document: Json, *, fetch: Fetch, now: datetime, token: Jws | None = None) -> Hosted:
    """Ask the giver's site about an assertion that `openbadges2` recognises; at most four addresses are opened.

    `token` is the signature that the assertion came out of. Raises nothing: whatever goes wrong is a finding.
    """
    asked = verification(document)
    site = _Site(fetch, now)
    if asked.kind == "hosted" and asked.url:
        return _hosted(document, asked.url, site)
    if asked.kind == "signed" and token is not None:
        return _signed(document, asked.creator, token, site)
    return Hosted(document, (Finding("proof", "proof.none", Outcome.UNKNOWN, state="unsigned"),))


@dataclass(frozen=True, slots=True)
class _Site:
    fetch: Fetch
    now: datetime

    def read(self, url: str) -> Fetched:
        """No redirects: an address that forwards anywhere would let its host vouch for strangers."""
        return self.fetch(url, kind=FetchKind.STATUS)

    def read_object(self, url: str, *, types: tuple[str, ...] = ()) -> Json:
        """A document that another one names. Its `id` is the address where it was found: only that is proven."""
        url = secure(url)
        value = strict_json.loads(self.read(url).body)
        found = texts(value.get("type")) if isinstance(value, dict) else ()
        if not isinstance(value, dict) or (types and found and not any(name in types for name in found)):
            raise MalformedError("hosted.unreadable", f"{url[:120]} is {', '.join(found)[:60] or 'no object'}")
        return value | {"id": url}


def _hosted(document: Json, url: str, site: _Site) -> Hosted:
    try:
        answer = site.read(url)
        published = _assertion(answer)
    except UnavailableError as error:
        code = "hosted.gone" if error.code == "fetch.status" and error.permanent else error.code
        return Hosted(document, (_unreached("proof", code, error.detail, url),))
    except MalformedError as error:
        return Hosted(document, (_unreached("proof", "hosted.unreadable", error.detail or error.code, url),))
    facts = {"asked": answer.fetched_at.isoformat()}
    revoked = is_revoked(published)
    if revoked:
        reason = text(published.get("revocationReason"))[:120]
        return Hosted(
            document, (Finding("status", "status.cancelled", Outcome.FAILED, reason, state="status.cancelled", facts=facts),)
        )
    if not openbadges2.recognises(published):
        return Hosted(document, (_unreached("proof", "hosted.unreadable", "no assertion", url),))
    whole, problem = _complete(published, site)
    try:
        changed = _differences(document, published=published, whole=whole)
    except MalformedError as error:
        return Hosted(document, (Finding("proof", error.code, Outcome.FAILED, error.detail, state="unreadable"),))
    if changed:
        same = Finding("proof", "hosted.differs", Outcome.FAILED, ", ".join(changed), state="altered")
    else:
        same = Finding("proof", "hosted.same", Outcome.PASSED, url[:200])
    status = _fresh(Finding("status", "status.clear", Outcome.PASSED, url[:200], facts=facts), answer, site)
    if revoked is None:
        status = Finding("status", "status.malformed", Outcome.UNKNOWN, "revoked", state="status.unknown", facts=facts)
    return Hosted(whole, (same, problem or _published_by(_profile(whole), url), status))


def _assertion(answer: Fetched) -> Json:
    value = strict_json.loads(answer.body)
    if not isinstance(value, dict):
        raise MalformedError("hosted.unreadable", "no object")
    return value


def _published_by(profile: Json, url: str) -> Finding:
    giver = reference(profile)
    if not origin(giver):
        return Finding("issuer", "hosted.no_address", Outcome.UNKNOWN, giver[:120], state="signer.not_tied")
    if not is_hosted_by(profile, url=url):
        return Finding("issuer", "hosted.other_origin", Outcome.FAILED, url[:200], state="name.borrowed")
    return Finding("issuer", "hosted.origin", Outcome.PASSED, giver[:200])


def _complete(document: Json, site: _Site) -> tuple[Json, Finding | None]:
    """The assertion with its badge class and its giver's profile inside, and what kept us from that.

    A profile inside is read again at its own address: whoever writes an assertion can write any profile into it. Only
    version 1.0 has givers without a profile, known by their `origin`.
    """
    badge: Json = first(document.get("badge"))
    url = ""
    try:
        if not badge:
            url = reference(document.get("badge"))
            badge = site.read_object(url, types=("BadgeClass",))
        document = document | {"badge": badge}
        url = reference(badge.get("issuer"))
        bare = openbadges2.version(document) == "1.0" and "origin" in first(badge.get("issuer"))
        if origin(url) and not bare:
            badge = badge | {"issuer": site.read_object(url, types=("Issuer", "Profile"))}
    except UnavailableError as error:
        return document, _unreached("issuer", error.code, error.detail, url)
    except MalformedError as error:
        return document, Finding("issuer", error.code, Outcome.UNKNOWN, error.detail, state="signer.not_tied")
    return document | {"badge": badge}, None


def _profile(document: Json) -> Json:
    return first(first(document.get("badge")).get("issuer"))


def _differences(handed: Json, *, published: Json, whole: Json) -> list[str]:
    """What a reader would see otherwise than the site publishes it. What the handed one leaves to the site is no change."""
    # The assertion by itself, whether or not its badge class is inside: all of it must be the same.
    one, other = (openbadges2.parse(assertion | {"badge": {}}) for assertion in (handed, published))
    own = ("id", "subject", "valid_from", "valid_until", "evidence", *(("image",) if one.image else ()))
    changed = [name for name in own if getattr(one, name) != getattr(other, name)]
    if openbadges2.recipient(handed) != openbadges2.recipient(published):
        changed.append("recipient")
    if not same_address(reference(handed.get("badge")), other=reference(published.get("badge"))):
        changed.append("badge")
    stated, shown = openbadges2.parse(handed), openbadges2.parse(whole)
    of_badge = ("name", "description", "criteria", "language")
    changed += [name for name in of_badge if getattr(stated, name) not in ("", getattr(shown, name))]
    if stated.issuer.id and not same_address(stated.issuer.id, other=shown.issuer.id):
        changed.append("issuer")
    if stated.issuer.name not in ("", shown.issuer.name):
        changed.append("issuer name")
    return changed


def _signed(document: Json, creator: str, token: Jws, site: _Site) -> Hosted:
    whole, problem = _complete(document, site)
    if problem is not None:
        return Hosted(whole, (Finding("proof", problem.code, problem.outcome, problem.detail), problem))
    profile = _profile(whole)
    giver = reference(profile)
    if not origin(giver):
        return Hosted(whole, (_not_tied("proof", "hosted.no_address", giver), _not_tied("issuer", "hosted.no_address", giver)))
    key = None
    try:
        key, tied = _key(profile, creator, site, old=openbadges2.version(document) != "2.0")
        jose.verify(jws=token, key=key)
    except SignatureMismatch as error:
        return Hosted(whole, (Finding("proof", error.code, Outcome.FAILED, state="altered"),), key)
    except UnavailableError as error:
        if error.code.startswith("fetch."):
            return Hosted(whole, (_unreached("proof", error.code, error.detail, creator or giver),))
        return Hosted(whole, (Finding("proof", error.code, Outcome.UNKNOWN, error.detail, state="proof.unsupported"),), key)
    except MalformedError as error:
        return Hosted(whole, (_failed(error),), key)
    fits = Finding("proof", "proof.fits", Outcome.PASSED, str(token.header["alg"]))
    return Hosted(whole, (fits, tied, _revoked(document, profile, site)), key)


def _failed(error: CredcoreError) -> Finding:
    """A damaged signature is an alteration; a key that is none says nothing about the badge."""
    if error.code in ("proof.value", "jose.key_mismatch"):
        return Finding("proof", error.code, Outcome.FAILED, error.detail, state="altered")
    return Finding("proof", error.code, Outcome.UNKNOWN, error.detail, state="signer.not_tied")


def _key(profile: Json, creator: str, site: _Site, *, old: bool) -> tuple[PublicKey, Finding]:
    """The key that the assertion names, and whether it is the giver's.

    In 2.0 the key must name the giver as its owner and the giver's profile must list the key. Version 1.x has a bare PEM
    text at an address; there the key is the giver's when it lies on the giver's host.
    """
    giver = reference(profile)
    listed = keys_of(profile)
    address = creator or (reference(listed[0]) if listed else "")
    if not address:
        raise MalformedError("hosted.no_key", giver[:120])
    tied = Finding("issuer", "issuer.key", Outcome.PASSED, address[:200])
    whole = next((one for one in listed if isinstance(one, dict) and text(one.get("id")) == address), None)
    if whole is None:
        answer = site.read(secure(address))
        if answer.body.lstrip().startswith(b"-----BEGIN"):
            is_own = same_origin(address, other=giver) and old
            return pem.decode(answer.body), tied if is_own else _not_tied("issuer", "issuer.not_tied", address)
        whole = _assertion(answer)
    key = pem.decode(text(whole.get("publicKeyPem")).encode())
    is_listed = any(same_address(reference(one), other=address) for one in listed)
    if is_listed and same_address(reference(whole.get("owner")), other=giver):
        return key, tied
    if is_listed or not listed:
        return key, _not_tied("issuer", "issuer.not_tied", address)
    # The giver's own profile names its keys, and this is none of them.
    return key, Finding("issuer", "issuer.other_key", Outcome.FAILED, address[:200], state="name.borrowed")


def _revoked(document: Json, profile: Json, site: _Site) -> Finding:
    address = reference(profile.get("revocationList"))
    if not address:
        return Finding("status", "status.none", Outcome.PASSED)
    try:
        answer = site.read(secure(address))
        value: Any = strict_json.loads(answer.body)
        if not isinstance(value, dict):
            raise MalformedError("status.malformed", "not an object")
    except (UnavailableError, MalformedError) as error:
        return Finding("status", error.code, Outcome.UNKNOWN, error.detail, state="status.unknown")
    facts = {"asked": answer.fetched_at.isoformat()}
    names = (text(document.get("id")), text(document.get("uid")))
    reason = revocation_reason(value, names=names)
    if reason is not None:
        return Finding("status", "status.cancelled", Outcome.FAILED, reason[:120], state="status.cancelled", facts=facts)
    return _fresh(Finding("status", "status.clear", Outcome.PASSED, address[:200], facts=facts), answer, site)


def _fresh(clear: Finding, answer: Fetched, site: _Site) -> Finding:
    """An old “no” is no answer to whether it counts today."""
    if site.now - answer.fetched_at <= MAX_AGE:
        return clear
    return Finding("status", "status.stale", Outcome.UNKNOWN, state="status.unknown", facts=clear.facts)


def _not_tied(check: str, code: str, detail: str) -> Finding:
    return Finding(check, code, Outcome.UNKNOWN, detail[:200], state="signer.not_tied")


def _unreached(check: str, code: str, detail: str, url: str) -> Finding:
    try:
        site = urlsplit(url).hostname or url[:80]
    except ValueError:
        site = url[:80]
    return Finding(check, code, Outcome.UNKNOWN, detail, state="signer.unreachable", facts={"site": site})
