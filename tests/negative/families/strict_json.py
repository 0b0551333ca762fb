"""JSON that two readers could read differently, as a file and inside what was signed. (trustworthy: rules 2, 3 and 15)"""

from __future__ import annotations

from collections.abc import Iterator

from tests.negative.case import Case
from tests.negative.making import b64, credential, dumps, secured_bytes, token

DOCUMENT = secured_bytes(credential(name="Forklift"))
SIGNED = dumps(credential(name="Forklift"))
HEADER = {"alg": "EdDSA", "typ": "vc+jwt"}
TOKEN = token(HEADER, SIGNED)


def cases() -> Iterator[Case]:
    """Everything but the fault is right: where a reader forgives it, the signature holds."""
    yield from _twice()
    yield from _numbers()
    yield from _texts()
    yield from _depth_and_size()
    yield from _other_shapes()


def _file(name: str, bad: bytes, *codes: str, good: bytes = DOCUMENT, rule: str = "3.2") -> Case:
    return Case(name, rule, bad, good, codes)


def _signed(name: str, payload: bytes, *codes: str, good: bytes = TOKEN, rule: str = "3.3") -> Case:
    """The fault stands in what the giver signed, so no signature can find it."""
    return Case(name, rule, token(HEADER, payload), good, codes, ".jwt")


def _twice() -> Iterator[Case]:
    issuer = b'"issuer":{"id":"did:key:z6MkStranger"},'
    yield _file("key-twice-in-the-document", DOCUMENT.replace(b'"issuer":', issuer + b'"issuer":', 1), "json.duplicate_key")
    yield _file("key-twice-with-the-same-value", DOCUMENT[:-1] + b',"name":"Forklift"}', "json.duplicate_key")
    subject = DOCUMENT.replace(b'"name":"Rosa Delgado"', b'"name":"Ana","name":"Rosa Delgado"')
    yield _file("key-twice-in-the-subject", subject, "json.duplicate_key")
    escaped = DOCUMENT[:-1] + b',"na\\u006de":"Crane"}'
    yield _file("key-twice-once-with-an-escape", escaped, "json.duplicate_key")
    proof = DOCUMENT.replace(b'"type":"DataIntegrityProof"', b'"type":"DataIntegrityProof","type":"Other"')
    yield _file("key-twice-in-the-proof", proof, "json.duplicate_key")
    yield _signed("key-twice-in-the-payload", SIGNED[:-1] + b',"name":"Crane"}', "json.duplicate_key", rule="3.3, threat 2")
    head = b'{"alg":"EdDSA","typ":"vc+jwt","alg":"EdDSA"}'
    yield Case("key-twice-in-the-header", "3.3, threat 2", token(head, SIGNED), TOKEN, ("json.duplicate_key",), ".jwt")


def _numbers() -> Iterator[Case]:
    for name, value in (
        ("not-a-number", b"NaN"),
        ("infinity", b"Infinity"),
        ("minus-infinity", b"-Infinity"),
        ("number-that-overflows", b"1e999"),
        ("number-beyond-2-to-the-53", b"9007199254740993"),
        ("number-of-two-thousand-digits", b"9" * 2000),
    ):
        good = secured_bytes(credential(name="Forklift", level=9))
        yield _file(name, good.replace(b'"level":9', b'"level":' + value), "json.bad_number", good=good, rule="threat 17")
    good = token(HEADER, SIGNED[:-1] + b',"level":9007199254740991}')
    yield _signed(
        "signed-number-beyond-2-to-the-53", SIGNED[:-1] + b',"level":9007199254740993}', "json.bad_number", good=good
    )
    good = token(HEADER, SIGNED[:-1] + b',"level":1.5}')
    yield _signed("signed-not-a-number", SIGNED[:-1] + b',"level":NaN}', "json.bad_number", good=good)


def _texts() -> Iterator[Case]:
    half = rb"Forklift \ud83d"
    yield _file("half-a-character", DOCUMENT.replace(b"Forklift", half), "json.bad_text")
    yield _signed("signed-half-a-character", SIGNED.replace(b"Forklift", half), "json.bad_text")
    yield _signed("signed-half-a-character-in-a-key", SIGNED[:-1] + rb',"\udc00":1}', "json.bad_text")
    yield _signed("signed-text-not-utf-8", SIGNED.replace(b"Forklift", b"Fork\xff"), "json.not_json")
    yield _signed("signed-line-end-inside-a-text", SIGNED.replace(b"Forklift", b"Fork\nlift"), "json.not_json")
    yield _signed("signed-byte-order-mark", b"\xef\xbb\xbf" + SIGNED, "json.not_json")
    yield _file("byte-order-mark-after-a-space", b" \xef\xbb\xbf" + DOCUMENT, "item.unsupported")
    yield _file("utf-16", DOCUMENT.decode().encode("utf-16"), "item.unsupported")


def _depth_and_size() -> Iterator[Case]:
    good = secured_bytes(credential(note=_nested(20)))
    deep = DOCUMENT[:-1] + b',"note":' + b"[" * 40 + b"]" * 40 + b"}"
    yield _file("nested-40-deep", deep, "json.too_deep", good=good, rule="threat 17")
    deepest = DOCUMENT[:-1] + b',"note":' + b"[" * 3_000 + b"]" * 3_000 + b"}"
    yield _file("nested-3000-deep", deepest, "json.too_deep", good=good, rule="3.15, threat 17")
    signed = SIGNED[:-1] + b',"note":' + b"[" * 40 + b"1" + b"]" * 40 + b"}"
    yield _signed("signed-nested-40-deep", signed, "json.too_deep", good=token(HEADER, dumps(credential(note=_nested(20)))))
    spaced = b"{" + b" " * 2_000 + DOCUMENT[1:]
    yield _file("document-over-512-kib", b"{" + b" " * 524_288 + DOCUMENT[1:], "json.too_large", good=spaced, rule="threat 17")


def _nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


def _other_shapes() -> Iterator[Case]:
    yield _file("something-after-the-end", DOCUMENT + b"{}", "json.not_json")
    yield _file("document-cut-off", DOCUMENT[:-1], "json.not_json")
    yield _file("comma-before-the-end", DOCUMENT[:-1] + b",}", "json.not_json")
    yield _file("comment-inside", b"{/* by the college */" + DOCUMENT[1:], "json.not_json")
    yield _file("single-quotes", DOCUMENT.replace(b'"', b"'"), "json.not_json")
    yield _file("a-list-of-one-proof", b"[" + DOCUMENT + b"]", "format.not_an_object")
    yield _signed("payload-is-a-list", b"[" + SIGNED + b"]", "jose.malformed")
    yield _signed("payload-is-a-text", dumps(SIGNED.decode()), "jose.malformed")
    yield _signed("payload-with-something-after-the-end", SIGNED + b"{}", "json.not_json")
    listed = b64(b'["EdDSA"]') + TOKEN[TOKEN.index(b".") :]
    yield Case("header-is-a-list", "3.3", listed, TOKEN, ("item.unsupported",), ".jwt")
