"""A phone that opens pages by face or finger, made by hand: it answers as browsers do. (Web Authentication Level 2)"""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class Phone:
    """One key for one page. `seen`: whether the person's face or finger was seen; `origin`: where the browser is."""

    def __init__(self, *, origin: str = "http://localhost:8000", host: str = "localhost") -> None:
        self.origin, self.host = origin, host
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.number = secrets.token_bytes(16)
        self.owner = ""
        self.count = 1

    def make(self, options: dict[str, Any], *, seen: bool = True, cose: dict[int, Any] | None = None) -> dict[str, Any]:
        """The answer to the question that sets this phone up; `cose` in place of its key."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        kind: Any = ES256  # the library tells no types here
        key = cbor.encode(cose or dict(kind.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.number)) + self.number + key
        said = self._said(seen, HAS_KEY) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": said})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=statement)

    def open(self, options: dict[str, Any], *, seen: bool = True) -> dict[str, Any]:
        """The answer to the question that opens a page."""
        said = self._said(seen)
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        answer = self._answer(clientDataJSON=client, authenticatorData=said, signature=signature)
        answer["response"]["userHandle"] = self.owner
        return answer

    def _said(self, seen: bool, more: int = 0) -> bytes:
        flags = PRESENT | more | (VERIFIED if seen else 0)
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, **response: bytes) -> dict[str, Any]:
        number = websafe_encode(self.number)
        said: dict[str, Any] = {name: websafe_encode(value) for name, value in response.items()}
        return {"id": number, "rawId": number, "type": "public-key", "clientExtensionResults": {}, "response": said}
