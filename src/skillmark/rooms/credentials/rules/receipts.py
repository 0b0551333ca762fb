"""Fingerprints of requests: one request gives one proof, and a key used again for something else is noticed."""

from __future__ import annotations

import hashlib
import json


def request_hash(**facts: object) -> str:
    """The same for the same facts, in hexadecimal. Facts are turned into text by `str`."""
    told = {name: None if value is None else str(value) for name, value in facts.items()}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
