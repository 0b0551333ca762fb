"""Is this text a credential, a link, or neither? Decided by content alone.

Only the shape is looked at. Strict parsing (duplicate members, depth, number range) is the work of `credcore.codec`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from urllib.parse import urlsplit

DOCUMENT = "document"
LINK = "link"

_MAX_URL = 2_048
_MAX_HEADER = 16_384
# A compact JWS has three parts. An SD-JWT adds disclosures, each closed by a tilde, and perhaps a key-binding token.
# Possessive, because nothing in it can be read in two ways: so a long text costs no memory for ways back.
_TOKEN = re.compile(rb"[A-Za-z0-9_-]++\.[A-Za-z0-9_-]*+\.[A-Za-z0-9_-]*+(?:~[A-Za-z0-9_.-]*+)*+")
_URL = re.compile(rb"https?://[^\s<>\"\x00-\x20\x7f]+", re.IGNORECASE)
_CREDENTIAL_MEMBERS = ("@context", "vct", "type", "@type", "payload", "recipient", "verifiableCredential")


def clean(data: bytes) -> bytes:
    """Without byte order mark and surrounding space: editors and chat programs add both, and neither is signed."""
    return data.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")


def kind_of(data: bytes) -> str | None:
    """`document`, `link`, or None for text that is neither. `data` is cleaned text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if data[:1] in (b"{", b"["):
        return DOCUMENT
    if is_token(data):
        return DOCUMENT
    return LINK if _is_url(data) else None


def _is_url(data: bytes) -> bool:
    """An http or https address with a host. Whether we may open it is decided by `credcore.net`, not here."""
    if len(data) > _MAX_URL or not _URL.fullmatch(data):
        return False
    try:
        return bool(urlsplit(data.decode()).hostname)
    except ValueError:
        return False


def is_token(data: bytes) -> bool:
    """A compact JWS or SD-JWT (RFC 7515 section 7.1, RFC 9901 section 4) whose header decodes to a JSON object.

    The header is decoded because `www.example.com` also has three parts.
    """
    if not _TOKEN.fullmatch(data):
        return False
    head = data.partition(b".")[0]
    if len(head) > _MAX_HEADER:
        return False
    try:
        header = json.loads(base64.urlsafe_b64decode(head + b"=" * (-len(head) % 4)))
    except (ValueError, RecursionError, binascii.Error):
        return False
    return isinstance(header, dict)


def looks_like_credential(data: bytes) -> bool:
    """Whether a file that came along with something else (attached to a PDF) is meant as a credential.

    Stricter than `kind_of`: an invoice or a font list attached as JSON is no proof that we should complain about.
    """
    if kind_of(data) != DOCUMENT:
        return False
    if data[:1] not in (b"{", b"["):
        return True
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and any(member in first for member in _CREDENTIAL_MEMBERS)
