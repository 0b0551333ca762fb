"""How an assertion of Open Badges 1.x and 2.0 wants to be verified, and who may publish it. (Open Badges 2.0, section 4.3)"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from credcore.formats.openbadges2 import reference
from credcore.formats.vcdm import Json, first, text, texts

_KINDS = {"hosted": "hosted", "HostedBadge": "hosted", "signed": "signed", "SignedBadge": "signed"}


@dataclass(frozen=True, slots=True)
class Verification:
    """`kind`: `hosted` (its own site vouches for it), `signed`, or empty. `url`: where the site publishes it.

    `creator`: the address of the key, empty when only the issuer's profile names it.
    """

    kind: str
    url: str = ""
    creator: str = ""


def verification(document: Json) -> Verification:
    """What the assertion asks for; `verification` is of 2.0, `verify` of 1.x."""
    asked = first(document.get("verification")) or first(document.get("verify"))
    kind = next((_KINDS[name] for name in texts(asked.get("type")) if name in _KINDS), "")
    address = text(asked.get("url"))
    if kind == "hosted":
        return Verification(kind, url=text(document.get("id")) or address)
    return Verification(kind, creator=reference(asked.get("creator")) or address) if kind else Verification("")


def secure(url: str) -> str:
    """The same address by https: what a site answers there is at least as much its own as by http."""
    return "https://" + url[7:] if url[:7].lower() == "http://" else url


def same_address(one: str, *, other: str) -> bool:
    """Whether two addresses are the same, http and https alike."""
    return secure(one) == secure(other)


def origin(url: str) -> str:
    """`host` or `host:port` of a web address in small letters; empty for anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return parts.hostname if port in (None, 80, 443) else f"{parts.hostname}:{port}"


def same_origin(one: str, *, other: str) -> bool:
    """Whether two web addresses belong to one host."""
    return origin(one) == origin(other) != ""


def is_hosted_by(profile: Json, *, url: str) -> bool:
    """Whether the issuer's profile lets assertions be published at `url`.

    `startsWith` and `allowedOrigins` (hosts) of the profile's `verification` must both fit where given; where neither is,
    only the host of the profile's own `id` may.
    """
    rules = first(profile.get("verification"))
    starts, hosts = texts(rules.get("startsWith")), texts(rules.get("allowedOrigins"))
    if not starts and not hosts:
        return same_origin(url, other=reference(profile))
    fits_start = not starts or any(_is_below(url, start) for start in starts)
    return fits_start and (not hosts or any(origin(url) == _host(host) != "" for host in hosts))


def _host(allowed: str) -> str:
    """An allowed origin is a host; many write the whole address."""
    return origin(allowed) if "://" in allowed else allowed.lower()


def _is_below(url: str, start: str) -> bool:
    """Compared in parts: as text, `https://a.example` would also be the start of `https://a.example.evil.example/`."""
    if not same_origin(url, other=start):
        return False
    path = unquote(urlsplit(url).path) or "/"
    return ".." not in path.split("/") and path.startswith(unquote(urlsplit(start).path) or "/")


def keys_of(profile: Json) -> list[object]:
    """What the profile names as its keys: addresses, or whole keys."""
    value = profile.get("publicKey")
    return value if isinstance(value, list) else [] if value is None else [value]


def is_revoked(published: Json) -> bool | None:
    """Whether a hosted assertion says that it is cancelled (Open Badges 2.0, section 4.3.1). Programs have written the word as
    text; None for what is neither a yes nor a no.
    """
    said = published.get("revoked")
    word = said.strip().lower() if isinstance(said, str) else said
    return True if word is True or word == "true" else False if word in (None, False, "", "false") else None


def revocation_reason(revocations: Json, *, names: tuple[str, ...]) -> str | None:
    """Why the assertion with one of these names (`id`, `uid`) is on a revocation list, empty when it does not say.

    None when it is not on the list. Version 1.x lists `{uid: reason}`; 2.0 lists names, or objects with `id` or `uid`.
    (Open Badges 2.0, section 4.7)
    """
    known = [name for name in names if name]
    listed = revocations.get("revokedAssertions")
    if not isinstance(listed, list):
        return next((text(revocations[name]) for name in known if name in revocations), None)
    for entry in listed:
        named = (entry,) if isinstance(entry, str) else (text(first(entry).get("id")), text(first(entry).get("uid")))
        if any(name in known for name in named):
            return text(first(entry).get("revocationReason"))
    return None
